import type { Cidr } from '../net/cidr.ts';
import type { ManagedCluster } from './cluster.ts';
import type { LocalNetworkGateway } from './edge.ts';
import type { Model } from './model.ts';
import { modelIndex } from './model-index.ts';
import type { VirtualNetwork, VirtualNetworkPeering } from './network.ts';
import { clusterNetworkIds, virtualNetworkById } from './queries.ts';
import { knownValue, type Origin } from './value.ts';

/** A network at the other end of a peering. */
export interface Peer {
  readonly peering: VirtualNetworkPeering;
  readonly networkId: string;
  /** Undefined where the files do not declare it. */
  readonly network: VirtualNetwork | undefined;
}

/** The networks that are peered with the one with this id, whichever side declares the peering; each one once. */
export function peersOf(model: Model, networkId: string): Peer[] {
  const { peerings, peeringsByRemote } = modelIndex(model);
  const peers = new Map<string, Peer>();
  const add = (id: string | undefined, peering: VirtualNetworkPeering): void => {
    if (id === undefined || id === networkId || peers.has(id)) return;
    peers.set(id, { peering, networkId: id, network: virtualNetworkById(model, id) });
  };
  for (const peering of peerings.get(networkId) ?? []) add(knownValue(peering.remoteVirtualNetwork)?.id, peering);
  for (const peering of peeringsByRemote.get(networkId) ?? []) add(peering.virtualNetworkId, peering);
  return [...peers.values()];
}

/** The networks that are peered with those of the cluster; its own are left out. */
export function clusterPeers(model: Model, cluster: ManagedCluster): Peer[] {
  const own = clusterNetworkIds(cluster);
  return own.flatMap((id) => peersOf(model, id)).filter((peer) => !own.includes(peer.networkId));
}

/** A range of a network on premises. */
export interface OnPremisesRange {
  readonly gateway: LocalNetworkGateway;
  readonly cidr: Cidr;
  readonly text: string;
  readonly origin: Origin;
}

/** The known ranges of all local network gateways in the files. */
export function onPremisesRanges(model: Model): OnPremisesRange[] {
  return model.localNetworkGateways.flatMap((gateway) =>
    gateway.addressPrefixes.items.flatMap((prefix) =>
      prefix.kind === 'known' && prefix.value.cidr !== undefined
        ? [{ gateway, cidr: prefix.value.cidr, text: prefix.value.text, origin: prefix.origin }]
        : [],
    ),
  );
}

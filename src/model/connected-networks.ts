import { type Cidr, formatCidr } from '../net/cidr.ts';
import type { StatedPrefix } from '../net/named-ranges.ts';
import type { ManagedCluster } from './cluster.ts';
import type { LocalNetworkGateway } from './edge.ts';
import type { Model } from './model.ts';
import { modelIndex } from './model-index.ts';
import type { VirtualNetwork, VirtualNetworkPeering } from './network.ts';
import { canCoexist, clusterNetworkIds, usesManagedNetwork, virtualNetworkById } from './queries.ts';
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

/** A range outside of the virtual networks of a cluster that its pods may want to reach. */
export interface ConnectedRange {
  readonly cidr: Cidr;
  readonly text: string;
  /** As messages name its owner: `the peered virtual network "hub"`. */
  readonly owner: string;
  /** Undefined for a range that no file declares. */
  readonly origin: Origin | undefined;
}

/**
 * The known ranges that are connected with the virtual network of the cluster: those of peered networks and those on
 * premises in the files, and `stated`: those that a project knows of. A network that AKS makes is connected with none.
 */
export function connectedRanges(
  model: Model,
  cluster: ManagedCluster,
  stated: readonly StatedPrefix[],
): ConnectedRange[] {
  if (usesManagedNetwork(cluster)) return [];
  const isNamed = clusterNetworkIds(cluster).length > 0;
  const peers = clusterPeers(model, cluster).flatMap(({ peering, network }) => {
    if (network === undefined || !canCoexist(peering, cluster) || !canCoexist(network, cluster)) return [];
    const name = knownValue(network.name);
    const owner = name === undefined ? 'a peered virtual network' : `the peered virtual network "${name}"`;
    return network.addressPrefixes.items.flatMap((prefix) =>
      prefix.kind === 'known' && prefix.value.cidr !== undefined
        ? [{ cidr: prefix.value.cidr, text: prefix.value.text, owner, origin: prefix.origin }]
        : [],
    );
  });
  const places = (isNamed ? onPremisesRanges(model) : []).flatMap(({ gateway, cidr, text, origin }) =>
    canCoexist(gateway, cluster) ? [{ cidr, text, owner: 'the network on premises', origin }] : [],
  );
  const known = stated.map(({ kind, entry, prefix }) => ({
    cidr: prefix,
    text: formatCidr(prefix),
    owner: `"${entry.name}" (${kind === 'reserved' ? 'reserved' : 'a peered network'} in aksnet.jsonc)`,
    origin: undefined,
  }));
  return [...peers, ...places, ...known];
}

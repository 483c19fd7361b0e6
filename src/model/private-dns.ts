import { parseAddress } from '../net/address.ts';
import { wireServer } from '../net/azure.ts';
import { containsAddress } from '../net/cidr.ts';
import type { ManagedCluster } from './cluster.ts';
import type { PrivateDnsZone } from './identity.ts';
import type { Model } from './model.ts';
import type { Subnet, VirtualNetwork } from './network.ts';
import { canCoexist, clusterNetworks, namedResource } from './queries.ts';
import { deployedNodeSubnets } from './subnet-attachments.ts';
import { knownAddressSpace } from './subnet-prefixes.ts';
import { knownValue, type Origin } from './value.ts';

/** The zone that a private cluster writes its name into: one of its own that AKS makes, none, or one that is named. */
export type ClusterZone =
  | { readonly kind: 'system' | 'none' }
  | { readonly kind: 'named'; readonly id: string; readonly origin: Origin };

/** The zone of a cluster that is proven to be private; undefined for others and while it is not known. */
export function privateZone({ apiServerAccessProfile }: ManagedCluster): ClusterZone | undefined {
  const { enablePrivateCluster, privateDNSZone } = apiServerAccessProfile;
  if (knownValue(enablePrivateCluster) !== true) return undefined;
  if (privateDNSZone === undefined) return { kind: 'system' };
  const id = namedResource(privateDNSZone);
  if (id !== undefined) return { kind: 'named', id, origin: privateDNSZone.origin };
  const word = knownValue(privateDNSZone)?.id;
  return word === 'system' || word === 'none' ? { kind: word } : undefined;
}

/** The zone with this id that the files make. */
export function declaredZone(model: Model, id: string, cluster: ManagedCluster): PrivateDnsZone | undefined {
  return model.privateDnsZones.find((zone) => zone.id === id && !zone.isExisting && canCoexist(zone, cluster));
}

/** DNS servers of a network, all of them known and none the one of Azure. */
export interface CustomDnsServers {
  readonly network: VirtualNetwork;
  readonly addresses: readonly string[];
  /** Where the first is written. */
  readonly origin: Origin;
  /** Whether all of them are proven to stand in other networks. */
  readonly areElsewhere: boolean;
}

/** The DNS servers of the first network of a cluster that has its own. */
export function customDnsServers(model: Model, cluster: ManagedCluster): CustomDnsServers | undefined {
  for (const network of clusterNetworks(model, cluster)) {
    const { items, isComplete } = network.dnsServers;
    const addresses = items.flatMap((item) => knownValue(item) ?? []);
    const [first] = items;
    const areKnown = isComplete && addresses.length === items.length && !network.isExisting;
    if (first === undefined || !areKnown || addresses.includes(wireServer) || !canCoexist(network, cluster)) continue;
    const space = knownAddressSpace(network);
    const areElsewhere = addresses.every((text) => {
      const address = parseAddress(text);
      return address !== undefined && space?.every((prefix) => !containsAddress(prefix, address)) === true;
    });
    return { network, addresses, origin: first.origin, areElsewhere };
  }
  return undefined;
}

/** A private kubenet cluster with a route table and DNS servers of its owner. */
export interface PrivateKubenetConflict {
  readonly subnet: Subnet;
  readonly servers: CustomDnsServers;
}

/**
 * What makes AKS fail to create a private kubenet cluster with a zone of its own: nodes cannot look the API server up.
 * https://learn.microsoft.com/azure/aks/private-clusters
 */
export function privateKubenetConflict(model: Model, cluster: ManagedCluster): PrivateKubenetConflict | undefined {
  const isKubenet = knownValue(cluster.networkProfile.networkPlugin)?.toLowerCase() === 'kubenet';
  if (!isKubenet || privateZone(cluster)?.kind !== 'system') return undefined;
  const servers = customDnsServers(model, cluster);
  const subnet = deployedNodeSubnets(model, cluster).find(({ routeTable }) => namedResource(routeTable) !== undefined);
  return servers === undefined || subnet === undefined ? undefined : { subnet, servers };
}

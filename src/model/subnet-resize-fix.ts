import { reservedRanges } from '../net/aks.ts';
import { forbiddenRanges } from '../net/azure.ts';
import { type Cidr, containsCidr, formatCidr, makeCidr, overlaps } from '../net/cidr.ts';
import { findFree } from '../net/sets.ts';
import type { Fix } from './change.ts';
import { onPremisesRanges, peersOf } from './connected-networks.ts';
import { podRanges, serviceRanges } from './effective.ts';
import type { Model } from './model.ts';
import type { Subnet } from './network.ts';
import { subnetsOfNetwork, virtualNetworkOf } from './queries.ts';
import { knownPrefixes, knownSubnetPrefixes, prefixesOf, type SubnetPrefix } from './subnet-prefixes.ts';

/** The only IPv4 prefix of a subnet; undefined where it has several, or may have. */
export function onlyPrefix(subnet: Subnet): SubnetPrefix | undefined {
  const { items, isComplete } = subnet.addressPrefixes;
  const [prefix] = isComplete && items.length === 1 ? prefixesOf(subnet) : [];
  return prefix?.cidr.family === 4 ? prefix : undefined;
}

/**
 * The fix that gives a subnet the length: where it stands if the room around it is free, or else in a free range of its
 * network. Ranges that are taken `elsewhere` are left alone. Empty where there is no room, or where the files do not
 * declare the network.
 */
export function resizeFixes(model: Model, prefix: SubnetPrefix, length: number, elsewhere: readonly Cidr[]): Fix[] {
  const network = virtualNetworkOf(model, prefix.subnet);
  if (network === undefined) return [];
  const space = knownPrefixes(network);
  const taken = [...takenRanges(model, prefix.subnet), ...elsewhere];
  const grown = makeCidr({ family: prefix.cidr.family, value: prefix.cidr.first }, length);
  const fits = space.some((block) => containsCidr(block, grown)) && !taken.some((block) => overlaps(block, grown));
  const target: Cidr | undefined = fits ? grown : findFree(space, length, taken);
  if (target === undefined) return [];
  const to = formatCidr(target);
  return [
    {
      title: `${fits ? `Enlarge to ${to}` : `Move to the free range ${to}`} (while nothing is in the subnet)`,
      applicability: 'unsafe',
      changes: [{ kind: 'set-value', target: prefix.origin, to }],
    },
  ];
}

/** Every known range that a subnet may not touch: of its neighbours, of peers and places on premises, and of clusters. */
function takenRanges(model: Model, subnet: Subnet): Cidr[] {
  const neighbours = subnetsOfNetwork(model, subnet.virtualNetworkId).filter((other) => other.id !== subnet.id);
  const peers = peersOf(model, subnet.virtualNetworkId).flatMap(({ network }) => network ?? []);
  return [
    ...knownSubnetPrefixes(neighbours).map(({ cidr }) => cidr),
    ...peers.flatMap(knownPrefixes),
    ...onPremisesRanges(model).map(({ cidr }) => cidr),
    ...model.managedClusters
      .flatMap((cluster) => [...serviceRanges(cluster.networkProfile), ...podRanges(cluster)])
      .map(({ cidr }) => cidr),
    ...reservedRanges,
    ...forbiddenRanges.map(({ cidr }) => cidr),
  ];
}

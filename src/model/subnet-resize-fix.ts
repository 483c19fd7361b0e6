import { type Cidr, containsCidr, formatCidr, makeCidr, overlaps } from '../net/cidr.ts';
import { findFree } from '../net/sets.ts';
import type { Fix } from './change.ts';
import { rangesAround } from './free-subnet-range.ts';
import type { Model } from './model.ts';
import type { Subnet } from './network.ts';
import { spellsOneSubnet } from './prefix-sites.ts';
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
  if (network === undefined || !spellsOneSubnet(model, prefix.origin)) return [];
  const space = knownPrefixes(network);
  const { id, virtualNetworkId } = prefix.subnet;
  const neighbours = subnetsOfNetwork(model, virtualNetworkId).filter((other) => other.id !== id);
  const taken = [
    ...knownSubnetPrefixes(neighbours).map(({ cidr }) => cidr),
    ...rangesAround(model, virtualNetworkId, elsewhere),
  ];
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

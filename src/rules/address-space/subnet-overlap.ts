import { sameLocation } from '../../base/span.ts';
import { subnetMover } from '../../model/free-subnet-range.ts';
import { areDifferent, canCoexist } from '../../model/queries.ts';
import { knownPrefixes, knownSubnetPrefixes, type SubnetPrefix, subnetGroups } from '../../model/subnet-prefixes.ts';
import { valueLocation } from '../../model/value.ts';
import { overlaps } from '../../net/cidr.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import { findOverlaps } from '../../net/sets.ts';
import { defineRule } from '../rule.ts';

export const subnetOverlap = defineRule({
  id: 'subnet-overlap',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Two subnets of one virtual network claim the same addresses.',
  condition:
    'Reports a subnet whose known prefix overlaps that of another subnet of the same virtual network, inline or declared as a resource of its own. Two subnets that depend on different conditions are not compared.',
  why: 'Azure refuses the second subnet, after the first and whatever else comes before it were created.',
  serviceError: 'NetcfgSubnetRangesOverlap',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/23' } }
      { name: 'pods', properties: { addressPrefix: '10.1.1.0/24' } }
    ]
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/23' } }
      { name: 'pods', properties: { addressPrefix: '10.1.2.0/24' } }
    ]
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq'],
  messages: {
    overlap: (d: { later: string; earlier: string; name: string }) =>
      `${d.later} overlaps ${d.earlier} of subnet "${d.name}". Give each subnet its own range.`,
    overlapUnnamed: (d: { later: string; earlier: string }) =>
      `${d.later} overlaps ${d.earlier} of another subnet. Give each subnet its own range.`,
  },

  check(model, report, settings) {
    const elsewhere = takenPrefixes(settings);
    for (const { network, subnets } of subnetGroups(model)) {
      const prefixes = knownSubnetPrefixes(subnets);
      const move =
        network === undefined ? undefined : subnetMover(model, network.id, knownPrefixes(network), prefixes, elsewhere);
      for (const { earlier, later } of collisions(prefixes)) {
        const name = earlier.subnet.name;
        const data = { later: later.text, earlier: earlier.text };
        const [a, b] = [valueLocation(earlier.origin), valueLocation(later.origin)];
        const isShared = sameLocation(a, b);
        const common = {
          at: isShared ? later.origin.at : later.origin,
          related: [{ at: isShared ? earlier.origin.at : earlier.origin, text: 'The other subnet is here.' }],
          fixes: () => move?.(later) ?? [],
        };
        if (name.kind === 'known') report({ ...common, message: 'overlap', data: { ...data, name: name.value } });
        else report({ ...common, message: 'overlapUnnamed', data });
      }
    }
  },
});

/** Comparisons beyond the first overlap of each subnet: networks with more subnets under conditions are not real. */
const maxComparisons = 1_000_000;

/** Each prefix that overlaps one of another subnet before it, with that one. */
function collisions(prefixes: readonly SubnetPrefix[]): { earlier: SubnetPrefix; later: SubnetPrefix }[] {
  const overlapping = findOverlaps(prefixes, (prefix) => prefix.cidr);
  if (overlapping.length === 0) return [];
  const positions = new Map(prefixes.map((prefix, index) => [prefix, index]));
  let left = maxComparisons;
  return overlapping.flatMap(({ earlier, later }) => {
    if (proves(earlier, later)) return [{ earlier, later }];
    // The first overlap proves nothing, but another one may.
    const end = positions.get(later) ?? 0;
    for (let index = (positions.get(earlier) ?? 0) + 1; index < end && left > 0; index++, left--) {
      const other = prefixes[index];
      if (other !== undefined && overlaps(other.cidr, later.cidr) && proves(other, later))
        return [{ earlier: other, later }];
    }
    return [];
  });
}

/** Whether the two are certain to be different subnets that exist together. */
function proves(a: SubnetPrefix, b: SubnetPrefix): boolean {
  if (a.subnet.id === b.subnet.id || !canCoexist(a.subnet, b.subnet)) return false;
  // What the network lists and what is declared beside it may be one subnet, under a name that is not known.
  return a.subnet.isInline === b.subnet.isInline || areDifferent(a.subnet.id, b.subnet.id);
}

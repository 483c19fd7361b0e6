import { sameLocation } from '../../base/span.ts';
import type { Fix } from '../../model/change.ts';
import type { VirtualNetwork } from '../../model/network.ts';
import { canCoexist } from '../../model/queries.ts';
import { knownPrefixes, knownSubnetPrefixes, type SubnetPrefix, subnetGroups } from '../../model/subnet-prefixes.ts';
import { valueLocation } from '../../model/value.ts';
import { formatCidr, overlaps } from '../../net/cidr.ts';
import { findFree, findOverlaps } from '../../net/sets.ts';
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
  azureError: 'NetcfgSubnetRangesOverlap',
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

  check(model, report) {
    for (const { network, subnets } of subnetGroups(model)) {
      const prefixes = knownSubnetPrefixes(subnets);
      for (const { earlier, later } of collisions(prefixes)) {
        const name = earlier.subnet.name;
        const data = { later: later.text, earlier: earlier.text };
        const [a, b] = [valueLocation(earlier.origin), valueLocation(later.origin)];
        const isShared = sameLocation(a, b);
        const common = {
          at: isShared ? later.origin.at : later.origin,
          related: [{ at: isShared ? earlier.origin.at : earlier.origin, text: 'The other subnet is here.' }],
          // A literal that both subnets use cannot be changed for one of them.
          fixes: () => (isShared ? [] : moveFixes(network, later, prefixes)),
        };
        if (name.kind === 'known') report({ ...common, message: 'overlap', data: { ...data, name: name.value } });
        else report({ ...common, message: 'overlapUnnamed', data });
      }
    }
  },
});

/** Each prefix that overlaps one of another subnet before it, with that one. */
function collisions(prefixes: readonly SubnetPrefix[]): { earlier: SubnetPrefix; later: SubnetPrefix }[] {
  const proves = (a: SubnetPrefix, b: SubnetPrefix): boolean =>
    a.subnet.id !== b.subnet.id && canCoexist(a.subnet, b.subnet);
  return findOverlaps(prefixes, (prefix) => prefix.cidr).flatMap(({ earlier, later }) => {
    if (proves(earlier, later)) return [{ earlier, later }];
    // The nearest overlap proves nothing, but another one may.
    const other = prefixes
      .slice(0, prefixes.indexOf(later))
      .find((one) => overlaps(one.cidr, later.cidr) && proves(one, later));
    return other === undefined ? [] : [{ earlier: other, later }];
  });
}

function moveFixes(network: VirtualNetwork | undefined, later: SubnetPrefix, prefixes: readonly SubnetPrefix[]): Fix[] {
  if (network === undefined) return [];
  const taken = prefixes.filter((prefix) => prefix !== later).map((prefix) => prefix.cidr);
  const free = findFree(knownPrefixes(network), later.cidr.length, taken);
  if (free === undefined) return [];
  const to = formatCidr(free);
  return [
    {
      title: `Move to the free range ${to}`,
      applicability: 'unsafe',
      changes: [{ kind: 'set-value', target: later.origin, to }],
    },
  ];
}

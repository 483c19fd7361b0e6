import type { Fix } from '../../model/change.ts';
import { rangesAround, subnetMover } from '../../model/free-subnet-range.ts';
import type { Model } from '../../model/model.ts';
import type { VirtualNetwork } from '../../model/network.ts';
import { knownAddressSpace, knownSubnetPrefixes, type SubnetPrefix } from '../../model/subnet-prefixes.ts';
import { longestSubnetLength, shortestPlannedNetworkLength } from '../../net/azure.ts';
import { type Cidr, containsCidr, formatCidr, overlaps } from '../../net/cidr.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import { defineRule } from '../rule.ts';

export const subnetOutsideVnet = defineRule({
  id: 'subnet-outside-vnet',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A subnet lies outside the address space of its virtual network.',
  condition:
    'Reports a known subnet prefix that lies in none of the prefixes of its virtual network. The whole address space has to be known.',
  why: 'Azure refuses the subnet, and everything that is to be deployed into it never starts.',
  serviceError: 'NetcfgSubnetRangeOutsideVnet',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.2.0.0/24' } }
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
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } }
    ]
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq'],
  messages: {
    outside: (d: { subnet: string; space: string }) =>
      `${d.subnet} lies outside the address space of its virtual network, ${d.space}. Move the subnet or extend the address space.`,
  },

  check(model, report, settings) {
    const elsewhere = takenPrefixes(settings);
    for (const network of model.virtualNetworks) {
      const space = knownAddressSpace(network);
      if (space === undefined) continue;
      const prefixes = knownSubnetPrefixes(network.subnets.items);
      const move = subnetMover(model, network.id, space, prefixes, elsewhere);
      for (const prefix of prefixes) {
        if (space.some((block) => containsCidr(block, prefix.cidr))) continue;
        const [first] = network.addressPrefixes.items;
        report({
          at: prefix.origin,
          message: 'outside',
          data: { subnet: prefix.text, space: space.map(formatCidr).join(', ') },
          related: first === undefined ? [] : [{ at: first.origin, text: 'The address space is here.' }],
          fixes: () => [...move(prefix), ...extendFix(model, prefix, network, space, elsewhere)],
        });
      }
    }
  },
});

/** Adds the prefix of the subnet to the network, where the network may have it. */
function extendFix(
  model: Model,
  { cidr }: SubnetPrefix,
  network: VirtualNetwork,
  space: readonly Cidr[],
  elsewhere: readonly Cidr[],
): Fix[] {
  const array = network.addressPrefixes.origin?.from;
  if (array === undefined) return [];
  const isOfSize =
    cidr.family === 6 || (cidr.length >= shortestPlannedNetworkLength && cidr.length <= longestSubnetLength);
  const taken = [...space, ...rangesAround(model, network.id, elsewhere)];
  if (!isOfSize || taken.some((block) => overlaps(block, cidr))) return [];
  const item = formatCidr(cidr);
  return [
    {
      title: `Add ${item} to the address space`,
      applicability: 'unsafe',
      changes: [{ kind: 'append-item', array, item }],
    },
  ];
}

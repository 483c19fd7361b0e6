import type { Fix } from '../../model/change.ts';
import type { VirtualNetwork } from '../../model/network.ts';
import {
  freeBlockFinder,
  knownAddressSpace,
  knownSubnetPrefixes,
  type SubnetPrefix,
} from '../../model/subnet-prefixes.ts';
import { type Cidr, containsCidr, formatCidr } from '../../net/cidr.ts';
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

  check(model, report) {
    for (const network of model.virtualNetworks) {
      const space = knownAddressSpace(network);
      if (space === undefined) continue;
      const prefixes = knownSubnetPrefixes(network.subnets.items);
      const findBlock = freeBlockFinder(space, prefixes);
      for (const prefix of prefixes) {
        if (space.some((block) => containsCidr(block, prefix.cidr))) continue;
        const [first] = network.addressPrefixes.items;
        report({
          at: prefix.origin,
          message: 'outside',
          data: { subnet: prefix.text, space: space.map(formatCidr).join(', ') },
          related: first === undefined ? [] : [{ at: first.origin, text: 'The address space is here.' }],
          fixes: () => [...moveFix(prefix, findBlock), ...extendFix(prefix, network)],
        });
      }
    }
  },
});

function moveFix(prefix: SubnetPrefix, findBlock: (length: number) => Cidr | undefined): Fix[] {
  const free = findBlock(prefix.cidr.length);
  if (free === undefined) return [];
  const to = formatCidr(free);
  return [
    {
      title: `Move to the free range ${to}`,
      applicability: 'unsafe',
      changes: [{ kind: 'set-value', target: prefix.origin, to }],
    },
  ];
}

function extendFix(prefix: SubnetPrefix, network: VirtualNetwork): Fix[] {
  const array = network.addressPrefixes.origin?.from;
  if (array === undefined) return [];
  const item = formatCidr(prefix.cidr);
  return [
    {
      title: `Add ${item} to the address space`,
      applicability: 'unsafe',
      changes: [{ kind: 'append-item', array, item }],
    },
  ];
}

import { knownSubnetPrefixes } from '../../model/subnet-prefixes.ts';
import { longestSubnetLength } from '../../net/azure.ts';
import { defineRule } from '../rule.ts';

export const subnetPrefixSize = defineRule({
  id: 'subnet-prefix-size',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A subnet is smaller than the smallest that Azure allows.',
  condition: 'Reports a known IPv4 prefix of a subnet that is smaller than /29.',
  why: 'Azure keeps five addresses of every subnet, so a smaller one would have none left to use.',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/30' } }
    ]
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
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
    tooSmall: (d: { prefix: string; length: number }) =>
      `${d.prefix} is smaller than /${d.length}, the smallest subnet that Azure allows. Use a /${d.length} or larger; five of its addresses are kept by Azure.`,
  },

  check(model, report) {
    for (const { cidr, text, origin } of knownSubnetPrefixes(model.subnets)) {
      if (cidr.family !== 4 || cidr.length <= longestSubnetLength) continue;
      report({ at: origin, message: 'tooSmall', data: { prefix: text, length: longestSubnetLength } });
    }
  },
});

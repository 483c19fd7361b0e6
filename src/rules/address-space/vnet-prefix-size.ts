import { knownValue } from '../../model/value.ts';
import { longestSubnetLength, shortestPlannedNetworkLength, touchesForbiddenRange } from '../../net/azure.ts';
import { defineRule } from '../rule.ts';

export const vnetPrefixSize = defineRule({
  id: 'vnet-prefix-size',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A prefix of a virtual network is too small for any subnet, or larger than AKS plans with.',
  condition:
    'Reports a known IPv4 prefix of a virtual network that is smaller than /29, and as a warning one that is larger than /8.',
  why: 'The smallest subnet of Azure is a /29, so no subnet fits into a smaller prefix. AKS is documented for networks of up to a /8.',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/30'] }
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq',
    'https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning',
  ],
  messages: {
    tooSmall: (d: { prefix: string; length: number }) =>
      `${d.prefix} is smaller than /${d.length}, the smallest subnet of Azure, so nothing fits into it. Use a /${d.length} or larger.`,
    tooLarge: (d: { prefix: string; length: number }) =>
      `${d.prefix} is larger than /${d.length}, the largest virtual network that AKS is documented for. Use a /${d.length} or smaller.`,
  },

  check(model, report) {
    for (const network of model.virtualNetworks) {
      for (const prefix of network.addressPrefixes.items) {
        const range = knownValue(prefix)?.cidr;
        if (prefix.kind !== 'known' || range?.family !== 4) continue;
        const { text } = prefix.value;
        if (range.length > longestSubnetLength) {
          report({ at: prefix.origin, message: 'tooSmall', data: { prefix: text, length: longestSubnetLength } });
        } else if (range.length < shortestPlannedNetworkLength && !touchesForbiddenRange(range)) {
          const data = { prefix: text, length: shortestPlannedNetworkLength };
          report({ at: prefix.origin, message: 'tooLarge', data, severity: 'warning' });
        }
      }
    }
  },
});

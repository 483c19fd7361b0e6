import { knownValue } from '../../model/value.ts';
import { isPrivate, shortestPlannedNetworkLength, touchesForbiddenRange } from '../../net/azure.ts';
import { defineRule } from '../rule.ts';

export const vnetNonPrivateRange = defineRule({
  id: 'vnet-non-private-range',
  severity: 'information',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A virtual network uses addresses outside of the private ranges.',
  condition:
    'Reports a known IPv4 prefix of a virtual network that does not lie in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10. Prefixes that other rules report for their size or for covering forbidden addresses are left alone.',
  why: 'Machines in the network cannot reach the owners of these addresses on the internet, and Azure Firewall translates the source of traffic to them.',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['51.10.0.0/16'] }
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.51.0.0/16'] }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq',
    'https://learn.microsoft.com/azure/firewall/firewall-faq',
  ],
  messages: {
    outside: (d: { prefix: string }) =>
      `${d.prefix} does not lie in a private range, so its owners on the internet cannot be reached from here. Prefer 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10.`,
  },

  check(model, report) {
    for (const network of model.virtualNetworks) {
      for (const prefix of network.addressPrefixes.items) {
        const range = knownValue(prefix)?.cidr;
        if (prefix.kind !== 'known' || range?.family !== 4 || isPrivate(range)) continue;
        // Other rules say what is wrong with these.
        if (range.length < shortestPlannedNetworkLength || touchesForbiddenRange(range)) continue;
        report({ at: prefix.origin, message: 'outside', data: { prefix: prefix.value.text } });
      }
    }
  },
});

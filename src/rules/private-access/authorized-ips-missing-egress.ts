import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const authorizedIpsMissingEgress = defineRule({
  id: 'authorized-ips-missing-egress',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep'],
  summary: 'A virtual network has the name of a placeholder.',
  condition: 'Reports a virtual network called vnet-placeholder.',
  why: 'Say what goes wrong, when, and for whom.',
  examples: [
    {
      language: 'bicep',
      bad: `resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-placeholder'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
  }
}
`,
      good: `resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/'],
  messages: {
    placeholder: (d: { name: string }) => `The network is called "${d.name}". Give it a name.`,
  },

  check(model, report) {
    for (const network of model.virtualNetworks) {
      const name = knownValue(network.name);
      if (name === 'vnet-placeholder') report({ at: network.name.origin, message: 'placeholder', data: { name } });
    }
  },
});

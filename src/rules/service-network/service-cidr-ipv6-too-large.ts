import { knownValue } from '../../model/value.ts';
import { serviceCidrLengths } from '../../net/aks.ts';
import { formatCidr, makeCidr } from '../../net/cidr.ts';
import { defineRule } from '../rule.ts';

export const serviceCidrIpv6TooLarge = defineRule({
  id: 'service-cidr-ipv6-too-large',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The IPv6 service range of a cluster is too large.',
  condition: 'Reports a known IPv6 service range that is larger than /108.',
  why: 'The Kubernetes API server does not start with a service range of more than 20 host bits.',
  serviceError: 'InvalidServiceCidrIPv6MaskSize',
  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      ipFamilies: ['IPv4', 'IPv6']
      serviceCidrs: ['10.0.0.0/16', 'fd12:3456:789a:1::/64']
      dnsServiceIP: '10.0.0.10'
    }
  }
}
`,
      good: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      ipFamilies: ['IPv4', 'IPv6']
      serviceCidrs: ['10.0.0.0/16', 'fd12:3456:789a:1::/108']
      dnsServiceIP: '10.0.0.10'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/configure-dual-stack',
    'https://learn.microsoft.com/azure/aks/azure-cni-overlay',
  ],
  messages: {
    tooLarge: (d: { range: string; length: number; proposal: string }) =>
      `The IPv6 service range ${d.range} is larger than a /${d.length}, the largest that AKS takes. Use ${d.proposal}.`,
  },

  check(model, report) {
    const length = serviceCidrLengths.shortestIPv6;
    for (const { networkProfile } of model.managedClusters) {
      const { serviceCidr, serviceCidrs } = networkProfile;
      for (const value of [serviceCidr, ...serviceCidrs.items]) {
        const range = knownValue(value);
        if (value === undefined || range?.cidr?.family !== 6 || range.cidr.length >= length) continue;
        const proposal = formatCidr(makeCidr({ family: 6, value: range.cidr.first }, length));
        report({
          at: value.origin,
          message: 'tooLarge',
          data: { range: range.text, length, proposal },
          fixes: [
            {
              title: `Use ${proposal}`,
              applicability: 'safe',
              changes: [{ kind: 'set-value', target: value.origin, to: proposal }],
            },
          ],
        });
      }
    }
  },
});

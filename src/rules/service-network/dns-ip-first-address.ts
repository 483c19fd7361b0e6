import { serviceRanges } from '../../model/effective.ts';
import { parseAddress } from '../../net/address.ts';
import { suggestDnsServiceIP } from '../../net/aks.ts';
import { defineRule } from '../rule.ts';

export const dnsIpFirstAddress = defineRule({
  id: 'dns-ip-first-address',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The DNS service IP of a cluster is the first address of its service range.',
  condition: 'Reports a known dnsServiceIP that is the network address plus one of the known service range.',
  why: 'Kubernetes gives the first service address to its own API, kubernetes.default, so DNS cannot have it.',
  serviceError: 'DnsServiceIpConflicting',
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
      serviceCidr: '172.16.0.0/16'
      dnsServiceIP: '172.16.0.1'
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
      serviceCidr: '172.16.0.0/16'
      dnsServiceIP: '172.16.0.10'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning',
    'https://github.com/Azure/AKS/blob/master/CHANGELOG.md',
  ],
  messages: {
    first: (d: { ip: string; range: string; proposal: string }) =>
      `${d.ip} is the first address of the service range ${d.range}, which Kubernetes gives to its own API. Use another address of the range, such as ${d.proposal}.`,
  },

  check(model, report) {
    for (const { networkProfile } of model.managedClusters) {
      const ip = networkProfile.dnsServiceIP;
      const address = ip?.kind === 'known' ? parseAddress(ip.value) : undefined;
      if (ip?.kind !== 'known' || address === undefined) continue;
      const range = serviceRanges(networkProfile).find(
        ({ cidr }) => cidr.family === address.family && address.value === cidr.first + 1n,
      );
      const proposal = range === undefined ? undefined : suggestDnsServiceIP(range.cidr);
      if (range === undefined || proposal === undefined) continue;
      report({
        at: ip.origin,
        message: 'first',
        data: { ip: ip.value, range: range.text, proposal },
        related: range.origin === undefined ? [] : [{ at: range.origin, text: 'The service range is here.' }],
        fixes: [
          {
            title: `Set dnsServiceIP to ${proposal}`,
            applicability: 'safe',
            changes: [{ kind: 'set-value', target: ip.origin, to: proposal }],
          },
        ],
      });
    }
  },
});

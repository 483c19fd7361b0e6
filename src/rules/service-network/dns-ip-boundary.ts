import { serviceRanges } from '../../model/effective.ts';
import { parseAddress } from '../../net/address.ts';
import { suggestDnsServiceIP } from '../../net/aks.ts';
import { defineRule } from '../rule.ts';

export const dnsIpBoundary = defineRule({
  id: 'dns-ip-boundary',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The DNS service IP of a cluster is the network or the broadcast address of its service range.',
  condition:
    'Reports a known dnsServiceIP that is the network address or the broadcast address of the known service range.',
  why: 'Kubernetes gives neither of the two to a service, so the cluster would come up without DNS.',
  serviceError: 'DnsBroadcastAddressConflicting',
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
      dnsServiceIP: '172.16.0.0'
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
  references: ['https://github.com/Azure/AKS/issues/2579', 'https://github.com/Azure/AKS/blob/master/CHANGELOG.md'],
  messages: {
    boundary: (d: { ip: string; role: string; range: string; proposal: string }) =>
      `${d.ip} is the ${d.role} address of the service range ${d.range}, which no service can have. Use another address of the range, such as ${d.proposal}.`,
  },

  check(model, report) {
    for (const { networkProfile } of model.managedClusters) {
      const ip = networkProfile.dnsServiceIP;
      const address = ip?.kind === 'known' ? parseAddress(ip.value) : undefined;
      if (ip?.kind !== 'known' || address?.family !== 4) continue;
      const range = serviceRanges(networkProfile).find(
        ({ cidr }) => cidr.family === 4 && (address.value === cidr.first || address.value === cidr.last),
      );
      const proposal = range === undefined ? undefined : suggestDnsServiceIP(range.cidr);
      if (range === undefined || proposal === undefined) continue;
      const role = address.value === range.cidr.first ? 'network' : 'broadcast';
      report({
        at: ip.origin,
        message: 'boundary',
        data: { ip: ip.value, role, range: range.text, proposal },
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

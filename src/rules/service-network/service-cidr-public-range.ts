import { serviceRanges } from '../../model/effective.ts';
import { serviceRangeFix } from '../../model/service-range-fix.ts';
import { reservedRanges } from '../../net/aks.ts';
import { isPrivate, rangeKind } from '../../net/azure.ts';
import { type Cidr, containsCidr } from '../../net/cidr.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import { defineRule } from '../rule.ts';

export const serviceCidrPublicRange = defineRule({
  id: 'service-cidr-public-range',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The service range of a cluster is public address space.',
  condition:
    'Reports a known IPv4 service range that does not lie in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10, and one of multicast addresses as an error.',
  why: 'Pods cannot reach the hosts that own these addresses. Since October 2023 AKS checks for such ranges when a cluster is created; existing templates with public ranges may fail there.',
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
      serviceCidr: '172.66.0.0/16'
      dnsServiceIP: '172.66.0.10'
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
    'https://github.com/Azure/AKS/blob/master/CHANGELOG.md',
    'https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning',
  ],
  messages: {
    multicast: (d: { range: string }) =>
      `The service range ${d.range} is multicast address space, which AKS refuses. Use a private range, for example 172.16.0.0/16.`,
    public: (d: { range: string }) =>
      `The service range ${d.range} is public address space, so AKS may refuse it and pods cannot reach its owners. Use a private range, for example 172.16.0.0/16.`,
    special: (d: { range: string }) =>
      `The service range ${d.range} does not lie in private address space. Use a private range, for example 172.16.0.0/16.`,
  },

  check(model, report, settings) {
    for (const cluster of model.managedClusters) {
      for (const { cidr, text, origin } of serviceRanges(cluster.networkProfile)) {
        // What AKS keeps for itself is another rule's subject.
        if (origin === undefined || cidr.family !== 4 || isPrivate(cidr) || isReserved(cidr)) continue;
        const kind = rangeKind(cidr);
        const fixes = () => serviceRangeFix(model, cluster, takenPrefixes(settings));
        const data = { range: text };
        if (kind === 'multicast') report({ at: origin, message: 'multicast', data, severity: 'error', fixes });
        else report({ at: origin, message: kind === 'public' ? 'public' : 'special', data, fixes });
      }
    }
  },
});

function isReserved(range: Cidr): boolean {
  return reservedRanges.some((reserved) => containsCidr(reserved, range));
}

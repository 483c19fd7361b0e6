import { serviceRanges } from '../../model/effective.ts';
import { serviceRangeFix } from '../../model/service-range-fix.ts';
import { serviceCidrLengths } from '../../net/aks.ts';
import { isPrivate } from '../../net/azure.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import { defineRule } from '../rule.ts';

export const serviceCidrTooLarge = defineRule({
  id: 'service-cidr-too-large',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The service range of a cluster is too large.',
  condition:
    'Reports a known IPv4 service range that is larger than /12, and as a warning one of /12: the documentation asks for smaller ones, the Kubernetes API server takes it.',
  why: 'The Kubernetes API server does not start with a service range of more than 20 host bits. A /16 already holds 65,536 services.',
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
      podCidr: '192.168.0.0/16'
      serviceCidr: '10.64.0.0/11'
      dnsServiceIP: '10.64.0.10'
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
      podCidr: '192.168.0.0/16'
      serviceCidr: '10.64.0.0/16'
      dnsServiceIP: '10.64.0.10'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning',
    'https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay',
  ],
  messages: {
    tooLarge: (d: { range: string; length: number }) =>
      `The service range ${d.range} is larger than a /${d.length}, the largest that the Kubernetes API server takes. Use a smaller range, for example a /16.`,
    limit: (d: { range: string }) =>
      `The service range ${d.range} is a /12, while AKS asks for a range that is smaller than that. Use a smaller range, for example a /16.`,
  },

  check(model, report, settings) {
    const limit = serviceCidrLengths.shortestIPv4;
    for (const cluster of model.managedClusters) {
      for (const { cidr, text, origin } of serviceRanges(cluster.networkProfile)) {
        if (origin === undefined || cidr.family !== 4 || cidr.length > limit) continue;
        const fixes = () =>
          serviceRangeFix(model, cluster, takenPrefixes(settings), isPrivate(cidr) ? cidr : undefined);
        if (cidr.length < limit)
          report({ at: origin, message: 'tooLarge', data: { range: text, length: limit }, fixes });
        else report({ at: origin, message: 'limit', data: { range: text }, severity: 'warning', fixes });
      }
    }
  },
});

import { podRanges } from '../../model/effective.ts';
import { podRangeFix } from '../../model/pod-range-fix.ts';
import { knownValue } from '../../model/value.ts';
import { reservedRanges } from '../../net/aks.ts';
import { isPrivate } from '../../net/azure.ts';
import { containsCidr } from '../../net/cidr.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import { defineRule } from '../rule.ts';

export const podCidrPublicRange = defineRule({
  id: 'pod-cidr-public-range',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The pod range of an overlay cluster is public address space.',
  condition:
    'Reports a known IPv4 pod range of a cluster with networkPluginMode overlay that does not lie in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10.',
  why: 'Pods cannot reach the hosts that own these addresses, and Microsoft does not support such clusters.',
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
      podCidr: '172.66.0.0/16'
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
      podCidr: '100.64.0.0/16'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/azure-cni-overlay',
    'https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay',
  ],
  messages: {
    public: (d: { range: string }) =>
      `The pod range ${d.range} does not lie in private address space, which AKS does not support for overlay. Use a private range, for example 10.244.0.0/16.`,
  },

  check(model, report, settings) {
    for (const cluster of model.managedClusters) {
      if (knownValue(cluster.networkProfile.networkPluginMode)?.toLowerCase() !== 'overlay') continue;
      for (const { cidr, text, origin } of podRanges(cluster)) {
        if (origin === undefined || cidr.family !== 4 || isPrivate(cidr)) continue;
        // What AKS keeps for itself is another rule's subject.
        if (reservedRanges.some((reserved) => containsCidr(reserved, cidr))) continue;
        const fixes = () => podRangeFix(model, cluster, takenPrefixes(settings));
        report({ at: origin, message: 'public', data: { range: text }, fixes });
      }
    }
  },
});

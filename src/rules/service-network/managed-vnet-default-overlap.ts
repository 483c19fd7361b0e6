import type { Fix } from '../../model/change.ts';
import { type EffectiveRange, podRanges, serviceRanges } from '../../model/effective.ts';
import { podRangeFix } from '../../model/pod-range-fix.ts';
import { usesManagedNetwork } from '../../model/queries.ts';
import { serviceRangeFix } from '../../model/service-range-fix.ts';
import { managedNetwork } from '../../net/aks.ts';
import { formatCidr, overlaps } from '../../net/cidr.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import { defineRule } from '../rule.ts';

export const managedVnetDefaultOverlap = defineRule({
  id: 'managed-vnet-default-overlap',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A service or pod range overlaps the network that AKS makes for the cluster.',
  condition:
    'Reports a cluster of which no pool has a vnetSubnetID while its service range or pod range overlaps 10.224.0.0/16, the subnet that AKS makes for the nodes then, and as a warning the rest of 10.224.0.0/12, the address space around it.',
  why: 'The network of the nodes is written nowhere, so the error names an address that nobody chose.',
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
      podCidr: '10.224.0.0/14'
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
      podCidr: '10.244.0.0/16'
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
    overlap: (d: { what: string; range: string; managed: string; part: string }) =>
      `The ${d.what} range ${d.range} overlaps ${d.managed}, ${d.part}. Choose a range outside of 10.224.0.0/12, or give the pools a subnet of your own.`,
  },

  check(model, report, settings) {
    for (const cluster of model.managedClusters) {
      if (cluster.isExisting || !usesManagedNetwork(cluster)) continue;
      const elsewhere = takenPrefixes(settings);
      const judge = (what: string, ranges: readonly EffectiveRange[], fixes: () => readonly Fix[]): void => {
        for (const { cidr, text, origin } of ranges) {
          if (origin === undefined || !overlaps(cidr, managedNetwork.addressSpace)) continue;
          const isNodes = overlaps(cidr, managedNetwork.nodeSubnet);
          const managed = formatCidr(isNodes ? managedNetwork.nodeSubnet : managedNetwork.addressSpace);
          const part = `the ${isNodes ? 'node subnet' : 'virtual network'} that AKS makes when no pool names a subnet`;
          report({
            at: origin,
            message: 'overlap',
            data: { what, range: text, managed, part },
            severity: isNodes ? 'error' : 'warning',
            fixes,
          });
        }
      };
      judge('service', serviceRanges(cluster.networkProfile), () => serviceRangeFix(model, cluster, elsewhere));
      judge('pod', podRanges(cluster), () => podRangeFix(model, cluster, elsewhere));
    }
  },
});

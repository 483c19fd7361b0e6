import type { Change, Fix } from '../../model/change.ts';
import type { ManagedCluster } from '../../model/cluster.ts';
import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

const overlay = { networkPlugin: 'azure', networkPluginMode: 'overlay' } as const;

export const pluginUnset = defineRule({
  id: 'plugin-unset',
  severity: 'information',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A cluster leaves its network plugin to a default that has changed.',
  condition: 'Reports a cluster, other than AKS Automatic, that is proven to have no networkPlugin.',
  why: 'API versions up to 2023-07-01 named kubenet as the default, and newer documentation says Azure CNI Overlay. The two differ in limits, routing and policies, so which one a cluster gets should not be left to chance.',
  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3 }
    ]
    networkProfile: { serviceCidr: '172.16.0.0/16', dnsServiceIP: '172.16.0.10' }
  }
}
`,
      good: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3 }
    ]
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
    'https://learn.microsoft.com/azure/aks/azure-cni-overlay',
    'https://learn.microsoft.com/azure/aks/configure-kubenet',
  ],
  messages: {
    unset: (_d: undefined) =>
      'No networkPlugin is set, and what AKS takes then has moved from kubenet to Azure CNI Overlay. Set networkPlugin, with networkPluginMode overlay for new clusters.',
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const { networkProfile, skuName, isExisting } = cluster;
      const isBase = skuName === undefined || knownValue(skuName)?.toLowerCase() === 'base';
      if (isExisting || !isBase || networkProfile.networkPlugin !== undefined) continue;
      report({ at: cluster.header, message: 'unset', data: undefined, fixes: overlayFixes(cluster) });
    }
  },
});

function overlayFixes({ agentPools, networkProfile, properties }: ManagedCluster): Fix[] {
  const usesPodSubnets =
    !agentPools.isComplete || agentPools.items.some(({ podSubnetID }) => podSubnetID !== undefined);
  if (networkProfile.networkPluginMode !== undefined || usesPodSubnets) return [];
  const { body, presence } = networkProfile;
  const whole = presence === 'absent' ? properties : undefined;
  const changes: Change[] =
    body !== undefined
      ? Object.entries(overlay).map(([key, to]) => ({ kind: 'set-property', object: body, path: [key], to }))
      : whole !== undefined
        ? [{ kind: 'set-property', object: whole, path: ['networkProfile'], to: overlay }]
        : [];
  const title = 'Use Azure CNI Overlay (a running kubenet cluster has to be upgraded to it)';
  return changes.length === 0 ? [] : [{ title, applicability: 'unsafe', changes }];
}

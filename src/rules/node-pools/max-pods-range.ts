import { knownValue } from '../../model/value.ts';
import { limits } from '../../net/aks.ts';
import { defineRule } from '../rule.ts';

export const maxPodsRange = defineRule({
  id: 'max-pods-range',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A node pool has fewer than 10 or more than 250 pods per node.',
  condition: 'Reports a known `maxPods` below 10 or above 250. 0 is taken as not set.',
  why: 'AKS refuses node pools outside of these limits, whatever the network plugin.',
  serviceError: { tooMany: 'MaxPodsLimitExceeded', tooFew: 'InsufficientMaxPods' },
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, maxPods: 300, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, maxPods: 250, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
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
    tooMany: (d: { maxPods: number; limit: number }) =>
      `AKS runs at most ${d.limit} pods on a node, and maxPods is ${d.maxPods}. Use ${d.limit} or less.`,
    tooFew: (d: { maxPods: number; limit: number }) =>
      `AKS needs room for at least ${d.limit} pods on a node, and maxPods is ${d.maxPods}. Use ${d.limit} or more.`,
  },

  check(model, report) {
    const { smallestMaxPods, largestMaxPods, podsPerPool } = limits;
    for (const pool of model.agentPools) {
      const maxPods = knownValue(pool.maxPods);
      // Zero is what the resource provider reads where nothing is set.
      if (pool.maxPods === undefined || maxPods === undefined || maxPods === 0) continue;
      if (maxPods >= smallestMaxPods && maxPods <= largestMaxPods) continue;
      const isLarge = maxPods > largestMaxPods;
      const limit = isLarge ? largestMaxPods : smallestMaxPods;
      // A pool with few nodes needs more on each, see max-pods-total-under-30.
      const fewNodes = Math.max(1, knownValue(pool.count) ?? smallestMaxPods);
      const to = isLarge ? limit : Math.max(limit, Math.ceil(podsPerPool / fewNodes));
      report({
        at: pool.maxPods.origin,
        message: isLarge ? 'tooMany' : 'tooFew',
        data: { maxPods, limit },
        fixes: [
          {
            title: `Use ${to} pods per node`,
            applicability: 'safe',
            changes: [{ kind: 'set-value', target: pool.maxPods.origin, to }],
          },
        ],
      });
    }
  },
});

import type { AgentPool } from '../../model/cluster.ts';
import { type KnownValue, knownValue } from '../../model/value.ts';
import { limits } from '../../net/aks.ts';
import { defineRule } from '../rule.ts';

export const maxPodsTotalUnder30 = defineRule({
  id: 'max-pods-total-under-30',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A node pool has room for fewer than 30 pods in all.',
  condition:
    'Reports a pool whose nodes times maxPods are fewer than 30. The largest size of the pool counts where the autoscaler is on or may be. Pools without nodes, and maxPods below 10, which max-pods-range reports, are left out.',
  why: 'AKS wants room for the pods of the system in each pool, and refuses the pool.',
  serviceError: 'InsufficientAgentPoolMaxPodsPerAgentPool',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/22' } }
      { name: 'pods', properties: { addressPrefix: '10.1.4.0/22' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 1, maxPods: 10, vnetSubnetID: vnet.properties.subnets[0].id }
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
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/22' } }
      { name: 'pods', properties: { addressPrefix: '10.1.4.0/22' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, maxPods: 10, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning'],
  messages: {
    tooFew: (d: { nodes: number; maxPods: number; total: number; limit: number }) =>
      `AKS wants room for ${d.limit} pods in each pool, and ${d.nodes === 1 ? '1 node' : `${d.nodes} nodes`} with ${d.maxPods} pods ${d.nodes === 1 ? 'has' : 'have'} room for ${d.total}. Use maxPods ${Math.ceil(d.limit / d.nodes)} or more, or more nodes.`,
  },

  check(model, report) {
    const limit = limits.podsPerPool;
    for (const pool of model.agentPools) {
      const maxPods = knownValue(pool.maxPods);
      const size = largestSize(pool);
      if (maxPods === undefined || pool.maxPods === undefined || size === undefined) continue;
      const nodes = size.value;
      if (maxPods < limits.smallestMaxPods || nodes < 1 || nodes * maxPods >= limit) continue;
      const enough = Math.ceil(limit / nodes);
      report({
        at: pool.maxPods.origin,
        message: 'tooFew',
        data: { nodes, maxPods, total: nodes * maxPods, limit },
        related: [{ at: size.origin, text: 'The nodes of the pool are counted here.' }],
        fixes: [
          {
            title: `Use ${enough} pods per node`,
            applicability: 'unsafe',
            changes: [{ kind: 'set-value', target: pool.maxPods.origin, to: enough }],
          },
          {
            title: `Use ${Math.ceil(limit / maxPods)} nodes`,
            applicability: 'unsafe',
            changes: [{ kind: 'set-value', target: size.origin, to: Math.ceil(limit / maxPods) }],
          },
        ],
      });
    }
  },
});

/** The most nodes that the pool can have: `count`, or a larger `maxCount` unless the autoscaler is off. */
function largestSize({ count, maxCount, enableAutoScaling }: AgentPool): KnownValue<number> | undefined {
  const isFixed = enableAutoScaling === undefined || knownValue(enableAutoScaling) === false;
  const sizes = [count, isFixed ? undefined : maxCount].filter((size) => size !== undefined);
  const known = sizes.filter((size) => size.kind === 'known');
  if (known.length < sizes.length) return undefined;
  return known.reduce<KnownValue<number> | undefined>(
    (largest, size) => (largest === undefined || size.value > largest.value ? size : largest),
    undefined,
  );
}

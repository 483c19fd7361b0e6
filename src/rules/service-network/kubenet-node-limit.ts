import type { Fix } from '../../model/change.ts';
import type { NetworkProfile } from '../../model/cluster.ts';
import { clusterDemands, type PoolDemand, sumOf } from '../../model/pool-demand.ts';
import { knownValue, type Property, type Value } from '../../model/value.ts';
import { limits } from '../../net/aks.ts';
import { defineRule } from '../rule.ts';

export const kubenetNodeLimit = defineRule({
  id: 'kubenet-node-limit',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A kubenet cluster can grow to more nodes than kubenet supports.',
  condition:
    'Reports a kubenet cluster whose pools have more than 400 nodes together, and as a warning one that the autoscaler may bring there. Pools whose sizes are not known count as none.',
  why: 'Kubenet needs a route in the route table of the subnet for each node, and AKS supports 400 of them.',
  examples: [
    {
      language: 'bicep',
      bad: `// aksnet-disable kubenet-retirement -- the cluster moves to overlay later
resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 450 }]
    networkProfile: {
      networkPlugin: 'kubenet'
      podCidr: '10.128.0.0/14'
    }
  }
}
`,
      good: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 450 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      podCidr: '10.128.0.0/14'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/configure-kubenet',
    'https://github.com/Azure/AKS/blob/master/CHANGELOG.md',
  ],
  messages: {
    tooMany: (d: { nodes: number; limit: number }) =>
      `The pools of this kubenet cluster have ${d.nodes} nodes together, and kubenet supports ${d.limit}. Use fewer nodes, or Azure CNI Overlay.`,
    mayBeTooMany: (d: { nodes: number; limit: number }) =>
      `The pools of this kubenet cluster can grow to ${d.nodes} nodes together, and kubenet supports ${d.limit}. Lower maxCount, or use Azure CNI Overlay.`,
  },

  check(model, report) {
    const limit = limits.kubenetNodes;
    for (const cluster of model.managedClusters) {
      const plugin = cluster.networkProfile.networkPlugin;
      if (plugin === undefined || knownValue(plugin)?.toLowerCase() !== 'kubenet') continue;
      const demands = clusterDemands(cluster);
      const now = sumOf(demands, ({ nodes }) => nodes);
      const largest = sumOf(demands, ({ largestNodes }) => largestNodes);
      if (largest <= limit) continue;
      const isNow = now > limit;
      const size = ({ pool, nodes, largestNodes }: PoolDemand): Property<number> =>
        isNow || nodes === largestNodes ? pool.count : pool.maxCount;
      const [first, ...others] = demands.flatMap((demand) => size(demand) ?? []);
      report({
        at: first?.origin ?? cluster.header,
        message: isNow ? 'tooMany' : 'mayBeTooMany',
        data: { nodes: isNow ? now : largest, limit },
        severity: isNow ? 'error' : 'warning',
        related: others.map((value) => ({ at: value.origin, text: 'The size of another pool is here.' })),
        fixes: () => overlayFix(cluster.networkProfile, plugin),
      });
    }
  },
});

function overlayFix({ networkPluginMode, body }: NetworkProfile, plugin: Value<string>): Fix[] {
  if (networkPluginMode !== undefined || body === undefined) return [];
  return [
    {
      title: 'Switch to Azure CNI Overlay (a running cluster re-images all of its nodes)',
      applicability: 'unsafe',
      changes: [
        { kind: 'set-value', target: plugin.origin, to: 'azure' },
        { kind: 'set-property', object: body, path: ['networkPluginMode'], to: 'overlay' },
      ],
    },
  ];
}

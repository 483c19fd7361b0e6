import type { AgentPool, ManagedCluster } from '../../model/cluster.ts';
import { clusterDemands, type PoolDemand, sumOf } from '../../model/pool-demand.ts';
import { coexisting } from '../../model/queries.ts';
import { type KnownValue, knownValue, type Origin, type Property } from '../../model/value.ts';
import { limits } from '../../net/aks.ts';
import type { RelatedPlace } from '../rule.ts';
import { defineRule } from '../rule.ts';

export const nodeCountLimits = defineRule({
  id: 'node-count-limits',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A pool or a cluster has more nodes or pools than AKS allows, or a system pool has none.',
  condition:
    'Reports counts of a pool below 0 or above 1,000, a system pool without nodes, clusters with more than 100 pools or 5,000 nodes, and as a warning clusters that the autoscaler may bring there, or with more than 250 nodes and the Azure network policy manager. Counts that are not known count as none; kubenet has a lower limit, which kubenet-node-limit reports.',
  why: 'AKS refuses the pool or the cluster, or the autoscaler stops before its limit.',
  serviceError: { outside: 'AgentPoolMaxCountExceeded', tooManyPools: 'MaxAgentPoolCountReached' },
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/18' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 1200, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', podCidr: '100.64.0.0/13' }
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/18' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 800, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', podCidr: '100.64.0.0/13' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/quotas-skus-regions',
    'https://learn.microsoft.com/azure/aks/use-network-policies',
  ],
  messages: {
    outside: (d: { setting: string; value: number; limit: number }) =>
      `${d.setting} is ${d.value}, and a pool has 0 to ${d.limit} nodes. Use a number of those, and another pool for more nodes.`,
    noSystemNodes: () => 'A system pool needs at least 1 node, and count is 0. Use 1 or more.',
    tooManyPools: (d: { pools: number; limit: number }) =>
      `The cluster has ${d.pools} pools, and AKS allows ${d.limit}. Use fewer pools.`,
    tooManyNodes: (d: { nodes: number; limit: number }) =>
      `The pools of the cluster have ${d.nodes} nodes together, and AKS allows ${d.limit}. Use fewer nodes, or a second cluster.`,
    mayBeTooManyNodes: (d: { nodes: number; limit: number }) =>
      `The pools of the cluster can grow to ${d.nodes} nodes together, and AKS allows ${d.limit}. Lower maxCount, or use a second cluster.`,
    policyManager: (d: { nodes: number; limit: number }) =>
      `The pools of the cluster can have ${d.nodes} nodes together, and networkPolicy azure supports ${d.limit}. Use networkPolicy cilium, or fewer nodes.`,
  },

  check(model, report) {
    for (const pool of model.agentPools) {
      for (const { setting, value } of statedCounts(pool)) {
        const limit = limits.nodesPerPool;
        if (value.value >= 0 && value.value <= limit) continue;
        report({ at: value.origin, message: 'outside', data: { setting, value: value.value, limit } });
      }
      const isSystem = knownValue(pool.mode)?.toLowerCase() === 'system';
      if (isSystem && pool.count !== undefined && knownValue(pool.count) === 0)
        report({ at: pool.count.origin, message: 'noSystemNodes', data: undefined });
    }
    for (const cluster of model.managedClusters) {
      const pools = coexisting(cluster.agentPools.items).length;
      if (pools > limits.pools)
        report({ at: cluster.header, message: 'tooManyPools', data: { pools, limit: limits.pools } });
      const { plugin, policy } = settingsOf(cluster);
      if (plugin === 'kubenet') continue;
      const demands = clusterDemands(cluster);
      const now = sumOf(demands, ({ nodes }) => nodes);
      const largest = sumOf(demands, ({ largestNodes }) => largestNodes);
      const limit = limits.nodesPerCluster;
      const [first, ...others] = sizes(demands, now > limit);
      const places = { at: first ?? cluster.header, related: others.map(otherPool) };
      if (now > limit) report({ ...places, message: 'tooManyNodes', data: { nodes: now, limit } });
      else if (largest > limit)
        report({ ...places, message: 'mayBeTooManyNodes', data: { nodes: largest, limit }, severity: 'warning' });
      else if (policy !== undefined && largest > limits.policyManagerNodes) {
        const data = { nodes: largest, limit: limits.policyManagerNodes };
        report({
          at: policy,
          message: 'policyManager',
          data,
          severity: 'warning',
          related: [first ?? [], others].flat().map(otherPool),
        });
      }
    }
  },
});

/** The known counts of a pool that AKS looks at. */
function statedCounts(pool: AgentPool): { readonly setting: string; readonly value: KnownValue<number> }[] {
  const isFixed = pool.enableAutoScaling === undefined || knownValue(pool.enableAutoScaling) === false;
  const read = (setting: string, value: Property<number>): { setting: string; value: KnownValue<number> }[] =>
    value?.kind === 'known' ? [{ setting, value }] : [];
  const range = isFixed ? [] : [...read('minCount', pool.minCount), ...read('maxCount', pool.maxCount)];
  return [...read('count', pool.count), ...range];
}

/** The plugin in lower case, and where the Azure network policy manager is chosen. */
function settingsOf({ networkProfile }: ManagedCluster): { plugin: string | undefined; policy: Origin | undefined } {
  const { networkPlugin, networkPolicy } = networkProfile;
  const isManager = knownValue(networkPolicy)?.toLowerCase() === 'azure';
  return { plugin: knownValue(networkPlugin)?.toLowerCase(), policy: isManager ? networkPolicy?.origin : undefined };
}

/** Where the sizes of pools stand: as they start, or as large as they can be. */
function sizes(demands: readonly PoolDemand[], asStarted: boolean): Origin[] {
  return demands.flatMap(({ pool, nodes, largestNodes }) => {
    const value = asStarted || nodes === largestNodes ? pool.count : pool.maxCount;
    return value === undefined ? [] : [value.origin];
  });
}

function otherPool(at: Origin): RelatedPlace {
  return { at, text: 'The size of a pool is here.' };
}

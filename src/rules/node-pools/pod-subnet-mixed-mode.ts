import { groupBy } from '../../base/group.ts';
import type { AgentPool } from '../../model/cluster.ts';
import { podIPAllocationMode } from '../../model/effective.ts';
import { canCoexist, namedResource, subnetById } from '../../model/queries.ts';
import { onlyPrefix } from '../../model/subnet-resize-fix.ts';
import { limits } from '../../net/aks.ts';
import { defineRule } from '../rule.ts';

export const podSubnetMixedMode = defineRule({
  id: 'pod-subnet-mixed-mode',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Pools with different modes of allocation share a pod subnet.',
  condition:
    'Reports a pod subnet of one pool that takes static blocks and of another that takes single addresses, which is what AKS does where no `podIPAllocationMode` is set; and a pod subnet for static blocks that is larger than a /12.',
  why: 'AKS hands out a pod subnet in one way only, and refuses the second pool.',
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
      { name: 'blocks', properties: { addressPrefix: '10.1.8.0/22' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, maxPods: 31, vnetSubnetID: vnet.properties.subnets[0].id, podSubnetID: vnet.properties.subnets[1].id }
      { name: 'user', mode: 'User', count: 3, maxPods: 31, vnetSubnetID: vnet.properties.subnets[0].id, podSubnetID: vnet.properties.subnets[1].id, podIPAllocationMode: 'StaticBlock' }
    ]
    networkProfile: { networkPlugin: 'azure' }
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
      { name: 'blocks', properties: { addressPrefix: '10.1.8.0/22' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, maxPods: 31, vnetSubnetID: vnet.properties.subnets[0].id, podSubnetID: vnet.properties.subnets[1].id }
      { name: 'user', mode: 'User', count: 3, maxPods: 31, vnetSubnetID: vnet.properties.subnets[0].id, podSubnetID: vnet.properties.subnets[2].id, podIPAllocationMode: 'StaticBlock' }
    ]
    networkProfile: { networkPlugin: 'azure' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/configure-azure-cni-static-block-allocation',
    'https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-pod-subnet',
  ],
  messages: {
    mixed: (d: { own: string; other: string }) =>
      `This pool takes pod addresses as ${d.own}, and another pool takes them from the same subnet as ${d.other}. Use one podIPAllocationMode for both, or a subnet for each.`,
    tooLarge: (d: { prefix: string; length: number }) =>
      `A pod subnet for static blocks is a /${d.length} at most, and ${d.prefix} is larger. Use a smaller one.`,
  },

  check(model, report) {
    const placed = model.agentPools.filter(
      (pool) => namedResource(pool.podSubnetID) !== undefined && podIPAllocationMode(pool) !== undefined,
    );
    for (const pools of groupBy(placed, (pool) => namedResource(pool.podSubnetID) ?? '').values()) {
      pools.forEach((pool, index) => {
        const own = podIPAllocationMode(pool);
        const other = pools.slice(0, index).find((each) => canCoexist(each, pool));
        const otherMode = other === undefined ? undefined : podIPAllocationMode(other);
        if (other === undefined || own === undefined || otherMode === undefined || own === otherMode) return;
        report({
          at: modePlace(pool),
          message: 'mixed',
          data: { own, other: otherMode },
          related: [{ at: modePlace(other), text: 'The other pool is here.' }],
        });
      });
      const blocks = pools.find((pool) => podIPAllocationMode(pool) === 'StaticBlock');
      const subnet = blocks === undefined ? undefined : subnetById(model, blocks.podSubnetID);
      const prefix = subnet === undefined ? undefined : onlyPrefix(subnet);
      const length = limits.staticPodSubnetLength;
      if (blocks === undefined || prefix === undefined || prefix.cidr.length >= length) continue;
      report({
        at: prefix.origin,
        message: 'tooLarge',
        data: { prefix: prefix.text, length },
        related: [{ at: modePlace(blocks), text: 'A pool takes static blocks of it here.' }],
      });
    }
  },
});

/** Where the mode of a pool is written, or the pool where it is not. */
function modePlace(pool: AgentPool): AgentPool['header'] {
  return pool.podIPAllocationMode?.origin.at ?? pool.header;
}

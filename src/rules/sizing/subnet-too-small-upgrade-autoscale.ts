import {
  addressesAtMost,
  addressesAtStart,
  addressesToPlan,
  checkedPerNode,
  describeNeed,
  holdsPods,
  nodeSubnetNeeds,
  plannedNodes,
} from '../../model/subnet-needs.ts';
import { resizeFixes } from '../../model/subnet-resize-fix.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import { smallestPrefixLength } from '../../net/sizing.ts';
import { defineRule } from '../rule.ts';

export const subnetTooSmallUpgradeAutoscale = defineRule({
  id: 'subnet-too-small-upgrade-autoscale',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A subnet has room for its Azure CNI node pools today, but not for their growth or an upgrade.',
  condition:
    'Reports a subnet whose pools of Azure CNI without overlay and without a pod subnet fit as they start, but not at their largest size with the nodes that an upgrade adds: maxPods - 1 addresses for each. Where `maxSurge` is not set, a tenth of the nodes counts, and at least one. Pools whose numbers are not known count nothing; what does not fit from the start is for subnet-too-small-azure-cni.',
  why: 'The cluster deploys, and the autoscaler or the first upgrade stops when the subnet is full, when it is too late to enlarge it.',
  serviceError: 'SubnetIsFull',
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
      { name: 'system', mode: 'System', count: 5, enableAutoScaling: true, minCount: 3, maxCount: 10, maxPods: 30, vnetSubnetID: vnet.properties.subnets[0].id }
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
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/23' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 5, enableAutoScaling: true, minCount: 3, maxCount: 10, maxPods: 30, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning',
    'https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/subnetisfull-error',
  ],
  messages: {
    cannotGrow: (d: Shortage) =>
      `At their largest size and during an upgrade the node pools need ${d.needed} addresses (${d.sum}), but ${d.prefix} has ${d.usable} to give. Use a /${d.length}, a lower maxCount, or overlay networking.`,
    cannotUpgrade: (d: Shortage) =>
      `During an upgrade the node pools need ${d.needed} addresses (${d.sum}), but ${d.prefix} has ${d.usable} to give. Use a /${d.length}, a lower maxSurge, or overlay networking.`,
  },

  check(model, report, settings) {
    for (const need of nodeSubnetNeeds(model)) {
      const { prefix, usable, demands } = need;
      if (!holdsPods(need) || addressesAtStart(demands) > usable) continue;
      const needed = addressesAtMost(demands);
      const length = smallestPrefixLength(Math.max(needed, addressesToPlan(demands)));
      if (needed <= usable || length === undefined) continue;
      const grows = demands.some(({ nodes, largestNodes }) => nodes !== largestNodes);
      report({
        at: prefix.origin,
        message: grows ? 'cannotGrow' : 'cannotUpgrade',
        data: { prefix: prefix.text, usable, needed, sum: describeNeed(demands, plannedNodes, checkedPerNode), length },
        related: demands.map(({ pool }) => ({ at: pool.header, text: 'A node pool in this subnet is here.' })),
        fixes: () => resizeFixes(model, prefix, length, takenPrefixes(settings)),
      });
    }
  },
});

interface Shortage {
  readonly prefix: string;
  readonly usable: number;
  readonly needed: number;
  readonly sum: string;
  readonly length: number;
}

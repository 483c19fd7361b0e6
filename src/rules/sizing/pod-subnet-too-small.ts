import { sumOf } from '../../model/pool-demand.ts';
import {
  describeNeed,
  fullPodsPerNode,
  plannedNodes,
  podSubnetNeeds,
  sizedPodsPerNode,
  startPodsPerNode,
} from '../../model/subnet-needs.ts';
import { resizeFixes } from '../../model/subnet-resize-fix.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import { smallestPrefixLength } from '../../net/sizing.ts';
import { defineRule } from '../rule.ts';

export const podSubnetTooSmall = defineRule({
  id: 'pod-subnet-too-small',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A pod subnet has fewer addresses than the nodes of its pools take.',
  condition:
    'Reports a pod subnet with fewer addresses than the nodes take when they start: 16 each, or with static blocks 16 for each 16 pods and one more. As a warning, one with too few for all pods at the largest size of the pools and with the nodes that an upgrade adds. Numbers that are not known count nothing.',
  why: 'Nodes take addresses of the pod subnet 16 at a time, and pods of a node that gets none do not start.',
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
      { name: 'pods', properties: { addressPrefix: '10.1.1.0/28' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 2, maxPods: 50, vnetSubnetID: vnet.properties.subnets[0].id, podSubnetID: vnet.properties.subnets[1].id }
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
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } }
      { name: 'pods', properties: { addressPrefix: '10.1.1.0/24' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 2, maxPods: 50, vnetSubnetID: vnet.properties.subnets[0].id, podSubnetID: vnet.properties.subnets[1].id }
    ]
    networkProfile: { networkPlugin: 'azure' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/configure-azure-cni-dynamic-ip-allocation',
    'https://learn.microsoft.com/azure/aks/configure-azure-cni-static-block-allocation',
  ],
  messages: {
    tooSmall: (d: Shortage) =>
      `The nodes take ${d.needed} addresses of the pod subnet when they start (${d.sum}), but ${d.prefix} has ${d.usable} to give. Use a /${d.length}, which has room for scaling and upgrades too, or fewer nodes.`,
    cannotFill: (d: Shortage) =>
      `At their largest size and during an upgrade the pools can take ${d.needed} addresses for pods (${d.sum}), but ${d.prefix} has ${d.usable} to give. Use at least a /${d.length}, or a lower maxPods or maxCount.`,
  },

  check(model, report, settings) {
    for (const { prefix, usable, demands } of podSubnetNeeds(model)) {
      const started = demands.filter(({ nodes }) => nodes !== undefined);
      const atStart = sumOf(started, (demand) => (demand.nodes ?? 0) * startPodsPerNode(demand));
      const atMost = sumOf(demands, (demand) => plannedNodes(demand) * fullPodsPerNode(demand));
      const length = smallestPrefixLength(sumOf(demands, (demand) => plannedNodes(demand) * sizedPodsPerNode(demand)));
      if (Math.max(atStart, atMost) <= usable || length === undefined) continue;
      const isProven = atStart > usable;
      const needed = isProven ? atStart : atMost;
      const text = isProven
        ? describeNeed(started, ({ nodes }) => nodes, startPodsPerNode)
        : describeNeed(demands, plannedNodes, fullPodsPerNode);
      report({
        at: prefix.origin,
        message: isProven ? 'tooSmall' : 'cannotFill',
        data: { prefix: prefix.text, usable, needed, sum: text, length },
        severity: isProven ? 'error' : 'warning',
        related: demands.map(({ pool }) => ({
          at: pool.header,
          text: 'A node pool with pods in this subnet is here.',
        })),
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

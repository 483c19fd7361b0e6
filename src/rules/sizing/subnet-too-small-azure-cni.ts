import type { PoolDemand } from '../../model/pool-demand.ts';
import {
  addressesAtStart,
  addressesToPlan,
  checkedPerNode,
  describeNeed,
  holdsPods,
  nodeSubnetNeeds,
} from '../../model/subnet-needs.ts';
import { resizeFixes } from '../../model/subnet-resize-fix.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import { smallestPrefixLength } from '../../net/sizing.ts';
import { defineRule } from '../rule.ts';

export const subnetTooSmallAzureCni = defineRule({
  id: 'subnet-too-small-azure-cni',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A subnet has fewer addresses than its Azure CNI node pools reserve.',
  condition:
    'Reports a subnet whose pools of Azure CNI without overlay and without a pod subnet need more addresses than it has: count x (maxPods - 1) for each pool, against the size of the subnet less the 5 addresses that Azure keeps. Pools whose numbers are not known count nothing. A sum that is too large only with Windows pools is a warning, as their formula is not confirmed.',
  why: 'AKS reserves the addresses of all pods when a node pool is created, so the whole pool is refused.',
  serviceError: 'InsufficientSubnetSize',
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
      { name: 'system', mode: 'System', count: 2, maxPods: 250, vnetSubnetID: vnet.properties.subnets[0].id }
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
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 2, maxPods: 250, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/connectivity/insufficientsubnetsize-error-advanced-networking',
    'https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning',
  ],
  messages: {
    tooSmall: (d: { prefix: string; usable: number; needed: number; sum: string; length: number }) =>
      `The node pools reserve ${d.needed} addresses (${d.sum}), but ${d.prefix} has ${d.usable} to give. Use a /${d.length}, which has room for scaling and upgrades too, fewer pods per node, or overlay networking.`,
  },

  check(model, report, settings) {
    for (const need of nodeSubnetNeeds(model)) {
      if (!holdsPods(need)) continue;
      const { prefix, usable, demands } = need;
      const isSure = (demand: PoolDemand): boolean => demand.mode !== 'node-subnet' || demand.osType === 'Linux';
      const isProven = addressesAtStart(demands.filter(isSure)) > usable;
      const counted = demands.filter((demand) => demand.nodes !== undefined && (!isProven || isSure(demand)));
      const needed = addressesAtStart(counted);
      const length = smallestPrefixLength(Math.max(needed, addressesToPlan(demands)));
      if (needed <= usable || length === undefined) continue;
      report({
        at: prefix.origin,
        message: 'tooSmall',
        data: {
          prefix: prefix.text,
          usable,
          needed,
          sum: describeNeed(counted, ({ nodes }) => nodes, checkedPerNode),
          length,
        },
        severity: isProven ? 'error' : 'warning',
        related: counted.map(({ pool }) => ({ at: pool.header, text: 'A node pool in this subnet is here.' })),
        fixes: () => resizeFixes(model, prefix, length, takenPrefixes(settings)),
      });
    }
  },
});

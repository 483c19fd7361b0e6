import { sumOf } from '../../model/pool-demand.ts';
import { holdsPods, nodeSubnetNeeds } from '../../model/subnet-needs.ts';
import { resizeFixes } from '../../model/subnet-resize-fix.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import { smallestPrefixLength } from '../../net/sizing.ts';
import { defineRule } from '../rule.ts';

export const subnetTooSmallNodes = defineRule({
  id: 'subnet-too-small-nodes',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A node subnet has fewer addresses than its pools can have nodes.',
  condition:
    'Reports a subnet of pools whose pods take no addresses of it (overlay, kubenet, pod subnets, no plugin) when those pools have more nodes together than the subnet has addresses, less the 5 that Azure keeps. The largest size of a pool counts where the autoscaler is on. A sum that is too large only with the nodes that an upgrade adds, or only at the largest size outside of overlay, is a warning. Pools whose mode is not known count with their nodes alone; numbers that are not known count nothing.',
  why: 'Every node needs an address of its subnet: AKS refuses the pool, or scaling and upgrades stop when the subnet is full.',
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
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/28' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, enableAutoScaling: true, minCount: 3, maxCount: 20, vnetSubnetID: vnet.properties.subnets[0].id }
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
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/26' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, enableAutoScaling: true, minCount: 3, maxCount: 20, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/connectivity/insufficientsubnetsize-error-advanced-networking',
    'https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning',
    'https://github.com/Azure/AKS/blob/master/CHANGELOG.md',
  ],
  messages: {
    tooSmall: (d: { prefix: string; usable: number; nodes: number; length: number }) =>
      `The pools have ${d.nodes} nodes, but ${d.prefix} has addresses for ${d.usable}. Use at least a /${d.length}, or fewer nodes.`,
    cannotGrow: (d: { prefix: string; usable: number; nodes: number; length: number }) =>
      `The pools can grow to ${d.nodes} nodes, but ${d.prefix} has addresses for ${d.usable}. Use at least a /${d.length}, or lower maxCount.`,
    noRoomForUpgrade: (d: { prefix: string; usable: number; nodes: number; surge: number; length: number }) =>
      `An upgrade adds up to ${d.surge} to the ${d.nodes} nodes of the pools, but ${d.prefix} has addresses for ${d.usable} nodes. Use at least a /${d.length}; internal load balancers need addresses of it too.`,
  },

  check(model, report, settings) {
    for (const need of nodeSubnetNeeds(model)) {
      // With pods in the subnet there is more to count: subnet-too-small-azure-cni does.
      if (holdsPods(need)) continue;
      const { prefix, usable, demands } = need;
      const now = sumOf(demands, ({ nodes }) => nodes);
      const nodes = sumOf(demands, ({ largestNodes }) => largestNodes);
      const surge = sumOf(demands, ({ surgeNodes }) => surgeNodes);
      // Overlay is the one mode where AKS is known to count the largest size before it accepts a pool.
      const checked = sumOf(demands, (demand) => (demand.mode === 'overlay' ? demand.largestNodes : demand.nodes));
      const length = smallestPrefixLength(nodes + surge);
      if (nodes + surge <= usable || length === undefined) continue;
      const data = { prefix: prefix.text, usable, length };
      const common = {
        at: prefix.origin,
        severity: checked > usable ? ('error' as const) : ('warning' as const),
        related: demands.map(({ pool }) => ({ at: pool.header, text: 'A node pool in this subnet is here.' })),
        // Where the mode is not known, pods may need room too.
        fixes: () =>
          demands.every(({ mode }) => mode !== undefined)
            ? resizeFixes(model, prefix, length, takenPrefixes(settings))
            : [],
      };
      if (now > usable) report({ ...common, message: 'tooSmall', data: { ...data, nodes: now } });
      else if (nodes > usable) report({ ...common, message: 'cannotGrow', data: { ...data, nodes } });
      else report({ ...common, message: 'noRoomForUpgrade', data: { ...data, nodes, surge } });
    }
  },
});

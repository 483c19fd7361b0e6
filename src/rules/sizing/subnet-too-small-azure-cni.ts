import { demandsBySubnet, type PoolDemand } from '../../model/pool-demand.ts';
import { onlyPrefix, resizeFixes } from '../../model/subnet-resize-fix.ts';
import { usableAddresses } from '../../net/azure.ts';
import { checkedAddressesPerNode, smallestPrefixLength } from '../../net/sizing.ts';
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
  azureError: 'InsufficientSubnetSize',
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
      `The node pools reserve ${d.needed} addresses (${d.sum}), but ${d.prefix} has ${d.usable} to give. Use at least a /${d.length}, fewer pods per node, or overlay networking.`,
  },

  check(model, report) {
    for (const [subnet, demands] of demandsBySubnet(model, 'nodes', isCounted)) {
      // A second prefix adds room; whether AKS uses it is not documented.
      const prefix = onlyPrefix(subnet);
      if (prefix === undefined) continue;
      const usable = usableAddresses(prefix.cidr);
      const linux = demands.filter(({ osType }) => osType === 'Linux');
      const isProven = total(linux) > usable;
      const counted = isProven ? linux : demands;
      const needed = total(counted);
      const length = smallestPrefixLength(needed);
      if (needed <= usable || length === undefined) continue;
      report({
        at: prefix.origin,
        message: 'tooSmall',
        data: { prefix: prefix.text, usable, needed, sum: describe(counted), length },
        severity: isProven ? 'error' : 'warning',
        related: counted.map(({ pool }) => ({ at: pool.header, text: 'A node pool in this subnet is here.' })),
        fixes: () => resizeFixes(model, prefix, length),
      });
    }
  },
});

/** Whether all that decides the demand of a node-subnet pool is known. */
function isCounted({ mode, nodes, maxPods, osType }: PoolDemand): boolean {
  return mode === 'node-subnet' && nodes !== undefined && maxPods !== undefined && osType !== undefined;
}

function perNode({ maxPods = 0, osType }: PoolDemand): number {
  return checkedAddressesPerNode(maxPods, osType);
}

function total(demands: readonly PoolDemand[]): number {
  return demands.reduce((sum, demand) => sum + (demand.nodes ?? 0) * perNode(demand), 0);
}

function describe(demands: readonly PoolDemand[]): string {
  return demands
    .map((demand) => `${demand.nodes} ${demand.nodes === 1 ? 'node' : 'nodes'} x ${perNode(demand)}`)
    .join(' + ');
}

import type { AgentPool } from '../../model/cluster.ts';
import { networkMode } from '../../model/effective.ts';
import type { Model } from '../../model/model.ts';
import { canCoexist, clusterOf, namedResource, nameInId } from '../../model/queries.ts';
import { nodePoolsIn } from '../../model/subnet-users.ts';
import { defineRule } from '../rule.ts';

export const kubenetSubnetShared = defineRule({
  id: 'kubenet-subnet-shared',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Two kubenet clusters share a subnet.',
  condition:
    'Reports nodes of two kubenet clusters in one subnet. Clusters under different conditions are not compared.',
  why: 'Kubenet keeps a route for each node in the route table of the subnet, and each cluster wants the table for itself.',
  examples: [
    {
      language: 'bicep',
      bad: `// aksnet-disable kubenet-retirement -- the clusters move to overlay later
resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'blue', properties: { addressPrefix: '10.1.0.0/24' } }
      { name: 'green', properties: { addressPrefix: '10.1.1.0/24' } }
    ]
  }
}

resource blue 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks-blue'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks-blue'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'kubenet', podCidr: '10.128.0.0/16' }
  }
}

resource green 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks-green'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks-green'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'kubenet', podCidr: '10.129.0.0/16' }
  }
}
`,
      good: `// aksnet-disable kubenet-retirement -- the clusters move to overlay later
resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'blue', properties: { addressPrefix: '10.1.0.0/24' } }
      { name: 'green', properties: { addressPrefix: '10.1.1.0/24' } }
    ]
  }
}

resource blue 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks-blue'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks-blue'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'kubenet', podCidr: '10.128.0.0/16' }
  }
}

resource green 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks-green'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks-green'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[1].id }
    ]
    networkProfile: { networkPlugin: 'kubenet', podCidr: '10.129.0.0/16' }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/configure-kubenet'],
  messages: {
    shared: (d: { subnet: string }) =>
      `Another kubenet cluster has its nodes in ${d.subnet} already, and a subnet is for one kubenet cluster only. Use another subnet, or Azure CNI Overlay.`,
  },

  check(model, report) {
    const reported = new Set<string>();
    for (const pool of model.agentPools) {
      const id = namedResource(pool.vnetSubnetID);
      if (id === undefined || pool.vnetSubnetID === undefined || !usesKubenet(model, pool)) continue;
      const others = nodePoolsIn(model, id);
      const other = others.slice(0, others.indexOf(pool)).find((each) => {
        return each.clusterId !== pool.clusterId && canCoexist(each, pool) && usesKubenet(model, each);
      });
      // Once for each cluster, however many pools it has there.
      if (other?.vnetSubnetID === undefined || reported.has(`${pool.clusterId} ${id}`)) continue;
      reported.add(`${pool.clusterId} ${id}`);
      const name = nameInId(id);
      report({
        at: pool.vnetSubnetID.origin.at,
        message: 'shared',
        data: { subnet: name === undefined ? 'this subnet' : `subnet "${name}"` },
        related: [{ at: other.vnetSubnetID.origin.at, text: 'The other cluster has its nodes here.' }],
      });
    }
  },
});

function usesKubenet(model: Model, pool: AgentPool): boolean {
  const cluster = clusterOf(model, pool);
  return cluster !== undefined && networkMode(cluster, pool) === 'kubenet';
}

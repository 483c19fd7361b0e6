import type { Deployment, ResourceReference } from '../../model/network.ts';
import { areDifferent, canCoexist, namedResource, networkIdOf, networkLabel } from '../../model/queries.ts';
import type { Origin, Property } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const nodePoolSubnetsDifferentVnet = defineRule({
  id: 'node-pool-subnets-different-vnet',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The subnets of one cluster are in different virtual networks.',
  condition:
    'Reports a pool, or an API server, whose subnet is proven to be in another virtual network than that of the first pool that it exists together with.',
  why: 'All nodes of a cluster and its API server must be in one virtual network; peering does not replace that.',
  examples: [
    {
      language: 'bicep',
      bad: `resource elsewhere 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {
  name: 'vnet-other'
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
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
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }
      { name: 'user', mode: 'User', count: 3, vnetSubnetID: '\${elsewhere.id}/subnets/nodes' }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`,
      good: `resource elsewhere 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {
  name: 'vnet-other'
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } }
      { name: 'users', properties: { addressPrefix: '10.1.1.0/24' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }
      { name: 'user', mode: 'User', count: 3, vnetSubnetID: '\${vnet.id}/subnets/users' }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/node-pool-unique-subnet',
    'https://learn.microsoft.com/azure/aks/api-server-vnet-integration',
  ],
  messages: {
    pool: (d: { own: string; other: string }) =>
      `The subnet of this pool is in ${d.own}, and another pool of the cluster is in ${d.other}. Use subnets of one virtual network for all pools.`,
    apiServer: (d: { own: string; other: string }) =>
      `The subnet of the API server is in ${d.own}, and nodes of the cluster are in ${d.other}. Use subnets of one virtual network for both.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const pools = cluster.agentPools.items.flatMap((pool) => placeOf(pool.vnetSubnetID, pool.deployment));
      const api = placeOf(cluster.apiServerAccessProfile.subnetId, cluster.deployment);
      const judged = [
        ...pools.map((place, index) => ({ message: 'pool' as const, place, others: pools.slice(0, index) })),
        ...api.map((place) => ({ message: 'apiServer' as const, place, others: pools })),
      ];
      for (const { message, place, others } of judged) {
        const first = others.find((other) => canCoexist(other, place));
        if (first === undefined || !areDifferent(first.network, place.network)) continue;
        report({
          at: place.origin.at,
          message,
          data: {
            own: networkLabel(place.network, 'one virtual network'),
            other: networkLabel(first.network, 'another'),
          },
          related: [{ at: first.origin.at, text: 'The subnet in the other virtual network is here.' }],
        });
      }
    }
  },
});

interface Place {
  readonly network: string;
  readonly origin: Origin;
  readonly deployment: Deployment;
}

function placeOf(reference: Property<ResourceReference>, deployment: Deployment): Place[] {
  const id = namedResource(reference);
  const network = id === undefined ? undefined : networkIdOf(id);
  return reference === undefined || network === undefined ? [] : [{ network, origin: reference.origin, deployment }];
}

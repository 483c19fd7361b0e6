import { type Fix, referTo } from '../../model/change.ts';
import type { AgentPool } from '../../model/cluster.ts';
import type { Model } from '../../model/model.ts';
import { canCoexist, namedResource, subnetById } from '../../model/queries.ts';
import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const nodePoolSubnetMissing = defineRule({
  id: 'node-pool-subnet-missing',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Some node pools of a cluster have a subnet and others have none.',
  condition:
    'Reports a pool in `agentPoolProfiles` that is proven to have no `vnetSubnetID` while another pool of the cluster has one. Pools that are resources of their own are not reported: AKS puts those without a subnet beside the first pool.',
  why: 'A cluster is either in a network of its own or in yours, and AKS refuses a mixture.',
  serviceError: 'AgentPoolsWithEmptySubnetError',
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
      { name: 'user', mode: 'User', count: 3 }
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
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/22' } }
      { name: 'pods', properties: { addressPrefix: '10.1.4.0/22' } }
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
      { name: 'user', mode: 'User', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`,
    },
  ],
  references: [
    'https://github.com/Azure/AKS/issues/2927',
    'https://learn.microsoft.com/azure/aks/node-pool-unique-subnet',
  ],
  messages: {
    missing: (d: { pool: string }) =>
      `${d.pool} has no subnet, but another pool of the cluster has one. Set vnetSubnetID for all pools or for none.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const pools = cluster.agentPools.items;
      const placed = pools.filter(({ vnetSubnetID }) => namedResource(vnetSubnetID) !== undefined);
      for (const pool of pools) {
        if (!pool.isInline || pool.vnetSubnetID !== undefined) continue;
        const other = placed.find((each) => canCoexist(each, pool));
        if (other?.vnetSubnetID === undefined) continue;
        const name = knownValue(pool.name);
        report({
          at: pool.header,
          message: 'missing',
          data: { pool: name === undefined ? 'This pool' : `Pool "${name}"` },
          related: [{ at: other.vnetSubnetID.origin.at, text: 'Another pool has its subnet here.' }],
          fixes: () => subnetFix(model, pool, other),
        });
      }
    }
  },
});

/** Puts the pool beside the other, where the subnet is a resource of its own that the file can refer to. */
function subnetFix(model: Model, pool: AgentPool, other: AgentPool): Fix[] {
  const subnet = subnetById(model, other.vnetSubnetID);
  if (subnet === undefined || subnet.isInline || pool.body === undefined) return [];
  return [
    {
      title: 'Use the subnet of the other pool (new clusters only)',
      applicability: 'unsafe',
      changes: [{ kind: 'set-property', object: pool.body, path: ['vnetSubnetID'], to: referTo(subnet, 'id') }],
    },
  ];
}

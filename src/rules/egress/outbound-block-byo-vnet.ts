import { outboundType } from '../../model/effective.ts';
import { poolWithOwnSubnet } from '../../model/queries.ts';
import { defineRule } from '../rule.ts';

export const outboundBlockByoVnet = defineRule({
  id: 'outbound-block-byo-vnet',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Outbound type block does not go with a subnet of your own.',
  condition: 'Reports outbound type block on a cluster with a pool that sets vnetSubnetID.',
  why: 'AKS blocks all ways out with rules on a network that it makes itself, and cannot do so on yours.',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/22' } }]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: '\${vnet.id}/subnets/nodes' }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', outboundType: 'block' }
    bootstrapProfile: { artifactSource: 'Cache' }
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/22' } }]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: '\${vnet.id}/subnets/nodes' }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', outboundType: 'none' }
    bootstrapProfile: { artifactSource: 'Cache' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/egress-outboundtype',
    'https://learn.microsoft.com/azure/aks/concepts-network-isolated',
  ],
  messages: {
    blocked: (_: Record<string, never>) =>
      'Outbound type block works only in a network that AKS makes, but a pool sets vnetSubnetID. Use outbound type none and close the subnet yourself.',
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const outbound = outboundType(cluster);
      const pool = poolWithOwnSubnet(cluster);
      if (outbound?.origin === undefined || outbound.value !== 'block' || pool?.vnetSubnetID === undefined) continue;
      report({
        at: outbound.origin,
        message: 'blocked',
        data: {},
        related: [{ at: pool.vnetSubnetID.origin, text: 'The subnet of a pool is here.' }],
        fixes: [
          {
            title: 'Use outbound type none (whether anything else leads out of the subnet is then up to you)',
            applicability: 'unsafe',
            changes: [{ kind: 'set-value', target: outbound.origin, to: 'none' }],
          },
        ],
      });
    }
  },
});

import { namedResource, nameInId } from '../../model/queries.ts';
import { findSpecialSubnet } from '../../net/azure.ts';
import { defineRule } from '../rule.ts';

export const nodeSubnetReservedName = defineRule({
  id: 'node-subnet-reserved-name',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A cluster uses a subnet that belongs to another service by its name.',
  condition:
    'Reports nodes, pods or an API server in a subnet named GatewaySubnet, AzureBastionSubnet, AzureFirewallSubnet, AzureFirewallManagementSubnet or RouteServerSubnet, in any case.',
  why: 'Azure keeps subnets of these names for one service, and refuses network interfaces of anything else in them.',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'GatewaySubnet', properties: { addressPrefix: '10.1.0.0/24' } }
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
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/bastion/configuration-settings',
    'https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings',
  ],
  messages: {
    reserved: (d: { what: string; name: string }) =>
      `Azure keeps the subnet ${d.name} for the service of that name, so ${d.what} cannot be in it. Use a subnet of your own for the cluster.`,
  },

  check(model, report) {
    const uses = [
      ...model.agentPools.flatMap(({ vnetSubnetID, podSubnetID }) => [
        { what: 'nodes', reference: vnetSubnetID },
        { what: 'pods', reference: podSubnetID },
      ]),
      ...model.managedClusters.map(({ apiServerAccessProfile }) => ({
        what: 'an API server',
        reference: apiServerAccessProfile.subnetId,
      })),
    ];
    for (const { what, reference } of uses) {
      const id = namedResource(reference);
      if (reference === undefined || id?.includes('/subnets/') !== true) continue;
      const special = findSpecialSubnet(nameInId(id) ?? '');
      if (special !== undefined)
        report({ at: reference.origin.at, message: 'reserved', data: { what, name: special.name } });
    }
  },
});

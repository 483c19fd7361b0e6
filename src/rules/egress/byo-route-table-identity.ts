import { identityKind } from '../../model/effective.ts';
import { namedResource } from '../../model/queries.ts';
import { deployedNodeSubnets, subnetLabel } from '../../model/subnet-attachments.ts';
import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const byoRouteTableIdentity = defineRule({
  id: 'byo-route-table-identity',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A kubenet cluster with your own route table has a system-assigned identity.',
  condition:
    'Reports identity type SystemAssigned on a kubenet cluster when a subnet of its nodes in the files has a route table.',
  why: 'Kubenet writes a route for each node into the table, and the identity needs rights on it before the cluster exists. A system-assigned identity does not exist by then, so AKS refuses it.',
  serviceError: 'CustomRouteTableWithUnsupportedMSIType',
  examples: [
    {
      language: 'bicep',
      bad: `// aksnet-disable kubenet-retirement -- the cluster moves to overlay later
resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    disableBgpRoutePropagation: true
    routes: [
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
      {
        name: 'mcr'
        properties: { addressPrefix: 'MicrosoftContainerRegistry', nextHopType: 'Internet' }
      }
      {
        name: 'mcr-data'
        properties: { addressPrefix: 'AzureFrontDoor.FirstParty', nextHopType: 'Internet' }
      }
      { name: 'firewall', properties: { addressPrefix: '20.50.1.4/32', nextHopType: 'Internet' } }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', routeTable: { id: table.id } } }]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  identity: { type: 'SystemAssigned' }
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }]
    networkProfile: { networkPlugin: 'kubenet' }
  }
}
`,
      good: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    disableBgpRoutePropagation: true
    routes: [
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
      {
        name: 'mcr'
        properties: { addressPrefix: 'MicrosoftContainerRegistry', nextHopType: 'Internet' }
      }
      {
        name: 'mcr-data'
        properties: { addressPrefix: 'AzureFrontDoor.FirstParty', nextHopType: 'Internet' }
      }
      { name: 'firewall', properties: { addressPrefix: '20.50.1.4/32', nextHopType: 'Internet' } }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', routeTable: { id: table.id } } }]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  identity: { type: 'SystemAssigned' }
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/configure-kubenet', 'https://github.com/Azure/AKS/issues/2333'],
  messages: {
    systemAssigned: (d: { subnet: string }) =>
      `${d.subnet} has a route table of its own, which a kubenet cluster with a SystemAssigned identity cannot use. Use a UserAssigned identity with rights on the table, or Azure CNI Overlay.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const { type } = cluster.identity;
      if (type === undefined || identityKind(cluster) !== 'SystemAssigned') continue;
      if (knownValue(cluster.networkProfile.networkPlugin)?.toLowerCase() !== 'kubenet') continue;
      const subnet = deployedNodeSubnets(model, cluster).find((each) => namedResource(each.routeTable) !== undefined);
      if (subnet === undefined) continue;
      report({
        at: type.origin,
        message: 'systemAssigned',
        data: { subnet: subnetLabel(subnet) },
        related: [{ at: subnet.header, text: 'The subnet with the route table is here.' }],
      });
    }
  },
});

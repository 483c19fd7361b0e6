import { privateKubenetConflict } from '../../model/private-dns.ts';
import { defineRule } from '../rule.ts';

export const kubenetByoRouteCustomDnsPrivate = defineRule({
  id: 'kubenet-byo-route-custom-dns-private',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A private kubenet cluster has a route table and DNS servers of your own.',
  condition:
    'Reports a private kubenet cluster with the private DNS zone that AKS makes, in a network with dnsServers of its own, when a subnet of its nodes has a route table.',
  why: 'AKS does not support the combination: the zone is not linked in time, nodes never find the API server, and the creation of the cluster fails.',
  serviceError: 'CreateOrUpdateVirtualNetworkLinkFailed',
  examples: [
    {
      language: 'bicep',
      bad: `// aksnet-disable kubenet-retirement -- the cluster moves to overlay later
resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    routes: []
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    dhcpOptions: { dnsServers: ['10.0.0.4', '10.0.0.5'] }
    subnets: [
      {
        name: 'nodes'
        properties: {
          addressPrefix: '10.1.0.0/24'
          routeTable: { id: resourceId('Microsoft.Network/routeTables', 'rt-spoke') }
        }
      }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: 'westeurope'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '\${resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id-elsewhere')}': {} }
  }
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        count: 3
        vnetSubnetID: resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-spoke', 'nodes')
      }
    ]
    networkProfile: { networkPlugin: 'kubenet' }
    apiServerAccessProfile: { enablePrivateCluster: true }
  }
}
`,
      good: `// aksnet-disable kubenet-retirement -- the cluster moves to overlay later
resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    routes: []
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    dhcpOptions: { dnsServers: ['10.0.0.4', '10.0.0.5'] }
    subnets: [
      {
        name: 'nodes'
        properties: {
          addressPrefix: '10.1.0.0/24'
          routeTable: { id: resourceId('Microsoft.Network/routeTables', 'rt-spoke') }
        }
      }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: 'westeurope'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '\${resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id-elsewhere')}': {} }
  }
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        count: 3
        vnetSubnetID: resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-spoke', 'nodes')
      }
    ]
    networkProfile: { networkPlugin: 'kubenet' }
    apiServerAccessProfile: {
      enablePrivateCluster: true
      privateDNSZone: resourceId('Microsoft.Network/privateDnsZones', 'privatelink.westeurope.azmk8s.io')
    }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/private-clusters'],
  messages: {
    conflict: (d: { servers: string }) =>
      `A private cluster with kubenet, a route table of your own and the DNS servers ${d.servers} fails while AKS makes its private DNS zone. Set privateDNSZone to a zone of your own that these servers can see, or use Azure CNI Overlay.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const { enablePrivateCluster, privateDNSZone } = cluster.apiServerAccessProfile;
      const conflict = privateKubenetConflict(model, cluster);
      const at = privateDNSZone ?? enablePrivateCluster;
      if (conflict === undefined || at === undefined) continue;
      const { servers, subnet } = conflict;
      report({
        at: at.origin,
        message: 'conflict',
        data: { servers: servers.addresses.join(' and ') },
        related: [
          { at: servers.origin, text: 'The DNS servers are named here.' },
          { at: subnet.routeTable?.origin ?? subnet.header, text: 'The route table is set here.' },
          { at: cluster.networkProfile.networkPlugin?.origin ?? cluster.header, text: 'Kubenet is set here.' },
        ],
      });
    }
  },
});

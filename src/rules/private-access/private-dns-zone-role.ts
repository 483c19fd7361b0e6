import { declaredZone, privateZone } from '../../model/private-dns.ts';
import { canCoexist, clusterNetworks } from '../../model/queries.ts';
import { declaredIdentity, holdsRole, roles } from '../../model/role-assignments.ts';
import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

const forNetwork = [roles.networkContributor, roles.contributor, roles.owner];
const forZone = [roles.privateDnsZoneContributor, ...forNetwork];

export const privateDnsZoneRole = defineRule({
  id: 'private-dns-zone-role',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The identity of a private cluster gets no role on its private DNS zone or its virtual network.',
  condition:
    'Reports a private cluster whose user-assigned identity and private DNS zone are made by the same files, when none of their role assignments gives the identity Private DNS Zone Contributor on the zone, or Network Contributor on a virtual network of the cluster that the zone is not linked with, or a wider role. Assignments that are not fully known count as given.',
  why: 'AKS writes the name of the API server into the zone and links it with the network in the name of that identity, before the cluster exists. Without the roles it refuses the cluster; they may be granted elsewhere, but hardly to an identity that is made here.',
  azureError: 'CustomPrivateDNSZoneMissingPermissionError',
  examples: [
    {
      language: 'bicep',
      bad: `resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-aks'
  location: resourceGroup().location
}

resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: 'privatelink.westeurope.azmk8s.io'
  location: 'global'
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

resource networkRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: '4a0d3a34-0ad9-4f4f-9d3c-6f3a1d0b0002'
  scope: vnet
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4d97b98b-1d4f-4787-a291-c67834d212e7')
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: 'westeurope'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '\${resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id-aks')}': {} }
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
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
    apiServerAccessProfile: {
      enablePrivateCluster: true
      privateDNSZone: resourceId('Microsoft.Network/privateDnsZones', 'privatelink.westeurope.azmk8s.io')
    }
  }
}
`,
      good: `resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-aks'
  location: resourceGroup().location
}

resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: 'privatelink.westeurope.azmk8s.io'
  location: 'global'
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

resource networkRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: '4a0d3a34-0ad9-4f4f-9d3c-6f3a1d0b0002'
  scope: vnet
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4d97b98b-1d4f-4787-a291-c67834d212e7')
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource zoneRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: '4a0d3a34-0ad9-4f4f-9d3c-6f3a1d0b0001'
  scope: zone
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'b12aa53e-6015-4669-85d0-8515ebb3ae7f')
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: 'westeurope'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '\${resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id-aks')}': {} }
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
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
    apiServerAccessProfile: {
      enablePrivateCluster: true
      privateDNSZone: resourceId('Microsoft.Network/privateDnsZones', 'privatelink.westeurope.azmk8s.io')
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/private-clusters',
    'https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/customprivatednszonemissingpermissions-error',
  ],
  messages: {
    zone: (d: { identity: string }) =>
      `No role assignment in the files lets ${d.identity} write into this private DNS zone, which it has to before the cluster is made. Assign it Private DNS Zone Contributor on the zone.`,
    network: (d: { identity: string; network: string }) =>
      `No role assignment in the files lets ${d.identity} link this private DNS zone with ${d.network}, which it has to before the cluster is made. Assign it Network Contributor on the network.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const named = privateZone(cluster);
      const identity = declaredIdentity(model, cluster);
      if (named?.kind !== 'named' || identity === undefined) continue;
      const zone = declaredZone(model, named.id, cluster);
      if (zone === undefined) continue;
      const name = knownValue(identity.name);
      const who = name === undefined ? 'the identity of the cluster' : `the identity "${name}"`;
      const related = [
        { at: zone.header, text: 'The zone is here.' },
        { at: identity.header, text: 'The identity is here.' },
      ];
      if (holdsRole(model, identity, forZone, zone.id) === 'no')
        report({ at: named.origin, message: 'zone', data: { identity: who }, related });
      const links = zone.virtualNetworkLinks.items.map(({ virtualNetwork }) => knownValue(virtualNetwork)?.id);
      for (const network of clusterNetworks(model, cluster)) {
        if (network.isExisting || !canCoexist(network, cluster) || links.includes(network.id)) continue;
        if (holdsRole(model, identity, forNetwork, network.id) !== 'no') continue;
        const label = knownValue(network.name);
        const data = { identity: who, network: label === undefined ? 'the virtual network' : `network "${label}"` };
        const place = { at: network.header, text: 'The virtual network is here.' };
        report({ at: named.origin, message: 'network', data, related: [...related, place] });
      }
    }
  },
});

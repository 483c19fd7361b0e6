import { declaredZone, privateZone } from '../../model/private-dns.ts';
import { declaredIdentity, isGivenNoRole, roleAssignment } from '../../model/role-assignments.ts';
import { knownValue } from '../../model/value.ts';
import { networkRoles } from '../../net/aks.ts';
import { defineRule } from '../rule.ts';

export const privateDnsZoneRole = defineRule({
  id: 'private-dns-zone-role',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The identity of a private cluster gets no role on its private DNS zone.',
  condition:
    'Reports a private cluster whose user-assigned identity and private DNS zone are made by the same files, when none of their role assignments may give the identity a role on the zone or on anything around it that is enough.',
  why: 'AKS writes the name of the API server into the zone with that identity, before the cluster exists, and refuses the cluster without the role. It may be given elsewhere, but hardly to an identity that is made here.',
  serviceError: 'CustomPrivateDNSZoneMissingPermissionError',
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
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const named = privateZone(cluster);
      const found = declaredIdentity(model, cluster);
      if (named?.kind !== 'named' || found === undefined) continue;
      const { identity } = found;
      const zone = declaredZone(model, named.id, cluster);
      if (zone === undefined || !isGivenNoRole(model, identity.id, zone.id, networkRoles.privateDnsZoneContributor))
        continue;
      const name = knownValue(identity.name);
      report({
        at: named.origin,
        message: 'zone',
        data: { identity: name === undefined ? 'the identity of the cluster' : `the identity "${name}"` },
        related: [
          { at: zone.header, text: 'The zone is here.' },
          { at: identity.header, text: 'The identity is here.' },
        ],
        fixes: () => [
          {
            title: 'Assign Private DNS Zone Contributor on the zone to the identity',
            applicability: 'unsafe',
            changes: [
              {
                kind: 'append-resources',
                beside: cluster.header,
                resources: [roleAssignment('privateDnsZoneContributor', identity, zone)],
              },
            ],
          },
        ],
      });
    }
  },
});

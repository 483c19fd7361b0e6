import { identityKind } from '../../model/effective.ts';
import { namedResource } from '../../model/queries.ts';
import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const privateDnsZoneIdentity = defineRule({
  id: 'private-dns-zone-identity',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A cluster with a private DNS zone of its own has a system-assigned identity.',
  condition: 'Reports a private cluster that names a private DNS zone by its id and has a system-assigned identity.',
  why: 'A system-assigned identity does not exist before the cluster does, so it cannot hold the role on the zone that creating the cluster needs.',
  serviceError: 'SystemAssignedIdentityNotSupportedForCustomPrivateDNSZone',
  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: 'westeurope'
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
    }
    apiServerAccessProfile: {
      enablePrivateCluster: true
      privateDNSZone: resourceId('Microsoft.Network/privateDnsZones', 'privatelink.westeurope.azmk8s.io')
    }
  }
}
`,
      good: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: 'westeurope'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '\${resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'aks')}': {}
    }
  }
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
    }
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
    systemAssigned: () =>
      'AKS takes a private DNS zone of your own only with a user-assigned identity, and this cluster has a system-assigned one. Set identity.type to UserAssigned and name an identity that is Private DNS Zone Contributor on the zone.',
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const { enablePrivateCluster, privateDNSZone } = cluster.apiServerAccessProfile;
      const { type } = cluster.identity;
      if (knownValue(enablePrivateCluster) !== true || privateDNSZone === undefined || type === undefined) continue;
      if (namedResource(privateDNSZone) === undefined || identityKind(cluster) !== 'SystemAssigned') continue;
      report({
        at: type.origin,
        message: 'systemAssigned',
        data: undefined,
        related: [{ at: privateDNSZone.origin, text: 'The zone is named here.' }],
      });
    }
  },
});

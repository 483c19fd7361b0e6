import type { ManagedCluster } from '../../model/cluster.ts';
import { knownValue, type Property } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

/**
 * The first stable API version with each property.
 * https://github.com/Azure/azure-rest-api-specs/tree/main/specification/containerservice (managedClusters)
 */
const properties: readonly {
  readonly name: string;
  readonly since: string;
  read(cluster: ManagedCluster): Property<unknown>;
}[] = [
  { name: 'enablePrivateCluster', since: '2019-10-01', read: privateOnly },
  {
    name: 'privateDNSZone',
    since: '2020-12-01',
    read: ({ apiServerAccessProfile: profile }) => profile.privateDNSZone,
  },
  {
    name: 'enablePrivateClusterPublicFQDN',
    since: '2021-05-01',
    read: ({ apiServerAccessProfile: profile }) => profile.enablePrivateClusterPublicFQDN,
  },
  { name: 'fqdnSubdomain', since: '2021-05-01', read: ({ fqdnSubdomain }) => fqdnSubdomain },
];

export const privateClusterApiVersion = defineRule({
  id: 'private-cluster-api-version',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A setting of a private cluster is newer than the API version, which ignores it.',
  condition:
    'Reports enablePrivateCluster set to true, privateDNSZone, enablePrivateClusterPublicFQDN and fqdnSubdomain in a cluster with a stable API version that does not have them yet. Preview versions are left alone.',
  why: 'API versions before 2024-01-01 ignore properties that they do not know, without a word: the cluster is made, but with another zone or name, or with a public API server.',
  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2020-11-01' = {
  name: 'aks'
  location: 'westeurope'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '\${resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id-elsewhere')}': {} }
  }
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3 }
    ]
    networkProfile: { networkPlugin: 'azure' }
    apiServerAccessProfile: {
      enablePrivateCluster: true
      privateDNSZone: resourceId('Microsoft.Network/privateDnsZones', 'privatelink.westeurope.azmk8s.io')
    }
  }
}
`,
      good: `resource cluster 'Microsoft.ContainerService/managedClusters@2021-05-01' = {
  name: 'aks'
  location: 'westeurope'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '\${resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id-elsewhere')}': {} }
  }
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3 }
    ]
    networkProfile: { networkPlugin: 'azure' }
    apiServerAccessProfile: {
      enablePrivateCluster: true
      privateDNSZone: resourceId('Microsoft.Network/privateDnsZones', 'privatelink.westeurope.azmk8s.io')
    }
  }
}
`,
    },
  ],
  references: ['https://github.com/Azure/AKS/issues/4060', 'https://learn.microsoft.com/azure/aks/private-clusters'],
  messages: {
    ignored: (d: { property: string; version: string; since: string }) =>
      `API version ${d.version} ignores ${d.property}, which exists since ${d.since}. Use ${d.since} or a later API version.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const version = cluster.apiVersion;
      if (version === undefined || !/^\d{4}-\d\d-\d\d$/.test(version)) continue;
      for (const { name, since, read } of properties) {
        const property = read(cluster);
        if (property?.kind === 'known' && version < since)
          report({ at: property.origin, message: 'ignored', data: { property: name, version, since } });
      }
    }
  },
});

/** A cluster that is not meant to be private is none in an older version either. */
function privateOnly({ apiServerAccessProfile: { enablePrivateCluster } }: ManagedCluster): Property<unknown> {
  return knownValue(enablePrivateCluster) === true ? enablePrivateCluster : undefined;
}

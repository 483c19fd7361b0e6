import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const fqdnSubdomainWithoutZone = defineRule({
  id: 'fqdn-subdomain-without-zone',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'fqdnSubdomain is set without a private DNS zone of your own.',
  condition:
    'Reports a known fqdnSubdomain on a cluster that is certainly not private, that has a dnsPrefix as well, or whose privateDNSZone is system, none or not set.',
  why: 'The name is written into the zone that privateDNSZone names in place of dnsPrefix; other clusters get their name from AKS.',

  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    fqdnSubdomain: 'contoso'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
    }
    apiServerAccessProfile: {
      enablePrivateCluster: true
      privateDNSZone: 'system'
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
    fqdnSubdomain: 'contoso'
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
  references: [
    'https://learn.microsoft.com/azure/aks/private-clusters',
    'https://github.com/Azure/azure-rest-api-specs/tree/main/specification/containerservice',
  ],
  messages: {
    noZone: (d: { name: string; zone: string }) =>
      `fqdnSubdomain "${d.name}" needs a private DNS zone of your own, and privateDNSZone is ${d.zone}. Set privateDNSZone to the id of a zone, or use dnsPrefix in its place.`,
    notPrivate: (d: { name: string }) =>
      `fqdnSubdomain "${d.name}" is for private clusters, and this one is not private. Use dnsPrefix in its place.`,
    both: (d: { name: string; prefix: string }) =>
      `The cluster has both fqdnSubdomain "${d.name}" and dnsPrefix "${d.prefix}", and AKS takes one of them. Remove dnsPrefix.`,
  },

  check(model, report) {
    for (const { apiServerAccessProfile, dnsPrefix, fqdnSubdomain, isExisting } of model.managedClusters) {
      if (isExisting || fqdnSubdomain?.kind !== 'known' || fqdnSubdomain.value === '') continue;
      const { enablePrivateCluster, privateDNSZone } = apiServerAccessProfile;
      const { origin: at, value: name } = fqdnSubdomain;
      const zone = privateDNSZone === undefined ? 'not set' : knownValue(privateDNSZone)?.id;
      if (enablePrivateCluster === undefined || knownValue(enablePrivateCluster) === false) {
        report({ at, message: 'notPrivate', data: { name } });
      } else if (zone === 'not set' || zone === 'system' || zone === 'none') {
        const related = privateDNSZone === undefined ? [] : [{ at: privateDNSZone.origin, text: 'It is set here.' }];
        report({ at, message: 'noZone', data: { name, zone }, related });
      } else if (dnsPrefix?.kind === 'known' && dnsPrefix.value !== '') {
        const related = [{ at: at, text: 'fqdnSubdomain is set here.' }];
        report({ at: dnsPrefix.origin, message: 'both', data: { name, prefix: dnsPrefix.value }, related });
      }
    }
  },
});

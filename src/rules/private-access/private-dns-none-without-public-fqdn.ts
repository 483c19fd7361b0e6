import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const privateDnsNoneWithoutPublicFqdn = defineRule({
  id: 'private-dns-none-without-public-fqdn',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A private cluster has neither a private DNS zone nor a public name.',
  condition: "Reports a private cluster with privateDNSZone 'none' and enablePrivateClusterPublicFQDN false.",
  why: 'Nodes find the API server by its name, and without a private zone the public name is the only one that is left.',
  serviceError: 'NonePrivateDNSZonePublicFQDNDisabledError',
  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
    }
    apiServerAccessProfile: {
      enablePrivateCluster: true
      privateDNSZone: 'none'
      enablePrivateClusterPublicFQDN: false
    }
  }
}
`,
      good: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
    }
    apiServerAccessProfile: {
      enablePrivateCluster: true
      privateDNSZone: 'none'
      enablePrivateClusterPublicFQDN: true
    }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/private-clusters'],
  messages: {
    noName: () =>
      "The cluster has no private DNS zone (privateDNSZone 'none') and no public name either, so nothing resolves its API server. Set enablePrivateClusterPublicFQDN to true.",
  },

  check(model, report) {
    for (const { apiServerAccessProfile } of model.managedClusters) {
      const {
        enablePrivateCluster,
        enablePrivateClusterPublicFQDN: publicName,
        privateDNSZone,
      } = apiServerAccessProfile;
      if (knownValue(enablePrivateCluster) !== true || publicName?.kind !== 'known' || publicName.value) continue;
      if (privateDNSZone?.kind !== 'known' || privateDNSZone.value.id !== 'none') continue;
      report({
        at: publicName.origin,
        message: 'noName',
        data: undefined,
        related: [{ at: privateDNSZone.origin, text: 'The private DNS zone is turned off here.' }],
        fixes: [
          {
            title: 'Set enablePrivateClusterPublicFQDN to true',
            applicability: 'safe',
            changes: [{ kind: 'set-value', target: publicName.origin, to: true }],
          },
        ],
      });
    }
  },
});

import { isClusterZone, isWord, localDnsOverrides } from '../../model/local-dns.ts';
import { defineRule } from '../rule.ts';

export const localdnsVnetExternalDomain = defineRule({
  id: 'localdns-vnet-external-domain',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'LocalDNS sends a zone outside the cluster from the virtual network list to CoreDNS.',
  condition:
    'Reports a zone other than "." and cluster.local in vnetDNSOverrides with the forward destination ClusterCoreDNS.',
  why: 'Since January 2026 AKS takes only the zone of the cluster there and refuses the profile otherwise.',
  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-08-01' existing = {
  name: 'aks'
}

resource pool 'Microsoft.ContainerService/managedClusters/agentPools@2025-08-01' = {
  parent: cluster
  name: 'user'
  properties: {
    mode: 'User'
    count: 3
    vmSize: 'Standard_D4s_v5'
    localDNSProfile: {
      mode: 'Required'
      vnetDNSOverrides: {
        'corp.example': { forwardDestination: 'ClusterCoreDNS' }
      }
    }
  }
}
`,
      good: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-08-01' existing = {
  name: 'aks'
}

resource pool 'Microsoft.ContainerService/managedClusters/agentPools@2025-08-01' = {
  parent: cluster
  name: 'user'
  properties: {
    mode: 'User'
    count: 3
    vmSize: 'Standard_D4s_v5'
    localDNSProfile: {
      mode: 'Required'
      vnetDNSOverrides: {
        'corp.example': { forwardDestination: 'VnetDNS' }
      }
    }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/localdns-custom'],
  messages: {
    external: (d: { zone: string }) =>
      `In vnetDNSOverrides only cluster.local may go to ClusterCoreDNS, not "${d.zone}". Use VnetDNS.`,
  },

  check(model, report) {
    for (const { override, list } of localDnsOverrides(model)) {
      const { zone, forwardDestination: destination } = override;
      if (list !== 'vnet' || zone === '.' || isClusterZone(zone)) continue;
      if (destination === undefined || !isWord(destination, 'ClusterCoreDNS')) continue;
      report({
        at: destination.origin,
        message: 'external',
        data: { zone },
        fixes: [
          {
            title: 'Set the destination to VnetDNS',
            applicability: 'unsafe',
            changes: [{ kind: 'set-value', target: destination.origin, to: 'VnetDNS' }],
          },
        ],
      });
    }
  },
});

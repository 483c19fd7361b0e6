import { isWord, localDnsOverrides } from '../../model/local-dns.ts';
import { defineRule } from '../rule.ts';

export const localdnsRootClusterDns = defineRule({
  id: 'localdns-root-cluster-dns',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'LocalDNS sends all names of the virtual network list to CoreDNS.',
  condition: 'Reports the zone "." in vnetDNSOverrides with the forward destination ClusterCoreDNS.',
  why: 'Pods in this list ask the DNS of the virtual network. CoreDNS would send the same names there in turn, so AKS refuses the profile.',
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
        '.': { forwardDestination: 'ClusterCoreDNS' }
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
        '.': { forwardDestination: 'VnetDNS' }
      }
    }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/localdns-custom'],
  messages: {
    root: (_: object) => 'In vnetDNSOverrides the zone "." cannot go to ClusterCoreDNS. Use VnetDNS.',
  },

  check(model, report) {
    for (const { override, list } of localDnsOverrides(model)) {
      const { zone, forwardDestination: destination } = override;
      if (list !== 'vnet' || zone !== '.' || destination === undefined || !isWord(destination, 'ClusterCoreDNS'))
        continue;
      report({
        at: destination.origin,
        message: 'root',
        data: {},
        fixes: [
          {
            title: 'Set the destination to VnetDNS',
            applicability: 'safe',
            changes: [{ kind: 'set-value', target: destination.origin, to: 'VnetDNS' }],
          },
        ],
      });
    }
  },
});

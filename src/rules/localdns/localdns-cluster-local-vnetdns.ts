import { isWord, localDnsOverrides } from '../../model/local-dns.ts';
import { defineRule } from '../rule.ts';

export const localdnsClusterLocalVnetdns = defineRule({
  id: 'localdns-cluster-local-vnetdns',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'LocalDNS asks the virtual network for the names of the cluster.',
  condition: 'Reports the zone cluster.local in either list with the forward destination VnetDNS.',
  why: 'Only CoreDNS knows the services of the cluster, so AKS refuses the profile.',
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
      kubeDNSOverrides: {
        'cluster.local': { forwardDestination: 'VnetDNS' }
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
      kubeDNSOverrides: {
        'cluster.local': { forwardDestination: 'ClusterCoreDNS' }
      }
    }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/localdns-custom'],
  messages: {
    cluster: (_: object) => 'The zone cluster.local cannot go to VnetDNS. Use ClusterCoreDNS.',
  },

  check(model, report) {
    for (const { override } of localDnsOverrides(model)) {
      const { zone, forwardDestination: destination } = override;
      if (!/^cluster\.local\.?$/i.test(zone) || destination === undefined || !isWord(destination, 'VnetDNS')) continue;
      report({
        at: destination.origin,
        message: 'cluster',
        data: {},
        fixes: [
          {
            title: 'Set the destination to ClusterCoreDNS',
            applicability: 'safe',
            changes: [{ kind: 'set-value', target: destination.origin, to: 'ClusterCoreDNS' }],
          },
        ],
      });
    }
  },
});

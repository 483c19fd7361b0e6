import type { Location } from '../../base/span.ts';
import type { Fix } from '../../model/change.ts';
import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const authorizedIpsPrivateCluster = defineRule({
  id: 'authorized-ips-private-cluster',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A private cluster has authorized IP ranges.',
  condition:
    'Reports known authorizedIPRanges of a cluster with enablePrivateCluster true, as a warning where API Server VNet Integration is on or may be.',
  why: 'The API server of a private cluster has no public address that a list of ranges could guard, so AKS refuses the two together.',
  serviceError: 'Private cluster cannot be enabled with AuthorizedIPRanges',
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
      authorizedIPRanges: ['137.117.106.88/29']
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
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges',
    'https://learn.microsoft.com/azure/aks/private-clusters',
  ],
  messages: {
    both: (d: { range: string }) =>
      `Azure refuses authorizedIPRanges (here ${d.range}) together with enablePrivateCluster. Remove authorizedIPRanges.`,
  },

  check(model, report) {
    for (const { apiServerAccessProfile } of model.managedClusters) {
      const { authorizedIPRanges, body, enablePrivateCluster, enableVnetIntegration } = apiServerAccessProfile;
      if (enablePrivateCluster?.kind !== 'known' || !enablePrivateCluster.value) continue;
      const range = authorizedIPRanges.items.find((item) => item.kind === 'known' && item.value.text.trim() !== '');
      if (range?.kind !== 'known') continue;
      const isIntegrated = enableVnetIntegration !== undefined && knownValue(enableVnetIntegration) !== false;
      report({
        at: range.origin,
        message: 'both',
        data: { range: range.value.text },
        severity: isIntegrated ? 'warning' : 'error',
        related: [{ at: enablePrivateCluster.origin, text: 'The cluster is made private here.' }],
        fixes: body === undefined ? [] : [removeFix(body)],
      });
    }
  },
});

function removeFix(object: Location): Fix {
  return {
    title: 'Remove authorizedIPRanges',
    applicability: 'safe',
    changes: [{ kind: 'remove-property', object, key: 'authorizedIPRanges' }],
  };
}

import type { Fix } from '../../model/change.ts';
import type { ManagedCluster } from '../../model/cluster.ts';
import { outboundType } from '../../model/effective.ts';
import { knownValue, type Origin } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const outboundNoneNotIsolated = defineRule({
  id: 'outbound-none-not-isolated',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A cluster without a way out does not get its images from a cache.',
  condition:
    'Reports outbound type none or block on a cluster whose bootstrapProfile certainly does not set artifactSource to Cache, and warns of kubenet and Windows pools on one that does.',
  why: 'Without a way out nodes can fetch what they run only from a private registry that caches it. AKS refuses these outbound types otherwise.',
  serviceError: 'InvalidNetworkIsolatedClusterConfiguration',
  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', outboundType: 'none' }
  }
}
`,
      good: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', outboundType: 'none' }
    bootstrapProfile: { artifactSource: 'Cache' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/concepts-network-isolated',
    'https://learn.microsoft.com/azure/aks/egress-outboundtype',
    'https://github.com/hashicorp/terraform-provider-azurerm/pull/29808',
  ],
  messages: {
    notCached: (d: { type: string; source: string }) =>
      `Outbound type ${d.type} needs bootstrapProfile.artifactSource "Cache", but it is ${d.source}. Set it to "Cache", or choose another outbound type.`,
    unsupported: (d: { type: string; feature: string }) =>
      `Outbound type ${d.type} makes this a network isolated cluster, which ${d.feature} does not work with. Choose another outbound type, or do without.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const outbound = outboundType(cluster);
      if (outbound?.origin === undefined || !isClosed(outbound.value)) continue;
      const { artifactSource } = cluster.bootstrapProfile;
      const source = knownValue(artifactSource);
      const { origin, value: type } = outbound;
      if (artifactSource === undefined || (source !== undefined && source.toLowerCase() !== 'cache')) {
        report({
          at: origin,
          message: 'notCached',
          data: { type, source: source === undefined ? 'not set' : `"${source}"` },
          related: artifactSource === undefined ? [] : [{ at: artifactSource.origin, text: 'The source is here.' }],
          fixes: [...cacheFix(cluster), openFix(origin)],
        });
      }
      const { networkPlugin } = cluster.networkProfile;
      if (knownValue(networkPlugin)?.toLowerCase() === 'kubenet')
        report({ at: origin, message: 'unsupported', data: { type, feature: 'kubenet' }, severity: 'warning' });
      const windows = cluster.agentPools.items.find(({ osType }) => knownValue(osType)?.toLowerCase() === 'windows');
      if (windows !== undefined) {
        const related = [{ at: windows.header, text: 'The Windows pool is here.' }];
        report({
          at: origin,
          message: 'unsupported',
          data: { type, feature: 'Windows' },
          severity: 'warning',
          related,
        });
      }
    }
  },
});

function isClosed(type: string): boolean {
  return type === 'none' || type === 'block';
}

function cacheFix({ properties }: ManagedCluster): Fix[] {
  if (properties === undefined) return [];
  const path = ['bootstrapProfile', 'artifactSource'];
  return [
    {
      title: 'Set artifactSource to Cache (nodes then pull everything from a private registry)',
      applicability: 'unsafe',
      changes: [{ kind: 'set-property', object: properties, path, to: 'Cache' }],
    },
  ];
}

function openFix(target: Origin): Fix {
  return {
    title: 'Use outbound type loadBalancer, so that nodes reach the internet',
    applicability: 'unsafe',
    changes: [{ kind: 'set-value', target, to: 'loadBalancer' }],
  };
}

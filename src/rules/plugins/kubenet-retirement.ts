import type { Fix } from '../../model/change.ts';
import type { ManagedCluster } from '../../model/cluster.ts';
import { privateKubenetConflict } from '../../model/private-dns.ts';
import { knownValue, type Origin } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

/** https://learn.microsoft.com/azure/aks/configure-kubenet */
const retirement = '31 March 2028';

export const kubenetRetirement = defineRule({
  id: 'kubenet-retirement',
  severity: 'warning',
  tag: 'deprecated',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A cluster uses kubenet, which AKS retires.',
  condition: 'Reports networkPlugin kubenet.',
  why: 'AKS supports kubenet until 31 March 2028. Azure CNI Overlay takes as few addresses from the subnet, needs no route table and scales further; a running cluster is upgraded to it.',
  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3 }
    ]
    networkProfile: { networkPlugin: 'kubenet' }
  }
}
`,
      good: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3 }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/configure-kubenet'],
  messages: {
    retired: (_d: undefined) =>
      `AKS retires kubenet on ${retirement}. Use Azure CNI Overlay: networkPlugin azure with networkPluginMode overlay.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const { networkPlugin } = cluster.networkProfile;
      if (networkPlugin?.kind !== 'known' || networkPlugin.value.toLowerCase() !== 'kubenet') continue;
      const isJudgedElsewhere = privateKubenetConflict(model, cluster) !== undefined;
      const fixes = isJudgedElsewhere ? [] : overlayFixes(cluster, networkPlugin.origin);
      report({ at: networkPlugin.origin, message: 'retired', data: undefined, fixes });
    }
  },
});

/** With a mode that is set already, or a policy that kubenet does not have, another rule has the fix. */
function overlayFixes({ networkProfile }: ManagedCluster, target: Origin): Fix[] {
  const { body, networkPluginMode, networkPolicy } = networkProfile;
  if (body === undefined || networkPluginMode !== undefined) return [];
  if (networkPolicy !== undefined && knownValue(networkPolicy)?.toLowerCase() !== 'calico') return [];
  return [
    {
      title: 'Use Azure CNI Overlay (a running cluster is upgraded, its nodes are replaced)',
      applicability: 'unsafe',
      changes: [
        { kind: 'set-value', target, to: 'azure' },
        { kind: 'set-property', object: body, path: ['networkPluginMode'], to: 'overlay' },
      ],
    },
  ];
}

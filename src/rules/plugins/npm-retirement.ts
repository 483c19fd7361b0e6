import type { Fix } from '../../model/change.ts';
import type { ManagedCluster } from '../../model/cluster.ts';
import { networkMode } from '../../model/effective.ts';
import { knownValue, type Origin } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

/** https://learn.microsoft.com/azure/aks/use-network-policies */
const endOfSupport = { linux: '30 September 2028', windows: '30 September 2026' } as const;

export const npmRetirement = defineRule({
  id: 'npm-retirement',
  severity: 'warning',
  tag: 'deprecated',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A cluster uses Azure Network Policy Manager, which AKS retires.',
  condition: 'Reports networkPolicy azure, unless the network plugin is one that cannot run it.',
  why: 'Support of Azure Network Policy Manager ends on 30 September 2026 for Windows nodes and on 30 September 2028 for Linux nodes. It handles 250 nodes and 20,000 pods at most; Cilium, which replaces it, has no such limit.',
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
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', networkPolicy: 'azure' }
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
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkPolicy: 'cilium'
      networkDataplane: 'cilium'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/use-network-policies',
    'https://learn.microsoft.com/azure/aks/migrate-from-npm-to-cilium-network-policy',
  ],
  messages: {
    linux: (_d: undefined) =>
      `Support of networkPolicy azure (Azure Network Policy Manager) ends on ${endOfSupport.linux}. Use networkPolicy cilium with networkDataplane cilium.`,
    windows: (d: { pool: string }) =>
      `Support of networkPolicy azure (Azure Network Policy Manager) ends on ${endOfSupport.windows} for Windows nodes, which ${d.pool} has. Use networkPolicy calico, or leave the policies out.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const { networkPlugin, networkPolicy } = cluster.networkProfile;
      if (networkPolicy?.kind !== 'known' || networkPolicy.value.toLowerCase() !== 'azure') continue;
      if (networkPlugin?.kind === 'known' && networkPlugin.value.toLowerCase() !== 'azure') continue;
      const { origin: at } = networkPolicy;
      const windows = cluster.agentPools.items.find(({ osType }) => knownValue(osType)?.toLowerCase() === 'windows');
      if (windows === undefined) {
        report({ at, message: 'linux', data: undefined, fixes: ciliumFixes(cluster, at) });
        continue;
      }
      const name = knownValue(windows.name);
      const data = { pool: name === undefined ? 'a pool' : `pool "${name}"` };
      report({ at, message: 'windows', data, related: [{ at: windows.header, text: 'The Windows pool is here.' }] });
    }
  },
});

/** Cilium runs on Linux, in overlay and with pod subnets. */
function ciliumFixes(cluster: ManagedCluster, target: Origin): Fix[] {
  const { body, networkDataplane } = cluster.networkProfile;
  const { items, isComplete } = cluster.agentPools;
  const canRun = items.every((pool) => {
    const mode = networkMode(cluster, pool);
    const isLinux = pool.osType === undefined || knownValue(pool.osType)?.toLowerCase() === 'linux';
    return isLinux && (mode === 'overlay' || mode === 'pod-subnet');
  });
  if (body === undefined || !isComplete || !canRun || networkDataplane?.kind === 'unknown') return [];
  return [
    {
      title: 'Use Cilium (on a running cluster all nodes are replaced)',
      applicability: 'unsafe',
      changes: [
        { kind: 'set-value', target, to: 'cilium' },
        { kind: 'set-property', object: body, path: ['networkDataplane'], to: 'cilium' },
      ],
    },
  ];
}

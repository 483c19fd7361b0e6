import { clusterOf } from '../../model/queries.ts';
import { defineRule } from '../rule.ts';

/** https://learn.microsoft.com/azure/aks/learn/quick-windows-container-deploy-cli */
const longestName = 6;

export const windowsPoolNetwork = defineRule({
  id: 'windows-pool-network',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A Windows pool cannot run in this cluster, under this name or as a system pool.',
  condition:
    'Reports a pool with osType Windows in a cluster with networkPlugin kubenet or with Cilium, with a name of more than six characters, or in mode System.',
  why: 'Windows nodes run with Azure CNI and its own data plane alone, their computer names leave six characters for the pool, and the system pods need Linux.',
  serviceError: { name: 'WindowsAgentPoolNameTooLong', system: 'SystemPoolMustBeLinux' },
  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        count: 3
      }
      {
        name: 'windows1'
        mode: 'User'
        osType: 'Windows'
        count: 2
      }
    ]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
    }
  }
}
`,
      good: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        count: 3
      }
      {
        name: 'win1'
        mode: 'User'
        osType: 'Windows'
        count: 2
      }
    ]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/configure-kubenet',
    'https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium',
    'https://learn.microsoft.com/azure/aks/use-network-policies',
    'https://github.com/Azure/azure-rest-api-specs/tree/main/specification/containerservice',
  ],
  messages: {
    kubenet: (d: { pool: string }) =>
      `${d.pool} runs Windows, and kubenet supports Linux alone. Use networkPlugin azure, or a Linux pool.`,
    cilium: (d: { pool: string }) =>
      `${d.pool} runs Windows, and Azure CNI Powered by Cilium supports Linux alone. Use another data plane and network policy, or a Linux pool.`,
    name: (d: { name: string }) =>
      `The name "${d.name}" of this Windows pool has ${d.name.length} characters, and AKS allows 6. Shorten it.`,
    system: (d: { pool: string }) =>
      `${d.pool} runs Windows, and a pool in mode System must run Linux. Set its mode to User, beside a Linux pool in mode System.`,
  },

  check(model, report) {
    for (const pool of model.agentPools) {
      const { mode, name, osType } = pool;
      if (osType?.kind !== 'known' || osType.value.toLowerCase() !== 'windows') continue;
      const windowsHere = [{ at: osType.origin, text: 'The pool runs Windows because of this.' }];
      const data = { pool: name?.kind === 'known' ? `Pool "${name.value}"` : 'This pool' };
      if (name?.kind === 'known' && name.value.length > longestName)
        report({ at: name.origin, message: 'name', data: { name: name.value }, related: windowsHere });
      if (mode?.kind === 'known' && mode.value.toLowerCase() === 'system')
        report({ at: mode.origin, message: 'system', data, related: windowsHere });
      const profile = clusterOf(model, pool)?.networkProfile;
      if (profile === undefined) continue;
      const { networkPlugin, networkDataplane } = profile;
      if (networkPlugin?.kind === 'known' && networkPlugin.value.toLowerCase() === 'kubenet') {
        const related = [{ at: networkPlugin.origin, text: 'The network plugin is set here.' }];
        report({ at: osType.origin, message: 'kubenet', data, related });
      }
      if (networkDataplane?.kind === 'known' && networkDataplane.value.toLowerCase() === 'cilium') {
        const related = [{ at: networkDataplane.origin, text: 'The data plane is set here.' }];
        report({ at: osType.origin, message: 'cilium', data, related });
      }
    }
  },
});

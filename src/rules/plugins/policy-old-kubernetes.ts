import { defineRule } from '../rule.ts';

/** https://github.com/Azure/AKS/blob/master/CHANGELOG.md, release 2026-05-29 */
const firstMinor = 30;

export const policyOldKubernetes = defineRule({
  id: 'policy-old-kubernetes',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A network policy engine is asked for on a Kubernetes version that no longer gets it.',
  condition: 'Reports networkPolicy azure or calico with a kubernetesVersion before 1.30.',
  why: 'AKS refuses to install Azure Network Policy Manager and Calico on clusters before Kubernetes 1.30.',

  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    kubernetesVersion: '1.29'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkPolicy: 'calico'
    }
  }
}
`,
      good: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    kubernetesVersion: '1.32'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkPolicy: 'calico'
    }
  }
}
`,
    },
  ],
  references: ['https://github.com/Azure/AKS/blob/master/CHANGELOG.md'],
  messages: {
    old: (d: { policy: string; version: string }) =>
      `AKS no longer installs network policy "${d.policy}" on Kubernetes ${d.version}. Choose version 1.30 or later.`,
  },

  check(model, report) {
    for (const { kubernetesVersion, networkProfile } of model.managedClusters) {
      const { networkPolicy } = networkProfile;
      if (kubernetesVersion?.kind !== 'known' || networkPolicy?.kind !== 'known') continue;
      if (!['azure', 'calico'].includes(networkPolicy.value.toLowerCase())) continue;
      const minor = /^1\.(\d+)(\.|$)/.exec(kubernetesVersion.value)?.[1];
      if (minor === undefined || Number(minor) >= firstMinor) continue;
      report({
        at: kubernetesVersion.origin,
        message: 'old',
        data: { policy: networkPolicy.value, version: kubernetesVersion.value },
        related: [{ at: networkPolicy.origin, text: 'The policy is set here.' }],
      });
    }
  },
});

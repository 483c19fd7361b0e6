import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const dualStackUnsupported = defineRule({
  id: 'dual-stack-unsupported',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A dual-stack cluster uses something that has IPv4 only.',
  condition:
    'Reports ipFamilies with IPv4 and IPv6 beside networkPlugin azure without overlay, beside networkPolicy azure or calico, or beside the virtual nodes add-on.',
  why: 'Only Azure CNI Overlay and kubenet give pods addresses of both families, and these policy engines and virtual nodes handle IPv4 alone.',
  serviceError: { plugin: 'UnsupportedDualStackNetworkPlugin', policy: 'UnsupportedDualStackNetworkPolicy' },
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
      networkPolicy: 'calico'
      ipFamilies: ['IPv4', 'IPv6']
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
      networkPolicy: 'cilium'
      networkDataplane: 'cilium'
      ipFamilies: ['IPv4', 'IPv6']
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/configure-dual-stack',
    'https://learn.microsoft.com/azure/aks/azure-cni-overlay',
  ],
  messages: {
    plugin: () =>
      'A dual-stack cluster needs Azure CNI Overlay, and networkPlugin is azure without networkPluginMode. Set networkPluginMode to overlay, or remove IPv6 from ipFamilies.',
    policy: (d: { policy: string }) =>
      `networkPolicy "${d.policy}" does not support dual-stack clusters. Use cilium with networkDataplane cilium, or remove IPv6 from ipFamilies.`,
    virtualNodes: () =>
      'The virtual nodes add-on (aciConnectorLinux) does not support dual-stack clusters. Turn it off, or remove IPv6 from ipFamilies.',
  },

  check(model, report) {
    for (const { addonProfiles, networkProfile } of model.managedClusters) {
      const { ipFamilies, networkPlugin, networkPluginMode, networkPolicy } = networkProfile;
      const second = ipFamilies.items.find((item) => knownValue(item)?.toLowerCase() === 'ipv6');
      if (second === undefined || !ipFamilies.items.some((item) => knownValue(item)?.toLowerCase() === 'ipv4'))
        continue;
      const related = [{ at: second.origin, text: 'IPv6 is asked for here.' }];
      const plugin = networkPlugin?.kind === 'known' ? networkPlugin : undefined;
      if (plugin?.value.toLowerCase() === 'azure' && networkPluginMode === undefined)
        report({ at: plugin.origin, message: 'plugin', data: undefined, related });
      if (networkPolicy?.kind === 'known' && ['azure', 'calico'].includes(networkPolicy.value.toLowerCase())) {
        const data = { policy: networkPolicy.value };
        report({ at: networkPolicy.origin, message: 'policy', data, related });
      }
      const { enabled } = addonProfiles.aciConnectorLinux;
      if (enabled?.kind === 'known' && enabled.value)
        report({ at: enabled.origin, message: 'virtualNodes', data: undefined, related });
    }
  },
});

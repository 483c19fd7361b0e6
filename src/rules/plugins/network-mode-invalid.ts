import type { Location } from '../../base/span.ts';
import type { Fix } from '../../model/change.ts';
import { defineRule } from '../rule.ts';

export const networkModeInvalid = defineRule({
  id: 'network-mode-invalid',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A network mode is set that AKS does not take.',
  condition: 'Reports a networkMode other than transparent, and any networkMode with a networkPlugin other than azure.',
  why: 'Transparent is the only mode that is left, Azure CNI uses it anyway, and other plugins have no modes.',
  serviceError: { mode: 'NetworkModeNotSupported' },
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
      networkMode: 'bridge'
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
  }
}
`,
    },
  ],
  references: ['https://github.com/Azure/azure-rest-api-specs/tree/main/specification/containerservice'],
  messages: {
    mode: (d: { mode: string }) =>
      `networkMode "${d.mode}" is not supported. Remove networkMode; Azure CNI is transparent without it.`,
    plugin: (d: { mode: string; plugin: string }) =>
      `networkMode "${d.mode}" needs networkPlugin azure, and networkPlugin is "${d.plugin}". Remove networkMode.`,
  },

  check(model, report) {
    for (const { networkProfile } of model.managedClusters) {
      const { networkMode, networkPlugin, body } = networkProfile;
      if (networkMode?.kind !== 'known' || networkMode.value === '') continue;
      const { origin: at, value: mode } = networkMode;
      const fixes = body === undefined ? [] : [removeFix(body)];
      if (networkPlugin?.kind === 'known' && ['kubenet', 'none'].includes(networkPlugin.value.toLowerCase())) {
        const related = [{ at: networkPlugin.origin, text: 'The network plugin is set here.' }];
        report({ at, message: 'plugin', data: { mode, plugin: networkPlugin.value }, related, fixes });
      } else if (mode.toLowerCase() !== 'transparent') report({ at, message: 'mode', data: { mode }, fixes });
    }
  },
});

function removeFix(object: Location): Fix {
  return {
    title: 'Remove networkMode',
    applicability: 'safe',
    changes: [{ kind: 'remove-property', object, key: 'networkMode' }],
  };
}

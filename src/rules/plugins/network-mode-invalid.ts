import type { Location } from '../../base/span.ts';
import type { Fix } from '../../model/change.ts';
import { misspeltWord, type NetworkSetting, networkWords } from '../../model/network-words.ts';
import type { KnownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

const settings = Object.keys(networkWords) as NetworkSetting[];

export const networkModeInvalid = defineRule({
  id: 'network-mode-invalid',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A network mode or another word of the network profile is one that AKS does not take.',
  condition:
    'Reports a networkMode other than transparent, and any networkMode with a networkPlugin other than azure. Also reports a misspelt networkPlugin, networkPluginMode, networkDataplane, networkPolicy or outboundType; a word that resembles none that AKS knows may be a new one.',
  why: 'Transparent is the only mode that is left, Azure CNI uses it anyway, and other plugins have no modes. A misspelt word reaches AKS as it is, and the cluster is refused.',
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
    misspelt: (d: { setting: string; word: string; right: string }) =>
      `${d.setting} is "${d.word}", which AKS does not know. Use ${d.right}, if that is meant.`,
  },

  check(model, report) {
    for (const { networkProfile } of model.managedClusters) {
      for (const setting of settings) {
        const value = networkProfile[setting];
        const right = value?.kind === 'known' ? misspeltWord(setting, value.value) : undefined;
        if (value?.kind !== 'known' || right === undefined) continue;
        const data = { setting, word: value.value, right };
        report({ at: value.origin, message: 'misspelt', data, fixes: [correctFix(setting, value, right)] });
      }
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

/** Not safe: with the word that is meant the cluster may need what it did not need before, such as a route table. */
function correctFix(setting: string, { origin: target }: KnownValue<string>, to: string): Fix {
  return {
    title: `Set ${setting} to ${to}`,
    applicability: 'unsafe',
    changes: [{ kind: 'set-value', target, to }],
  };
}

function removeFix(object: Location): Fix {
  return {
    title: 'Remove networkMode',
    applicability: 'safe',
    changes: [{ kind: 'remove-property', object, key: 'networkMode' }],
  };
}

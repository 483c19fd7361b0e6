import type { Location } from '../../base/span.ts';
import type { Fix } from '../../model/change.ts';
import { misspeltWord, type NetworkSetting } from '../../model/network-words.ts';
import { type KnownValue, knownValue, type Origin } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const ciliumDataplanePolicy = defineRule({
  id: 'cilium-dataplane-policy',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Only one of data plane and network policy is Cilium.',
  condition:
    'Reports a networkDataplane or networkPolicy of cilium while the other is known to be something else or not set (a warning if it is not set), and the data plane cilium with a networkPlugin other than azure.',
  why: 'The Cilium data plane enforces policies itself: it cannot run with another engine, and its engine cannot run on another data plane.',
  serviceError: {
    otherPolicy: 'CiliumDataplaneRequiresNetworkPolicyCilium',
    noPolicy: 'CiliumDataplaneRequiresNetworkPolicyCilium',
  },
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
      networkDataplane: 'cilium'
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
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium'
    }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium'],
  messages: {
    otherPolicy: (d: { policy: string }) =>
      `networkDataplane cilium needs networkPolicy cilium, and networkPolicy is "${d.policy}". Set networkPolicy to cilium.`,
    noPolicy: () =>
      'networkDataplane cilium needs networkPolicy cilium, and older API versions do not assume it. Set networkPolicy to cilium.',
    otherDataplane: (d: { dataplane: string }) =>
      `networkPolicy cilium needs networkDataplane cilium, and networkDataplane is "${d.dataplane}". Set networkDataplane to cilium.`,
    noDataplane: () =>
      'networkPolicy cilium needs networkDataplane cilium, which is not set. Set networkDataplane to cilium.',
    plugin: (d: { plugin: string }) =>
      `networkDataplane cilium needs networkPlugin azure, and networkPlugin is "${d.plugin}". Remove networkDataplane, or set networkPlugin to azure.`,
  },

  check(model, report) {
    for (const { networkProfile, skuName } of model.managedClusters) {
      const { networkPlugin, networkDataplane: dataplane, networkPolicy: policy, body } = networkProfile;
      const plugin = knownValue(networkPlugin)?.toLowerCase();
      const isOtherPlugin = plugin === 'kubenet' || plugin === 'none';
      if (dataplane?.kind === 'known' && isCilium(dataplane)) {
        if (plugin === 'kubenet' || plugin === 'none')
          report({ at: dataplane.origin, message: 'plugin', data: { plugin } });
        else if (policy === undefined) {
          // AKS Automatic sets what the template leaves out.
          if (skuName !== undefined && knownValue(skuName)?.toLowerCase() !== 'base') continue;
          const fixes = addFix(body, 'networkPolicy');
          report({ at: dataplane.origin, message: 'noPolicy', data: undefined, severity: 'warning', fixes });
        } else if (policy.kind === 'known' && !isCilium(policy) && !isMisspelt('networkPolicy', policy)) {
          report({
            at: policy.origin,
            message: 'otherPolicy',
            data: { policy: policy.value },
            severity: policy.value.toLowerCase() === 'none' ? 'warning' : 'error',
            related: [{ at: dataplane.origin, text: 'The data plane is set here.' }],
            fixes: [setFix(policy.origin, 'networkPolicy')],
          });
        }
      } else if (policy?.kind === 'known' && isCilium(policy) && !isOtherPlugin) {
        if (dataplane?.kind === 'known') {
          if (isMisspelt('networkDataplane', dataplane)) continue;
          report({
            at: dataplane.origin,
            message: 'otherDataplane',
            data: { dataplane: dataplane.value },
            related: [{ at: policy.origin, text: 'The policy is set here.' }],
            fixes: [setFix(dataplane.origin, 'networkDataplane')],
          });
        } else if (
          dataplane === undefined &&
          (skuName === undefined || knownValue(skuName)?.toLowerCase() === 'base')
        ) {
          const fixes = addFix(body, 'networkDataplane');
          report({ at: policy.origin, message: 'noDataplane', data: undefined, severity: 'warning', fixes });
        }
      }
    }
  },
});

function isCilium({ value }: KnownValue<string>): boolean {
  return value.toLowerCase() === 'cilium';
}

/** What is meant is for network-mode-invalid to say first. */
function isMisspelt(setting: NetworkSetting, { value }: KnownValue<string>): boolean {
  return misspeltWord(setting, value) !== undefined;
}

function addFix(object: Location | undefined, key: string): Fix[] {
  if (object === undefined) return [];
  const changes: Fix['changes'] = [{ kind: 'set-property', object, path: [key], to: 'cilium' }];
  return [{ title: `Set ${key} to cilium`, applicability: 'safe', changes }];
}

/** Which of the two was meant is the author's to say. */
function setFix(target: Origin, key: string): Fix {
  return {
    title: `Set ${key} to cilium`,
    applicability: 'unsafe',
    changes: [{ kind: 'set-value', target, to: 'cilium' }],
  };
}

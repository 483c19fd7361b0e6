import type { Location } from '../../base/span.ts';
import type { Fix } from '../../model/change.ts';
import type { Origin } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const networkPolicyPluginMismatch = defineRule({
  id: 'network-policy-plugin-mismatch',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A network policy is set that the network plugin cannot run.',
  condition:
    'Reports the policies azure and cilium with networkPlugin kubenet, and any policy with networkPlugin none.',
  why: 'The policy engine is tied to the plugin: AKS installs none beside a plugin of your own, and kubenet takes Calico alone.',
  serviceError: { byoCni: 'NetworkPolicyNotSupportedForNone', kubenet: 'NetworkPolicyAzureNotSupportedForKubenet' },
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
      networkPlugin: 'none'
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
      networkPlugin: 'none'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/use-network-policies',
    'https://github.com/Azure/azure-rest-api-specs/tree/main/specification/containerservice',
  ],
  messages: {
    byoCni: (d: { policy: string }) =>
      `networkPolicy is "${d.policy}", and AKS installs no policy engine with networkPlugin none. Remove networkPolicy, and install an engine together with your own plugin.`,
    kubenet: (d: { policy: string }) =>
      `networkPolicy "${d.policy}" does not work with networkPlugin kubenet. Use calico, or switch to networkPlugin azure.`,
  },

  check(model, report) {
    for (const { networkProfile } of model.managedClusters) {
      const { networkPlugin, networkPolicy, body } = networkProfile;
      if (networkPlugin?.kind !== 'known' || networkPolicy?.kind !== 'known') continue;
      const plugin = networkPlugin.value.toLowerCase();
      const common = {
        at: networkPolicy.origin,
        data: { policy: networkPolicy.value },
        related: [{ at: networkPlugin.origin, text: 'The network plugin is set here.' }],
      };
      const policy = networkPolicy.value.toLowerCase();
      if (plugin === 'none' && ['azure', 'calico', 'cilium'].includes(policy))
        report({ ...common, message: 'byoCni', fixes: body === undefined ? [] : [removeFix(body)] });
      if (plugin === 'kubenet' && ['azure', 'cilium'].includes(policy))
        report({ ...common, message: 'kubenet', fixes: [calicoFix(networkPolicy.origin)] });
    }
  },
});

function removeFix(object: Location): Fix {
  return {
    title: 'Remove networkPolicy',
    applicability: 'unsafe',
    changes: [{ kind: 'remove-property', object, key: 'networkPolicy' }],
  };
}

function calicoFix(target: Origin): Fix {
  return {
    title: 'Set networkPolicy to calico',
    applicability: 'unsafe',
    changes: [{ kind: 'set-value', target, to: 'calico' }],
  };
}

import type { Location } from '../../base/span.ts';
import type { Fix } from '../../model/change.ts';
import type { Origin } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const overlayRequiresAzure = defineRule({
  id: 'overlay-requires-azure',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Overlay is set for something that cannot run it.',
  condition:
    "Reports networkPluginMode 'overlay' with a networkPlugin other than azure or with a pool of availability sets, and as a warning with a pool of DCsv2 virtual machines.",
  why: 'Overlay is a mode of Azure CNI; other plugins do not have it, and it needs scale sets.',

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
  references: [
    'https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay',
    'https://learn.microsoft.com/azure/aks/azure-cni-overlay',
  ],
  messages: {
    plugin: (d: { plugin: string }) =>
      `networkPluginMode overlay is a mode of Azure CNI, and networkPlugin is "${d.plugin}". Set networkPlugin to azure, or remove networkPluginMode.`,
    availabilitySet: (d: { pool: string }) =>
      `${d.pool} uses an availability set, and Azure CNI Overlay needs scale sets. Set type to VirtualMachineScaleSets, or remove networkPluginMode.`,
    dcsv2: (d: { pool: string; size: string }) =>
      `${d.pool} has the size ${d.size}, and Azure CNI Overlay does not support DCsv2 virtual machines. Choose another size, such as one of the DCasv5 series.`,
  },

  check(model, report) {
    for (const { agentPools, networkProfile } of model.managedClusters) {
      const { networkPlugin, networkPluginMode, body } = networkProfile;
      if (networkPluginMode?.kind !== 'known' || networkPluginMode.value.toLowerCase() !== 'overlay') continue;
      const modeHere = { at: networkPluginMode.origin, text: 'Overlay is set here.' };
      if (networkPlugin?.kind === 'known' && ['kubenet', 'none'].includes(networkPlugin.value.toLowerCase())) {
        const { origin, value } = networkPlugin;
        const fixes = [pluginFix(origin, value), ...(body === undefined ? [] : [removeFix(body)])];
        report({ at: origin, message: 'plugin', data: { plugin: value }, related: [modeHere], fixes });
        continue;
      }
      for (const { name, type, vmSize } of agentPools.items) {
        const pool = name?.kind === 'known' ? `Pool "${name.value}"` : 'This pool';
        if (type?.kind === 'known' && type.value.toLowerCase() === 'availabilityset')
          report({ at: type.origin, message: 'availabilitySet', data: { pool }, related: [modeHere] });
        if (vmSize?.kind === 'known' && /^standard_dc\d+s_v2$/i.test(vmSize.value)) {
          const data = { pool, size: vmSize.value };
          report({ at: vmSize.origin, message: 'dcsv2', data, related: [modeHere], severity: 'warning' });
        }
      }
    }
  },
});

/** With kubenet, overlay is what the author asked for; a plugin of one's own may be just as much. */
function pluginFix(target: Origin, plugin: string): Fix {
  return {
    title: 'Set networkPlugin to azure',
    applicability: plugin.toLowerCase() === 'kubenet' ? 'safe' : 'unsafe',
    changes: [{ kind: 'set-value', target, to: 'azure' }],
  };
}

function removeFix(object: Location): Fix {
  return {
    title: 'Remove networkPluginMode',
    applicability: 'unsafe',
    changes: [{ kind: 'remove-property', object, key: 'networkPluginMode' }],
  };
}

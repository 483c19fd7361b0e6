import type { Location } from '../../base/span.ts';
import type { Fix } from '../../model/change.ts';
import { isFreePodRange } from '../../model/pod-range-fix.ts';
import { knownValue } from '../../model/value.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import { defineRule } from '../rule.ts';

export const podCidrIgnored = defineRule({
  id: 'pod-cidr-ignored',
  severity: 'warning',
  tag: 'unnecessary',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A pod range is set on a cluster whose pods take their addresses from subnets.',
  condition:
    'Reports a known podCidr or podCidrs on a cluster with networkPlugin azure and certainly no networkPluginMode.',
  why: 'Without overlay, Azure CNI gives pods addresses of the node subnet or of a pod subnet, so the range has no effect; the Azure CLI refuses it.',
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
      podCidr: '10.244.0.0/16'
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
      podCidr: '10.244.0.0/16'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/concepts-network-cni-overview',
    'https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay',
  ],
  messages: {
    ignored: (d: { range: string; property: string }) =>
      `${d.property} ${d.range} has no effect, as Azure CNI without overlay gives pods addresses of a subnet. Remove it, or set networkPluginMode to overlay.`,
  },

  check(model, report, settings) {
    const elsewhere = takenPrefixes(settings);
    for (const cluster of model.managedClusters) {
      const { networkPlugin, networkPluginMode, podCidr, podCidrs, body } = cluster.networkProfile;
      if (knownValue(networkPlugin)?.toLowerCase() !== 'azure' || networkPluginMode !== undefined) continue;
      const value = [podCidr, ...podCidrs.items].find((item) => item?.kind === 'known');
      if (value?.kind !== 'known') continue;
      const property = value === podCidr ? 'podCidr' : 'podCidrs';
      const keys = [podCidr === undefined ? [] : 'podCidr', podCidrs.items.length === 0 ? [] : 'podCidrs'].flat();
      const mayOverlay = (): boolean => {
        const { cidr } = value.value;
        if (cidr?.family !== 4 || cidr.length > 16 || podCidrs.items.length > 0) return false;
        const hasPodSubnet = cluster.agentPools.items.some((pool) => pool.podSubnetID !== undefined);
        return !hasPodSubnet && isFreePodRange(model, cluster, elsewhere, cidr);
      };
      report({
        at: value.origin,
        message: 'ignored',
        data: { range: value.value.text, property },
        fixes: () => (body === undefined ? [] : [removeFix(body, keys), ...(mayOverlay() ? [overlayFix(body)] : [])]),
      });
    }
  },
});

function removeFix(object: Location, keys: readonly string[]): Fix {
  return {
    title: `Remove ${keys.join(' and ')}`,
    applicability: 'unsafe',
    changes: keys.map((key) => ({ kind: 'remove-property', object, key })),
  };
}

function overlayFix(object: Location): Fix {
  return {
    title: 'Set networkPluginMode to overlay (a running cluster re-images all of its nodes)',
    applicability: 'unsafe',
    changes: [{ kind: 'set-property', object, path: ['networkPluginMode'], to: 'overlay' }],
  };
}

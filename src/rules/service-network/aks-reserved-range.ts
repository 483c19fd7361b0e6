import type { Fix } from '../../model/change.ts';
import type { ManagedCluster } from '../../model/cluster.ts';
import { networkMode } from '../../model/effective.ts';
import { clusterNetworks } from '../../model/queries.ts';
import { serviceRangeFix } from '../../model/service-range-fix.ts';
import type { Value } from '../../model/value.ts';
import { touchedReservedRanges } from '../../net/aks.ts';
import { formatCidr } from '../../net/cidr.ts';
import type { Prefix } from '../../net/prefix.ts';
import { usesPodCidr } from '../../net/sizing.ts';
import { defineRule } from '../rule.ts';

export const aksReservedRange = defineRule({
  id: 'aks-reserved-range',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A cluster uses addresses that AKS keeps for itself.',
  condition:
    'Reports a known service range, a pod range of an overlay or kubenet cluster, or a prefix of the virtual network of the nodes that overlaps 169.254.0.0/16, 172.30.0.0/16, 172.31.0.0/16 or 192.0.2.0/24.',
  why: 'These ranges are in use inside every cluster, whatever its network plugin, so the cluster is not created.',
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
      podCidr: '172.30.0.0/16'
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
      podCidr: '172.20.0.0/16'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/concepts-network-cni-overview',
    'https://github.com/Azure/AKS/blob/master/CHANGELOG.md',
  ],
  messages: {
    reserved: (d: { what: string; prefix: string; reserved: string }) =>
      `The ${d.what} ${d.prefix} overlaps ${d.reserved}, which AKS keeps for itself. Choose a range outside of it.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const { serviceCidr, serviceCidrs } = cluster.networkProfile;
      const judge = (what: string, values: readonly (Value<Prefix> | undefined)[], fixes: () => Fix[]): void => {
        for (const value of values) {
          if (value?.kind !== 'known') continue;
          const { cidr, text } = value.value;
          const touched = cidr === undefined ? [] : touchedReservedRanges(cidr);
          if (touched.length === 0) continue;
          const reserved = touched.map(formatCidr).join(' and ');
          report({ at: value.origin, message: 'reserved', data: { what, prefix: text, reserved }, fixes });
        }
      };
      judge('service range', [serviceCidr, ...serviceCidrs.items], () => serviceRangeFix(model, cluster));
      judge('pod range', podRanges(cluster), () => []);
      for (const network of clusterNetworks(model, cluster)) {
        judge('virtual network prefix', network.addressPrefixes.items, () => []);
      }
    }
  },
});

/** The pod ranges of a cluster whose pods take their addresses from them. */
function podRanges(cluster: ManagedCluster): (Value<Prefix> | undefined)[] {
  const { podCidr, podCidrs } = cluster.networkProfile;
  const modes = cluster.agentPools.items.map((pool) => networkMode(cluster, pool));
  const isUsed = modes.length > 0 && modes.every((mode) => mode !== undefined && usesPodCidr(mode));
  return isUsed ? [podCidr, ...podCidrs.items] : [];
}

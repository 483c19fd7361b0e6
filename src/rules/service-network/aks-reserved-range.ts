import type { Fix } from '../../model/change.ts';
import { usesPodRanges } from '../../model/effective.ts';
import { podRangeFix } from '../../model/pod-range-fix.ts';
import { canCoexist, clusterNetworks } from '../../model/queries.ts';
import { serviceRangeFix } from '../../model/service-range-fix.ts';
import { knownValue, type Value } from '../../model/value.ts';
import { reservedRanges } from '../../net/aks.ts';
import { forbiddenRanges } from '../../net/azure.ts';
import { type Cidr, formatCidr, overlaps } from '../../net/cidr.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import type { Prefix } from '../../net/prefix.ts';
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
      `The ${d.what} ${d.prefix} overlaps ${d.reserved}, which AKS keeps for itself. Choose another range.`,
  },

  check(model, report, settings) {
    for (const cluster of model.managedClusters) {
      const judge = (
        what: string,
        values: readonly (Value<Prefix> | undefined)[],
        reserved: readonly Cidr[],
        fixes: () => readonly Fix[],
      ): void => {
        for (const value of values) {
          const prefix = knownValue(value);
          const range = prefix?.cidr;
          if (value === undefined || prefix === undefined || range === undefined) continue;
          const touched = reserved.filter((one) => overlaps(one, range));
          if (touched.length === 0) continue;
          const data = { what, prefix: prefix.text, reserved: touched.map(formatCidr).join(' and ') };
          report({ at: value.origin, message: 'reserved', data, fixes });
        }
      };
      const { serviceCidr, serviceCidrs, podCidr, podCidrs } = cluster.networkProfile;
      const elsewhere = takenPrefixes(settings);
      judge('service range', [serviceCidr, ...serviceCidrs.items], reservedRanges, () =>
        serviceRangeFix(model, cluster, elsewhere),
      );
      if (usesPodRanges(cluster) === true) {
        judge('pod range', [podCidr, ...podCidrs.items], reservedRanges, () => podRangeFix(model, cluster, elsewhere));
      }
      for (const network of clusterNetworks(model, cluster)) {
        if (!canCoexist(network, cluster)) continue;
        judge('virtual network prefix', network.addressPrefixes.items, reservedInNetworks, () => []);
      }
    }
  },
});

/** Without those that no virtual network at all may have, which another rule reports. */
const reservedInNetworks = reservedRanges.filter(
  (range) => !forbiddenRanges.some((forbidden) => overlaps(forbidden.cidr, range)),
);

import { knownValue } from '../../model/value.ts';
import { addressBits, parseAddress } from '../../net/address.ts';
import { rangeKind } from '../../net/azure.ts';
import { type Cidr, formatCidr, makeCidr } from '../../net/cidr.ts';
import { defineRule } from '../rule.ts';

/** The kinds of addresses that no request from the Internet comes from, as messages name them. */
const kinds: Partial<Record<ReturnType<typeof rangeKind>, string>> = {
  private: 'private',
  'link-local': 'link-local',
  loopback: 'loopback',
  multicast: 'multicast',
};

export const authorizedIpsInvalid = defineRule({
  id: 'authorized-ips-invalid',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The authorized IP ranges of a cluster hold something that AKS does not take.',
  condition:
    'Reports ranges of authorizedIPRanges that are private, link-local, loopback or multicast addresses or IPv6, and 0.0.0.0/32 beside other ranges. Private clusters are left to another rule.',
  why: 'Requests reach the public API server from public IPv4 addresses, so other ranges match none; 0.0.0.0/32 closes it to all but the cluster itself, which contradicts any further range.',
  serviceError: 'InvalidIPRangeCIDR',
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
    }
    apiServerAccessProfile: {
      authorizedIPRanges: ['10.0.0.0/8']
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
    apiServerAccessProfile: {
      authorizedIPRanges: ['137.117.106.88/29']
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges',
    'https://github.com/Azure/azure-cli/blob/dev/src/azure-cli/azure/cli/command_modules/acs/_validators.py',
  ],
  messages: {
    notPublic: (d: { range: string; kind: string }) =>
      `The authorized range ${d.range} is ${d.kind}, and the API server sees public IPv4 addresses alone. Name the public addresses from which requests come.`,
    ipv6: (d: { range: string }) =>
      `The authorized range ${d.range} is IPv6, and AKS takes IPv4 alone. Name the public IPv4 addresses from which requests come.`,
    alone: () =>
      'The range 0.0.0.0/32 lets nobody in and must stand alone in authorizedIPRanges. Remove it, or all of the others.',
  },

  check(model, report) {
    for (const { apiServerAccessProfile } of model.managedClusters) {
      const { authorizedIPRanges, enablePrivateCluster } = apiServerAccessProfile;
      if (knownValue(enablePrivateCluster) === true) continue;
      const ranges = authorizedIPRanges.items.flatMap((item) => (item.kind === 'known' ? [item] : []));
      for (const { origin: at, value } of ranges) {
        const range = value.text;
        const prefix = value.cidr ?? addressPrefix(range);
        if (prefix === undefined) continue;
        const kind = kinds[rangeKind(prefix)];
        if (prefix.family === 6) report({ at, message: 'ipv6', data: { range } });
        else if (formatCidr(prefix) === '0.0.0.0/32') {
          const others = ranges.filter((other) => other.value !== value && other.value.text.trim() !== '');
          const related = others.map((other) => ({ at: other.origin, text: 'Another range is here.' }));
          if (others.length > 0) report({ at, message: 'alone', data: undefined, related });
        } else if (kind !== undefined) report({ at, message: 'notPublic', data: { range, kind } });
      }
    }
  },
});

/** The range of a single address. */
function addressPrefix(text: string): Cidr | undefined {
  const address = parseAddress(text);
  return address === undefined ? undefined : makeCidr(address, addressBits(address.family));
}

import { type PrefixSite, prefixSites } from '../../model/prefix-sites.ts';
import { formatCidr, hasHostBits } from '../../net/cidr.ts';
import { defineRule, type Severity } from '../rule.ts';

/** The roles in which the service is known to refuse host bits; for the others no refusal was seen. */
const refused: ReadonlySet<PrefixSite['role']> = new Set(['virtual-network', 'subnet', 'service-cidr']);

export const cidrHostBits = defineRule({
  id: 'cidr-host-bits',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'An address prefix does not start at the first address of its block.',
  condition:
    'Reports an address prefix whose address has bits set behind the prefix length: an error for virtual networks, subnets and service ranges, a warning for routes and pod ranges. dockerBridgeCidr, where the host address has a meaning, is left alone.',
  why: 'Azure does not round the address down; it refuses the prefix and proposes the one that was probably meant.',
  serviceError: 'InvalidCIDRNotation',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-aks'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.5/16'] }
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-aks'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
  }
}
`,
    },
  ],
  references: [
    'https://github.com/Azure/AKS/blob/master/CHANGELOG.md',
    'https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq',
  ],
  messages: {
    hostBits: (d: { text: string; network: string }) =>
      `${d.text} does not start at the first address of its block. Write ${d.network}.`,
  },

  check(model, report) {
    for (const { role, value } of prefixSites(model)) {
      if (value.kind !== 'known' || role === 'docker-bridge') continue;
      const { cidr, text } = value.value;
      if (cidr === undefined || !hasHostBits(cidr)) continue;
      const network = formatCidr(cidr);
      const severity: Severity = refused.has(role) ? 'error' : 'warning';
      report({
        at: value.origin,
        message: 'hostBits',
        data: { text, network },
        severity,
        fixes: [
          {
            title: `Replace by ${network}`,
            applicability: 'safe',
            changes: [{ kind: 'set-value', target: value.origin, to: network }],
          },
        ],
      });
    }
  },
});

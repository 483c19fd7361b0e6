import { knownPrefixes, subnetGroups } from '../../model/subnet-prefixes.ts';
import { knownValue, type Value } from '../../model/value.ts';
import { forbiddenRanges, touchesForbiddenRange } from '../../net/azure.ts';
import { containsCidr, formatCidr, overlaps } from '../../net/cidr.ts';
import type { Prefix } from '../../net/prefix.ts';
import { defineRule } from '../rule.ts';

export const vnetForbiddenRange = defineRule({
  id: 'vnet-forbidden-range',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A virtual network or subnet covers addresses that Azure keeps for itself.',
  condition:
    'Reports a known prefix of a virtual network, or of a subnet whose network does not already have the fault, that overlaps 224.0.0.0/4 (multicast), 255.255.255.255/32 (broadcast), 127.0.0.0/8 (loopback), 169.254.0.0/16 (link-local) or 168.63.129.16/32 (DNS of Azure).',
  why: 'These addresses have a meaning of their own on every machine, and Azure refuses networks that cover them.',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['169.254.10.0/24'] }
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.10.0.0/16'] }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq'],
  messages: {
    forbidden: (d: { prefix: string; range: string; name: string }) =>
      `${d.prefix} overlaps ${d.range} (${d.name}), which no virtual network may contain. Use a private range, for example 10.10.0.0/16.`,
  },

  check(model, report) {
    const judge = (prefix: Value<Prefix>): void => {
      const range = knownValue(prefix)?.cidr;
      const hit = range === undefined ? undefined : forbiddenRanges.find(({ cidr }) => overlaps(cidr, range));
      if (prefix.kind !== 'known' || hit === undefined) return;
      const data = { prefix: prefix.value.text, range: formatCidr(hit.cidr), name: hit.name };
      report({ at: prefix.origin, message: 'forbidden', data });
    };
    for (const { network, subnets } of subnetGroups(model)) {
      for (const prefix of network?.addressPrefixes.items ?? []) judge(prefix);
      // One finding is enough where the subnet only follows its network.
      const space = network === undefined ? [] : knownPrefixes(network);
      const reported = space.filter(touchesForbiddenRange);
      const clean = space.filter((prefix) => !reported.includes(prefix));
      for (const { addressPrefixes } of subnets) {
        for (const prefix of addressPrefixes.items) {
          const range = knownValue(prefix)?.cidr;
          if (range === undefined || clean.some((around) => containsCidr(around, range))) continue;
          if (!reported.some((around) => containsCidr(around, range))) judge(prefix);
        }
      }
    }
  },
});

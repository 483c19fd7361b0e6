import { type PrefixSite, prefixSites } from '../../model/prefix-sites.ts';
import { parseAddress } from '../../net/address.ts';
import { parseCidr } from '../../net/cidr.ts';
import { defineRule, type Severity } from '../rule.ts';

export const cidrSyntax = defineRule({
  id: 'cidr-syntax',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A value that must be an IP address prefix is not one.',
  condition:
    'Reports in the address space of a virtual network, in subnets, routes, service and pod ranges and in the DNS service IP of a cluster when the known text is not an address prefix (or, for the DNS service IP, not an IPv4 address). Names of service tags in routes are left alone.',
  why: 'The schema lets values such as 999.0.0.0/16 or a missing prefix length pass, so the mistake is found only when the service reads it, in the middle of the deployment.',
  serviceError: {
    noLength: 'InvalidAddressPrefixFormat',
    badLength: 'InvalidAddressPrefixFormat',
    notAPrefix: 'InvalidAddressPrefixFormat',
  },
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-aks'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0'] }
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
    'https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq',
    'https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning',
  ],
  messages: {
    noLength: (d: { text: string; example: string }) =>
      `"${d.text}" has no prefix length. Write it with one, for example ${d.example}.`,
    badLength: (d: { text: string; longest: number }) =>
      `The prefix length of "${d.text}" is not a number from 0 to ${d.longest}. Correct the part behind the slash.`,
    notAPrefix: (d: { text: string }) =>
      `"${d.text}" is not an IP address prefix. Write an address and a length, for example 10.0.0.0/16.`,
    notAnAddress: (d: { text: string }) =>
      `"${d.text}" is not an IPv4 address. Write four numbers from 0 to 255, for example 10.0.0.10.`,
  },

  check(model, report) {
    for (const { role, value } of prefixSites(model)) {
      if (value.kind !== 'known' || value.value.problem === undefined) continue;
      const { text, problem } = value.value;
      if (isAccepted(role, text)) continue;
      const at = value.origin;
      const severity: Severity = role === 'docker-bridge' ? 'warning' : 'error';
      if (problem === 'no-length') {
        const example = text.includes(':') ? `${text}/64` : `${text}/24`;
        report({ at, message: 'noLength', data: { text, example }, severity });
      } else if (problem === 'bad-length') {
        report({ at, message: 'badLength', data: { text, longest: text.includes(':') ? 128 : 32 }, severity });
      } else {
        report({ at, message: 'notAPrefix', data: { text }, severity });
      }
    }
    for (const { networkProfile } of model.managedClusters) {
      const ip = networkProfile.dnsServiceIP;
      if (ip?.kind !== 'known' || parseAddress(ip.value.trim()) !== undefined) continue;
      report({ at: ip.origin, message: 'notAnAddress', data: { text: ip.value } });
    }
  },
});

/** Texts that are no prefix and that a service takes, or may take, all the same. */
function isAccepted(role: PrefixSite['role'], text: string): boolean {
  // Blanks around a prefix are not proven to be refused.
  if (parseCidr(text.trim()).ok) return true;
  if (role !== 'route') return false;
  // A service tag, such as Storage or AzureCloud.westeurope, or an address without a length.
  return /^[A-Za-z][A-Za-z0-9.]*$/.test(text) || parseAddress(text) !== undefined;
}

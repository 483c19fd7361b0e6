import type { Model } from '../../model/model.ts';
import { knownSubnetPrefixes, subnetGroups } from '../../model/subnet-prefixes.ts';
import type { Origin } from '../../model/value.ts';
import { type Cidr, containsCidr, formatCidr, overlaps, parseCidr, sameCidr } from '../../net/cidr.ts';
import { type NamedRanges, statedPrefixes } from '../../net/named-ranges.ts';
import { defineRule } from '../rule.ts';

export const configuredRangeOverlap = defineRule({
  id: 'configured-range-overlap',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A virtual network uses addresses that the configuration says are taken elsewhere.',
  condition:
    'Reports a virtual network, or a subnet of one whose address space is not in the files, that shares addresses with a range under reserved or peeredNetworks of aksnet.jsonc. A network with exactly the prefixes of an entry is taken for the very place that the entry means.',
  why: 'Azure deploys such a network, but refuses to peer it, and hosts of the other place cannot be reached from it. The files alone cannot show that; the configuration says what they leave out.',
  serviceError: { peered: 'VnetAddressSpacesOverlap' },
  examples: [
    {
      language: 'bicep',
      settings: { reserved: [{ name: 'on-premises', prefixes: ['10.0.0.0/12'] }] },
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } }
    ]
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.65.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.65.0.0/24' } }
    ]
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning',
    'https://learn.microsoft.com/azure/virtual-network/virtual-network-peering-overview',
  ],
  messages: {
    reserved: (d: { range: string; taken: string; name: string }) =>
      `${d.range} overlaps ${d.taken}, which aksnet.jsonc reserves for "${d.name}", so the two cannot reach each other. Choose a range outside of it.`,
    peered: (d: { range: string; taken: string; name: string }) =>
      `${d.range} overlaps ${d.taken} of the peered network "${d.name}" in aksnet.jsonc, and Azure refuses to peer networks that share addresses. Choose a range outside of it.`,
  },

  check(model, report, settings) {
    const stated = statedPrefixes(settings);
    if (stated.length === 0) return;
    for (const { ranges, own } of placesOf(model)) {
      const others = stated.filter(({ entry }) => !isSamePlace(own, entry));
      for (const { cidr, text, origin } of ranges) {
        const hit = others.find(({ prefix }) => overlaps(prefix, cidr));
        if (hit === undefined) continue;
        const data = { range: text, taken: formatCidr(hit.prefix), name: hit.entry.name };
        report({ at: origin, message: hit.kind, data });
      }
    }
  },
});

interface Range {
  readonly cidr: Cidr;
  readonly text: string;
  readonly origin: Origin;
}

/** A virtual network: the ranges to judge, and the known part of its address space. */
interface Place {
  readonly ranges: readonly Range[];
  readonly own: readonly Cidr[];
}

/** The address spaces, and the subnets that lie in none that is known. */
function placesOf(model: Model): Place[] {
  return subnetGroups(model).map(({ network, subnets }) => {
    const spaces = (network?.addressPrefixes.items ?? []).flatMap((item): Range[] =>
      item.kind === 'known' && item.value.cidr !== undefined
        ? [{ cidr: item.value.cidr, text: item.value.text, origin: item.origin }]
        : [],
    );
    const own = spaces.map(({ cidr }) => cidr);
    const strays = knownSubnetPrefixes(subnets).filter(({ cidr }) => !own.some((space) => containsCidr(space, cidr)));
    return { ranges: [...spaces, ...strays], own };
  });
}

function isSamePlace(own: readonly Cidr[], { prefixes }: NamedRanges): boolean {
  if (own.length === 0 || own.length !== prefixes.length) return false;
  return prefixes.every((text) => {
    const result = parseCidr(text);
    return result.ok && own.some((cidr) => sameCidr(cidr, result.cidr));
  });
}

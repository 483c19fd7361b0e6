import { sameLocation } from '../../base/span.ts';
import type { Fix } from '../../model/change.ts';
import { type KnownValue, valueLocation } from '../../model/value.ts';
import { sameCidr } from '../../net/cidr.ts';
import type { Prefix } from '../../net/prefix.ts';
import { findOverlaps } from '../../net/sets.ts';
import { defineRule } from '../rule.ts';

export const vnetPrefixOverlap = defineRule({
  id: 'vnet-prefix-overlap',
  severity: 'warning',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Two prefixes in the address space of one virtual network overlap.',
  condition: 'Reports a known prefix of a virtual network that overlaps or repeats another prefix of the same network.',
  why: 'The second one adds nothing, or not what was meant, and no page says that Azure takes it.',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16', '10.0.1.0/24'] }
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16', '10.1.0.0/24'] }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq'],
  messages: {
    repeated: (d: { prefix: string }) => `${d.prefix} stands twice in this address space. Remove one of them.`,
    overlap: (d: { later: string; earlier: string }) =>
      `${d.later} overlaps ${d.earlier} in the same address space. Remove it, or use a range outside of ${d.earlier}.`,
  },

  check(model, report) {
    for (const network of model.virtualNetworks) {
      const known = network.addressPrefixes.items.flatMap((prefix) =>
        prefix.kind === 'known' && prefix.value.cidr !== undefined ? [{ prefix, cidr: prefix.value.cidr }] : [],
      );
      for (const { earlier, later } of findOverlaps(known, ({ cidr }) => cidr)) {
        const [a, b] = [earlier.prefix, later.prefix];
        const isShared = sameLocation(valueLocation(a.origin), valueLocation(b.origin));
        const at = isShared ? b.origin.at : b.origin;
        const related = [{ at: isShared ? a.origin.at : a.origin, text: 'The other prefix is here.' }];
        if (sameCidr(earlier.cidr, later.cidr)) {
          report({ at, message: 'repeated', data: { prefix: b.value.text }, related, fixes: removeFix(b) });
        } else {
          report({ at, message: 'overlap', data: { later: b.value.text, earlier: a.value.text }, related });
        }
      }
    }
  },
});

function removeFix({ origin, value }: KnownValue<Prefix>): Fix[] {
  const item = origin.from;
  // Only what is written in the list itself can be taken out of it.
  if (item === undefined || !sameLocation(item, origin.at)) return [];
  return [
    { title: `Remove the second ${value.text}`, applicability: 'safe', changes: [{ kind: 'remove-item', item }] },
  ];
}

import { sameLocation } from '../../base/span.ts';
import type { Change, Fix } from '../../model/change.ts';
import type { NetworkProfile } from '../../model/cluster.ts';
import { exchangeItems, familyOf } from '../../model/ip-families.ts';
import type { KnownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const ipFamiliesInvalid = defineRule({
  id: 'ip-families-invalid',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The IP families of a cluster are not IPv4, or IPv4 followed by IPv6.',
  condition: 'Reports ipFamilies that is known in full and is neither one IPv4 nor IPv4 followed by IPv6.',
  why: 'AKS has single-stack clusters with IPv4 and dual-stack clusters whose first family is IPv4, and no others.',
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
      ipFamilies: ['IPv6', 'IPv4']
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
      ipFamilies: ['IPv4', 'IPv6']
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/configure-dual-stack',
    'https://github.com/Azure/AKS/blob/master/CHANGELOG.md',
  ],
  messages: {
    order: () => 'IPv6 stands first in ipFamilies, and AKS needs IPv4 there. Exchange the two.',
    onlyIPv6: () => 'ipFamilies names IPv6 alone, and AKS has no clusters without IPv4. Write IPv4 first, then IPv6.',
    repeated: (d: { family: string }) => `ipFamilies names ${d.family} more than once. Name each family once.`,
    notAFamily: (d: { text: string }) => `"${d.text}" is not an IP family. Write IPv4 or IPv6.`,
  },

  check(model, report) {
    for (const { networkProfile } of model.managedClusters) {
      const { items, isComplete } = networkProfile.ipFamilies;
      const families = items.flatMap((item) => (item.kind === 'known' ? [item] : []));
      if (!isComplete || families.length < items.length) continue;
      const unknownName = families.find(({ value }) => !/^ipv[46]$/i.test(value));
      const repeated = families.find(({ value }, index) =>
        families.slice(0, index).some((other) => other.value.toLowerCase() === value.toLowerCase()),
      );
      const [first] = families;
      if (unknownName !== undefined) {
        report({ at: unknownName.origin, message: 'notAFamily', data: { text: unknownName.value } });
      } else if (repeated !== undefined) {
        report({
          at: repeated.origin,
          message: 'repeated',
          data: { family: repeated.value },
          fixes: removeFix(repeated),
        });
      } else if (first?.value.toLowerCase() === 'ipv6') {
        if (families.length === 1) report({ at: first.origin, message: 'onlyIPv6', data: undefined });
        else report({ at: first.origin, message: 'order', data: undefined, fixes: orderFix(networkProfile) });
      }
    }
  },
});

/** Puts IPv4 first in `ipFamilies`, and in the lists that follow its order. */
function orderFix({ ipFamilies, serviceCidrs, podCidrs }: NetworkProfile): Fix[] {
  const lists = [serviceCidrs, podCidrs].filter(({ items }) => items.length === 2 && familyOf(items[0]) === 6);
  const exchanges = [
    exchangeItems(ipFamilies, (text) => text),
    ...lists.map((list) => exchangeItems(list, ({ text }) => text)),
  ];
  const changes: Change[] = [];
  for (const exchange of exchanges) {
    if (exchange === undefined) return [];
    changes.push(...exchange);
  }
  return [{ title: 'Put IPv4 first', applicability: 'safe', changes }];
}

function removeFix({ origin }: KnownValue<string>): Fix[] {
  const item = origin.from;
  // Only what is written in the list itself can be taken out of it.
  if (item === undefined || !sameLocation(item, origin.at)) return [];
  return [{ title: 'Remove the repeated family', applicability: 'safe', changes: [{ kind: 'remove-item', item }] }];
}

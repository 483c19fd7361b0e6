import { type Location, sameLocation } from '../../base/span.ts';
import type { NetworkSecurityGroup, SecurityRule } from '../../model/network.ts';
import { ruleLabel, rulePriorities } from '../../model/security-fix.ts';
import { knownValue, valueLocation } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

const protocols: ReadonlySet<string> = new Set(['tcp', 'udp', 'icmp', 'esp', 'ah', '*']);

export const nsgRuleInvalid = defineRule({
  id: 'nsg-rule-invalid',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A rule of a network security group has a priority or protocol that Azure refuses.',
  condition:
    'Reports a known priority outside of 100 to 4096, a priority that an earlier rule of the group has in the same direction, and a known protocol other than Tcp, Udp, Icmp, Esp, Ah and *.',
  why: 'Azure compares rules by priority, so each is taken once for each direction; it refuses the whole group otherwise.',
  serviceError: { conflict: 'SecurityRuleConflict' },
  examples: [
    {
      language: 'bicep',
      bad: `resource nsg 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-nodes'
  location: resourceGroup().location
  properties: {
    securityRules: [
      {
        name: 'https'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: 'VirtualNetwork'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '443'
        }
      }
      {
        name: 'dns'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: 'VirtualNetwork'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '53'
        }
      }
    ]
  }
}
`,
      good: `resource nsg 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-nodes'
  location: resourceGroup().location
  properties: {
    securityRules: [
      {
        name: 'https'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: 'VirtualNetwork'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '443'
        }
      }
      {
        name: 'dns'
        properties: {
          priority: 110
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: 'VirtualNetwork'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '53'
        }
      }
    ]
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview'],
  messages: {
    range: (d: { priority: number; smallest: number; largest: number }) =>
      `Priority ${d.priority} is outside of ${d.smallest} to ${d.largest}, the priorities that a rule can have. Choose one of them.`,
    conflict: (d: { priority: number; direction: string; other: string }) =>
      `Priority ${d.priority} is taken by ${d.other} for ${d.direction.toLowerCase()} traffic, and Azure takes each once. Choose another priority.`,
    protocol: (d: { protocol: string }) =>
      `${d.protocol} is not a protocol of a rule. Use Tcp, Udp, Icmp, Esp, Ah or *.`,
  },

  check(model, report) {
    for (const group of model.networkSecurityGroups) {
      const earlier = new Map<string, { readonly rule: SecurityRule; readonly at: Location }>();
      for (const rule of group.securityRules.items) {
        const { priority, direction, protocol } = rule;
        if (protocol?.kind === 'known' && !protocols.has(protocol.value.toLowerCase())) {
          const isAny = ['any', 'all'].includes(protocol.value.toLowerCase());
          report({
            at: protocol.origin,
            message: 'protocol',
            data: { protocol: protocol.value },
            fixes: isAny
              ? [
                  {
                    title: 'Use *, which means every protocol',
                    applicability: 'safe',
                    changes: [{ kind: 'set-value', target: protocol.origin, to: '*' }],
                  },
                ]
              : [],
          });
        }
        if (priority?.kind !== 'known') continue;
        const { smallest, largest } = rulePriorities;
        if (priority.value < smallest || priority.value > largest) {
          report({ at: priority.origin, message: 'range', data: { priority: priority.value, smallest, largest } });
          continue;
        }
        const way = knownValue(direction);
        // One declared as a resource of its own may stand for the same rule.
        if (way === undefined || !rule.isInline) continue;
        const key = `${way.toLowerCase()} ${priority.value}`;
        const other = earlier.get(key);
        if (other === undefined) {
          earlier.set(key, { rule, at: valueLocation(priority.origin) });
          continue;
        }
        // The rules of a loop may share one literal, which no other number can mend.
        const isShared = sameLocation(valueLocation(priority.origin), other.at);
        const free = isShared ? undefined : nextFree(group, way, priority.value);
        report({
          at: priority.origin,
          message: 'conflict',
          data: { priority: priority.value, direction: way, other: ruleLabel(other.rule) },
          related: [{ at: other.rule.header, text: 'The other rule is here.' }],
          fixes:
            free === undefined
              ? []
              : [
                  {
                    title: `Use priority ${free}, the next free one (the rule then comes after the other)`,
                    applicability: 'unsafe',
                    changes: [{ kind: 'set-value', target: priority.origin, to: free }],
                  },
                ],
        });
      }
    }
  },
});

/** The next priority after one that no rule of the group has in that direction. */
function nextFree({ securityRules }: NetworkSecurityGroup, direction: string, after: number): number | undefined {
  const taken = new Set(
    securityRules.items
      .filter((rule) => (knownValue(rule.direction) ?? direction).toLowerCase() === direction.toLowerCase())
      .map((rule) => knownValue(rule.priority)),
  );
  for (let priority = after + 1; priority <= rulePriorities.largest; priority++) {
    if (!taken.has(priority)) return priority;
  }
  return undefined;
}

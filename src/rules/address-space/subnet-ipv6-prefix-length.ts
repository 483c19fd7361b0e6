import type { Fix } from '../../model/change.ts';
import { knownPrefixes, knownSubnetPrefixes, type SubnetPrefix, subnetGroups } from '../../model/subnet-prefixes.ts';
import { ipv6SubnetLength } from '../../net/azure.ts';
import { type Cidr, containsCidr, formatCidr, makeCidr, overlaps } from '../../net/cidr.ts';
import { findFree } from '../../net/sets.ts';
import { defineRule } from '../rule.ts';

export const subnetIpv6PrefixLength = defineRule({
  id: 'subnet-ipv6-prefix-length',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'An IPv6 prefix of a subnet is not a /64.',
  condition: 'Reports a known IPv6 prefix of a subnet whose length is not 64.',
  why: 'Azure takes IPv6 subnets of this one size only.',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16', 'fd00:1::/48'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefixes: ['10.1.0.0/24', 'fd00:1::/80'] } }
    ]
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16', 'fd00:1::/48'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefixes: ['10.1.0.0/24', 'fd00:1::/64'] } }
    ]
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq'],
  messages: {
    length: (d: { prefix: string; length: number }) =>
      `The IPv6 prefix ${d.prefix} is not a /${d.length}, the only size of an IPv6 subnet in Azure. Use a /${d.length}.`,
  },

  check(model, report) {
    for (const { network, subnets } of subnetGroups(model)) {
      const prefixes = knownSubnetPrefixes(subnets);
      let targets: Map<SubnetPrefix, Cidr> | undefined;
      for (const prefix of prefixes) {
        if (!isWrong(prefix)) continue;
        report({
          at: prefix.origin,
          message: 'length',
          data: { prefix: prefix.text, length: ipv6SubnetLength },
          fixes: () => {
            targets ??= chooseTargets(prefixes, network === undefined ? [] : knownPrefixes(network));
            return lengthFix(prefix, targets.get(prefix));
          },
        });
      }
    }
  },
});

function isWrong({ cidr }: SubnetPrefix): boolean {
  return cidr.family === 6 && cidr.length !== ipv6SubnetLength;
}

/**
 * A /64 for each wrong prefix, so that all of them may be put right at once: the one that begins where the prefix does
 * or holds it, or else the next free one of the network.
 */
function chooseTargets(prefixes: readonly SubnetPrefix[], space: readonly Cidr[]): Map<SubnetPrefix, Cidr> {
  const containers = space.filter((block) => block.family === 6);
  const targets = new Map<SubnetPrefix, Cidr>();
  for (const prefix of prefixes.filter(isWrong)) {
    const taken = [...prefixes.filter((other) => other !== prefix).map((other) => other.cidr), ...targets.values()];
    const near = makeCidr({ family: 6, value: prefix.cidr.first }, ipv6SubnetLength);
    const isFree = !taken.some((block) => overlaps(block, near));
    const fits = space.length === 0 || space.some((block) => containsCidr(block, near));
    const target = isFree && fits ? near : findFree(containers, ipv6SubnetLength, taken);
    if (target !== undefined) targets.set(prefix, target);
  }
  return targets;
}

function lengthFix({ origin }: SubnetPrefix, target: Cidr | undefined): Fix[] {
  if (target === undefined) return [];
  const to = formatCidr(target);
  return [{ title: `Use ${to}`, applicability: 'unsafe', changes: [{ kind: 'set-value', target: origin, to }] }];
}

import type { Fix } from '../../model/change.ts';
import { usesPodRanges } from '../../model/effective.ts';
import { exchangeItems, familyOf } from '../../model/ip-families.ts';
import {
  type Collection,
  type KnownValue,
  knownValue,
  type Origin,
  type Property,
  type Value,
} from '../../model/value.ts';
import type { Family } from '../../net/address.ts';
import { sameCidr } from '../../net/cidr.ts';
import type { Prefix } from '../../net/prefix.ts';
import { defineRule } from '../rule.ts';

export const serviceCidrsMismatch = defineRule({
  id: 'service-cidrs-mismatch',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The lists of service or pod ranges do not fit the IP families of the cluster.',
  condition:
    'Reports serviceCidrs, and podCidrs of overlay and kubenet clusters, with more than two ranges, with two of one family or in another order than ipFamilies, and a serviceCidr or podCidr that is not the first of its list. Without ipFamilies a list begins with IPv4.',
  why: 'AKS takes one range for each family and reads the lists in the order of ipFamilies; the property in the singular is another name for the first item.',
  serviceError: { sameFamily: 'UnexpectedIPVersionCIDR', order: 'UnexpectedIPVersionCIDR' },
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
      ipFamilies: ['IPv4', 'IPv6']
      serviceCidrs: ['fd12:3456:789a:1::/108', '10.0.0.0/16']
      dnsServiceIP: '10.0.0.10'
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
      serviceCidrs: ['10.0.0.0/16', 'fd12:3456:789a:1::/108']
      dnsServiceIP: '10.0.0.10'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/configure-dual-stack',
    'https://learn.microsoft.com/azure/aks/azure-cni-overlay',
  ],
  messages: {
    tooMany: (d: { list: string; text: string }) =>
      `${d.text} is the third range in ${d.list}, which takes one for each IP family. Remove it.`,
    sameFamily: (d: { list: string; text: string; other: string; family: number }) =>
      `${d.text} and ${d.other} in ${d.list} are both IPv${d.family}, and AKS takes one range for each IP family. Keep one of them.`,
    order: (d: { list: string; text: string; family: number }) =>
      `${d.text} stands where ${d.list} needs an IPv${d.family} range, as the order follows ipFamilies. Put the ranges in that order.`,
    disagreement: (d: { single: string; text: string; list: string; first: string }) =>
      `${d.single} is ${d.text}, but the first of ${d.list} is ${d.first}. Write the same range in both, or leave out ${d.single}.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const { serviceCidr, serviceCidrs, podCidr, podCidrs, ipFamilies } = cluster.networkProfile;
      const wanted = wantedFamilies(ipFamilies);
      const judge = (
        single: string,
        value: Property<Prefix>,
        list: string,
        ranges: Collection<Value<Prefix>>,
      ): void => {
        const fault = faultOf(value, ranges, wanted);
        if (fault === undefined) return;
        const { kind, at, text, other } = fault;
        const related = other === undefined ? [] : [{ at: other.origin, text: 'The other range is here.' }];
        const [otherText, family] = [other?.value.text ?? '', fault.family];
        if (kind === 'too-many') report({ at, message: 'tooMany', data: { list, text } });
        else if (kind === 'same-family')
          report({ at, message: 'sameFamily', data: { list, text, other: otherText, family }, related });
        else if (kind === 'order')
          report({ at, message: 'order', data: { list, text, family }, fixes: () => orderFix(ranges) });
        else {
          const data = { single, text, list, first: otherText };
          report({ at, message: 'disagreement', data, related, fixes: [agreementFix(single, at, otherText)] });
        }
      };
      judge('serviceCidr', serviceCidr, 'serviceCidrs', serviceCidrs);
      if (usesPodRanges(cluster) === true) judge('podCidr', podCidr, 'podCidrs', podCidrs);
    }
  },
});

interface Fault {
  readonly kind: 'too-many' | 'same-family' | 'order' | 'disagreement';
  readonly at: Origin;
  readonly text: string;
  readonly other: KnownValue<Prefix> | undefined;
  /** The family that two ranges share, or that is wanted. */
  readonly family: Family;
}

/** The first thing that is wrong with a list and the property in the singular beside it. */
function faultOf(
  single: Property<Prefix>,
  { items, isComplete }: Collection<Value<Prefix>>,
  wanted: readonly Family[] | undefined,
): Fault | undefined {
  const ranges = items.flatMap((item) => (familyOf(item) !== undefined && item.kind === 'known' ? [item] : []));
  const fault = (
    kind: Fault['kind'],
    value: KnownValue<Prefix>,
    family: Family,
    other?: KnownValue<Prefix>,
  ): Fault => ({
    kind,
    at: value.origin,
    text: value.value.text,
    other,
    family,
  });
  const [first, second, third] = ranges;
  if (third !== undefined) return fault('too-many', third, 4);
  const family = familyOf(first);
  if (first !== undefined && second !== undefined && family !== undefined && familyOf(second) === family)
    return fault('same-family', second, family, first);
  // Behind an item that is not known, others may stand anywhere.
  if (!isComplete || ranges.length < items.length) return undefined;
  const strayAt = ranges.findIndex(
    (range, index) => wanted?.[index] !== undefined && familyOf(range) !== wanted[index],
  );
  const [stray, expected] = [ranges[strayAt], wanted?.[strayAt]];
  if (stray !== undefined && expected !== undefined) return fault('order', stray, expected);
  const [alone, leading] = [knownValue(single)?.cidr, first?.value.cidr];
  if (single?.kind !== 'known' || alone === undefined || leading === undefined || sameCidr(alone, leading))
    return undefined;
  return fault('disagreement', single, 4, first);
}

/** The families in the order that AKS takes; undefined where they are not known, or wrong themselves. */
function wantedFamilies({ items, isComplete }: Collection<Value<string>>): Family[] | undefined {
  if (!isComplete) return undefined;
  const names = items.map((item) => knownValue(item)?.toLowerCase());
  if (names.length === 0) return [4];
  if (names[0] !== 'ipv4' || names.length > 2) return undefined;
  return names.length === 1 ? [4] : names[1] === 'ipv6' ? [4, 6] : undefined;
}

function orderFix(list: Collection<Value<Prefix>>): Fix[] {
  const changes = exchangeItems(list, ({ text }) => text);
  return changes === undefined ? [] : [{ title: 'Put the IPv4 range first', applicability: 'safe', changes }];
}

function agreementFix(single: string, target: Origin, to: string): Fix {
  const title = `Set ${single} to ${to} (new clusters only)`;
  return { title, applicability: 'unsafe', changes: [{ kind: 'set-value', target, to }] };
}

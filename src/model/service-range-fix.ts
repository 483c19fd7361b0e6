import { defaults, managedNetwork, proposedRanges, reservedRanges, suggestDnsServiceIP } from '../net/aks.ts';
import { type Cidr, cidr, formatCidr, overlaps } from '../net/cidr.ts';
import { findFree } from '../net/sets.ts';
import type { Change, Fix } from './change.ts';
import type { ManagedCluster } from './cluster.ts';
import { onPremisesRanges } from './connected-networks.ts';
import { serviceRanges } from './effective.ts';
import type { Model } from './model.ts';
import { spellsOnly } from './prefix-sites.ts';
import { knownPrefixes, knownSubnetPrefixes } from './subnet-prefixes.ts';

/** Every known range of a network, a subnet or a place on premises: none of them may be used inside a cluster. */
export function networkRanges(model: Model): Cidr[] {
  return [
    ...model.virtualNetworks.flatMap(knownPrefixes),
    ...knownSubnetPrefixes(model.subnets).map((prefix) => prefix.cidr),
    ...onPremisesRanges(model).map((range) => range.cidr),
  ];
}

/**
 * A /16 for services that no declared network, subnet or pod range touches and none of `elsewhere`, or undefined if
 * there is none. Inside `around` where that has room.
 */
export function freeServiceRange(
  model: Model,
  cluster: ManagedCluster,
  elsewhere: readonly Cidr[],
  around?: Cidr,
): Cidr | undefined {
  const { podCidr, podCidrs } = cluster.networkProfile;
  const pods = [podCidr, ...podCidrs.items].flatMap((value) =>
    value?.kind === 'known' && value.value.cidr !== undefined ? [value.value.cidr] : [],
  );
  const taken = [...networkRanges(model), ...pods, ...elsewhere];
  const kept = [...taken, ...reservedRanges, managedNetwork.addressSpace, cidr(defaults.podCidr)];
  const inside = around === undefined ? undefined : findFree([around], 16, kept);
  return inside ?? proposedRanges.find((candidate) => !taken.some((block) => overlaps(block, candidate)));
}

/**
 * The fix that gives the cluster a free service range, inside `around` where that has room, together with a DNS service
 * IP inside it. Ranges that are taken `elsewhere` are left alone. Empty where a value stands in the way that cannot be
 * rewritten.
 */
export function serviceRangeFix(
  model: Model,
  cluster: ManagedCluster,
  elsewhere: readonly Cidr[],
  around?: Cidr,
): Fix[] {
  const range = freeServiceRange(model, cluster, elsewhere, around);
  const dns = range === undefined ? undefined : suggestDnsServiceIP(range);
  if (range === undefined || dns === undefined) return [];
  const to = formatCidr(range);
  const changes = serviceChanges(model, cluster, to, dns);
  if (changes === undefined) return [];
  return [
    {
      title: `Use the free service range ${to} with DNS service IP ${dns} (new clusters only)`,
      applicability: 'unsafe',
      changes,
    },
  ];
}

/** The change that sets the DNS service IP: in place where a literal spells it, as a new property where it is not set. */
export function setDnsServiceIP(cluster: ManagedCluster, to: string): Change | undefined {
  const { dnsServiceIP, body } = cluster.networkProfile;
  if (dnsServiceIP !== undefined) return { kind: 'set-value', target: dnsServiceIP.origin, to };
  return body === undefined ? undefined : { kind: 'set-property', object: body, path: ['dnsServiceIP'], to };
}

function serviceChanges(
  model: Model,
  cluster: ManagedCluster,
  serviceCidr: string,
  dnsServiceIP: string,
): Change[] | undefined {
  const { presence } = cluster.networkProfile;
  if (presence === 'absent') {
    const object = cluster.properties;
    return object === undefined
      ? undefined
      : [{ kind: 'set-property', object, path: ['networkProfile'], to: { serviceCidr, dnsServiceIP } }];
  }
  const changes = [setServiceCidr(model, cluster, serviceCidr), setDnsServiceIP(cluster, dnsServiceIP)];
  return changes.every((change) => change !== undefined) ? changes : undefined;
}

function setServiceCidr(model: Model, cluster: ManagedCluster, to: string): Change | undefined {
  const { serviceCidr, serviceCidrs, body } = cluster.networkProfile;
  // Dual-stack clusters may repeat the range in both properties; rewriting one of them would make them disagree.
  if (serviceCidr !== undefined && serviceCidrs.items.length > 0) return undefined;
  const explicit = serviceRanges(cluster.networkProfile).find(
    (range) => range.origin !== undefined && range.cidr.family === 4,
  );
  if (explicit?.origin !== undefined) {
    if (!spellsOnly(model, explicit.origin, 'service-cidr')) return undefined;
    return { kind: 'set-value', target: explicit.origin, to };
  }
  if (serviceCidr !== undefined || body === undefined) return undefined;
  return { kind: 'set-property', object: body, path: ['serviceCidr'], to };
}

import { sameLocation } from '../base/span.ts';
import { defaults, managedNetwork, reservedRanges } from '../net/aks.ts';
import { isPrivate } from '../net/azure.ts';
import { type Cidr, cidr, formatCidr, makeCidr, overlaps } from '../net/cidr.ts';
import { findFree } from '../net/sets.ts';
import type { Change, Fix } from './change.ts';
import type { ManagedCluster } from './cluster.ts';
import { podRanges, serviceRanges } from './effective.ts';
import type { Model } from './model.ts';
import { spellsOnly } from './prefix-sites.ts';
import { networkRanges } from './service-range-fix.ts';
import { valueLocation } from './value.ts';

/** Where to look for a pod range, best first. */
const containers: readonly Cidr[] = [
  cidr(defaults.podCidr),
  cidr('192.168.0.0/16'),
  cidr('10.0.0.0/8'),
  cidr('172.16.0.0/12'),
  cidr('100.64.0.0/10'),
];

/**
 * A pod range of `length` that no declared network, subnet or service range touches and none of `elsewhere`, or
 * undefined if there is none. It begins where `near` begins, if that is free.
 */
export function freePodRange(
  model: Model,
  cluster: ManagedCluster,
  elsewhere: readonly Cidr[],
  length: number,
  near?: Cidr,
): Cidr | undefined {
  const taken = takenRanges(model, cluster, elsewhere);
  const grown = near === undefined ? undefined : makeCidr({ family: near.family, value: near.first }, length);
  if (grown !== undefined && isPrivate(grown) && !taken.some((block) => overlaps(block, grown))) return grown;
  return findFree(containers, length, taken);
}

/** Whether a range may be given to the pods of the cluster as far as anything is known. */
export function isFreePodRange(
  model: Model,
  cluster: ManagedCluster,
  elsewhere: readonly Cidr[],
  range: Cidr,
): boolean {
  return isPrivate(range) && !takenRanges(model, cluster, elsewhere).some((block) => overlaps(block, range));
}

function takenRanges(model: Model, cluster: ManagedCluster, elsewhere: readonly Cidr[]): Cidr[] {
  return [
    ...networkRanges(model),
    ...elsewhere,
    ...serviceRanges(cluster.networkProfile).map((range) => range.cidr),
    ...reservedRanges,
    managedNetwork.addressSpace,
    // Free or not: too many networks and clusters begin here.
    cidr(defaults.serviceCidr),
  ];
}

/**
 * The fix that gives the pods of the cluster a free range of the size that they have, or of `length`, near the one that
 * they have. Ranges that are taken `elsewhere` are left alone. Empty where a value stands in the way that cannot be
 * rewritten.
 */
export function podRangeFix(model: Model, cluster: ManagedCluster, elsewhere: readonly Cidr[], length?: number): Fix[] {
  const current = podRanges(cluster).find((range) => range.cidr.family === 4)?.cidr;
  if (current === undefined) return [];
  // A range that is larger than any private one may stay as large as the largest that AKS examples use.
  const wanted = length ?? Math.min(24, Math.max(current.length, 12));
  const range =
    freePodRange(model, cluster, elsewhere, wanted, length === undefined ? undefined : current) ??
    (length === undefined ? freePodRange(model, cluster, elsewhere, 16) : undefined);
  const to = range === undefined ? undefined : formatCidr(range);
  const changes = to === undefined ? undefined : setPodCidr(model, cluster, to);
  if (to === undefined || changes === undefined) return [];
  return [{ title: `Use the free pod range ${to} (new clusters only)`, applicability: 'unsafe', changes }];
}

/** The changes that set the IPv4 pod range: where literals spell it, or as a new property where it is not set. */
function setPodCidr(model: Model, cluster: ManagedCluster, to: string): Change[] | undefined {
  const { podCidr, podCidrs, presence, body } = cluster.networkProfile;
  if (presence === 'absent') {
    const object = cluster.properties;
    if (object === undefined) return undefined;
    return [{ kind: 'set-property', object, path: ['networkProfile'], to: { podCidr: to } }];
  }
  const written = [podCidr, ...podCidrs.items].flatMap((value) =>
    value?.kind === 'known' && value.value.cidr?.family === 4 ? [value.origin] : [],
  );
  const [first, second, ...others] = written;
  if (others.length > 0 || !written.every((origin) => spellsOnly(model, origin, 'pod-cidr'))) return undefined;
  if (first !== undefined) {
    const isRepeated = second !== undefined && !sameLocation(valueLocation(first), valueLocation(second));
    return (isRepeated ? [first, second] : [first]).map((target) => ({ kind: 'set-value', target, to }));
  }
  if (podCidr !== undefined || podCidrs.items.length > 0 || body === undefined) return undefined;
  return [{ kind: 'set-property', object: body, path: ['podCidr'], to }];
}

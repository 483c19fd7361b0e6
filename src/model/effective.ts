import { type Address, parseAddress } from '../net/address.ts';
import { defaults } from '../net/aks.ts';
import { type Cidr, cidr } from '../net/cidr.ts';
import type { Prefix } from '../net/prefix.ts';
import { defaultMaxPods, effectiveNetworkMode, type NetworkMode, surgeNodes, usesPodCidr } from '../net/sizing.ts';
import type { AgentPool, ManagedCluster, NetworkProfile } from './cluster.ts';
import { type Collection, knownValue, type Origin, type Property, type Value } from './value.ts';

/** A service or pod range of a cluster. `origin` is undefined for the default that AKS uses when none is set. */
export interface EffectiveRange {
  readonly cidr: Cidr;
  readonly text: string;
  readonly origin: Origin | undefined;
}

/** A setting that AKS will use. `origin` is undefined for the default that it uses when none is set. */
export interface Effective<T> {
  readonly value: T;
  readonly origin: Origin | undefined;
}

/**
 * The service ranges that AKS will use, as far as they are known: `serviceCidr` and `serviceCidrs`, or 10.0.0.0/16 when
 * both are proven not to be set. The default for IPv6 is not predictable and left out (RULES.md section 1).
 */
export function serviceRanges(profile: NetworkProfile): EffectiveRange[] {
  return effectiveRanges(profile.serviceCidr, profile.serviceCidrs, defaults.serviceCidr);
}

/**
 * The pod ranges that AKS will use, as far as they are known: `podCidr` and `podCidrs`, or 10.244.0.0/16 when both are
 * proven not to be set. Empty where the pods of the cluster have no such range, or may have none.
 */
export function podRanges(cluster: ManagedCluster): EffectiveRange[] {
  if (usesPodRanges(cluster) !== true) return [];
  const { podCidr, podCidrs } = cluster.networkProfile;
  return effectiveRanges(podCidr, podCidrs, defaults.podCidr);
}

/** Whether pods of the cluster take their addresses from `podCidr`; undefined while that is not known. */
export function usesPodRanges(cluster: ManagedCluster): boolean | undefined {
  const mode = clusterMode(cluster, false);
  if (mode === undefined) return undefined;
  const { items, isComplete } = cluster.agentPools;
  // Without a plugin a pod subnet decides for Azure CNI; whether AKS then takes it is not documented.
  if (mode === 'overlay-or-kubenet' && !(isComplete && items.every((pool) => pool.podSubnetID === undefined)))
    return undefined;
  return usesPodCidr(mode);
}

function effectiveRanges(
  single: Property<Prefix>,
  list: Collection<Value<Prefix>>,
  fallback: string,
): EffectiveRange[] {
  if (single === undefined && list.isComplete && list.items.length === 0) {
    return [{ cidr: cidr(fallback), text: fallback, origin: undefined }];
  }
  const ranges: EffectiveRange[] = [];
  for (const value of [single, ...list.items]) {
    if (value?.kind !== 'known' || value.value.cidr === undefined) continue;
    const { cidr: range, text } = value.value;
    // The property in the singular may repeat the first item of the plural.
    if (!ranges.some((other) => other.text === text)) ranges.push({ cidr: range, text, origin: value.origin });
  }
  return ranges;
}

/** Whether every service range of the cluster is known. */
export function areServiceRangesKnown(profile: NetworkProfile): boolean {
  const values = [profile.serviceCidr, ...profile.serviceCidrs.items];
  return (
    profile.serviceCidrs.isComplete &&
    values.every((value) => value === undefined || (value.kind === 'known' && value.value.cidr !== undefined))
  );
}

/**
 * The DNS service IP that AKS will use: the one set, or 10.0.0.10, which does not follow the service range. Undefined
 * where one is set that cannot be computed or read; `origin` is undefined for the default.
 */
export function dnsServiceIP(
  profile: NetworkProfile,
): { readonly address: Address; readonly origin: Origin | undefined } | undefined {
  const value = profile.dnsServiceIP;
  const text = value === undefined ? defaults.dnsServiceIP : knownValue(value);
  const address = text === undefined ? undefined : parseAddress(text);
  return address === undefined ? undefined : { address, origin: value?.origin };
}

/** How the pods of a pool get their addresses, or undefined while a property that decides is not known. */
export function networkMode(cluster: ManagedCluster, pool: AgentPool): NetworkMode | undefined {
  if (pool.podSubnetID?.kind === 'unknown') return undefined;
  return clusterMode(cluster, pool.podSubnetID !== undefined);
}

function clusterMode(cluster: ManagedCluster, podSubnet: boolean): NetworkMode | undefined {
  const { networkPlugin, networkPluginMode } = cluster.networkProfile;
  if (networkPlugin?.kind === 'unknown' || networkPluginMode?.kind === 'unknown') return undefined;
  return effectiveNetworkMode({
    networkPlugin: knownValue(networkPlugin),
    networkPluginMode: knownValue(networkPluginMode),
    podSubnet,
  });
}

/** The outbound types, as ARM spells them. */
export const outboundTypes = [
  'loadBalancer',
  'userDefinedRouting',
  'managedNATGateway',
  'managedNATGatewayV2',
  'userAssignedNATGateway',
  'none',
  'block',
] as const;

/**
 * The outbound type that AKS will use, as ARM spells it whatever the case in the file: the one set, or `loadBalancer`.
 * Undefined where it is not known; AKS Automatic has another default.
 */
export function outboundType(cluster: ManagedCluster): Effective<string> | undefined {
  const value = cluster.networkProfile.outboundType;
  if (value?.kind === 'unknown') return undefined;
  if (value !== undefined) {
    const folded = value.value.toLowerCase();
    return { value: outboundTypes.find((type) => type.toLowerCase() === folded) ?? value.value, origin: value.origin };
  }
  return isAutomatic(cluster) === false ? { value: defaults.outboundType, origin: undefined } : undefined;
}

/** Whether the cluster leaves all ways out to route tables. */
export function usesUserDefinedRouting(cluster: ManagedCluster): boolean {
  return outboundType(cluster)?.value === 'userDefinedRouting';
}

/** Whether the nodes of the cluster pull from a cache in place of the registry, or may do so. */
export function mayBeNetworkIsolated(cluster: ManagedCluster): boolean {
  const { artifactSource } = cluster.bootstrapProfile;
  if (artifactSource?.kind === 'unknown' || knownValue(artifactSource)?.toLowerCase() === 'cache') return true;
  return ['none', 'block'].includes(knownValue(cluster.networkProfile.outboundType)?.toLowerCase() ?? '');
}

/** The load balancer SKU that AKS will use, in lower case. */
export function loadBalancerSku(profile: NetworkProfile): Effective<string> | undefined {
  const value = profile.loadBalancerSku;
  if (value?.kind === 'unknown') return undefined;
  return value === undefined
    ? { value: defaults.loadBalancerSku, origin: undefined }
    : { value: value.value.toLowerCase(), origin: value.origin };
}

/** The most pods of each node: `maxPods`, or the default of the pool's network mode where sources agree on one. */
export function maxPods(cluster: ManagedCluster, pool: AgentPool): Effective<number> | undefined {
  if (pool.maxPods?.kind === 'unknown') return undefined;
  // The resource provider reads zero where nothing is set.
  if (pool.maxPods !== undefined && pool.maxPods.value !== 0)
    return { value: pool.maxPods.value, origin: pool.maxPods.origin };
  const mode = networkMode(cluster, pool);
  const value = mode === undefined ? undefined : defaultMaxPods(mode);
  return value === undefined ? undefined : { value, origin: undefined };
}

/** The ways in which a pod subnet hands out its addresses, as ARM spells them. */
export type PodIPAllocationMode = 'DynamicIndividual' | 'StaticBlock';

/** How the pod subnet of a pool hands out its addresses: dynamically where nothing is set; undefined if not known. */
export function podIPAllocationMode(pool: AgentPool): PodIPAllocationMode | undefined {
  if (pool.podIPAllocationMode === undefined) return 'DynamicIndividual';
  switch (knownValue(pool.podIPAllocationMode)?.toLowerCase()) {
    case 'dynamicindividual':
      return 'DynamicIndividual';
    case 'staticblock':
      return 'StaticBlock';
    default:
      return undefined;
  }
}

/** Whether the API server of the cluster is proven to be in its subnet; AKS Automatic always has it there. */
export function hasApiServerInSubnet(cluster: ManagedCluster): boolean {
  const { enableVnetIntegration } = cluster.apiServerAccessProfile;
  return knownValue(enableVnetIntegration) === true || isAutomatic(cluster) === true;
}

/** Whether the cluster is an AKS Automatic one; undefined if not known. */
export function isAutomatic({ skuName }: ManagedCluster): boolean | undefined {
  if (skuName === undefined) return false;
  return skuName.kind === 'known' ? skuName.value.toLowerCase() === 'automatic' : undefined;
}

/**
 * The nodes that a pool can have: `maxCount` where the autoscaler is on and it is larger, otherwise `count`. A lower bound
 * where one of them is not known, undefined where nothing is.
 */
export function largestNodeCount(pool: AgentPool): number | undefined {
  const count = knownValue(pool.count);
  const largest = knownValue(pool.enableAutoScaling) === true ? knownValue(pool.maxCount) : undefined;
  if (count === undefined || largest === undefined) return count ?? largest;
  return Math.max(count, largest);
}

/**
 * The nodes that an upgrade adds to as many: `upgradeSettings.maxSurge` or its default; undefined if not known, as where
 * `maxUnavailable` alone is set.
 */
export function surge(pool: AgentPool, nodes: number): number | undefined {
  if (pool.maxSurge?.kind === 'unknown') return undefined;
  if (pool.maxSurge === undefined && pool.maxUnavailable !== undefined && knownValue(pool.maxUnavailable) !== '0')
    return undefined;
  return surgeNodes(nodes, knownValue(pool.maxSurge));
}

/** Who the cluster acts as. */
export type IdentityKind = 'SystemAssigned' | 'UserAssigned' | 'ServicePrincipal' | 'None';

/**
 * The identity of the cluster, or undefined while it is not known: `identity.type`, or a service principal where there is
 * a profile for one. Without both Azure refuses the template or makes one, so nothing is said.
 */
export function identityKind(cluster: ManagedCluster): IdentityKind | undefined {
  const { identity, servicePrincipalProfile } = cluster;
  switch (knownValue(identity.type)?.toLowerCase()) {
    case 'systemassigned':
      return 'SystemAssigned';
    case 'userassigned':
      return 'UserAssigned';
    default:
      break;
  }
  const isNone = identity.type === undefined || knownValue(identity.type)?.toLowerCase() === 'none';
  if (!isNone) return undefined;
  if (servicePrincipalProfile.presence === 'set') return 'ServicePrincipal';
  return servicePrincipalProfile.presence === 'absent' && identity.type !== undefined ? 'None' : undefined;
}

import { type Address, parseAddress } from '../net/address.ts';
import { defaults } from '../net/aks.ts';
import { type Cidr, cidr } from '../net/cidr.ts';
import { effectiveNetworkMode, type NetworkMode } from '../net/sizing.ts';
import type { AgentPool, ManagedCluster, NetworkProfile } from './network.ts';
import { knownValue, type Origin, type Property } from './value.ts';

/** A service range of a cluster. `origin` is undefined for the default that AKS uses when none is set. */
export interface ServiceRange {
  readonly cidr: Cidr;
  readonly text: string;
  readonly origin: Origin | undefined;
}

/**
 * The service ranges that AKS will use, as far as they are known: `serviceCidr` and `serviceCidrs`, or 10.0.0.0/16 when
 * both are proven not to be set. The default for IPv6 is not predictable and left out (RULES.md section 1).
 */
export function serviceRanges(profile: NetworkProfile): ServiceRange[] {
  const { serviceCidr, serviceCidrs } = profile;
  if (serviceCidr === undefined && serviceCidrs.isComplete && serviceCidrs.items.length === 0) {
    return [{ cidr: cidr(defaults.serviceCidr), text: defaults.serviceCidr, origin: undefined }];
  }
  const ranges: ServiceRange[] = [];
  for (const value of [serviceCidr, ...serviceCidrs.items]) {
    if (value?.kind !== 'known' || value.value.cidr === undefined) continue;
    const { cidr: range, text } = value.value;
    // `serviceCidr` may repeat the first item of `serviceCidrs`.
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
  const { networkPlugin, networkPluginMode } = cluster.networkProfile;
  const known = (value: Property<unknown>): boolean => value?.kind !== 'unknown';
  if (!known(networkPlugin) || !known(networkPluginMode) || !known(pool.podSubnetID)) return undefined;
  return effectiveNetworkMode({
    networkPlugin: knownValue(networkPlugin),
    networkPluginMode: knownValue(networkPluginMode),
    podSubnet: pool.podSubnetID !== undefined,
  });
}

import type { AgentPool, LocalDnsOverride, LocalDnsProfile } from './cluster.ts';
import type { Model } from './model.ts';
import { knownValue, type Property } from './value.ts';

/** A LocalDNS profile with the pool that it is for; a file of the Azure CLI names no pool. */
export interface PlacedLocalDns {
  readonly profile: LocalDnsProfile;
  readonly pool: AgentPool | undefined;
}

/** The settings of one zone with the list that they stand in. */
export interface PlacedOverride {
  readonly override: LocalDnsOverride;
  /** `vnet`: for pods that ask the virtual network's DNS. `kube`: for pods that ask CoreDNS. */
  readonly list: 'vnet' | 'kube';
}

/** Every LocalDNS profile of a model: those of agent pools, and those in files of their own. */
export function localDnsProfiles(model: Model): readonly PlacedLocalDns[] {
  return [
    ...model.agentPools.map((pool) => ({ profile: pool.localDNSProfile, pool })),
    ...model.localDnsProfiles.map((profile) => ({ profile, pool: undefined })),
  ];
}

/** The settings of every zone of every profile. */
export function localDnsOverrides(model: Model): readonly PlacedOverride[] {
  return localDnsProfiles(model).flatMap(({ profile }) => [
    ...profile.vnetDNSOverrides.items.map((override) => ({ override, list: 'vnet' as const })),
    ...profile.kubeDNSOverrides.items.map((override) => ({ override, list: 'kube' as const })),
  ]);
}

/** Whether a property is known to be this word, in whatever letters: Azure does not tell them apart. */
export function isWord(property: Property<string>, word: string): boolean {
  return knownValue(property)?.toLowerCase() === word.toLowerCase();
}

/** Whether a zone is the cluster's own, or lies in it. */
export function isClusterZone(zone: string): boolean {
  return /(?:^|\.)cluster\.local\.?$/i.test(zone);
}

import { LastEntry } from '../base/last-entry.ts';
import type { Location } from '../base/span.ts';
import type { Prefix } from '../net/prefix.ts';
import type { Model } from './model.ts';
import type { Origin, Value } from './value.ts';

/** What an address prefix is for. */
export type PrefixRole = 'virtual-network' | 'subnet' | 'route' | 'service-cidr' | 'pod-cidr' | 'docker-bridge';

/** A prefix at a place that takes one, with what is needed to judge how it is written. */
export interface PrefixSite {
  readonly role: PrefixRole;
  readonly value: Value<Prefix>;
}

const sitesByModel = new LastEntry<Model, readonly PrefixSite[]>();

/** Every property of the model that takes an address prefix, in the order of the model. */
export function prefixSites(model: Model): readonly PrefixSite[] {
  const sites = sitesByModel.get(model) ?? findSites(model);
  sitesByModel.set(model, sites);
  return sites;
}

const rolesByModel = new LastEntry<Model, ReadonlyMap<string, readonly PrefixRole[]>>();

/** Whether the literal behind a value spells nothing but the prefix of one subnet, so that a new value moves no other. */
export function spellsOneSubnet(model: Model, origin: Origin): boolean {
  return rolesOfLiteral(model, origin).join() === 'subnet';
}

/** Whether the literal behind a value spells nothing but prefixes of this role. */
export function spellsOnly(model: Model, origin: Origin, role: PrefixRole): boolean {
  return rolesOfLiteral(model, origin).every((other) => other === role);
}

/** What the literal spells prefixes for. A route to the same addresses is left out, as it moves along as it should. */
function rolesOfLiteral(model: Model, { from }: Origin): readonly PrefixRole[] {
  if (from === undefined) return [];
  const roles = rolesByModel.get(model) ?? rolesByLiteral(model);
  rolesByModel.set(model, roles);
  return (roles.get(literalKey(from)) ?? []).filter((role) => role !== 'route');
}

function rolesByLiteral(model: Model): ReadonlyMap<string, readonly PrefixRole[]> {
  const roles = new Map<string, PrefixRole[]>();
  for (const { role, value } of prefixSites(model)) {
    if (value.origin.from === undefined) continue;
    const key = literalKey(value.origin.from);
    const others = roles.get(key);
    if (others === undefined) roles.set(key, [role]);
    else others.push(role);
  }
  return roles;
}

function literalKey({ uri, span }: Location): string {
  return `${span.start} ${span.end} ${uri}`;
}

function findSites(model: Model): PrefixSite[] {
  const sites: PrefixSite[] = [];
  for (const network of model.virtualNetworks) {
    for (const value of network.addressPrefixes.items) sites.push({ role: 'virtual-network', value });
  }
  for (const subnet of model.subnets) {
    for (const value of subnet.addressPrefixes.items) sites.push({ role: 'subnet', value });
  }
  for (const table of model.routeTables) {
    for (const route of table.routes.items) {
      if (route.addressPrefix !== undefined) sites.push({ role: 'route', value: route.addressPrefix });
    }
  }
  for (const { networkProfile: profile } of model.managedClusters) {
    for (const value of [profile.serviceCidr, ...profile.serviceCidrs.items]) {
      if (value !== undefined) sites.push({ role: 'service-cidr', value });
    }
    for (const value of [profile.podCidr, ...profile.podCidrs.items]) {
      if (value !== undefined) sites.push({ role: 'pod-cidr', value });
    }
    if (profile.dockerBridgeCidr !== undefined) sites.push({ role: 'docker-bridge', value: profile.dockerBridgeCidr });
  }
  return sites;
}

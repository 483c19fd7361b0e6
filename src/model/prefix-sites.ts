import { LastEntry } from '../base/last-entry.ts';
import type { Prefix } from '../net/prefix.ts';
import type { Model } from './model.ts';
import type { Value } from './value.ts';

/** A prefix at a place that takes one, with what is needed to judge how it is written. */
export interface PrefixSite {
  readonly role: 'virtual-network' | 'subnet' | 'route' | 'service-cidr' | 'pod-cidr' | 'docker-bridge';
  readonly value: Value<Prefix>;
}

const sitesByModel = new LastEntry<Model, readonly PrefixSite[]>();

/** Every property of the model that takes an address prefix, in the order of the model. */
export function prefixSites(model: Model): readonly PrefixSite[] {
  const sites = sitesByModel.get(model) ?? findSites(model);
  sitesByModel.set(model, sites);
  return sites;
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

import type { Model } from '../model/model.ts';
import { virtualNetworkOf } from '../model/queries.ts';
import { knownValue, type Origin, type UnknownReason, type Value } from '../model/value.ts';
import { type Address, addressBits, parseAddress } from '../net/address.ts';
import { type Cidr, makeCidr } from '../net/cidr.ts';
import type { Prefix } from '../net/prefix.ts';

/** A place of the model that holds an address or a prefix. */
export interface AddressSite {
  /** What the place is, such as `subnet "nodes" of "vnet"`; names stand in it as the file spells them. */
  readonly label: string;
  readonly kind: 'network' | 'subnet' | 'route' | 'service' | 'pod' | 'bridge' | 'dns' | 'next-hop';
  readonly origin: Origin;
  /** The prefix, or the single address as one; undefined where it is not known or not an address. */
  readonly cidr: Cidr | undefined;
  readonly text: string | undefined;
  readonly reason: UnknownReason | undefined;
}

/** Every place of the model that holds an address or a prefix, in the order of the model. */
export function addressSites(model: Model): AddressSite[] {
  const sites: AddressSite[] = [];
  const prefix = (kind: AddressSite['kind'], label: string, value: Value<Prefix> | undefined): void => {
    if (value === undefined) return;
    const known = knownValue(value);
    sites.push({ kind, label, origin: value.origin, cidr: known?.cidr, text: known?.text, reason: reasonOf(value) });
  };
  const address = (kind: AddressSite['kind'], label: string, value: Value<string> | undefined): void => {
    if (value === undefined) return;
    const text = knownValue(value);
    const parsed = text === undefined ? undefined : parseAddress(text);
    sites.push({ kind, label, origin: value.origin, cidr: parsed && single(parsed), text, reason: reasonOf(value) });
  };
  for (const network of model.virtualNetworks) {
    const label = `address space of ${named('virtual network', network.name)}`;
    for (const value of network.addressPrefixes.items) prefix('network', label, value);
  }
  for (const subnet of model.subnets) {
    const network = virtualNetworkOf(model, subnet);
    const place = network === undefined ? '' : ` of ${named('virtual network', network.name)}`;
    for (const value of subnet.addressPrefixes.items) prefix('subnet', named('subnet', subnet.name) + place, value);
  }
  for (const table of model.routeTables) {
    for (const route of table.routes.items) {
      const label = `${named('route', route.name)} of ${named('route table', table.name)}`;
      prefix('route', label, route.addressPrefix);
      address('next-hop', `next hop of ${label}`, route.nextHopIpAddress);
    }
  }
  for (const cluster of model.managedClusters) {
    const { networkProfile: profile } = cluster;
    const owner = named('cluster', cluster.name);
    for (const value of [profile.serviceCidr, ...profile.serviceCidrs.items])
      prefix('service', `service range of ${owner}`, value);
    for (const value of [profile.podCidr, ...profile.podCidrs.items]) prefix('pod', `pod range of ${owner}`, value);
    prefix('bridge', `Docker bridge of ${owner}`, profile.dockerBridgeCidr);
    address('dns', `DNS service IP of ${owner}`, profile.dnsServiceIP);
  }
  return sites;
}

/** An address as the prefix that holds nothing else. */
export function single(address: Address): Cidr {
  return makeCidr(address, addressBits(address.family));
}

function named(what: string, name: Value<string> | undefined): string {
  const text = knownValue(name);
  return text === undefined ? `a ${what}` : `${what} "${text}"`;
}

function reasonOf(value: Value<unknown>): UnknownReason | undefined {
  return value.kind === 'unknown' ? value.reason : undefined;
}

import type { Location } from '../base/span.ts';
import { addressBits, parseAddress } from '../net/address.ts';
import { type Cidr, makeCidr } from '../net/cidr.ts';
import { readPrefix } from '../net/prefix.ts';
import type { ManagedCluster } from './cluster.ts';
import type { PublicIPAddress, PublicIPPrefix } from './edge.ts';
import { outboundType } from './effective.ts';
import { defaultRoute } from './egress.ts';
import { firewallBehind } from './firewall-queries.ts';
import type { Model } from './model.ts';
import type { ResourceReference, Subnet } from './network.ts';
import { canCoexist, natGatewayOf, routeTableOf } from './queries.ts';
import { deployedNodeSubnets } from './subnet-attachments.ts';
import { knownValue, type Origin, type Property } from './value.ts';

/** The authorized IP ranges of a public cluster, all of them known and none that stands for others. */
export interface AuthorizedRanges {
  readonly cidrs: readonly Cidr[];
  /** Where the first is written. */
  readonly origin: Origin;
  /** The literal list, where one is written. */
  readonly array: Location | undefined;
}

/** Stands for the outbound address of the load balancer. */
const loadBalancerRange = '0.0.0.0/32';

/** Undefined where nodes reach the API server in another way, where any address may, or while a range is not known. */
export function authorizedRanges({ apiServerAccessProfile: profile }: ManagedCluster): AuthorizedRanges | undefined {
  const isOff = (flag: Property<boolean>): boolean => flag === undefined || knownValue(flag) === false;
  if (!isOff(profile.enablePrivateCluster) || !isOff(profile.enableVnetIntegration)) return undefined;
  const { items, isComplete, origin } = profile.authorizedIPRanges;
  const [first] = items;
  const cidrs = items.flatMap((item) => toRange(knownValue(item)?.text) ?? []);
  const isOpen = items.some((item) => knownValue(item)?.text === loadBalancerRange);
  if (first === undefined || !isComplete || isOpen || cidrs.length < items.length) return undefined;
  return { cidrs, origin: first.origin, array: origin?.from ?? origin?.at };
}

/** A public address through which nodes go out. */
export interface EgressAddress {
  /** Undefined where the files leave the choice to Azure. */
  readonly cidr: Cidr | undefined;
  readonly resource: PublicIPAddress | PublicIPPrefix;
  readonly isPrefix: boolean;
  /** As messages name it: `the NAT gateway "nat"`. */
  readonly through: string;
}

/** The public addresses of the firewall or NAT gateway of a cluster, as far as the files make them. */
export function egressAddresses(model: Model, cluster: ManagedCluster): EgressAddress[] {
  const type = outboundType(cluster)?.value;
  if (type !== 'userDefinedRouting' && type !== 'userAssignedNATGateway') return [];
  const found = new Map<string, EgressAddress>();
  for (const subnet of deployedNodeSubnets(model, cluster)) {
    const way = type === 'userDefinedRouting' ? firewallOf(model, subnet) : natOf(model, subnet);
    if (way === undefined) continue;
    const ids = new Set(way.references.flatMap((reference) => knownValue(reference)?.id ?? []));
    const isThere = (resource: PublicIPAddress | PublicIPPrefix): boolean =>
      ids.has(resource.id) && !resource.isExisting && canCoexist(resource, cluster);
    for (const resource of model.publicIPAddresses.filter(isThere)) {
      if (resource.ipAddress?.kind === 'unknown') continue;
      const cidr = toRange(knownValue(resource.ipAddress));
      found.set(resource.id, { cidr, resource, isPrefix: false, through: way.label });
    }
    for (const resource of model.publicIPPrefixes.filter(isThere)) {
      if (resource.ipPrefix?.kind === 'unknown') continue;
      const cidr = knownValue(resource.ipPrefix)?.cidr;
      found.set(resource.id, { cidr, resource, isPrefix: true, through: way.label });
    }
  }
  return [...found.values()];
}

interface WayOut {
  readonly label: string;
  readonly references: readonly Property<ResourceReference>[];
}

function firewallOf(model: Model, subnet: Subnet): WayOut | undefined {
  const table = routeTableOf(model, subnet);
  const route = table === undefined ? undefined : defaultRoute(table);
  const firewall = route === undefined ? undefined : firewallBehind(model, route);
  if (firewall === undefined) return undefined;
  const references = firewall.ipConfigurations.items.map(({ publicIPAddress }) => publicIPAddress);
  return { label: labelOf('firewall', firewall.name), references };
}

function natOf(model: Model, subnet: Subnet): WayOut | undefined {
  const nat = natGatewayOf(model, subnet);
  if (nat === undefined) return undefined;
  const references = [...nat.publicIpAddresses.items, ...nat.publicIpPrefixes.items];
  return { label: labelOf('NAT gateway', nat.name), references };
}

function labelOf(kind: string, name: Property<string>): string {
  const text = knownValue(name);
  return text === undefined ? `the ${kind}` : `the ${kind} "${text}"`;
}

/** A prefix, or a plain address as one. */
function toRange(text: string | undefined): Cidr | undefined {
  if (text === undefined) return undefined;
  const address = parseAddress(text);
  return address === undefined ? readPrefix(text).cidr : makeCidr(address, addressBits(address.family));
}

import { findSpecialSubnet } from '../net/azure.ts';
import type { Prefix } from '../net/prefix.ts';
import type { ManagedCluster } from './cluster.ts';
import { mayBeNetworkIsolated, outboundType } from './effective.ts';
import { defaultRoute, nextHopKind, routesReachRegistry } from './egress.ts';
import { firewallsAllowRegistry, missingEndpoints } from './firewall-egress.ts';
import { firewallBehind } from './firewall-queries.ts';
import type { Model } from './model.ts';
import type { Route, RouteTable, Subnet } from './network.ts';
import { canCoexist, clusterOf, subnetsUsing, virtualNetworkOf } from './queries.ts';
import { nodePoolsIn } from './subnet-users.ts';
import { knownValue, type Value } from './value.ts';

/** Where a default route leads that does not lead to the internet. */
export type ForcedHop = 'appliance' | 'gateway' | 'none';

/** A route table for AKS nodes that leaves them no visible way to the registry. */
export interface TableWithoutRegistry {
  readonly table: RouteTable;
  /** The default route. */
  readonly route: Route;
  readonly addressPrefix: Value<Prefix>;
  readonly hop: ForcedHop;
  readonly user: RegistryUser;
}

/**
 * The route tables for AKS nodes that leave them no visible way to the registry. `openHops` are addresses of appliances
 * that are known to let them out.
 */
export function tablesWithoutRegistry(model: Model, openHops: readonly string[]): TableWithoutRegistry[] {
  // A module that was not read may hold the firewall rule or the route that is missed here.
  if (model.routeTables.length === 0 || model.unreadParts.length > 0 || firewallsAllowRegistry(model) !== 'no')
    return [];
  const found: TableWithoutRegistry[] = [];
  for (const table of model.routeTables) {
    const route = table.isExisting ? undefined : defaultRoute(table);
    const hop = route === undefined ? undefined : forcedHop(route, openHops);
    if (route?.addressPrefix === undefined || hop === undefined || routesReachRegistry(table) !== 'no') continue;
    const user = findUser(model, table);
    if (user === undefined || isJudgedByName(model, route, table, user.cluster)) continue;
    // AKS refuses this table before any node looks for the registry; udr-default-route-next-hop says so.
    const outbound = user.cluster === undefined ? undefined : outboundType(user.cluster);
    if (hop === 'none' && outbound?.value === 'userDefinedRouting') continue;
    found.push({ table, route, addressPrefix: route.addressPrefix, hop, user });
  }
  return found;
}

/** Where a default route leads when that is not the internet; undefined for hops that are open, allowed or not known. */
export function forcedHop(route: Route, openHops: readonly string[]): ForcedHop | undefined {
  switch (nextHopKind(route)) {
    case 'virtualappliance':
      return openHops.includes(knownValue(route.nextHopIpAddress) ?? '') ? undefined : 'appliance';
    case 'virtualnetworkgateway':
      return 'gateway';
    case 'none':
      return 'none';
    default:
      return undefined;
  }
}

/** Who needs the registry by the routes of a table. */
export interface RegistryUser {
  readonly subnet: Subnet | undefined;
  /** Undefined where no cluster in the files uses the table, but a name says that one will. */
  readonly cluster: ManagedCluster | undefined;
}

/** The AKS subnet that a table routes for: used by a cluster in the files, or named for one. */
function findUser(model: Model, table: RouteTable): RegistryUser | undefined {
  const subnets = subnetsUsing(model, table.id);
  for (const subnet of subnets) {
    const clusters = nodePoolsIn(model, subnet.id).flatMap((pool) => clusterOf(model, pool) ?? []);
    const cluster = clusters.find((candidate) => !mayBeNetworkIsolated(candidate));
    if (cluster !== undefined) return { subnet, cluster };
  }
  // A cluster that needs no registry, or that is not known to need one, may be the one that the name speaks of.
  if (model.managedClusters.some(mayBeNetworkIsolated)) return undefined;
  const open = subnets.filter((subnet) => findSpecialSubnet(knownValue(subnet.name) ?? '') === undefined);
  const named = open.find((subnet) => isMeantForAks(knownValue(subnet.name)));
  if (named !== undefined) return { subnet: named, cluster: undefined };
  if (
    !isMeantForAks(knownValue(table.name)) &&
    !(model.managedClusters.length === 0 && open.some((subnet) => isMeantForAks(networkName(model, subnet))))
  ) {
    return undefined;
  }
  const [first] = open;
  if (first === undefined && subnets.length > 0) return undefined;
  return { subnet: first, cluster: undefined };
}

function networkName(model: Model, subnet: Subnet): string | undefined {
  const network = virtualNetworkOf(model, subnet);
  return network === undefined ? undefined : knownValue(network.name);
}

/** Whether egress-fqdn-list-incomplete names what the firewall behind the route does not let through. */
function isJudgedByName(model: Model, route: Route, table: RouteTable, cluster: ManagedCluster | undefined): boolean {
  const firewall = cluster === undefined ? undefined : firewallBehind(model, route);
  if (firewall === undefined || cluster === undefined || !canCoexist(firewall, cluster)) return false;
  return missingEndpoints(model, firewall, table, cluster).length > 0;
}

/** Whether a name has `aks`, `kube` or `nodepool` as a word, whatever separates words in it. */
function isMeantForAks(name: string | undefined): boolean {
  if (name === undefined || !/aks|kube|nodepool/i.test(name)) return false;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return words.some((word) => ['aks', 'kube', 'kubernetes', 'nodepool', 'nodepools'].includes(word));
}

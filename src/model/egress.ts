import { addressBits, parseAddress } from '../net/address.ts';
import { containerRegistry } from '../net/aks.ts';
import { cidrSize, containsCidr } from '../net/cidr.ts';

import type { Route, RouteTable } from './network.ts';
import type { NewRoute } from './new-routes.ts';
import { knownValue, type Property } from './value.ts';

/** A verdict of three-valued logic. */
export type Verdict = 'yes' | 'no' | 'unknown';

/** A route to one of the service tags that the registry needs, ready to be added to a table. */
export interface RegistryTag {
  readonly tag: string;
  readonly route: NewRoute;
}

/** The service tags behind mcr.microsoft.com; both are needed. */
export const registryTags: readonly RegistryTag[] = containerRegistry.serviceTags.map((tag) => ({
  tag,
  route: { name: tag.replace('.', '-'), properties: { addressPrefix: tag, nextHopType: 'Internet' } },
}));

/** The route to a single pinned address that older guides recommend. */
export const pinnedRegistryRoute: NewRoute = {
  name: 'McrMicrosoftCom',
  properties: { addressPrefix: '204.79.197.219/32', nextHopType: 'Internet' },
};

/** The tags of the registry that the table has no route to the internet for. */
export function missingRegistryTags(table: RouteTable): RegistryTag[] {
  return registryTags.filter(
    ({ tag }) => !table.routes.items.some((route) => hasPrefix(route, tag) && isToInternet(route)),
  );
}

/** Whether a route sends a single address of the registry to the internet: the known one, or any in a route named for it. */
export function pinsRegistry(route: Route): boolean {
  const cidr = knownValue(route.addressPrefix)?.cidr;
  if (cidr === undefined || cidr.length !== addressBits(cidr.family) || !isToInternet(route)) return false;
  const isNamed = knownValue(route.name)?.toLowerCase().includes('mcr') === true;
  return isNamed || containerRegistry.stalePrefixes.some((stale) => containsCidr(stale, cidr));
}

/** The route of a table for everything else, 0.0.0.0/0. */
export function defaultRoute(table: RouteTable): Route | undefined {
  return table.routes.items.find((route) => {
    const cidr = knownValue(route.addressPrefix)?.cidr;
    return cidr !== undefined && cidr.family === 4 && cidr.length === 0;
  });
}

/** The next hop type of a route in lower case, where it is known. */
export function nextHopKind(route: Route | undefined): string | undefined {
  return knownValue(route?.nextHopType)?.toLowerCase();
}

/** How to name the virtual appliance that a route leads to, within a sentence. */
export function applianceLabel(route: Route): string {
  const address = knownValue(route.nextHopIpAddress);
  return address === undefined ? 'a virtual appliance' : `the virtual appliance ${address}`;
}

/** Whether the routes of a table lead to the registry although its default route does not. */
export function routesReachRegistry(table: RouteTable): Verdict {
  const { routes } = table;
  const forced = defaultRoute(table);
  if (missingRegistryTags(table).length === 0) return 'yes';
  if (routes.items.some((route) => route !== forced && mayCoverRegistry(route))) return 'yes';
  const isKnown = (value: Property<unknown>): boolean => value?.kind === 'known';
  const isClear = routes.items.every((route) => isKnown(route.addressPrefix) && isKnown(route.nextHopType));
  return routes.isComplete && isClear ? 'no' : 'unknown';
}

function hasPrefix(route: Route, tag: string): boolean {
  const text = knownValue(route.addressPrefix)?.text.toLowerCase();
  // A regional tag (MicrosoftContainerRegistry.WestEurope) counts as well.
  return text === tag.toLowerCase() || text?.startsWith(`${tag.toLowerCase()}.`) === true;
}

/** A known next hop that is not the internet rules the route out; an unknown one does not. */
export function isToInternet(route: Route): boolean {
  return route.nextHopType?.kind === 'unknown' || nextHopKind(route) === 'internet';
}

/** Public blocks and wide tags may hold the registry; that they do not is not proven. */
function mayCoverRegistry(route: Route): boolean {
  const prefix = knownValue(route.addressPrefix);
  if (prefix === undefined || !isToInternet(route)) return false;
  if (pinsRegistry(route)) return true;
  if (prefix.cidr === undefined)
    return /^(azurecloud|internet)/i.test(prefix.text) && parseAddress(prefix.text) === undefined;
  const { cidr } = prefix;
  if (containerRegistry.stalePrefixes.some((stale) => containsCidr(cidr, stale))) return true;
  // Half of the address space or more: a default route in pieces.
  return cidr.family === 4 && cidrSize(cidr) >= 2n ** 28n;
}

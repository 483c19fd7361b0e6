import {
  type Cloud,
  containerRegistry,
  firewallFqdnTag,
  type RequiredEndpoint,
  requiredEndpoint,
  requiredEndpoints,
} from '../net/aks.ts';
import type { ManagedCluster } from './cluster.ts';
import { missingRegistryTags, type Verdict } from './egress.ts';
import type { AzureFirewall, FirewallRule } from './firewall.ts';
import { rulesOfFirewall } from './firewall-queries.ts';
import type { Model } from './model.ts';
import type { RouteTable } from './network.ts';
import { type Collection, knownValue, type Value } from './value.ts';

/** The registry itself. */
export const registryEndpoint = requiredEndpoint(containerRegistry.fqdn);

/** Where the layers of its images come from. */
export const layersEndpoint = requiredEndpoint(containerRegistry.dataFqdn);

/**
 * Whether a firewall rule in the analysed files lets nodes fetch from the registry; unknown where a firewall has rules
 * that are not in the files.
 */
export function firewallsAllowRegistry(model: Model): Verdict {
  const areKnown = model.azureFirewalls.every((firewall) => rulesOfFirewall(model, firewall).isComplete);
  const verdict = rulesAllow(
    model.firewallRuleSets.map(({ rules }) => rules),
    registryEndpoint,
  );
  return verdict === 'no' && !areKnown ? 'unknown' : verdict;
}

/**
 * The names that every cluster needs and that certainly no rule of the firewall lets through. Those that nodes reach by
 * the routes of their table, around the firewall, are left out. Where the cloud is not known, the public one's, provided
 * that names of every other one are missing too.
 */
export function missingEndpoints(
  model: Model,
  firewall: AzureFirewall,
  table: RouteTable,
  cluster: ManagedCluster,
): readonly RequiredEndpoint[] {
  const rules = rulesOfFirewall(model, firewall);
  if (firewall.isExisting || !rules.isComplete) return [];
  const isAround = missingRegistryTags(table).length === 0;
  const [first = [], ...others] = possibleClouds(cluster).map((cloud) =>
    requiredEndpoints[cloud].filter(
      (endpoint) =>
        !(isAround && containerRegistry.names.includes(endpoint.fqdn)) &&
        !(endpoint.fqdn.includes('<location>') && mayBePrivate(cluster)) &&
        rulesAllow([rules], endpoint) === 'no',
    ),
  );
  if (others.some((missing) => missing.length === 0)) return [];
  const region = regionOf(cluster) ?? '<location>';
  return first.map((endpoint) => ({ ...endpoint, fqdn: endpoint.fqdn.replace('<location>', region) }));
}

/** Nodes of a private cluster reach its API server inside of the network. */
function mayBePrivate({ apiServerAccessProfile }: ManagedCluster): boolean {
  const { enablePrivateCluster } = apiServerAccessProfile;
  return enablePrivateCluster?.kind === 'unknown' || enablePrivateCluster?.value === true;
}

function regionOf({ location }: ManagedCluster): string | undefined {
  return knownValue(location)?.toLowerCase().replaceAll(' ', '');
}

function possibleClouds(cluster: ManagedCluster): readonly Cloud[] {
  const region = regionOf(cluster);
  if (region === undefined) return ['public', 'china', 'usGovernment'];
  if (region.startsWith('china')) return ['china'];
  return /^us(?:gov|dod|sec|nat)/.test(region) ? ['usGovernment'] : ['public'];
}

/** Whether a rule of the sets lets a name through. */
export function rulesAllow(sets: readonly Collection<FirewallRule>[], endpoint: RequiredEndpoint): Verdict {
  let verdict: Verdict = 'no';
  for (const { items, isComplete } of sets) {
    if (!isComplete) verdict = 'unknown';
    for (const rule of items) {
      const allowed = allowsEndpoint(rule, endpoint);
      if (allowed === 'yes') return 'yes';
      if (allowed === 'unknown') verdict = 'unknown';
    }
  }
  return verdict;
}

/** Whether a rule lets a name through. Names and tags whose extent is not known for certain count as wide enough. */
export function allowsEndpoint(rule: FirewallRule, endpoint: RequiredEndpoint): Verdict {
  if (rule.action !== undefined && knownValue(rule.action)?.toLowerCase() === 'deny') return 'no';
  if (!mayPass(rule, endpoint.port)) return 'no';
  const lists: readonly (readonly [Collection<Value<string>>, (text: string) => boolean])[] = [
    [rule.fqdnTags, (tag) => tag.toLowerCase() === firewallFqdnTag.toLowerCase()],
    [rule.targetFqdns, (pattern) => matchesName(pattern, endpoint)],
    [rule.destinationFqdns, (pattern) => matchesName(pattern, endpoint)],
    [rule.destinationAddresses, (destination) => isWideDestination(destination, endpoint)],
  ];
  let verdict: Verdict = 'no';
  for (const [list, matches] of lists) {
    if (!list.isComplete) verdict = 'unknown';
    for (const item of list.items) {
      if (item.kind === 'unknown') verdict = 'unknown';
      else if (matches(item.value)) return 'yes';
    }
  }
  return verdict;
}

/** Whether a rule may let TCP traffic to a port through; a list that is empty says nothing. */
function mayPass(rule: FirewallRule, port: number): boolean {
  const { applicationProtocols, destinationPorts, networkProtocols } = rule;
  return (
    mayHold(applicationProtocols, (protocol) => protocol.port?.kind !== 'known' || protocol.port.value === port) &&
    mayHold(destinationPorts, (value) => value.kind === 'unknown' || holdsPort(value.value, port)) &&
    mayHold(networkProtocols, (value) => value.kind === 'unknown' || /^(?:tcp|any)$/i.test(value.value))
  );
}

function mayHold<T>({ items, isComplete }: Collection<T>, matches: (item: T) => boolean): boolean {
  return !isComplete || items.length === 0 || items.some(matches);
}

/** Whether `443`, `8000-8080` or `*` holds a port. */
export function holdsPort(text: string, port: number): boolean {
  if (text.trim() === '*') return true;
  const [first, last = first] = text.split('-').map(Number);
  return first !== undefined && last !== undefined && first <= port && port <= last;
}

/**
 * Whether a pattern of a firewall, with `*` on its left alone, holds a required name. One name of a required domain
 * counts for the domain: the region may have no other.
 */
function matchesName(pattern: string, { fqdn, parts }: RequiredEndpoint): boolean {
  const text = pattern.toLowerCase();
  return (text.startsWith('*') && fqdn.endsWith(text.slice(1))) || parts.test(text);
}

/** A destination that may hold an endpoint: everything, a tag of its own, or one for all of Azure. */
function isWideDestination(destination: string, { serviceTags }: RequiredEndpoint): boolean {
  const text = destination.toLowerCase();
  if (text === '*' || text === '0.0.0.0/0' || text === 'internet') return true;
  return [...serviceTags, 'AzureCloud'].some((tag) => text.startsWith(tag.toLowerCase()));
}

import type { AgentPool, ManagedCluster, NetworkProfile } from '../model/cluster.ts';
import type { ConfigMap, ConfigMapEntry, Corefile, Plugin, ServerBlock } from '../model/dns.ts';
import type { FirewallRule, FirewallRuleSet } from '../model/firewall.ts';
import type { Model } from '../model/model.ts';
import type { Resource, ResourceReference, Route, RouteTable, Subnet, VirtualNetwork } from '../model/network.ts';
import type { Collection, Property, Value } from '../model/value.ts';
import type { Prefix } from '../net/prefix.ts';

/**
 * A value as `aksnet model` prints it: known with its text, unknown with the code of its reason and a sentence, or not
 * set. `default` names the parameter whose default the value rests on, which a deployment may override.
 */
export type ValueView =
  | { readonly state: 'known'; readonly text: string; readonly default?: string }
  | { readonly state: 'unknown'; readonly reason: string; readonly text: string }
  | { readonly state: 'absent' };

/** A list; `complete` is false where it may have items that are not here. */
export interface ListView<T> {
  readonly complete: boolean;
  readonly items: readonly T[];
}

/** Plain JSON. */
export type View = string | boolean | ValueView | readonly View[] | { readonly [key: string]: View };

/**
 * The network model as plain JSON, which is what `aksnet model` prints. The shape is the same for every language: the
 * lists of a language that has no such thing are empty, no property is ever left out, and no place in the text is in it,
 * so that a Bicep file and the template compiled from it can be compared. Names are those of Resource Manager.
 * Subnets stand in `subnets`; networks, pools and subnets name each other by `id`, in which what is known only at
 * deployment stands in braces.
 */
export function viewModel(model: Model): { readonly [key: string]: View } {
  return {
    virtualNetworks: model.virtualNetworks.map(viewVirtualNetwork),
    subnets: model.subnets.map(viewSubnet),
    routeTables: model.routeTables.map(viewRouteTable),
    managedClusters: model.managedClusters.map(viewManagedCluster),
    firewallRuleSets: model.firewallRuleSets.map(viewFirewallRuleSet),
    configMaps: model.configMaps.map(viewConfigMap),
    corefiles: model.corefiles.map(viewCorefile),
  };
}

const absent: ValueView = { state: 'absent' };

/** A property as known, unknown or absent; `textOf` gives the text of what is known. */
export function viewValue<T>(property: Property<T>, textOf: (value: T) => string = String): ValueView {
  if (property === undefined) return absent;
  if (property.kind === 'unknown')
    return { state: 'unknown', reason: property.reason.code, text: property.reason.text };
  const parameter = property.origin.parameterDefault;
  return { state: 'known', text: textOf(property.value), ...(parameter === undefined ? {} : { default: parameter }) };
}

function viewPrefix(property: Property<Prefix>): ValueView {
  return viewValue(property, (prefix) => prefix.text);
}

function viewReference(property: Property<ResourceReference>): ValueView {
  return viewValue(property, (reference) => reference.id);
}

function viewList<T, V extends View>(list: Collection<T>, viewItem: (item: T) => V): { complete: boolean; items: V[] } {
  return { complete: list.isComplete, items: list.items.map(viewItem) };
}

function viewTexts(list: Collection<Value<string>>): View {
  return viewList(list, (value) => viewValue(value));
}

function viewResource(resource: Resource): { readonly [key: string]: View } {
  return {
    type: resource.type,
    name: viewValue(resource.name),
    id: resource.id,
    existing: resource.isExisting,
    condition: resource.deployment.kind === 'always' ? absent : { state: 'known', text: resource.deployment.key },
  };
}

function viewVirtualNetwork(network: VirtualNetwork): View {
  return {
    ...viewResource(network),
    addressPrefixes: viewList(network.addressPrefixes, viewPrefix),
    subnets: viewList(network.subnets, (subnet) => subnet.id),
  };
}

function viewSubnet(subnet: Subnet): View {
  return {
    ...viewResource(subnet),
    virtualNetwork: subnet.virtualNetworkId,
    addressPrefixes: viewList(subnet.addressPrefixes, viewPrefix),
    routeTable: viewReference(subnet.routeTable),
  };
}

function viewRouteTable(table: RouteTable): View {
  return { ...viewResource(table), routes: viewList(table.routes, viewRoute) };
}

function viewRoute(route: Route): View {
  return {
    name: viewValue(route.name),
    addressPrefix: viewPrefix(route.addressPrefix),
    nextHopType: viewValue(route.nextHopType),
    nextHopIpAddress: viewValue(route.nextHopIpAddress),
  };
}

function viewManagedCluster(cluster: ManagedCluster): View {
  return {
    ...viewResource(cluster),
    networkProfile: viewNetworkProfile(cluster.networkProfile),
    agentPoolProfiles: viewList(cluster.agentPools, viewAgentPool),
    artifactSource: viewValue(cluster.bootstrapProfile.artifactSource),
  };
}

function viewNetworkProfile(profile: NetworkProfile): View {
  return {
    networkPlugin: viewValue(profile.networkPlugin),
    networkPluginMode: viewValue(profile.networkPluginMode),
    networkDataplane: viewValue(profile.networkDataplane),
    outboundType: viewValue(profile.outboundType),
    serviceCidr: viewPrefix(profile.serviceCidr),
    serviceCidrs: viewList(profile.serviceCidrs, viewPrefix),
    podCidr: viewPrefix(profile.podCidr),
    podCidrs: viewList(profile.podCidrs, viewPrefix),
    dnsServiceIP: viewValue(profile.dnsServiceIP),
    dockerBridgeCidr: viewPrefix(profile.dockerBridgeCidr),
  };
}

function viewAgentPool(pool: AgentPool): View {
  return {
    name: viewValue(pool.name),
    count: viewValue(pool.count),
    minCount: viewValue(pool.minCount),
    maxCount: viewValue(pool.maxCount),
    enableAutoScaling: viewValue(pool.enableAutoScaling),
    maxPods: viewValue(pool.maxPods),
    osType: viewValue(pool.osType),
    vnetSubnetID: viewReference(pool.vnetSubnetID),
    podSubnetID: viewReference(pool.podSubnetID),
  };
}

function viewFirewallRuleSet(set: FirewallRuleSet): View {
  return { ...viewResource(set), rules: viewList(set.rules, viewFirewallRule) };
}

function viewFirewallRule(rule: FirewallRule): View {
  return {
    action: viewValue(rule.action),
    targetFqdns: viewTexts(rule.targetFqdns),
    fqdnTags: viewTexts(rule.fqdnTags),
    destinationAddresses: viewTexts(rule.destinationAddresses),
    destinationFqdns: viewTexts(rule.destinationFqdns),
  };
}

function viewConfigMap(map: ConfigMap): View {
  return {
    name: map.name === undefined ? absent : { state: 'known', text: map.name.text },
    namespace: map.namespace === undefined ? absent : { state: 'known', text: map.namespace.text },
    entries: map.entries.map(viewEntry),
  };
}

function viewEntry(entry: ConfigMapEntry): View {
  return {
    key: entry.key.text,
    role: entry.role,
    parent: entry.parent,
    style: entry.style,
    corefile: entry.corefile === undefined ? absent : viewCorefile(entry.corefile),
  };
}

function viewCorefile(corefile: Corefile): { readonly [key: string]: View } {
  return {
    role: corefile.role,
    serverBlocks: corefile.serverBlocks.map(viewServerBlock),
    plugins: corefile.plugins.map(viewPlugin),
  };
}

function viewServerBlock(block: ServerBlock): View {
  return {
    keys: block.keys.map((key) => key.text),
    snippet: block.isSnippet,
    plugins: block.plugins.map(viewPlugin),
  };
}

function viewPlugin(plugin: Plugin): View {
  return {
    name: plugin.name.text,
    args: plugin.args.map((word) => word.text),
    block: (plugin.block ?? []).map((property) => ({
      name: property.name.text,
      args: property.args.map((word) => word.text),
    })),
  };
}

import type { Change, Fix } from '../../model/change.ts';
import type { ManagedCluster } from '../../model/cluster.ts';
import { mayBeNetworkIsolated, outboundType } from '../../model/effective.ts';
import {
  applianceLabel,
  defaultRoute,
  missingRegistryTags,
  nextHopKind,
  pinnedRegistryRoute,
  routesReachRegistry,
} from '../../model/egress.ts';
import { firewallsAllowRegistry, missingEndpoints } from '../../model/firewall-egress.ts';
import { firewallBehind } from '../../model/firewall-queries.ts';
import type { Model } from '../../model/model.ts';
import type { Route, RouteTable, Subnet } from '../../model/network.ts';
import { canCoexist, clusterOf, subnetsUsing, virtualNetworkOf } from '../../model/queries.ts';
import { subnetPhrase } from '../../model/subnet-attachments.ts';
import { nodePoolsIn } from '../../model/subnet-users.ts';
import { knownValue } from '../../model/value.ts';
import { findSpecialSubnet } from '../../net/azure.ts';
import { defineRule, type RuleSettings, type Severity } from '../rule.ts';

export const mcrRouteMissing = defineRule({
  id: 'mcr-route-missing',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Nodes have no visible way to mcr.microsoft.com.',
  condition:
    'Reports a default route to a virtual appliance or a gateway (warning) or to nowhere (error) on a subnet of AKS nodes when nothing in the analysed files lets them reach mcr.microsoft.com: no routes to the service tags MicrosoftContainerRegistry and AzureFrontDoor.FirstParty or to a pinned address, no firewall rule with its names or the AzureKubernetesService tag, no network-isolated cluster with a cache, no next hop that the setting egressNextHops names. Where no cluster in the files uses the subnet, but its name says that one will, the finding is information.',
  why: 'Nodes pull everything they run from mcr.microsoft.com while they start. Without a way there they fail with exit status 50 after a quarter of an hour.',
  azureError: 'VMExtensionError_OutboundConnFail',
  examples: [
    {
      language: 'bicep',
      bad: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    disableBgpRoutePropagation: true
    routes: [
      {
        name: 'default'
        properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.0.1.4' }
      }
      { name: 'firewall', properties: { addressPrefix: '20.50.1.4/32', nextHopType: 'Internet' } }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', routeTable: { id: table.id } } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', outboundType: 'userDefinedRouting' }
  }
}
`,
      good: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    disableBgpRoutePropagation: true
    routes: [
      {
        name: 'default'
        properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.0.1.4' }
      }
      { name: 'mcr', properties: { addressPrefix: 'MicrosoftContainerRegistry', nextHopType: 'Internet' } }
      { name: 'mcr-data', properties: { addressPrefix: 'AzureFrontDoor.FirstParty', nextHopType: 'Internet' } }
      { name: 'firewall', properties: { addressPrefix: '20.50.1.4/32', nextHopType: 'Internet' } }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', routeTable: { id: table.id } } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', outboundType: 'userDefinedRouting' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/outbound-rules-control-egress',
    'https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/vmextensionerror-outboundconnfail',
    'https://github.com/microsoft/containerregistry/blob/main/docs/client-firewall-rules.md',
  ],
  messages: {
    appliance: (d: { subnet: string; hop: string; tags: string }) =>
      `The default route of ${d.subnet} leads to ${d.hop}, and nothing in these files lets AKS nodes there reach mcr.microsoft.com. Add a route to ${d.tags}, or allow the registry in the firewall and name its address in aksnet.egressNextHops.`,
    gateway: (d: { subnet: string; tags: string }) =>
      `The default route of ${d.subnet} leads to the virtual network gateway, and nothing in these files lets AKS nodes there reach mcr.microsoft.com. Add a route to ${d.tags}, or make sure that the network behind the gateway lets them out.`,
    none: (d: { subnet: string; tags: string }) =>
      `The default route of ${d.subnet} drops all traffic, so AKS nodes there cannot reach mcr.microsoft.com and do not start. Add a route to ${d.tags}.`,
  },

  check(model, report, settings) {
    // A module that was not read may hold the firewall rule or the route that is missed here.
    if (model.unreadParts.length > 0 || firewallsAllowRegistry(model) !== 'no') return;
    for (const table of model.routeTables) {
      const route = table.isExisting ? undefined : defaultRoute(table);
      const hop = route === undefined ? undefined : forcedHop(route, settings);
      const addressPrefix = route?.addressPrefix;
      if (addressPrefix === undefined || hop === undefined || routesReachRegistry(table) !== 'no') continue;
      const user = findUser(model, table);
      if (user === undefined || isJudgedByName(model, route, table, user.cluster)) continue;
      // AKS refuses this table before any node looks for the registry; udr-default-route-next-hop says so.
      const outbound = user.cluster === undefined ? undefined : outboundType(user.cluster);
      if (hop.kind === 'none' && outbound?.value === 'userDefinedRouting') continue;
      const severity: Severity = user.cluster === undefined ? 'information' : hop.kind === 'none' ? 'error' : 'warning';
      const finding = {
        at: addressPrefix.origin,
        severity,
        related: [
          ...(user.subnet === undefined ? [] : [{ at: user.subnet.header, text: 'The subnet is here.' }]),
          ...(user.cluster === undefined
            ? []
            : [{ at: user.cluster.header, text: 'The cluster with nodes in it is here.' }]),
        ],
        fixes: routeFixes(table),
      };
      const subnet = user.label;
      const tags = nameTags(table);
      if (hop.kind === 'none') report({ ...finding, message: 'none', data: { subnet, tags } });
      else if (hop.kind === 'gateway') report({ ...finding, message: 'gateway', data: { subnet, tags } });
      else report({ ...finding, message: 'appliance', data: { subnet, tags, hop: hop.label } });
    }
  },
});

/** Where a default route leads when that is not the internet; undefined for hops that are open, allowed or not known. */
function forcedHop(
  route: Route,
  settings: RuleSettings,
): { kind: 'appliance' | 'gateway' | 'none'; label: string } | undefined {
  const address = knownValue(route.nextHopIpAddress);
  switch (nextHopKind(route)) {
    case 'virtualappliance':
      if (address !== undefined && settings.egressNextHops.includes(address)) return undefined;
      return { kind: 'appliance', label: applianceLabel(route) };
    case 'virtualnetworkgateway':
      return { kind: 'gateway', label: '' };
    case 'none':
      return { kind: 'none', label: '' };
    default:
      return undefined;
  }
}

/** Whether egress-fqdn-list-incomplete names what the firewall behind the route does not let through. */
function isJudgedByName(
  model: Model,
  route: Route | undefined,
  table: RouteTable,
  cluster: ManagedCluster | undefined,
): boolean {
  const firewall = route === undefined || cluster === undefined ? undefined : firewallBehind(model, route);
  if (firewall === undefined || cluster === undefined || !canCoexist(firewall, cluster)) return false;
  return missingEndpoints(model, firewall, table, cluster).length > 0;
}

interface User {
  readonly subnet: Subnet | undefined;
  readonly cluster: ManagedCluster | undefined;
  readonly label: string;
}

/** The AKS subnet that a table routes for: used by a cluster in the files, or named for one. */
function findUser(model: Model, table: RouteTable): User | undefined {
  const subnets = subnetsUsing(model, table.id);
  for (const subnet of subnets) {
    const clusters = nodePoolsIn(model, subnet.id).flatMap((pool) => clusterOf(model, pool) ?? []);
    const cluster = clusters.find((candidate) => !mayBeNetworkIsolated(candidate));
    if (cluster !== undefined) return { subnet, cluster, label: subnetPhrase(subnet) };
  }
  // A cluster that needs no registry, or that is not known to need one, may be the one that the name speaks of.
  if (model.managedClusters.some(mayBeNetworkIsolated)) return undefined;
  const open = subnets.filter((subnet) => findSpecialSubnet(knownValue(subnet.name) ?? '') === undefined);
  const named = open.find((subnet) => isMeantForAks(knownValue(subnet.name)));
  if (named !== undefined) return { subnet: named, cluster: undefined, label: subnetPhrase(named) };
  if (
    !isMeantForAks(knownValue(table.name)) &&
    !(model.managedClusters.length === 0 && open.some((subnet) => isMeantForAks(networkName(model, subnet))))
  ) {
    return undefined;
  }
  const [first] = open;
  if (first === undefined && subnets.length > 0) return undefined;
  return { subnet: first, cluster: undefined, label: first === undefined ? 'this table' : subnetPhrase(first) };
}

function networkName(model: Model, subnet: Subnet): string | undefined {
  const network = virtualNetworkOf(model, subnet);
  return network === undefined ? undefined : knownValue(network.name);
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

function nameTags(table: RouteTable): string {
  const tags = missingRegistryTags(table).map(({ tag }) => tag);
  return `the service ${tags.length === 1 ? 'tag' : 'tags'} ${tags.join(' and ')}`;
}

function routeFixes(table: RouteTable): Fix[] {
  const array = table.routes.origin?.from;
  if (array === undefined) return [];
  const missing = missingRegistryTags(table);
  return [
    {
      title: `Add a route to ${nameTags(table)}`,
      applicability: 'unsafe',
      changes: missing.map((tag): Change => ({ kind: 'append-item', array, item: tag.route })),
    },
    {
      title: 'Add the route McrMicrosoftCom to 204.79.197.219, a pinned address that Microsoft may change',
      applicability: 'unsafe',
      changes: [{ kind: 'append-item', array, item: pinnedRegistryRoute }],
      tradesFor: 'stale-mcr-ip-route',
    },
  ];
}

import type { ManagedCluster } from '../../model/cluster.ts';
import { podRanges, usesUserDefinedRouting } from '../../model/effective.ts';
import type { Model } from '../../model/model.ts';
import type { Subnet } from '../../model/network.ts';
import { areDifferent, canCoexist, coexisting, namedResource, routeTableOf, subnetById } from '../../model/queries.ts';
import { isProvenUnattached, routeTableLabel, subnetLabel, subnetPhrase } from '../../model/subnet-attachments.ts';
import { knownValue, type Origin } from '../../model/value.ts';
import { overlaps } from '../../net/cidr.ts';
import { defineRule } from '../rule.ts';

export const kubenetRouteTableShared = defineRule({
  id: 'kubenet-route-table-shared',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Kubenet clusters share a route table, or the pools of one have several.',
  condition:
    'Reports a route table on node subnets of two kubenet clusters: an error where their pod ranges overlap, otherwise a warning. Reports also node subnets of one kubenet cluster that have different route tables, or of which one certainly has none.',
  why: 'Kubenet writes a route for the pods of each node into the route table of the subnet, and expects one table for all pools of a cluster that no other cluster writes to.',
  examples: [
    {
      language: 'bicep',
      bad: `// aksnet-disable kubenet-retirement -- the clusters move to overlay later
resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-one'
  location: resourceGroup().location
  properties: {
    routes: []
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'one', properties: { addressPrefix: '10.1.0.0/24', routeTable: { id: table.id } } }
      { name: 'two', properties: { addressPrefix: '10.1.1.0/24', routeTable: { id: table.id } } }
    ]
  }
}

resource blue 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks-blue'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks-blue'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: '\${vnet.id}/subnets/one' }]
    networkProfile: { networkPlugin: 'kubenet' }
  }
}

resource green 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks-green'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks-green'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: '\${vnet.id}/subnets/two' }]
    networkProfile: { networkPlugin: 'kubenet' }
  }
}
`,
      good: `// aksnet-disable kubenet-retirement -- the clusters move to overlay later
resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-one'
  location: resourceGroup().location
  properties: {
    routes: []
  }
}

resource second 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-two'
  location: resourceGroup().location
  properties: {
    routes: []
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'one', properties: { addressPrefix: '10.1.0.0/24', routeTable: { id: table.id } } }
      { name: 'two', properties: { addressPrefix: '10.1.1.0/24', routeTable: { id: second.id } } }
    ]
  }
}

resource blue 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks-blue'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks-blue'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: '\${vnet.id}/subnets/one' }]
    networkProfile: { networkPlugin: 'kubenet' }
  }
}

resource green 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks-green'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks-green'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: '\${vnet.id}/subnets/two' }]
    networkProfile: { networkPlugin: 'kubenet' }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/configure-kubenet'],
  messages: {
    collide: (d: { table: string; other: string; range: string }) =>
      `${d.table} on this subnet is that of kubenet cluster ${d.other} already, and pods of both are in ${d.range}, so that their routes collide. Give each cluster a route table and a pod range of its own.`,
    shared: (d: { table: string; other: string }) =>
      `${d.table} on this subnet is that of kubenet cluster ${d.other} already. Give each kubenet cluster a route table of its own.`,
    several: (d: { subnet: string; other: string }) =>
      `${d.subnet} has another route table than ${d.other}, but pools of one kubenet cluster stand in both. Use one table for all subnets of the cluster.`,
    missing: (d: { subnet: string; other: string }) =>
      `${d.subnet} has no route table, but ${d.other} of the same kubenet cluster has one. Use that table for all subnets of the cluster.`,
  },

  check(model, report) {
    const owners = new Map<string, Placement>();
    for (const cluster of model.managedClusters) {
      if (knownValue(cluster.networkProfile.networkPlugin)?.toLowerCase() !== 'kubenet') continue;
      const placements = findPlacements(model, cluster);
      const [first] = placements.filter(({ tableId }) => tableId !== undefined);
      if (first?.tableId === undefined) continue;
      reportOwn(first, placements);
      const owner = owners.get(first.tableId);
      if (owner === undefined) owners.set(first.tableId, first);
      else if (areDifferent(owner.cluster.id, cluster.id) && canCoexist(owner.cluster, cluster))
        reportShared(owner, first);
    }

    function reportOwn(first: Placement, placements: readonly Placement[]): void {
      const isForced = usesUserDefinedRouting(first.cluster);
      for (const { subnet, tableId } of placements) {
        const data = { subnet: subnetLabel(subnet), other: subnetPhrase(first.subnet) };
        const related = [{ at: first.subnet.header, text: 'The other subnet is here.' }];
        if (subnet.routeTable !== undefined && tableId !== undefined && areDifferent(tableId, first.tableId ?? tableId))
          report({ at: subnet.routeTable.origin, message: 'several', data, related });
        // With user-defined routing udr-route-table-missing says so.
        if (!isForced && isProvenUnattached(model, subnet, (each) => each.routeTable))
          report({ at: subnet.header, message: 'missing', data, related });
      }
    }

    function reportShared(owner: Placement, { cluster, origin, subnet }: Placement): void {
      const table = routeTableOf(model, subnet);
      const data = {
        table: table === undefined ? 'The route table' : routeTableLabel(table),
        other: owner.cluster.name.kind === 'known' ? `"${owner.cluster.name.value}"` : 'of another name',
      };
      const related = [{ at: owner.cluster.header, text: 'The other cluster is here.' }];
      const range = sharedPods(owner.cluster, cluster);
      if (range === undefined) report({ at: origin, message: 'shared', data, severity: 'warning', related });
      else report({ at: origin, message: 'collide', data: { ...data, range }, related });
    }
  },
});

/** Where nodes of a cluster stand. */
interface Placement {
  readonly cluster: ManagedCluster;
  readonly subnet: Subnet;
  /** Where the pool names the subnet. */
  readonly origin: Origin;
  /** Undefined where the subnet has no route table, or may have none. */
  readonly tableId: string | undefined;
}

/** The declared node subnets of a cluster, each once. */
function findPlacements(model: Model, cluster: ManagedCluster): Placement[] {
  const found = new Map<Subnet, Placement>();
  for (const { vnetSubnetID } of coexisting(cluster.agentPools.items)) {
    const subnet = subnetById(model, vnetSubnetID);
    if (vnetSubnetID === undefined || subnet === undefined || found.has(subnet) || !canCoexist(subnet, cluster))
      continue;
    found.set(subnet, { cluster, subnet, origin: vnetSubnetID.origin, tableId: namedResource(subnet.routeTable) });
  }
  return [...found.values()];
}

/** A pod range of the second cluster that overlaps one of the first. */
function sharedPods(first: ManagedCluster, second: ManagedCluster): string | undefined {
  return podRanges(second).find((own) => podRanges(first).some((other) => overlaps(own.cidr, other.cidr)))?.text;
}

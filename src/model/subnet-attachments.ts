import type { ManagedCluster } from './cluster.ts';
import type { Model } from './model.ts';
import type { ResourceReference, RouteTable, Subnet } from './network.ts';
import { areDifferent, canCoexist, nodeSubnets, podSubnets, routeTableOf } from './queries.ts';
import type { Property } from './value.ts';

/**
 * Whether the files prove that a subnet has no route table, NAT gateway or the like: neither here nor in another
 * declaration of the same subnet, and no file is left that could hold one.
 */
export function isProvenUnattached(
  model: Model,
  subnet: Subnet,
  read: (subnet: Subnet) => Property<ResourceReference>,
): boolean {
  if (subnet.isExisting || model.unreadParts.length > 0 || read(subnet) !== undefined) return false;
  return model.subnets.every((other) => areDifferent(other.id, subnet.id) || read(other) === undefined);
}

/** The declared subnets of the cluster's nodes that exist together with it. */
export function deployedNodeSubnets(model: Model, cluster: ManagedCluster): Subnet[] {
  return nodeSubnets(model, cluster).filter((subnet) => canCoexist(subnet, cluster));
}

/** The declared subnets of the cluster's nodes and pods that exist together with it. */
export function deployedClusterSubnets(model: Model, cluster: ManagedCluster): Subnet[] {
  const subnets = [...nodeSubnets(model, cluster), ...podSubnets(model, cluster)];
  return [...new Set(subnets)].filter((subnet) => canCoexist(subnet, cluster));
}

/** A declared route table on a node subnet of a cluster that it exists together with. */
export interface NodeRouteTable {
  readonly table: RouteTable;
  readonly subnet: Subnet;
  readonly cluster: ManagedCluster;
}

/** The declared route tables on node subnets of the accepted clusters, each table once. */
export function nodeRouteTables(model: Model, accepts: (cluster: ManagedCluster) => boolean): NodeRouteTable[] {
  const found = new Map<string, NodeRouteTable>();
  for (const cluster of model.managedClusters) {
    if (!accepts(cluster)) continue;
    for (const subnet of deployedNodeSubnets(model, cluster)) {
      const table = routeTableOf(model, subnet);
      if (table === undefined || found.has(table.id) || !canCoexist(table, cluster)) continue;
      found.set(table.id, { table, subnet, cluster });
    }
  }
  return [...found.values()];
}

/** How to name a subnet at the beginning of a message. */
export function subnetLabel(subnet: Subnet): string {
  return subnet.name.kind === 'known' ? `Subnet "${subnet.name.value}"` : 'This subnet';
}

/** How to name a subnet within a sentence. */
export function subnetPhrase(subnet: Subnet): string {
  return subnet.name.kind === 'known' ? `subnet "${subnet.name.value}"` : 'the subnet';
}

/** How to name a route table at the beginning of a message. */
export function routeTableLabel(table: RouteTable): string {
  return table.name.kind === 'known' ? `Route table "${table.name.value}"` : 'This route table';
}

import { type Location, sameSpan } from '../base/span.ts';
import { type Fix, referTo } from './change.ts';
import type { ManagedCluster } from './cluster.ts';
import type { Model } from './model.ts';
import type { Resource, ResourceReference, RouteTable, Subnet } from './network.ts';
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
  return isProvenWithout(model, subnet, (each) => read(each) === undefined);
}

/** Whether the files prove that a subnet lacks something, see {@link isProvenUnattached}. */
export function isProvenWithout(model: Model, subnet: Subnet, lacks: (subnet: Subnet) => boolean): boolean {
  if (subnet.isExisting || model.unreadParts.length > 0 || !lacks(subnet)) return false;
  return model.subnets.every((other) => areDifferent(other.id, subnet.id) || lacks(other));
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

/**
 * The fix that attaches a declared resource to a subnet. None where the files declare several that could be meant, where
 * the one may not exist together with the subnet, and where the text of the subnet stands for others too.
 */
export function attachFix(
  model: Model,
  subnet: Subnet,
  attachment: { readonly property: 'routeTable' | 'natGateway'; readonly label: string },
  candidates: readonly Resource[],
): Fix[] {
  const [candidate, ...others] = candidates;
  const { properties } = subnet;
  if (candidate === undefined || others.length > 0 || properties === undefined) return [];
  const isDeployed = candidate.deployment.kind === 'always' || candidate.deployment.key === keyOf(subnet);
  const isShared = model.subnets.some((other) => other !== subnet && sameLocation(other.properties, properties));
  if (!isDeployed || isShared) return [];
  const name = candidate.name.kind === 'known' ? ` "${candidate.name.value}"` : '';
  return [
    {
      title: `Attach the ${attachment.label}${name}`,
      applicability: 'unsafe',
      changes: [
        {
          kind: 'set-property',
          object: properties,
          path: [attachment.property, 'id'],
          to: referTo(candidate, 'id'),
        },
      ],
    },
  ];
}

function keyOf({ deployment }: Resource): string | undefined {
  return deployment.kind === 'always' ? undefined : deployment.key;
}

function sameLocation(a: Location | undefined, b: Location): boolean {
  return a !== undefined && a.uri === b.uri && sameSpan(a.span, b.span);
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

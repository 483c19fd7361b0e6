import type { ManagedCluster } from './cluster.ts';
import type { Model } from './model.ts';
import type { ResourceReference, Subnet } from './network.ts';
import { areDifferent, canCoexist, nodeSubnets, podSubnets } from './queries.ts';
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

/** How to name a subnet in a message. */
export function subnetLabel(subnet: Subnet): string {
  return subnet.name.kind === 'known' ? `Subnet "${subnet.name.value}"` : 'This subnet';
}

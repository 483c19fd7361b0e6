import type { AgentPool, ManagedCluster } from './cluster.ts';
import type { NatGateway } from './edge.ts';
import type { Model } from './model.ts';
import { modelIndex } from './model-index.ts';
import type {
  Deployment,
  NetworkSecurityGroup,
  ResourceReference,
  RouteTable,
  Subnet,
  VirtualNetwork,
} from './network.ts';
import { type KnownValue, knownValue, type Property } from './value.ts';

/** Whether two resources can exist at once: proven unless each hangs on a condition of its own. */
export function canCoexist(a: { readonly deployment: Deployment }, b: { readonly deployment: Deployment }): boolean {
  if (a.deployment.kind === 'always' || b.deployment.kind === 'always') return true;
  return a.deployment.key === b.deployment.key;
}

/** The items that are proven to exist together; of those under different conditions the first decides. */
export function coexisting<T extends { readonly deployment: Deployment }>(items: readonly T[]): T[] {
  const conditional = items.find((item) => item.deployment.kind === 'conditional');
  return conditional === undefined ? [...items] : items.filter((item) => canCoexist(item, conditional));
}

/** The id, where it names a resource for certain: a parameter without a value may turn out to be empty. */
export function namedResource(reference: Property<ResourceReference>): string | undefined {
  const id = knownValue(reference)?.id;
  return id?.includes('/') === true ? id : undefined;
}

/** The last segment of an id, in lower case; undefined where a part of it is known only at deployment. */
export function nameInId(id: string): string | undefined {
  const name = id.slice(id.lastIndexOf('/') + 1);
  return name === '' || name.includes('{') ? undefined : name;
}

/** A virtual network as messages name it by its id: its name in quotes, or `unnamed` where that is not known. */
export function networkLabel(networkId: string, unnamed: string): string {
  const name = nameInId(networkId);
  return name === undefined ? unnamed : `"${name}"`;
}

/** The id of the virtual network in the id of a subnet. */
export function networkIdOf(subnetId: string): string | undefined {
  const cut = subnetId.lastIndexOf('/subnets/');
  return cut < 0 ? undefined : subnetId.slice(0, cut);
}

/**
 * Whether two ids are proven to name different resources. Parts known only at deployment may turn out equal; segments
 * that are known in both decide, counted from the end, as an unknown part at the front may hold any number of them.
 */
export function areDifferent(a: string, b: string): boolean {
  if (!a.includes('{') && !b.includes('{')) return a !== b;
  let [left, right] = [a.length, b.length];
  while (left >= 0 && right >= 0) {
    const [start, other] = [segmentStart(a, left), segmentStart(b, right)];
    const [segment, counterpart] = [a.slice(start, left), b.slice(other, right)];
    if (segment !== counterpart && !segment.includes('{') && !counterpart.includes('{')) return true;
    [left, right] = [start - 1, other - 1];
  }
  return false;
}

/** Where the segment of an id that ends at `end` starts. */
function segmentStart(id: string, end: number): number {
  return end === 0 ? 0 : id.lastIndexOf('/', end - 1) + 1;
}

/** The declared subnet with this id, or undefined when the files declare none. */
export function subnetById(model: Model, reference: Property<ResourceReference>): Subnet | undefined {
  const id = knownValue(reference)?.id;
  return id === undefined ? undefined : modelIndex(model).subnets.get(id);
}

/** The declared virtual network with this id. */
export function virtualNetworkById(model: Model, id: string): VirtualNetwork | undefined {
  return modelIndex(model).virtualNetworks.get(id);
}

/** The declared virtual network that holds the subnet. */
export function virtualNetworkOf(model: Model, subnet: Subnet): VirtualNetwork | undefined {
  return virtualNetworkById(model, subnet.virtualNetworkId);
}

/** Every subnet of a network in the files, whether the network itself is declared there or not. */
export function subnetsOfNetwork(model: Model, networkId: string): readonly Subnet[] {
  return modelIndex(model).subnetsByNetwork.get(networkId) ?? [];
}

/** The declared route table that the subnet uses. */
export function routeTableOf(model: Model, subnet: Subnet): RouteTable | undefined {
  const id = knownValue(subnet.routeTable)?.id;
  return id === undefined ? undefined : modelIndex(model).routeTables.get(id);
}

/** The declared network security group of the subnet. */
export function networkSecurityGroupOf(model: Model, subnet: Subnet): NetworkSecurityGroup | undefined {
  const id = knownValue(subnet.networkSecurityGroup)?.id;
  return id === undefined ? undefined : modelIndex(model).networkSecurityGroups.get(id);
}

/** The declared NAT gateway of the subnet. */
export function natGatewayOf(model: Model, subnet: Subnet): NatGateway | undefined {
  const id = knownValue(subnet.natGateway)?.id;
  return id === undefined ? undefined : modelIndex(model).natGateways.get(id);
}

/** The subnets in the files that use the route table, network security group or NAT gateway with this id. */
export function subnetsUsing(model: Model, id: string): readonly Subnet[] {
  const { subnetsByRouteTable, subnetsBySecurityGroup, subnetsByNatGateway } = modelIndex(model);
  return subnetsByRouteTable.get(id) ?? subnetsBySecurityGroup.get(id) ?? subnetsByNatGateway.get(id) ?? [];
}

/** The declared cluster of a pool. */
export function clusterOf(model: Model, pool: AgentPool): ManagedCluster | undefined {
  return modelIndex(model).clusters.get(pool.clusterId);
}

/** The Kubernetes version of the pool, or that of its cluster where it states none; undefined if not known. */
export function kubernetesVersionOf(model: Model, pool: AgentPool): KnownValue<string> | undefined {
  const stated: Property<string> = pool.orchestratorVersion ?? clusterOf(model, pool)?.kubernetesVersion;
  return stated?.kind === 'known' && /^1\.\d/.test(stated.value) ? stated : undefined;
}

/** The subnets that nodes of the cluster stand in, as far as the files declare them. */
export function nodeSubnets(model: Model, cluster: ManagedCluster): Subnet[] {
  return declaredSubnets(model, cluster.agentPools.items, (pool) => pool.vnetSubnetID);
}

/** The pod subnets of the cluster, as far as the files declare them. */
export function podSubnets(model: Model, cluster: ManagedCluster): Subnet[] {
  return declaredSubnets(model, cluster.agentPools.items, (pool) => pool.podSubnetID);
}

/** The declared subnet of the API server, with API Server VNet Integration. */
export function apiServerSubnet(model: Model, cluster: ManagedCluster): Subnet | undefined {
  return subnetById(model, cluster.apiServerAccessProfile.subnetId);
}

/** The ids of the virtual networks that hold nodes or pods of the cluster, declared or not. */
export function clusterNetworkIds(cluster: ManagedCluster): string[] {
  const ids = cluster.agentPools.items.flatMap(({ vnetSubnetID, podSubnetID }) =>
    [vnetSubnetID, podSubnetID].flatMap((reference) => networkIdOf(knownValue(reference)?.id ?? '') ?? []),
  );
  return [...new Set(ids)];
}

/** The declared virtual networks that hold nodes or pods of the cluster. */
export function clusterNetworks(model: Model, cluster: ManagedCluster): VirtualNetwork[] {
  return clusterNetworkIds(cluster).flatMap((id) => virtualNetworkById(model, id) ?? []);
}

/** Whether every pool is proven to have no subnet of its own, so that AKS makes the network. */
export function usesManagedNetwork(cluster: ManagedCluster): boolean {
  const { items, isComplete } = cluster.agentPools;
  return isComplete && items.length > 0 && items.every((pool) => pool.vnetSubnetID === undefined);
}

/** The first pool that is proven to have a subnet of its own. */
export function poolWithOwnSubnet(cluster: ManagedCluster): AgentPool | undefined {
  return cluster.agentPools.items.find((pool) => namedResource(pool.vnetSubnetID) !== undefined);
}

function declaredSubnets(
  model: Model,
  pools: readonly AgentPool[],
  reference: (pool: AgentPool) => Property<ResourceReference>,
): Subnet[] {
  const found = pools.flatMap((pool) => subnetById(model, reference(pool)) ?? []);
  return [...new Set(found)];
}

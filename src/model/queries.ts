import type { Model } from './model.ts';
import type {
  AgentPool,
  Deployment,
  ManagedCluster,
  PrefixSite,
  ResourceReference,
  RouteTable,
  Subnet,
  VirtualNetwork,
} from './network.ts';
import { knownValue, type Property } from './value.ts';

/** Whether two resources can exist at once: proven unless each hangs on a condition of its own. */
export function canCoexist(a: { readonly deployment: Deployment }, b: { readonly deployment: Deployment }): boolean {
  if (a.deployment.kind === 'always' || b.deployment.kind === 'always') return true;
  return a.deployment.key === b.deployment.key;
}

/** The declared subnet with this id, or undefined when the files declare none. */
export function subnetById(model: Model, reference: Property<ResourceReference>): Subnet | undefined {
  const id = knownValue(reference)?.id;
  return id === undefined ? undefined : model.subnets.find((subnet) => subnet.id === id);
}

/** The declared virtual network that holds the subnet. */
export function virtualNetworkOf(model: Model, subnet: Subnet): VirtualNetwork | undefined {
  return model.virtualNetworks.find((network) => network.id === subnet.virtualNetworkId);
}

/** The declared route table that the subnet uses. */
export function routeTableOf(model: Model, subnet: Subnet): RouteTable | undefined {
  const id = knownValue(subnet.routeTable)?.id;
  return id === undefined ? undefined : model.routeTables.find((table) => table.id === id);
}

/** The subnets that nodes of the cluster stand in, as far as the files declare them. */
export function nodeSubnets(model: Model, cluster: ManagedCluster): Subnet[] {
  return declaredSubnets(model, cluster.agentPools.items, (pool) => pool.vnetSubnetID);
}

/**
 * Every subnet that shares a virtual network with a node or pod subnet of the cluster, those subnets included: the
 * ranges that AKS compares the service and pod ranges with.
 */
export function clusterNetworkSubnets(model: Model, cluster: ManagedCluster): Subnet[] {
  const used = [
    ...nodeSubnets(model, cluster),
    ...declaredSubnets(model, cluster.agentPools.items, (pool) => pool.podSubnetID),
  ];
  const networks = new Set([
    ...used.map((subnet) => subnet.virtualNetworkId),
    ...cluster.agentPools.items.flatMap((pool) => networkIdOf(pool.vnetSubnetID)),
  ]);
  return model.subnets.filter((subnet) => networks.has(subnet.virtualNetworkId));
}

/** The declared virtual networks that hold nodes of the cluster. */
export function clusterNetworks(model: Model, cluster: ManagedCluster): VirtualNetwork[] {
  const ids = new Set(cluster.agentPools.items.flatMap((pool) => networkIdOf(pool.vnetSubnetID)));
  return model.virtualNetworks.filter((network) => ids.has(network.id));
}

/** Every property of the model that takes an address prefix, in the order of the model. */
export function prefixSites(model: Model): PrefixSite[] {
  const sites: PrefixSite[] = [];
  for (const network of model.virtualNetworks) {
    for (const value of network.addressPrefixes.items) sites.push({ role: 'virtual-network', value });
  }
  for (const subnet of model.subnets) {
    for (const value of subnet.addressPrefixes.items) sites.push({ role: 'subnet', value });
  }
  for (const table of model.routeTables) {
    for (const route of table.routes.items) {
      if (route.addressPrefix !== undefined) sites.push({ role: 'route', value: route.addressPrefix });
    }
  }
  for (const { networkProfile: profile } of model.managedClusters) {
    for (const value of [profile.serviceCidr, ...profile.serviceCidrs.items]) {
      if (value !== undefined) sites.push({ role: 'service-cidr', value });
    }
    for (const value of [profile.podCidr, ...profile.podCidrs.items]) {
      if (value !== undefined) sites.push({ role: 'pod-cidr', value });
    }
    if (profile.dockerBridgeCidr !== undefined) sites.push({ role: 'docker-bridge', value: profile.dockerBridgeCidr });
  }
  return sites;
}

function networkIdOf(reference: Property<ResourceReference>): string[] {
  const id = knownValue(reference)?.id;
  const cut = id === undefined ? -1 : id.lastIndexOf('/subnets/');
  return id === undefined || cut < 0 ? [] : [id.slice(0, cut)];
}

function declaredSubnets(
  model: Model,
  pools: readonly AgentPool[],
  reference: (pool: AgentPool) => Property<ResourceReference>,
): Subnet[] {
  const found = pools.flatMap((pool) => subnetById(model, reference(pool)) ?? []);
  return [...new Set(found)];
}

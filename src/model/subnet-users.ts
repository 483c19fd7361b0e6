import { LastEntry } from '../base/last-entry.ts';
import type { Location } from '../base/span.ts';
import type { AgentPool, ManagedCluster } from './cluster.ts';
import type { Model } from './model.ts';
import { modelIndex } from './model-index.ts';
import type { Deployment, Resource, ResourceReference } from './network.ts';
import { clusterOf } from './queries.ts';
import { knownValue, type Origin, type Property } from './value.ts';

/** What has addresses in a subnet. */
export interface SubnetUser {
  readonly kind:
    | 'nodes'
    | 'pods'
    | 'api-server'
    | 'application-gateway'
    | 'bastion'
    | 'firewall'
    | 'virtual-network-gateway';
  /** The resource, or of nodes and pods the pool. */
  readonly header: Location;
  /** Where the subnet is named. */
  readonly origin: Origin;
  readonly deployment: Deployment;
  /** Of nodes, pods and API servers, where the files declare it. */
  readonly cluster: ManagedCluster | undefined;
  /** Of nodes and pods. */
  readonly pool: AgentPool | undefined;
}

const usersByModel = new LastEntry<Model, ReadonlyMap<string, readonly SubnetUser[]>>();

/** What the files put into the subnet with this id, in the order of kinds above. */
export function subnetUsers(model: Model, subnetId: string): readonly SubnetUser[] {
  const known = usersByModel.get(model) ?? collectUsers(model);
  usersByModel.set(model, known);
  return known.get(subnetId) ?? [];
}

/** The pools with nodes in the subnet with this id. */
export function nodePoolsIn(model: Model, subnetId: string): readonly AgentPool[] {
  return modelIndex(model).poolsByNodeSubnet.get(subnetId) ?? [];
}

function collectUsers(model: Model): Map<string, SubnetUser[]> {
  const users = new Map<string, SubnetUser[]>();
  const add = (
    kind: SubnetUser['kind'],
    reference: Property<ResourceReference>,
    owner: { readonly header: Location; readonly deployment: Deployment },
    cluster?: ManagedCluster,
    pool?: AgentPool,
  ): void => {
    const id = knownValue(reference)?.id;
    if (id === undefined || reference === undefined) return;
    const { header, deployment } = owner;
    const user = { kind, header, deployment, origin: reference.origin, cluster, pool };
    const group = users.get(id);
    if (group === undefined) users.set(id, [user]);
    else group.push(user);
  };
  const addAll = (
    kind: SubnetUser['kind'],
    owners: readonly (Resource & { readonly subnets: { readonly items: readonly Property<ResourceReference>[] } })[],
  ): void => {
    for (const owner of owners) {
      for (const subnet of owner.subnets.items) add(kind, subnet, owner);
    }
  };
  for (const pool of model.agentPools) add('nodes', pool.vnetSubnetID, pool, clusterOf(model, pool), pool);
  for (const pool of model.agentPools) add('pods', pool.podSubnetID, pool, clusterOf(model, pool), pool);
  for (const cluster of model.managedClusters)
    add('api-server', cluster.apiServerAccessProfile.subnetId, cluster, cluster);
  addAll('application-gateway', model.applicationGateways);
  addAll('bastion', model.bastionHosts);
  for (const firewall of model.azureFirewalls) {
    for (const configuration of [...firewall.ipConfigurations.items, firewall.managementIpConfiguration])
      add('firewall', configuration?.subnet, firewall);
  }
  addAll('virtual-network-gateway', model.virtualNetworkGateways);
  return users;
}

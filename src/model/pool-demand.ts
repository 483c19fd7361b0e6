import { groupBy } from '../base/group.ts';
import type { NetworkMode } from '../net/sizing.ts';
import type { AgentPool, ManagedCluster } from './cluster.ts';
import { largestNodeCount, maxPods, networkMode, surge } from './effective.ts';
import type { Model } from './model.ts';
import type { Deployment, Subnet } from './network.ts';
import { clusterOf, coexisting, subnetById } from './queries.ts';
import { knownValue } from './value.ts';

/** What decides how many addresses a pool takes. Undefined parts are not known. */
export interface PoolDemand {
  readonly pool: AgentPool;
  readonly deployment: Deployment;
  readonly mode: NetworkMode | undefined;
  /** `count`. */
  readonly nodes: number | undefined;
  /** `maxCount` where the autoscaler is on and it is larger, otherwise `count`. */
  readonly largestNodes: number | undefined;
  /** Nodes that an upgrade adds to the largest size. */
  readonly surgeNodes: number | undefined;
  readonly maxPods: number | undefined;
  /** Linux where none is set. */
  readonly osType: 'Linux' | 'Windows' | undefined;
}

/** The demand of one pool, of a cluster that the files may not declare. */
export function poolDemand(cluster: ManagedCluster | undefined, pool: AgentPool): PoolDemand {
  const nodes = knownValue(pool.count);
  const largestNodes = largestNodeCount(pool);
  return {
    pool,
    deployment: pool.deployment,
    mode: cluster === undefined ? undefined : networkMode(cluster, pool),
    nodes,
    largestNodes,
    surgeNodes: largestNodes === undefined ? undefined : surge(pool, largestNodes),
    maxPods: cluster === undefined ? knownValue(pool.maxPods) : maxPods(cluster, pool)?.value,
    osType: operatingSystem(pool),
  };
}

/** The demands of the pools of a cluster that are proven to exist together. */
export function clusterDemands(cluster: ManagedCluster): PoolDemand[] {
  return coexisting(cluster.agentPools.items.map((pool) => poolDemand(cluster, pool)));
}

/**
 * The declared subnets that hold nodes, or pods, each with the demands of its pools that pass `accept` and are proven to
 * exist together: their sum is a lower bound.
 */
export function demandsBySubnet(
  model: Model,
  role: 'nodes' | 'pods',
  accept: (demand: PoolDemand) => boolean,
): Map<Subnet, PoolDemand[]> {
  const placed = model.agentPools.flatMap((pool) => {
    const subnet = subnetById(model, role === 'nodes' ? pool.vnetSubnetID : pool.podSubnetID);
    if (subnet === undefined) return [];
    const demand = poolDemand(clusterOf(model, pool), pool);
    return accept(demand) ? [{ subnet, demand }] : [];
  });
  const result = new Map<Subnet, PoolDemand[]>();
  for (const [subnet, entries] of groupBy(placed, (entry) => entry.subnet)) {
    result.set(subnet, coexisting(entries.map(({ demand }) => demand)));
  }
  return result;
}

/** The sum of a part of the demands; what is not known counts nothing. */
export function sumOf(demands: readonly PoolDemand[], part: (demand: PoolDemand) => number | undefined): number {
  return demands.reduce((sum, demand) => sum + (part(demand) ?? 0), 0);
}

/** The operating system of a pool's nodes; AKS takes Linux when none is set. */
export function operatingSystem(pool: AgentPool): 'Linux' | 'Windows' | undefined {
  if (pool.osType === undefined) return 'Linux';
  switch (knownValue(pool.osType)?.toLowerCase()) {
    case 'linux':
      return 'Linux';
    case 'windows':
      return 'Windows';
    default:
      return undefined;
  }
}

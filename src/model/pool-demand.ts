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
  readonly cluster: ManagedCluster;
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

/** The demand of one pool. */
export function poolDemand(cluster: ManagedCluster, pool: AgentPool): PoolDemand {
  const nodes = knownValue(pool.count);
  const largestNodes = largestNodeCount(pool);
  return {
    cluster,
    pool,
    deployment: pool.deployment,
    mode: networkMode(cluster, pool),
    nodes,
    largestNodes,
    surgeNodes: largestNodes === undefined ? undefined : surge(pool, largestNodes),
    maxPods: maxPods(cluster, pool)?.value,
    osType: operatingSystem(pool),
  };
}

/** The demands of the pools of a cluster that are proven to exist together. */
export function clusterDemands(cluster: ManagedCluster): PoolDemand[] {
  return coexisting(cluster.agentPools.items.map((pool) => poolDemand(cluster, pool)));
}

/**
 * The declared subnets that hold nodes, or pods, each with the demands of its pools that pass `accept` and are proven to
 * exist together: their sum is a lower bound. Pools of clusters that the files do not declare are left out.
 */
export function demandsBySubnet(
  model: Model,
  role: 'nodes' | 'pods',
  accept: (demand: PoolDemand) => boolean,
): Map<Subnet, PoolDemand[]> {
  const placed = model.agentPools.flatMap((pool) => {
    const cluster = clusterOf(model, pool);
    const subnet = subnetById(model, role === 'nodes' ? pool.vnetSubnetID : pool.podSubnetID);
    if (cluster === undefined || subnet === undefined) return [];
    const demand = poolDemand(cluster, pool);
    return accept(demand) ? [{ subnet, demand }] : [];
  });
  const result = new Map<Subnet, PoolDemand[]>();
  for (const [subnet, entries] of groupBy(placed, (entry) => entry.subnet)) {
    result.set(subnet, coexisting(entries.map(({ demand }) => demand)));
  }
  return result;
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

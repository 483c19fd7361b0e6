import { longestSubnetLength, usableAddresses } from '../net/azure.ts';
import {
  checkedAddressesPerNode,
  dynamicPodAddressesPerNode,
  plannedAddressesPerNode,
  podSubnetBatch,
  staticPodAddressesPerNode,
} from '../net/sizing.ts';
import { podIPAllocationMode } from './effective.ts';
import type { Model } from './model.ts';
import { demandsBySubnet, type PoolDemand, sumOf } from './pool-demand.ts';
import type { SubnetPrefix } from './subnet-prefixes.ts';
import { onlyPrefix } from './subnet-resize-fix.ts';

/** A subnet of pools, with what it has and what asks for it. */
export interface SubnetNeed {
  readonly prefix: SubnetPrefix;
  /** Addresses that it has for nodes and pods. */
  readonly usable: number;
  /** The pools in it whose numbers are known and that are proven to exist together. */
  readonly demands: readonly PoolDemand[];
}

/**
 * The subnets with nodes that can be judged by size. Left out: those with a second prefix, as whether AKS uses it is not
 * documented, and those smaller than any subnet may be. Pools whose mode is not known count with their nodes alone, which
 * take an address in every mode.
 */
export function nodeSubnetNeeds(model: Model): SubnetNeed[] {
  return needsOf(model, 'nodes', ({ mode, largestNodes, maxPods, osType }) => {
    if (largestNodes === undefined) return false;
    return mode !== 'node-subnet' || (maxPods !== undefined && osType !== undefined);
  });
}

/** The subnets with pods that can be judged by size, see {@link nodeSubnetNeeds}. */
export function podSubnetNeeds(model: Model): SubnetNeed[] {
  return needsOf(model, 'pods', ({ mode, largestNodes }) => mode === 'pod-subnet' && largestNodes !== undefined);
}

/** Whether pods take addresses of the subnet of nodes, too: then AKS counts them when it judges the size. */
export function holdsPods({ demands }: SubnetNeed): boolean {
  return demands.some(({ mode }) => mode === 'node-subnet');
}

/** Addresses of the node subnet that AKS takes for each node of a pool before it accepts the pool. */
export function checkedPerNode({ mode, maxPods = 0, osType }: PoolDemand): number {
  return mode === 'node-subnet' ? checkedAddressesPerNode(maxPods, osType) : 1;
}

/** Addresses of the node subnet that AKS takes before it accepts the pools, at the size that they start with. */
export function addressesAtStart(demands: readonly PoolDemand[]): number {
  return sumOf(demands, (demand) => (demand.nodes ?? 0) * checkedPerNode(demand));
}

/** Addresses of the node subnet that AKS takes for the pools at the size of {@link plannedNodes}. */
export function addressesAtMost(demands: readonly PoolDemand[]): number {
  return sumOf(demands, (demand) => plannedNodes(demand) * checkedPerNode(demand));
}

/** Addresses to give a node subnet for the pools: as {@link addressesAtMost}, with the two spare ones per node that AKS advises. */
export function addressesToPlan(demands: readonly PoolDemand[]): number {
  return sumOf(demands, (demand) => {
    const { mode, maxPods = 0 } = demand;
    return plannedNodes(demand) * (mode === 'node-subnet' ? plannedAddressesPerNode(maxPods) : 1);
  });
}

/** The nodes of a pool at its largest size, with those that an upgrade adds. */
export function plannedNodes({ largestNodes = 0, surgeNodes = 0 }: PoolDemand): number {
  return largestNodes + surgeNodes;
}

/** How a need comes about, as messages say it: `2 nodes x 249 + 1 node x 29`. */
export function describeNeed(
  demands: readonly PoolDemand[],
  nodes: (demand: PoolDemand) => number | undefined,
  perNode: (demand: PoolDemand) => number,
): string {
  return demands
    .map((demand) => `${nodes(demand)} ${nodes(demand) === 1 ? 'node' : 'nodes'} x ${perNode(demand)}`)
    .join(' + ');
}

/** Addresses of the pod subnet that each node of a pool takes when it starts. */
export function startPodsPerNode({ pool, maxPods }: PoolDemand): number {
  const isStatic = podIPAllocationMode(pool) === 'StaticBlock';
  return isStatic && maxPods !== undefined ? staticPodAddressesPerNode(maxPods) : podSubnetBatch;
}

/** Addresses of the pod subnet that each node of a pool takes at least when it runs all of its pods. */
export function fullPodsPerNode(demand: PoolDemand): number {
  return Math.max(startPodsPerNode(demand), demand.maxPods ?? 0);
}

/** Addresses of the pod subnet to plan for each node of a pool. */
export function sizedPodsPerNode(demand: PoolDemand): number {
  const { pool, maxPods } = demand;
  if (maxPods === undefined || podIPAllocationMode(pool) === 'StaticBlock') return startPodsPerNode(demand);
  return dynamicPodAddressesPerNode(maxPods);
}

function needsOf(model: Model, role: 'nodes' | 'pods', accept: (demand: PoolDemand) => boolean): SubnetNeed[] {
  return [...demandsBySubnet(model, role, accept)].flatMap(([subnet, demands]) => {
    const prefix = onlyPrefix(subnet);
    if (prefix === undefined || prefix.cidr.length > longestSubnetLength) return [];
    return [{ prefix, usable: usableAddresses(prefix.cidr), demands }];
  });
}

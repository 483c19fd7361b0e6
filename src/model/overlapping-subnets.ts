import { LastEntry } from '../base/last-entry.ts';
import { type Cidr, makeCidr, overlaps } from '../net/cidr.ts';
import type { ManagedCluster } from './cluster.ts';
import type { Model } from './model.ts';
import { canCoexist, clusterNetworkIds, subnetsOfNetwork } from './queries.ts';
import { knownSubnetPrefixes, type SubnetPrefix } from './subnet-prefixes.ts';

/** A known prefix and its place among those of its network, in the order of the files. */
interface Placed {
  readonly prefix: SubnetPrefix;
  readonly place: number;
}

const indexes = new LastEntry<Model, Map<string, readonly Placed[]>>();

/**
 * The first declared subnet of the virtual networks of the cluster that overlaps the range and is certain to exist
 * together with the cluster. The time grows with the number of overlaps, not of subnets.
 */
export function overlappingSubnet(model: Model, cluster: ManagedCluster, range: Cidr): SubnetPrefix | undefined {
  for (const id of clusterNetworkIds(cluster)) {
    const sorted = sortedPrefixes(model, id);
    const found = [...prefixesAround(sorted, range), ...prefixesInside(sorted, range)];
    for (const { prefix } of found.sort((a, b) => a.place - b.place)) {
      if (canCoexist(prefix.subnet, cluster)) return prefix;
    }
  }
  return undefined;
}

/** Two blocks overlap only when one holds the other: those that hold the range begin where it does, cut shorter. */
function prefixesAround(sorted: readonly Placed[], range: Cidr): Placed[] {
  const found: Placed[] = [];
  for (let length = 0; length < range.length; length++) {
    const block = makeCidr({ family: range.family, value: range.first }, length);
    for (let at = firstNotBefore(sorted, block); at < sorted.length; at++) {
      const placed = sorted[at];
      if (placed === undefined || compareBlocks(placed.prefix.cidr, block) !== 0) break;
      found.push(placed);
    }
  }
  return found;
}

function prefixesInside(sorted: readonly Placed[], range: Cidr): Placed[] {
  const found: Placed[] = [];
  for (let at = firstNotBefore(sorted, range); at < sorted.length; at++) {
    const placed = sorted[at];
    if (placed === undefined || !overlaps(placed.prefix.cidr, range)) break;
    found.push(placed);
  }
  return found;
}

/** Where a block stands, or would stand, among the sorted ones. */
function firstNotBefore(sorted: readonly Placed[], block: Cidr): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const placed = sorted[middle];
    if (placed !== undefined && compareBlocks(placed.prefix.cidr, block) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** By family and first address; of blocks that begin at one address the larger first. */
function compareBlocks(a: Cidr, b: Cidr): number {
  if (a.family !== b.family) return a.family - b.family;
  return a.first < b.first ? -1 : a.first > b.first ? 1 : a.length - b.length;
}

/** The known prefixes of a network, sorted once. */
function sortedPrefixes(model: Model, networkId: string): readonly Placed[] {
  const known = indexes.get(model) ?? new Map<string, readonly Placed[]>();
  indexes.set(model, known);
  const found = known.get(networkId);
  if (found !== undefined) return found;
  const sorted = knownSubnetPrefixes(subnetsOfNetwork(model, networkId))
    .map((prefix, place) => ({ prefix, place }))
    .sort((a, b) => compareBlocks(a.prefix.cidr, b.prefix.cidr));
  known.set(networkId, sorted);
  return sorted;
}

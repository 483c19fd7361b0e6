import { LastEntry } from '../base/last-entry.ts';
import { type Cidr, makeCidr } from '../net/cidr.ts';
import type { ManagedCluster } from './cluster.ts';
import type { Model } from './model.ts';
import { canCoexist, clusterNetworkIds, subnetsOfNetwork } from './queries.ts';
import { knownSubnetPrefixes, type SubnetPrefix } from './subnet-prefixes.ts';

/** The known prefixes of one network, by what finds overlaps without comparing all of them. */
interface PrefixIndex {
  readonly prefixes: readonly SubnetPrefix[];
  /** Places in `prefixes`, by first address. */
  readonly sorted: readonly number[];
  /** Places in `prefixes`, by block. */
  readonly byBlock: ReadonlyMap<string, readonly number[]>;
}

const indexes = new LastEntry<Model, Map<string, PrefixIndex>>();

/**
 * The first declared subnet of the virtual networks of the cluster that overlaps the range and is certain to exist
 * together with the cluster. The time grows with the number of overlaps, not of subnets.
 */
export function overlappingSubnet(model: Model, cluster: ManagedCluster, range: Cidr): SubnetPrefix | undefined {
  for (const id of clusterNetworkIds(cluster)) {
    const index = indexOf(model, id);
    const places = [...placesAround(index, range), ...placesInside(index, range)].sort((a, b) => a - b);
    for (const place of places) {
      const prefix = index.prefixes[place];
      if (prefix !== undefined && canCoexist(prefix.subnet, cluster)) return prefix;
    }
  }
  return undefined;
}

/** Two blocks overlap only when one holds the other: those that hold the range begin where it does, cut shorter. */
function placesAround({ byBlock }: PrefixIndex, range: Cidr): number[] {
  const places: number[] = [];
  for (let length = 0; length < range.length; length++) {
    const block = makeCidr({ family: range.family, value: range.first }, length);
    places.push(...(byBlock.get(keyOf(block)) ?? []));
  }
  return places;
}

function placesInside({ prefixes, sorted }: PrefixIndex, range: Cidr): number[] {
  const blockAt = (position: number): Cidr | undefined => prefixes[sorted[position] ?? -1]?.cidr;
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const block = blockAt(middle);
    if (block !== undefined && block.first < range.first) low = middle + 1;
    else high = middle;
  }
  const places: number[] = [];
  for (let at = low; at < sorted.length; at++) {
    const [block, place] = [blockAt(at), sorted[at]];
    if (block === undefined || place === undefined || block.first > range.last) break;
    if (block.family === range.family && block.length >= range.length) places.push(place);
  }
  return places;
}

function indexOf(model: Model, networkId: string): PrefixIndex {
  const known = indexes.get(model) ?? new Map<string, PrefixIndex>();
  indexes.set(model, known);
  const found = known.get(networkId);
  if (found !== undefined) return found;
  const built = buildIndex(knownSubnetPrefixes(subnetsOfNetwork(model, networkId)));
  known.set(networkId, built);
  return built;
}

function buildIndex(prefixes: readonly SubnetPrefix[]): PrefixIndex {
  const byBlock = new Map<string, number[]>();
  prefixes.forEach(({ cidr }, place) => {
    const group = byBlock.get(keyOf(cidr));
    if (group === undefined) byBlock.set(keyOf(cidr), [place]);
    else group.push(place);
  });
  const firstOf = (place: number): bigint => prefixes[place]?.cidr.first ?? 0n;
  const sorted = prefixes
    .map((_, place) => place)
    .sort((a, b) => (firstOf(a) < firstOf(b) ? -1 : firstOf(a) > firstOf(b) ? 1 : a - b));
  return { prefixes, sorted, byBlock };
}

function keyOf({ family, length, first }: Cidr): string {
  return `${family} ${length} ${first}`;
}

import { addressBits } from './address.ts';
import { type Cidr, makeCidr } from './cidr.ts';

/** Two items whose prefixes share addresses; `later` comes after `earlier` in the order given. */
export interface Overlap<T> {
  readonly earlier: T;
  readonly later: T;
}

/**
 * For every item that overlaps one before it in the order given, the pair with the first such item. A sweep over the
 * sorted blocks, O(n log n): two CIDR blocks overlap only when one contains the other, so the blocks form trees, and
 * the first partner of a block is the least index above or below it in its tree.
 */
export function findOverlaps<T>(items: readonly T[], prefixOf: (item: T) => Cidr): Overlap<T>[] {
  const v4: Block<number>[] = [];
  const v6: Block<bigint>[] = [];
  items.forEach((item, index) => {
    const { family, length, first, last } = prefixOf(item);
    // Numbers hold IPv4 addresses exactly and sort several times faster than bigints.
    if (family === 4) v4.push({ index, length, first: Number(first), last: Number(last), least: index });
    else v6.push({ index, length, first, last, least: index });
  });
  const partners = new Map<number, number>();
  sweep(
    v4.sort((a, b) => a.first - b.first || a.length - b.length || a.index - b.index),
    partners,
  );
  sweep(
    v6.sort((a, b) => compare(a.first, b.first) || a.length - b.length || a.index - b.index),
    partners,
  );
  return [...partners]
    .sort((a, b) => a[0] - b[0])
    .flatMap(([later, earlier]) => {
      const [a, b] = [items[earlier], items[later]];
      return a === undefined || b === undefined ? [] : [{ earlier: a, later: b }];
    });
}

/**
 * The first block of `length` inside one of `containers` that overlaps none of `taken`, or undefined when there is no
 * room. Containers are tried in the order given.
 */
export function findFree(containers: readonly Cidr[], length: number, taken: readonly Cidr[]): Cidr | undefined {
  for (const container of containers) {
    if (length < container.length || length > addressBits(container.family)) continue;
    const step = 1n << BigInt(addressBits(container.family) - length);
    const blocks = taken
      .filter(
        (block) => block.family === container.family && block.last >= container.first && block.first <= container.last,
      )
      .sort((a, b) => compare(a.first, b.first));
    let candidate = container.first;
    for (const block of blocks) {
      if (candidate + step - 1n < block.first) break;
      if (block.last >= candidate) candidate = alignUp(block.last + 1n, container.first, step);
    }
    if (candidate + step - 1n <= container.last)
      return makeCidr({ family: container.family, value: candidate }, length);
  }
  return undefined;
}

/** The parts of `container` that none of `taken` covers, as the fewest blocks, in address order. */
export function freeBlocks(container: Cidr, taken: readonly Cidr[]): Cidr[] {
  const inside = taken.filter(
    (block) => block.family === container.family && block.first <= container.last && block.last >= container.first,
  );
  if (inside.length === 0) return [container];
  if (inside.some((block) => block.first <= container.first && block.last >= container.last)) return [];
  const half = container.length + 1;
  const middle = container.first + (1n << BigInt(addressBits(container.family) - half));
  const low = makeCidr({ family: container.family, value: container.first }, half);
  const high = makeCidr({ family: container.family, value: middle }, half);
  return [...freeBlocks(low, inside), ...freeBlocks(high, inside)];
}

interface Block<N extends number | bigint> {
  readonly index: number;
  readonly length: number;
  readonly first: N;
  readonly last: N;
  /** While the block is open: the least index among itself and the blocks inside it that are closed. */
  least: number;
}

/** Notes under each index the least smaller one whose block overlaps; the blocks are sorted, outer ones first. */
function sweep<N extends number | bigint>(blocks: readonly Block<N>[], partners: Map<number, number>): void {
  const open: Block<N>[] = [];
  // `leastAbove[i]` is the least index among the open blocks up to `open[i]`.
  const leastAbove: number[] = [];
  const close = (): void => {
    const block = open.pop();
    leastAbove.pop();
    if (block === undefined) return;
    const above = leastAbove[leastAbove.length - 1] ?? block.index;
    const partner = Math.min(above, block.least);
    if (partner < block.index) partners.set(block.index, partner);
    const outer = open[open.length - 1];
    if (outer !== undefined) outer.least = Math.min(outer.least, block.least);
  };
  for (const block of blocks) {
    for (let top = open[open.length - 1]; top !== undefined && top.last < block.first; top = open[open.length - 1])
      close();
    leastAbove.push(Math.min(block.index, leastAbove[leastAbove.length - 1] ?? block.index));
    open.push(block);
  }
  while (open.length > 0) close();
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function alignUp(value: bigint, base: bigint, step: bigint): bigint {
  return base + ((value - base + step - 1n) / step) * step;
}

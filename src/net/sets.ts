import { addressBits } from './address.ts';
import { type Cidr, makeCidr } from './cidr.ts';

/** Two items whose prefixes share addresses; `later` comes after `earlier` in the order given. */
export interface Overlap<T> {
  readonly earlier: T;
  readonly later: T;
}

/**
 * For every item that overlaps others, the pair with the first such item before it in the order given. A sweep over
 * the sorted blocks, O(n log n): two CIDR blocks overlap only when one contains the other, so the blocks that are open
 * at any point are nested in each other.
 */
export function findOverlaps<T>(items: readonly T[], prefixOf: (item: T) => Cidr): Overlap<T>[] {
  const entries = items.map((item, index) => ({ item, index, prefix: prefixOf(item) }));
  entries.sort((a, b) => a.prefix.family - b.prefix.family || compare(a.prefix.first, b.prefix.first) || a.prefix.length - b.prefix.length || a.index - b.index);
  const partner = new Map<number, number>();
  const open: typeof entries = [];
  const note = (a: number, b: number): void => {
    const [earlier, later] = a < b ? [a, b] : [b, a];
    const known = partner.get(later);
    if (known === undefined || earlier < known) partner.set(later, earlier);
  };
  for (const entry of entries) {
    while (open.length > 0) {
      const top = open[open.length - 1];
      if (top !== undefined && top.prefix.family === entry.prefix.family && entry.prefix.first <= top.prefix.last) break;
      open.pop();
    }
    // The outermost and the innermost open block are enough: everything between lies inside the outermost.
    const outermost = open[0];
    const innermost = open[open.length - 1];
    if (outermost !== undefined) note(outermost.index, entry.index);
    if (innermost !== undefined) note(innermost.index, entry.index);
    open.push(entry);
  }
  return [...partner]
    .sort((a, b) => a[0] - b[0])
    .flatMap(([later, earlier]) => {
      const [a, b] = [items[earlier], items[later]];
      return a === undefined || b === undefined ? [] : [{ earlier: a, later: b }];
    });
}

/**
 * The first block of `length` inside one of `containers` that overlaps none of `taken`, or undefined when there is no
 * room. `from` skips blocks that end before it.
 */
export function findFree(containers: readonly Cidr[], length: number, taken: readonly Cidr[]): Cidr | undefined {
  for (const container of containers) {
    if (length < container.length || length > addressBits(container.family)) continue;
    const step = 1n << BigInt(addressBits(container.family) - length);
    const blocks = taken
      .filter((block) => block.family === container.family && block.last >= container.first && block.first <= container.last)
      .sort((a, b) => compare(a.first, b.first));
    let candidate = container.first;
    for (const block of blocks) {
      if (candidate + step - 1n < block.first) break;
      if (block.last >= candidate) candidate = alignUp(block.last + 1n, container.first, step);
    }
    if (candidate + step - 1n <= container.last) return makeCidr({ family: container.family, value: candidate }, length);
  }
  return undefined;
}

/** The parts of `container` that none of `taken` covers, as the fewest blocks, in address order. */
export function freeBlocks(container: Cidr, taken: readonly Cidr[]): Cidr[] {
  const inside = taken.filter((block) => block.family === container.family && block.first <= container.last && block.last >= container.first);
  if (inside.length === 0) return [container];
  if (inside.some((block) => block.first <= container.first && block.last >= container.last)) return [];
  const half = container.length + 1;
  const middle = container.first + (1n << BigInt(addressBits(container.family) - half));
  const low = makeCidr({ family: container.family, value: container.first }, half);
  const high = makeCidr({ family: container.family, value: middle }, half);
  return [...freeBlocks(low, inside), ...freeBlocks(high, inside)];
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function alignUp(value: bigint, base: bigint, step: bigint): bigint {
  return base + ((value - base + step - 1n) / step) * step;
}

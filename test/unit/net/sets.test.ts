import { describe, expect, it } from 'vitest';
import {
  type Cidr,
  cidr,
  cidrSize,
  containsCidr,
  countSubnets,
  formatCidr,
  overlaps,
  subnetAt,
} from '../../../src/net/cidr.ts';
import { findFree, findOverlaps, freeBlocks } from '../../../src/net/sets.ts';
import { expectLinear } from '../../support/growth.ts';
import { random, randomPrefix } from './random.ts';

function overlapsOf(...texts: string[]): string[] {
  return findOverlaps(texts, cidr).map(({ earlier, later }) => `${later} on ${earlier}`);
}

describe('findOverlaps', () => {
  it('pairs each block with the first one before it that it overlaps', () => {
    expect(overlapsOf('10.0.0.0/24', '10.0.1.0/24')).toEqual([]);
    expect(overlapsOf('10.0.0.0/23', '10.0.1.0/24')).toEqual(['10.0.1.0/24 on 10.0.0.0/23']);
    expect(overlapsOf('10.0.1.0/24', '10.0.0.0/23')).toEqual(['10.0.0.0/23 on 10.0.1.0/24']);
    expect(overlapsOf('10.0.0.0/24', '10.0.0.0/24', '10.0.0.0/24')).toEqual([
      '10.0.0.0/24 on 10.0.0.0/24',
      '10.0.0.0/24 on 10.0.0.0/24',
    ]);
  });

  it('finds the first partner in the middle of a nest', () => {
    expect(overlapsOf('10.0.0.0/16', '10.0.0.0/25', '10.0.0.0/8', '10.0.0.0/24')).toEqual([
      '10.0.0.0/25 on 10.0.0.0/16',
      '10.0.0.0/8 on 10.0.0.0/16',
      '10.0.0.0/24 on 10.0.0.0/16',
    ]);
  });

  it('keeps IPv4 and IPv6 apart', () => {
    expect(overlapsOf('::/0', '0.0.0.0/0', 'fd00::/8')).toEqual(['fd00::/8 on ::/0']);
  });

  it('takes host bits as part of their block', () => {
    expect(overlapsOf('10.0.0.5/24', '10.0.0.200/25')).toHaveLength(1);
  });

  it('agrees with comparing all pairs of random blocks', () => {
    const below = random(3);
    for (let round = 0; round < 400; round++) {
      const items = Array.from({ length: below(30) }, (_, index) => ({ index, prefix: randomPrefix(below) }));
      const found = findOverlaps(items, (item) => item.prefix).map(({ earlier, later }) => [
        earlier.index,
        later.index,
      ]);
      const expected = items.flatMap((later) => {
        const earlier = items.find((item) => item.index < later.index && overlaps(item.prefix, later.prefix));
        return earlier === undefined ? [] : [[earlier.index, later.index]];
      });
      expect(found).toEqual(expected);
    }
  });

  it('sweeps blocks in time that grows with their number', () => {
    expectLinear(16_000, (count) => {
      const below = random(4);
      const prefixes = Array.from({ length: count }, (_, index) => cidr(`10.${index >> 8}.${index & 255}.0/24`));
      prefixes.sort(() => below(3) - 1);
      return () => expect(findOverlaps(prefixes, (prefix) => prefix)).toEqual([]);
    });
  });
});

describe('findFree', () => {
  const free = (containers: string[], length: number, taken: string[]): string | undefined => {
    const found = findFree(containers.map(cidr), length, taken.map(cidr));
    return found && formatCidr(found);
  };

  it.each([
    [['10.0.0.0/16'], 24, [], '10.0.0.0/24'],
    [['10.0.0.0/16'], 24, ['10.0.0.0/24', '10.0.1.0/24'], '10.0.2.0/24'],
    [['10.0.0.0/16'], 24, ['10.0.0.0/24', '10.0.2.0/24'], '10.0.1.0/24'],
    [['10.0.0.0/16'], 23, ['10.0.0.0/24', '10.0.2.128/25'], '10.0.4.0/23'],
    [['10.0.0.0/16'], 24, ['10.0.0.0/22', '10.0.1.0/24', '10.0.0.0/30'], '10.0.4.0/24'],
    [['10.0.0.0/24'], 24, ['10.0.0.0/30'], undefined],
    [['10.0.0.0/24'], 23, [], undefined],
    [['10.0.0.0/24'], 33, [], undefined],
    [['10.0.0.0/24'], 25, ['10.0.0.0/8'], undefined],
    [['10.0.0.0/24', '10.1.0.0/16'], 24, ['10.0.0.0/25'], '10.1.0.0/24'],
    [['255.255.255.0/24'], 25, ['255.255.255.0/25'], '255.255.255.128/25'],
    [['255.255.255.0/24'], 25, ['255.255.255.128/25', '255.255.255.0/26'], undefined],
    [['fd00::/48'], 64, ['fd00::/64', '10.0.0.0/8'], 'fd00:0:0:1::/64'],
    [[], 24, [], undefined],
  ] as const)('in %j finds a /%i beside %j', (containers, length, taken, expected) => {
    expect(free([...containers], length, [...taken])).toBe(expected);
  });

  it('gives the first block that is free, in random spaces', () => {
    const below = random(5);
    for (let round = 0; round < 400; round++) {
      const container = cidr('10.0.0.0/22');
      const length = 22 + below(8);
      const taken = Array.from({ length: below(12) }, () => randomPrefix((bound) => below(Math.min(bound, 1024)), 4));
      const blocks = Array.from({ length: Number(countSubnets(container, length)) }, (_, index) =>
        subnetAt(container, length, index),
      );
      const expected = blocks.find((block) => block !== undefined && !taken.some((other) => overlaps(other, block)));
      const found = findFree([container], length, taken);
      expect(found && formatCidr(found)).toBe(expected && formatCidr(expected));
    }
  });
});

describe('freeBlocks', () => {
  const free = (container: string, ...taken: string[]): string[] =>
    freeBlocks(cidr(container), taken.map(cidr)).map(formatCidr);

  it.each([
    ['10.0.0.0/24', [], ['10.0.0.0/24']],
    ['10.0.0.0/24', ['10.0.0.0/25'], ['10.0.0.128/25']],
    ['10.0.0.0/24', ['10.0.0.64/26'], ['10.0.0.0/26', '10.0.0.128/25']],
    ['10.0.0.0/24', ['10.0.0.0/16'], []],
    ['10.0.0.0/30', ['10.0.0.1/32'], ['10.0.0.0/32', '10.0.0.2/31']],
    ['10.0.0.1/32', [], ['10.0.0.1/32']],
    ['fd00::/62', ['fd00::/64'], ['fd00:0:0:1::/64', 'fd00:0:0:2::/63']],
  ] as const)('of %s without %j', (container, taken, expected) => {
    expect(free(container, ...taken)).toEqual(expected);
  });

  it('covers exactly what is not taken, with blocks that cannot be joined', () => {
    const below = random(6);
    for (let round = 0; round < 300; round++) {
      const container = cidr('10.0.0.0/20');
      const taken = Array.from({ length: below(10) }, () => randomPrefix((bound) => below(Math.min(bound, 4096)), 4));
      const blocks = freeBlocks(container, taken);
      for (const block of blocks) {
        expect(containsCidr(container, block)).toBe(true);
        expect(taken.some((other) => overlaps(other, block))).toBe(false);
      }
      expect(findOverlaps(blocks, (block) => block)).toEqual([]);
      expect(sum(blocks)).toBe(
        cidrSize(container) -
          sum(
            outermost(
              taken.filter((other) => overlaps(other, container)),
              container,
            ),
          ),
      );
      for (const [index, block] of blocks.entries()) {
        const next = blocks[index + 1];
        const isPair =
          next !== undefined &&
          next.length === block.length &&
          next.first === block.last + 1n &&
          block.first % (2n * cidrSize(block)) === 0n;
        expect(isPair).toBe(false);
      }
    }
  });
});

function sum(blocks: readonly Cidr[]): bigint {
  return blocks.reduce((total, block) => total + cidrSize(block), 0n);
}

/** The blocks that lie in no other, each cut to the container. */
function outermost(blocks: readonly Cidr[], container: Cidr): Cidr[] {
  if (blocks.some((block) => containsCidr(block, container))) return [container];
  const distinct = [...new Map(blocks.map((block) => [formatCidr(block), block])).values()];
  return distinct.filter((block) => !distinct.some((other) => other !== block && containsCidr(other, block)));
}

import { addressBits, type Family } from '../../../src/net/address.ts';
import { type Cidr, makeCidr } from '../../../src/net/cidr.ts';

/** Pseudo-random numbers below a bound, the same for the same seed. */
export function random(seed: number): (bound: number) => number {
  let state = seed >>> 0;
  return (bound) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) >>> 0;
    return Math.floor(((state ^ (state >>> 14)) >>> 0) % bound);
  };
}

/** A prefix inside 10.0.0.0/16 or fd00::/112, so that overlaps are common. */
export function randomPrefix(below: (bound: number) => number, family: Family = below(4) === 0 ? 6 : 4): Cidr {
  const base = family === 4 ? 0x0a000000n : 0xfdn << 120n;
  const length = addressBits(family) - below(17);
  return makeCidr({ family, value: base + BigInt(below(65_536)) }, length);
}

import { describe, expect, it } from 'vitest';
import { expectLinear } from '../../support/growth.ts';

let sum = 0;

/** Adds up so many numbers. */
function work(steps: number): void {
  for (let i = 0; i < steps; i++) sum += Math.sqrt(i);
}

describe('expectLinear', () => {
  it('lets pass what costs as much for each part', () => {
    expectLinear(200_000, (size) => () => work(size));
    expect(sum).toBeGreaterThan(0);
  });

  it('fails on what compares all pairs', () => {
    expect(() => expectLinear(1600, (size) => () => work(size * size))).toThrow('in one piece against 16 pieces');
  });
});

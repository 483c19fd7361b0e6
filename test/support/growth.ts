import process from 'node:process';
import { expect } from 'vitest';

/** How many small inputs are as much as the large one. */
const parts = 16;
/** What is linear costs about once as much in one piece, what is quadratic `parts` times: between them lies this. */
const generous = Math.sqrt(parts);
const enoughRounds = 3;
const mostRounds = 12;

/**
 * Fails where the cost of a task grows like the square of its input. `prepare` makes the task for an input of a size;
 * one task of `size` is held against as many small ones as are together as large. What counts is processor time, the
 * least of several rounds that take turns, so that neither a busy machine nor a cold start makes a difference.
 */
export function expectLinear(size: number, prepare: (size: number) => () => unknown): void {
  const large = prepare(size);
  const small = prepare(Math.ceil(size / parts));
  let [least, leastOfParts] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 1; round <= mostRounds; round++) {
    leastOfParts = Math.min(leastOfParts, processorTime(small, parts));
    least = Math.min(least, processorTime(large, 1));
    if (round >= enoughRounds && least <= generous * leastOfParts) return;
  }
  expect(least / leastOfParts, `cost of ${size} in one piece against ${parts} pieces`).toBeLessThanOrEqual(generous);
}

/** Microseconds of processor time that a task takes when it is run so often. */
function processorTime(task: () => unknown, times: number): number {
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) task();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

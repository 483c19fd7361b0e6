/** How long each task runs before it counts: the engine that editors run has been warm for hours. */
const warmUp = { rounds: 3, milliseconds: 500 };

/** Each measurement runs so often at least, and so long at least. */
const minimum = { rounds: 7, milliseconds: 600 };

/**
 * Median milliseconds that each task takes over all inputs. The tasks take turns input by input, so that whatever else the
 * machine does slows all of them alike, and their ratios hold.
 */
export function timeSideBySide<T, const Tasks extends readonly ((input: T) => void)[]>(
  inputs: readonly T[],
  ...tasks: Tasks
): { [K in keyof Tasks]: number } {
  repeat(warmUp, () => runAll(inputs, tasks));
  const rounds: number[][] = [];
  repeat(minimum, () => rounds.push(runAll(inputs, tasks)));
  return tasks.map((_, index) =>
    quantile(
      rounds.map((times) => times[index] ?? 0),
      0.5,
    ),
  ) as { [K in keyof Tasks]: number };
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function repeat({ rounds, milliseconds }: typeof minimum, run: () => void): void {
  const began = performance.now();
  for (let round = 0; round < rounds || performance.now() - began < milliseconds; round++) run();
}

/** Milliseconds of each task in one round. */
function runAll<T>(inputs: readonly T[], tasks: readonly ((input: T) => void)[]): number[] {
  const times = tasks.map(() => 0);
  for (const input of inputs) {
    for (const [index, task] of tasks.entries()) {
      const start = performance.now();
      task(input);
      times[index] = (times[index] ?? 0) + performance.now() - start;
    }
  }
  return times;
}

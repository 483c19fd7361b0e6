import type { Span } from './span.ts';

/** `length` characters that are the same in both texts. */
export interface Run {
  readonly inner: number;
  readonly outer: number;
  readonly length: number;
}

/**
 * Carries spans of an embedded text (a Corefile inside a YAML scalar) out to the file that holds it.
 * Runs are sorted by `inner` and cover the inner text; gaps in the outer text are what the outer
 * language took away (indentation, folded line breaks, escapes).
 */
export class OffsetMap {
  private readonly runs: readonly Run[];

  constructor(runs: readonly Run[]) {
    this.runs = runs;
  }

  /** The map of a text embedded without any change at `outer`. */
  static identity(outer: number, length: number): OffsetMap {
    return new OffsetMap([{ inner: 0, outer, length }]);
  }

  /**
   * The outer offset of an inner one. `side` decides at the seam between two runs:
   * `start` takes the beginning of the later run, `end` the end of the earlier one.
   */
  toOuter(inner: number, side: 'start' | 'end' = 'start'): number {
    const run = this.runs[this.findRun(inner, side)];
    if (run === undefined) return 0;
    return run.outer + Math.max(0, Math.min(inner - run.inner, run.length));
  }

  spanToOuter(inner: Span): Span {
    const start = this.toOuter(inner.start, 'start');
    if (inner.end <= inner.start) return { start, end: start };
    return { start, end: Math.max(start, this.toOuter(inner.end, 'end')) };
  }

  /** The inner offset of an outer one, or undefined where no run covers it. */
  toInner(outer: number): number | undefined {
    for (const run of this.runs) {
      if (outer >= run.outer && outer <= run.outer + run.length) return run.inner + outer - run.outer;
    }
    return undefined;
  }

  private findRun(inner: number, side: 'start' | 'end'): number {
    let low = 0;
    let high = this.runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const begin = this.runs[middle]?.inner ?? 0;
      if (side === 'start' ? begin <= inner : begin < inner) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

import { describe, expect, it } from 'vitest';
import { OffsetMap } from '../../../src/base/offset-map.ts';

/** The map of the lines of a text that stand indented in another one. */
function indented(outer: string, indent: number): { inner: string; map: OffsetMap } {
  const runs: { inner: number; outer: number; length: number }[] = [];
  let inner = '';
  let at = 0;
  for (const line of outer.split(/(?<=\n)/)) {
    runs.push({ inner: inner.length, outer: at + indent, length: line.length - indent });
    inner += line.slice(indent);
    at += line.length;
  }
  return { inner, map: new OffsetMap(runs) };
}

describe('OffsetMap', () => {
  const outer = '    errors\n    cache 30 {\n    }\n';
  const { inner, map } = indented(outer, 4);

  it('carries every word of the inner text to the same word outside', () => {
    for (const word of ['errors', 'cache', '30', '{', '}']) {
      const start = inner.indexOf(word);
      const span = map.spanToOuter({ start, end: start + word.length });
      expect(outer.slice(span.start, span.end)).toBe(word);
    }
  });

  it('ends a span where its last character ends, not where the next run begins', () => {
    const end = inner.indexOf('\n') + 1;
    expect(map.spanToOuter({ start: 0, end })).toEqual({ start: 4, end: 11 });
    expect(map.toOuter(end, 'start')).toBe(15);
    expect(map.toOuter(end, 'end')).toBe(11);
  });

  it('keeps an empty span empty, at the beginning of the later run', () => {
    const seam = inner.indexOf('cache');
    const start = outer.indexOf('cache');
    expect(map.spanToOuter({ start: seam, end: seam })).toEqual({ start, end: start });
  });

  it('finds the way back, and knows what is not part of the inner text', () => {
    expect(map.toInner(outer.indexOf('cache') + 2)).toBe(inner.indexOf('cache') + 2);
    expect(map.toInner(1)).toBeUndefined();
    expect(map.toInner(outer.indexOf('cache') - 2)).toBeUndefined();
  });

  it('shifts a text that is embedded as it is', () => {
    const identity = OffsetMap.identity(10, 5);
    expect(identity.spanToOuter({ start: 1, end: 3 })).toEqual({ start: 11, end: 13 });
    expect(identity.toOuter(99)).toBe(15);
    expect(identity.toInner(9)).toBeUndefined();
  });

  it('has an answer for a text of which nothing is left', () => {
    expect(new OffsetMap([]).spanToOuter({ start: 0, end: 3 })).toEqual({ start: 0, end: 0 });
    expect(new OffsetMap([]).toInner(0)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { assertNever, invariant } from '../../../src/base/assert.ts';
import { groupBy } from '../../../src/base/group.ts';
import { compareLocations, encloses, sameLocation, touches } from '../../../src/base/span.ts';

describe('spans', () => {
  const span = { start: 2, end: 5 };

  it('enclose themselves and what lies inside', () => {
    expect(
      [span, { start: 3, end: 3 }, { start: 1, end: 3 }, { start: 4, end: 6 }].map((at) => encloses(span, at)),
    ).toEqual([true, true, false, false]);
  });

  it('are touched by a cursor at either end', () => {
    expect([1, 2, 5, 6].map((offset) => touches(span, offset))).toEqual([false, true, true, false]);
  });

  it('sort by document, then start, then end', () => {
    const places = [
      { uri: 'b', span: { start: 0, end: 1 } },
      { uri: 'a', span: { start: 3, end: 4 } },
      { uri: 'a', span: { start: 1, end: 9 } },
      { uri: 'a', span: { start: 1, end: 2 } },
    ];
    const sorted = [...places].sort(compareLocations);
    expect(sorted).toEqual([places[3], places[2], places[1], places[0]]);
    expect(sameLocation({ uri: 'a', span }, { uri: 'a', span: { start: 2, end: 5 } })).toBe(true);
    expect(sameLocation({ uri: 'a', span }, { uri: 'b', span })).toBe(false);
  });
});

describe('groupBy', () => {
  it('keeps groups and items in the order in which they come', () => {
    const groups = groupBy(['pod', 'node', 'port', 'nat'], (word) => word[0]);
    expect([...groups]).toEqual([
      ['p', ['pod', 'port']],
      ['n', ['node', 'nat']],
    ]);
  });

  it('takes any word for a key', () => {
    const groups = groupBy(['__proto__', 'constructor', '__proto__'], (word) => word);
    expect([...groups.values()].map((group) => group.length)).toEqual([2, 1]);
  });
});

describe('assertions', () => {
  it('speak up about what cannot be', () => {
    expect(() => assertNever('x' as never)).toThrow('Unexpected value: "x"');
    expect(() => invariant(false, 'The tree has a root.')).toThrow('The tree has a root.');
    expect(() => invariant(true, 'never seen')).not.toThrow();
  });
});

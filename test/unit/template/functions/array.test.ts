import { describe, expect, it } from 'vitest';
import { expectLinear } from '../../../support/growth.ts';
import { callAt, data, hole, invoke, keylessHole, openArray, openObject, plain, run } from './call.ts';

describe('array functions', () => {
  it.each([
    ['concat', [['a'], ['b', 'c']], ['a', 'b', 'c']],
    ['createArray', [1, 'a', null], [1, 'a', null]],
    ['createArray', [], []],
    ['array', ['a'], ['a']],
    ['array', [['a']], ['a']],
    ['range', [5, 3], [5, 6, 7]],
    ['range', [0, 0], []],
    ['range', [0, 10_001], '<invalid-argument>'],
    ['range', [0, -1], '<invalid-argument>'],
    ['range', [2_147_483_647, 1], '<invalid-argument>'],
    ['flatten', [[['a'], [], ['b', ['c']]]], ['a', 'b', ['c']]],
    ['flatten', [['a']], '<wrong-type>'],
    [
      'union',
      [
        ['a', 'b'],
        ['b', 'c', 'a'],
      ],
      ['a', 'b', 'c'],
    ],
    ['union', [[{ a: 1 }], [{ a: 1 }, { a: 2 }]], [{ a: 1 }, { a: 2 }]],
    ['union', [['1'], [1]], ['1', 1]],
    [
      'intersection',
      [
        ['a', 'b', 'b', 'c'],
        ['c', 'b'],
        ['b', 'c', 'd'],
      ],
      ['b', 'c'],
    ],
    ['intersection', [[{ a: 1 }, { a: 2 }], [{ a: 2 }]], [{ a: 2 }]],
    ['contains', [['a', 'b'], 'B'], false],
    ['contains', [[{ a: 1 }], { a: 1 }], true],
    ['indexOf', [['a', 'b', 'a'], 'a'], 0],
    ['lastIndexOf', [['a', 'b', 'a'], 'a'], 2],
    ['indexOf', [['a'], 'x'], -1],
    ['length', [['a', 'b']], 2],
    ['empty', [[]], true],
    ['empty', [null], true],
    ['first', [['a', 'b']], 'a'],
    ['last', [['a', 'b']], 'b'],
    ['first', [[]], null],
    ['skip', [['a', 'b', 'c'], 1], ['b', 'c']],
    ['take', [['a', 'b', 'c'], 2], ['a', 'b']],
    ['skip', [['a'], 5], []],
    ['take', [['a'], -1], []],
    ['min', [3, 1, 2], 1],
    ['max', [[3, 1, 2]], 3],
    ['max', [[]], '<invalid-argument>'],
    ['tryGet', [['a', 'b'], 1], 'b'],
    ['tryGet', [['a'], 1], null],
    ['tryGet', [{ a: { b: 'c' } }, 'a', 'b'], 'c'],
    ['tryGet', [{ a: {} }, 'a', 'b', 'c'], null],
    ['indexFromEnd', [['a', 'b', 'c'], 1], 'c'],
    ['indexFromEnd', [['a'], 2], '<wrong-type>'],
    ['tryIndexFromEnd', [['a'], 2], null],
    ['tryIndexFromEnd', [[{ a: 1 }], 1, 'a'], 1],
  ])('%s of %j', (name, args, expected) => {
    expect(run(name, ...args)).toEqual(expected);
  });

  it.each([
    'concat',
    'array',
    'createArray',
    'range',
    'flatten',
    'union',
    'intersection',
    'items',
    'objectKeys',
    'min',
    'max',
    'tryGet',
    'indexFromEnd',
    'indexOf',
    'skip',
    'take',
    'first',
    'map',
    'filter',
    'reduce',
    'sort',
    'toObject',
    'mapValues',
    'groupBy',
    'shallowMerge',
    'createObject',
    'if',
    'coalesce',
    'equals',
    'less',
    'and',
    'not',
    'string',
    'int',
    'bool',
    'json',
    'base64',
    'uri',
    'guid',
    'add',
    'div',
    'cidrSubnet',
    'cidrHost',
    'parseCidr',
    'resourceId',
    'resourceGroup',
    'environment',
    'any',
    'nameof',
    'fail',
  ])('%s takes any arguments without throwing', (name) => {
    const values = [null, 5, 'a', {}, [], [1], hole(), openArray('a'), openObject({ a: 1 }), keylessHole()];
    expect(() => run(name)).not.toThrow();
    for (const a of values) {
      expect(() => run(name, a)).not.toThrow();
      for (const b of values) {
        expect(() => run(name, a, b)).not.toThrow();
        expect(() => run(name, a, b, a)).not.toThrow();
      }
    }
  });
});

describe('arrays that are not fully known', () => {
  it('stay open, with their known items', () => {
    expect(run('concat', ['a'], hole())).toEqual(['a', '...']);
    expect(run('concat', hole(), ['a'])).toEqual(['a', '...']);
    expect(run('concat', openArray('a'), ['b'])).toEqual(['a', 'b', '...']);
    expect(run('flatten', [['a'], hole()])).toEqual(['a', '...']);
    expect(run('union', ['a'], hole())).toEqual(['a', '...']);
    expect(run('distinct', ['a', 2, 'a', 2, 'b'])).toEqual(['a', 2, 'b']);
    expect(run('distinct', ['a', hole()])).toEqual(['a', '...']);
    expect(run('concat', hole(), hole())).toBe('<parameter-without-default>');
  });

  it('leave out what may be a repetition', () => {
    expect(run('union', ['a'], [hole()])).toEqual(['a', '...']);
    expect(run('union', [hole()], ['a'])).toEqual(['<parameter-without-default>', '...']);
    expect(run('union', [hole('p')], [hole('p')])).toEqual(['<parameter-without-default>']);
    expect(run('union', [{ name: 'a', id: hole() }], [{ name: 'b', id: 'x' }])).toHaveLength(2);
  });

  it('intersect in what is proven to be in all', () => {
    expect(run('intersection', ['a', 'b'], openArray('a'))).toEqual(['a', '...']);
    expect(run('intersection', ['a'], hole())).toEqual(['...']);
    expect(run('intersection', ['a'], [hole()])).toEqual(['...']);
    expect(run('intersection', ['a', 'b'], ['b'], [hole(), 'b'])).toEqual(['b']);
    expect(run('intersection', [hole('p'), 'a'], ['a', hole('p')])).toEqual(['<parameter-without-default>', '...']);
  });

  it('prove that an item is there but not that it is missing', () => {
    expect(run('contains', openArray('a'), 'a')).toBe(true);
    expect(run('contains', openArray('a'), 'b')).toBe('<unsupported>');
    expect(run('contains', ['a', hole()], 'b')).toBe('<parameter-without-default>');
    expect(run('contains', ['a'], hole())).toBe('<parameter-without-default>');
    expect(run('contains', [hole('p')], hole('p'))).toBe(true);
    expect(run('indexOf', ['a', hole()], 'b')).toBe('<unsupported>');
    expect(run('indexOf', ['a', hole()], 'a')).toBe(0);
  });

  it('have no known length, positions or ends', () => {
    expect(run('length', openArray('a'))).toBe('<unsupported>');
    expect(run('length', ['a', hole()])).toBe(2);
    expect(run('empty', openArray('a'))).toBe(false);
    expect(run('empty', openArray())).toBe('<unsupported>');
    expect(run('first', openArray('a'))).toBe('<unsupported>');
    expect(run('skip', openArray('a'), 1)).toEqual(['...']);
    expect(run('take', ['a', hole()], 1)).toEqual(['a']);
    expect(run('max', 1, hole())).toBe('<parameter-without-default>');
  });
});

describe('origins', () => {
  it('leave the literal behind an item editable', () => {
    const list = data(['10.0.0.0/24', '10.0.1.0/24']);
    const literals = list.kind === 'array' ? list.items.map((item) => item.origin.from) : [];
    const first = invoke('first', [list]).result;
    expect(first.origin).toEqual({ at: callAt, from: literals[0] });
    for (const [name, ...args] of [
      ['skip', list, 0],
      ['take', list, 2],
      ['union', list, []],
      ['concat', list, []],
      ['flatten', [list]],
    ] as const) {
      const { result } = invoke(name, args);
      expect(result.origin).toEqual({ at: callAt });
      expect(result.kind === 'array' ? result.items.map((item) => item.origin.from) : []).toEqual(literals);
    }
  });

  it('do not claim that a computed array is a literal', () => {
    expect(invoke('concat', [['a'], ['b']]).result).toMatchObject({ isLiteral: false });
    expect(invoke('array', [data(['a'])]).result).toMatchObject({ isLiteral: true });
  });
});

describe('limits', () => {
  it('leaves too large arrays unknown', () => {
    const big = invoke('range', [0, 10_000]).result;
    const bigger = invoke(
      'concat',
      Array.from({ length: 10 }, () => big),
    ).result;
    expect(bigger).toMatchObject({ kind: 'array' });
    expect(plain(invoke('concat', [bigger, big]).result)).toBe('<too-large>');
    expect(plain(invoke('flatten', [[bigger, big]]).result)).toBe('<too-large>');
  });

  it('joins lists of texts in time that grows with their length', () => {
    expectLinear(8000, (length) => {
      const texts = Array.from({ length }, (_, index) => `10.0.0.${index}`);
      return () => expect(invoke('union', [texts, texts]).result).toMatchObject({ kind: 'array', isOpen: false });
    });
  });
});

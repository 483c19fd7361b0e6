import { describe, expect, it } from 'vitest';
import type { Data } from '../../../../src/template/data.ts';
import { booleanData, numberData, stringData } from '../../../../src/template/data.ts';
import { callAt, data, hole, invoke, lambda, openArray, openObject, plain, run } from './call.ts';

const at = { at: callAt };

function text(value: Data | undefined): string {
  return value?.kind === 'string' ? value.value : '';
}

function member(value: Data | undefined, name: string): Data {
  return (value?.kind === 'object' ? value.properties.get(name)?.value : undefined) ?? hole();
}

describe('object functions', () => {
  it.each([
    [
      'union',
      [
        { a: 1, b: { x: 1, y: [1] } },
        { b: { y: [2], z: 3 }, c: 4 },
      ],
      { a: 1, b: { x: 1, y: [2], z: 3 }, c: 4 },
    ],
    ['union', [{ a: { b: 1 } }, { a: null }], { a: null }],
    ['union', [{ Name: 'a' }, { name: 'b' }], { Name: 'b' }],
    ['union', [{ a: 1 }, []], '<wrong-type>'],
    ['shallowMerge', [[{ a: { x: 1 } }, { a: { y: 2 } }]], { a: { y: 2 } }],
    [
      'intersection',
      [
        { a: 1, b: 2 },
        { a: 1, b: 3, c: 4 },
      ],
      { a: 1 },
    ],
    ['contains', [{ OneTwo: 1 }, 'onetwo'], true],
    ['contains', [{ a: 1 }, 'b'], false],
    ['length', [{ a: 1, b: 2 }], 2],
    ['empty', [{}], true],
    [
      'items',
      [{ b: 1, A: 2 }],
      [
        { key: 'A', value: 2 },
        { key: 'b', value: 1 },
      ],
    ],
    ['objectKeys', [{ b: 1, A: 2 }], ['A', 'b']],
    ['createObject', ['a', 1, 'b', [2]], { a: 1, b: [2] }],
    ['createObject', [], {}],
    ['createObject', ['a'], '<invalid-argument>'],
    ['createObject', [hole(), 1, 'b', 2], { b: 2, '...': true }],
  ])('%s of %j', (name, args, expected) => {
    expect(run(name, ...args)).toEqual(expected);
  });

  it('are safe with names of object prototypes', () => {
    expect(plain(invoke('union', [{ constructor: 1 }, { toString: 2 }]).result)).toEqual({
      constructor: 1,
      toString: 2,
    });
    expect(run('contains', {}, 'toString')).toBe(false);
    expect(run('contains', {}, '__proto__')).toBe(false);
    expect(run('tryGet', {}, 'constructor')).toBe(null);
  });
});

describe('objects that are not fully known', () => {
  it('lose what a later unknown may replace', () => {
    expect(run('union', { a: 1 }, hole())).toEqual({ a: '<unsupported>', '...': true });
    expect(run('union', { a: 1, b: 2 }, openObject({ b: 3 }))).toEqual({ a: '<unsupported>', b: 3, '...': true });
    expect(run('union', { a: { x: 1 } }, { a: hole() })).toEqual({ a: '<parameter-without-default>' });
  });

  it('keep what comes after an unknown', () => {
    expect(run('union', hole(), { a: 1, b: { x: 1 } })).toEqual({ a: 1, b: { x: 1, '...': true }, '...': true });
    expect(run('union', { b: hole() }, { b: { x: 1 } })).toEqual({ b: { x: 1, '...': true } });
    expect(run('union', { b: 'text' }, { b: { x: 1 } })).toEqual({ b: { x: 1 } });
    expect(run('shallowMerge', [hole(), { b: { x: 1 } }])).toEqual({ b: { x: 1 }, '...': true });
  });

  it('are searched only as far as they are known', () => {
    expect(run('contains', openObject({ a: 1 }), 'a')).toBe(true);
    expect(run('contains', openObject({ a: 1 }), 'b')).toBe('<unsupported>');
    expect(run('items', openObject({ a: 1 }))).toEqual([{ key: 'a', value: 1 }, '...']);
    expect(run('length', openObject({ a: 1 }))).toBe('<unsupported>');
    expect(run('intersection', { a: 1, b: 2 }, openObject({ a: 1 }))).toEqual({ a: 1, '...': true });
  });

  it('keep the origins of their values', () => {
    const base = data({ a: '10.0.0.0/16' });
    const from = member(base, 'a').origin.from;
    expect(from).toBeDefined();
    expect(member(invoke('union', [base, { b: 1 }]).result, 'a').origin.from).toEqual(from);
  });
});

describe('lambda functions', () => {
  const upper = lambda((item) => stringData(text(item).toUpperCase(), at));
  const isNode = lambda((item) => (item?.kind === 'string' ? booleanData(item.value.startsWith('n'), at) : hole()));
  const withIndex = lambda(
    (item, index) => (index?.kind === 'number' ? stringData(`${text(item)}${index.value}`, at) : hole()),
    ['item', 'index'],
  );

  it('map', () => {
    expect(run('map', ['a', 'b'], upper)).toEqual(['A', 'B']);
    expect(run('map', ['a', 'b'], withIndex)).toEqual(['a0', 'b1']);
    expect(run('map', openArray('a'), upper)).toEqual(['A', '...']);
    expect(run('map', openArray('a'), withIndex)).toEqual(['<parameter-without-default>', '...']);
    expect(run('map', hole(), upper)).toBe('<parameter-without-default>');
    expect(run('map', ['a'], 'b')).toBe('<wrong-type>');
  });

  it('filter', () => {
    expect(run('filter', ['n1', 'p1', 'n2'], isNode)).toEqual(['n1', 'n2']);
    expect(run('filter', ['n1', hole()], isNode)).toEqual(['n1', '...']);
    const list = data(['n1']);
    const { result } = invoke('filter', [list, isNode]);
    expect(result.kind === 'array' && list.kind === 'array' ? result.items[0] : undefined).toBe(
      list.kind === 'array' ? list.items[0] : null,
    );
  });

  it('reduce', () => {
    const sum = lambda(
      (a, b) => (a?.kind === 'number' && b?.kind === 'number' ? numberData(a.value + b.value, at) : hole()),
      ['a', 'b'],
    );
    expect(run('reduce', [1, 2, 3], 10, sum)).toBe(16);
    expect(run('reduce', [], 10, sum)).toBe(10);
    expect(run('reduce', openArray(1), 10, sum)).toBe('<unsupported>');
  });

  it('sort', () => {
    const less = lambda(
      (a, b) => (a?.kind === 'number' && b?.kind === 'number' ? booleanData(a.value < b.value, at) : hole()),
      ['a', 'b'],
    );
    expect(run('sort', [3, 1, 2], less)).toEqual([1, 2, 3]);
    expect(run('sort', [3, hole(), 2], less)).toEqual([3, '<parameter-without-default>', 2, '...']);
    expect(run('sort', openArray(2, 1), less)).toEqual([2, 1, '...']);
  });

  it('toObject, mapValues and groupBy', () => {
    const name = lambda((item) => member(item, 'name'));
    const size = lambda((item) => member(item, 'size'));
    const pools = [
      { name: 'a', size: 1 },
      { name: 'b', size: 2 },
    ];
    expect(run('toObject', pools, name, size)).toEqual({ a: 1, b: 2 });
    expect(run('toObject', pools, name)).toEqual({ a: pools[0], b: pools[1] });
    expect(run('toObject', [...pools, { size: 3 }], name, size)).toEqual({ a: 1, b: 2, '...': true });
    expect(run('mapValues', { a: 'x' }, upper)).toEqual({ a: 'X' });
    expect(
      run(
        'groupBy',
        pools,
        lambda(() => stringData('all', at)),
      ),
    ).toEqual({ all: pools });
    expect(run('groupBy', [...pools, { name: 'b', size: 3 }], name, size)).toEqual({ a: [1], b: [2, 3] });
    expect(run('groupBy', [{ name: 'a' }, {}], name)).toEqual({ a: [{ name: 'a' }, '...'], '...': true });
  });
});

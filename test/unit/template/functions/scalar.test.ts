import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtInFunction } from '../../../../src/template/functions/index.ts';
import { callAt, data, hole, invoke, openArray, plain, run } from './call.ts';

describe('numeric functions', () => {
  it.each([
    ['add', [2, 3], 5],
    ['sub', [2, 3], -1],
    ['mul', [2, -3], -6],
    ['div', [7, 2], 3],
    ['div', [-7, 2], -3],
    ['div', [0, -2], 0],
    ['mod', [-7, 3], -1],
    ['div', [1, 0], '<invalid-argument>'],
    ['mod', [1, 0], '<invalid-argument>'],
    ['mul', [2 ** 40, 2 ** 40], '<unsupported>'],
    ['add', ['1', 2], '<wrong-type>'],
    ['add', [1, hole()], '<parameter-without-default>'],
  ])('%s of %j', (name, args, expected) => {
    expect(run(name, ...args)).toBe(expected);
  });
});

describe('logical functions', () => {
  it.each([
    ['and', [true, true], true],
    ['and', [hole(), false], false],
    ['and', [true, hole()], '<parameter-without-default>'],
    ['or', [false, false], false],
    ['or', [hole(), true], true],
    ['or', [false, hole()], '<parameter-without-default>'],
    ['not', [false], true],
    ['not', [hole()], '<parameter-without-default>'],
    ['if', [true, 'a', 'b'], 'a'],
    ['if', [false, 'a', 'b'], 'b'],
    ['if', [hole(), 'a', 'a'], 'a'],
    ['if', [hole(), 'a', 'b'], '<unknown-condition>'],
    ['coalesce', [null, 'a', 'b'], 'a'],
    ['coalesce', [null, null], null],
    ['coalesce', [hole(), 'a'], '<parameter-without-default>'],
    ['coalesce', [null, hole()], '<parameter-without-default>'],
    ['equals', ['a', 'A'], false],
    ['equals', [{ a: [1] }, { a: [1] }], true],
    ['equals', ['a', hole()], '<parameter-without-default>'],
    ['equals', [hole('p'), hole('p')], true],
    ['less', [1, 2], true],
    ['lessOrEquals', [2, 2], true],
    ['greater', [1, 2], false],
    ['greaterOrEquals', ['b', 'a'], true],
    ['less', [1, hole()], '<parameter-without-default>'],
    ['true', [], true],
    ['false', [], false],
    ['null', [], null],
  ])('%s of %j', (name, args, expected) => {
    expect(run(name, ...args)).toEqual(expected);
  });

  it('leave the literal behind the chosen value editable', () => {
    const value = data('10.0.0.0/16');
    for (const [name, ...args] of [
      ['if', true, value, 'x'],
      ['coalesce', null, value],
      ['any', value],
      ['string', value],
    ] as const) {
      expect(invoke(name, args).result.origin).toEqual({ at: callAt, from: value.origin.from });
    }
  });
});

describe('conversions', () => {
  it.each([
    ['string', [5], '5'],
    ['string', [true], 'True'],
    ['string', [['a', 1, null, { b: 'c"d' }]], '["a",1,null,{"b":"c\\"d"}]'],
    ['string', [[hole()]], '<unsupported>'],
    ['string', [openArray('a')], '<unsupported>'],
    ['string', [hole()], '<parameter-without-default>'],
    ['int', ['24'], 24],
    ['int', ['-4'], -4],
    ['int', [24], 24],
    ['int', ['24.5'], '<invalid-argument>'],
    ['int', ['0x10'], '<invalid-argument>'],
    ['int', ['99999999999999999999'], '<invalid-argument>'],
    ['bool', ['True'], true],
    ['bool', [0], false],
    ['bool', ['yes'], '<invalid-argument>'],
    ['json', ['{"a":[1,"b",true,null]}'], { a: [1, 'b', true, null] }],
    ['json', ['null'], null],
    ['json', ['{a:1}'], '<invalid-argument>'],
    ['json', ['['.repeat(500) + ']'.repeat(500)], '<too-large>'],
    ['json', ['['.repeat(500_000)], '<invalid-argument>'],
    ['base64', ['aks'], 'YWtz'],
    ['base64', ['ä€😀'], 'w6Tigqzwn5iA'],
    ['base64', [''], ''],
    ['base64ToString', ['w6Tigqzwn5iA'], 'ä€😀'],
    ['base64ToString', ['YWs='], 'ak'],
    ['base64ToString', ['YQ=='], 'a'],
    ['base64ToString', ['YQ='], '<invalid-argument>'],
    ['base64ToString', ['$$$$'], '<invalid-argument>'],
    ['base64ToString', ['/w=='], '<invalid-argument>'],
    ['base64ToJson', ['eyJhIjoxfQ=='], { a: 1 }],
    ['dataUri', ['Hello'], 'data:text/plain;charset=utf8;base64,SGVsbG8='],
    ['dataUriToString', ['data:;base64,SGVsbG8='], 'Hello'],
    ['dataUriToString', ['Hello'], '<invalid-argument>'],
    ['uriComponent', ["a b/(c)'!*é"], 'a%20b%2F%28c%29%27%21%2A%C3%A9'],
    ['uriComponent', ['\ud800'], '<invalid-argument>'],
    ['uriComponentToString', ['a%20b'], 'a b'],
    ['uriComponentToString', ['%'], '<invalid-argument>'],
    ['uri', ['https://example.org/a/b.json', 'nested/c.json'], 'https://example.org/a/nested/c.json'],
    ['uri', ['https://example.org/a/', 'c.json'], 'https://example.org/a/c.json'],
    ['uri', ['nowhere', 'c.json'], '<invalid-argument>'],
    ['fail', ['stop'], '<invalid-argument>'],
  ])('%s of %j', (name, args, expected) => {
    expect(run(name, ...args)).toEqual(expected);
  });

  it('reads names that stand for prototypes as plain properties', () => {
    const { result } = invoke('json', ['{"__proto__":1,"constructor":2}']);
    expect(result.kind === 'object' ? result.properties.list.map(({ key }) => key) : []).toEqual([
      '__proto__',
      'constructor',
    ]);
    expect(plain(result)).toMatchObject({ constructor: 2 });
  });

  it('does not write what grows without bound', () => {
    let nested = data(['x'.repeat(100)]);
    for (let level = 0; level < 60; level++) nested = invoke('createArray', [nested, nested]).result;
    expect(plain(invoke('string', [nested]).result)).toBe('<unsupported>');
  });
});

describe('builtInFunction', () => {
  it('finds functions by name in whatever case and nothing else', () => {
    expect(builtInFunction('cidrsubnet')).toBeTypeOf('function');
    expect(builtInFunction('listaccountsas')).toBeTypeOf('function');
    expect(builtInFunction('cidrSubnet')).toBe(builtInFunction('cidrsubnet'));
    expect(builtInFunction('LISTKEYS')).toBe(builtInFunction('listkeys'));
    for (const name of ['toString', 'tostring', 'constructor', '__proto__', 'hasownproperty', '', 'get']) {
      expect(builtInFunction(name), name).toBeUndefined();
    }
  });
});

// Both front ends look for the names of these functions to know whether evaluating what nobody reads may bring out anything.
it('no functions but those of addresses refuse arguments', () => {
  const folder = path.resolve(import.meta.dirname, '../../../../src/template/functions');
  const refusing = readdirSync(folder).filter((name) =>
    readFileSync(path.join(folder, name), 'utf8').includes('context.refuse('),
  );
  expect(refusing).toEqual(['cidr.ts']);
});

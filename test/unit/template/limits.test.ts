import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/service/analysis.ts';
import { defaultSettings } from '../../../src/service/settings.ts';
import { evaluateBicep, evaluateExpression, probeBicep } from './bicep-evaluation.ts';

/** `x0` and after it `x1`, `x2` ..., each made from the one before. */
function chain(first: string, next: (before: string) => string, count = 60): string {
  return [`var x0 = ${first}`, ...Array.from({ length: count }, (_, i) => `var x${i + 1} = ${next(`x${i}`)}`)].join(
    '\n',
  );
}

describe('what doubles from line to line', () => {
  it.each([
    ['lists inside lists', "['a']", (x: string) => `[${x}, ${x}]`],
    ['lists that are spread', "['a']", (x: string) => `[...${x}, ...${x}]`],
    ['lists that are joined', "['a']", (x: string) => `concat(${x}, ${x})`],
    ['objects', "{ a: 'b' }", (x: string) => `{ left: ${x}, right: ${x} }`],
    ['text', "'a'", (x: string) => `'\${${x}}\${${x}}'`],
    ['text with a part that is not known', 'given', (x: string) => `'\${${x}}/\${${x}}'`],
    ['sums of what is not known', 'length(given)', (x: string) => `${x} + ${x}`],
    ['calls with what is not known', 'given', (x: string) => `toLower(concat(${x}, ${x}))`],
    ['choices that are not known', 'given', (x: string) => `flag ? '\${${x}}a' : '\${${x}}b'`],
  ])('%s end in a moment', (_, first, next) => {
    const declarations = `param given string\nparam flag bool\n${chain(first, next)}`;
    for (const expression of ['x60', 'x60 == x59', 'flag ? x60 : x59', "'${string(x60)}'"]) {
      evaluateExpression(expression, declarations);
    }
  });

  it('objects that differ at the bottom are compared once for each line', () => {
    const declarations = `param flag bool\n${chain("{ p: 'a' }", (x) => `{ l: ${x}, r: ${x} }`, 40)}\n${chain("{ p: 'b' }", (x) => `{ l: ${x}, r: ${x} }`, 40).replaceAll('x', 'y')}`;
    const path = Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? '.l' : '.r')).join('');
    expect(probeBicep(`(flag ? x40 : y40)${path}.p`, declarations)).toMatch(/^\? unknown-condition/);
  });

  // Each of these once did not end, or ran out of memory or stack.
  it.each([
    'union(x280, y280)',
    'union(given, x280)',
    'intersection(x280, y280)',
    'x280 == y280',
    'flag ? x280 : y280',
    'union(xs, ys)',
    'contains(xs, ys[3])',
    'indexOf(xs, ys[3])',
    'reduce(range(0, 5000), {}, (p, c) => { l: p, r: p })',
    'reduce(range(0, 5000), [], (p, c) => [p, p])',
    'map(range(0, 10000), i => union(x280, y280))',
    'map(range(0, 10000), i => flag ? x280 : y280)',
    'map(range(0, 10000), i => x280 == y280)',
    'map(range(0, 10000), i => string(x280))',
    'map(range(0, 10000), i => contains(xs, ys[3]))',
    'map(range(0, 10000), i => union(xs, ys))',
    'map(xs, x => json(string(x)))',
    'toObject(range(0, 10000), i => string(i), i => x280)',
    'mapValues(x280, v => union(v, y280))',
    'groupBy(xs, x => string(x))',
  ])('operations on objects that share parts end in a moment: %s', (expression) => {
    const shared = (name: string): string =>
      [
        `var ${name}0 = { p: '${name}' }`,
        `var ${name}1 = { p: '${name}', q: 1 }`,
        ...Array.from({ length: 279 }, (_, i) => `var ${name}${i + 2} = { l: ${name}${i + 1}, r: ${name}${i} }`),
        `var ${name}s = [for i in range(0, 1000): { v: ${name}280, i: i }]`,
      ].join('\n');
    const declarations = `param flag bool\nparam given object\n${shared('x')}\n${shared('y')}`;
    evaluateExpression(expression, declarations);
  });

  it.each([
    ['objects', "{ p: 'a' }", (x: string) => `{ l: ${x} }`],
    ['lists', "['a']", (x: string) => `[${x}]`],
  ])('%s that no text could nest so deeply are unknown', (_, first, next) => {
    const steps = Array.from({ length: 50 }, (_, i) => `x${(i + 1) * 100}`).join(', ');
    const declarations = `param flag bool\nparam given object\n${chain(first, next, 5000)}\nvar all = [${steps}]`;
    expect(probeBicep('all[49]', declarations)).toMatch(/^\? too-large/);
    for (const expression of [
      'all[1] == all[0]',
      'union(all[1], all[0])',
      'string(all[1])',
      'flag ? all[1] : all[0]',
    ]) {
      evaluateExpression(expression, declarations);
    }
  });

  it('a deep union of ordinary size is made where loops have used up the budget', () => {
    let nested = "'x'";
    for (let i = 0; i < 8; i++) nested = `[for x${i} in range(0, 10000): ${nested}]`;
    const declarations = `var hungry = ${nested}\nvar a = { p: { q: { r: 1, s: 2 } } }\nvar b = { p: { q: { r: 3 } } }`;
    expect(probeBicep("[first(first(hungry)) == 'y', union(a, b), a == b]", declarations)).toEqual([
      expect.anything(),
      { p: { q: { r: 3, s: 2 } } },
      false,
    ]);
  });

  it('properties of a resource are read once for each line', () => {
    const declarations = `${chain("{ p: 'a' }", (x) => `{ l: ${x}, r: ${x} }`, 40)}
resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'table'
  properties: { deep: x40 }
}`;
    expect(probeBicep('table.properties.deep.l.r.p', declarations)).toMatch(/^\? /);
  });

  it('functions that call each other twice are given up', () => {
    const functions = Array.from({ length: 40 }, (_, i) => `func f${i + 1}(x string) string => f${i}(f${i}(x))`);
    const declarations = ["func f0(x string) string => '${x}a'", ...functions].join('\n');
    expect(probeBicep("f40('')", declarations)).toMatch(/^\? too-large/);
    expect(probeBicep("f3('')", declarations)).toBe('aaaaaaaa');
  });
});

describe('loops', () => {
  it('inside loops are given up', () => {
    let nested = "'x'";
    for (let i = 0; i < 8; i++) nested = `[for x${i} in range(0, 10000): ${nested}]`;
    evaluateExpression(nested);
    let mapped = "'x'";
    for (let i = 0; i < 8; i++) mapped = `map(range(0, 10000), x${i} => ${mapped})`;
    evaluateExpression(mapped);
  });

  it('over long text use no memory beyond measure', () => {
    const declarations = `${chain("'0123456789'", (x) => `'\${${x}}\${${x}}'`, 16)}\nvar all = [for i in range(0, 10000): toUpper('\${x16}\${i}')]`;
    expect(probeBicep("join(all, ',')", declarations)).toMatch(/^\? too-large/);
  });

  it('of resources create as many as Resource Manager takes, and leave no doubt about the rest', () => {
    const loop = (
      index: number,
    ): string => `resource r${index} 'Microsoft.Storage/storageAccounts@2024-01-01' = [for i in range(0, 10000): {
  name: 'a\${i}'
}]`;
    const { resources } = evaluateBicep(loop(0));
    expect(resources).toHaveLength(800);
    expect(resources.every(({ isWholeLoop }) => !isWholeLoop)).toBe(true);
    const many = evaluateBicep(Array.from({ length: 1000 }, (_, index) => loop(index)).join('\n'));
    expect(many.resources.length).toBeLessThan(100_000);
    expect(many.resources.at(-1)).toMatchObject({ isWholeLoop: false });
  });

  it('what loops use up is not missed outside of them', () => {
    let nested = "'x'";
    for (let i = 0; i < 8; i++) nested = `[for x${i} in range(0, 10000): ${nested}]`;
    const declarations = `var hungry = ${nested}\nvar list = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']`;
    expect(probeBicep("[first(first(hungry)) == 'y', '${list[2]}${list[3]}', list]", declarations)).toEqual([
      expect.anything(),
      'cd',
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'],
    ]);
  });
});

describe('chains of declarations', () => {
  it.each([true, false])('as long as a file end without an exception (first ones first: %s)', (isForward) => {
    const lines = [`var x0 = 'a'`, ...Array.from({ length: 10_000 }, (_, i) => `var x${i + 1} = x${i}`)];
    const declarations = (isForward ? lines : lines.reverse()).join('\n');
    expect(probeBicep('x100', declarations)).toBe('a');
    expect(probeBicep('x10000', declarations)).toMatch(/^\? too-large/);
  });

  it('of modules that use each other end as well', () => {
    const text = Array.from(
      { length: 5000 },
      (_, i) => `module m${i} 'm${i}.bicep' = {\n  name: 'm${i}'\n  params: { x: m${(i + 1) % 5000}.outputs.y }\n}`,
    ).join('\n');
    const document = { uri: 'file:///main.bicep', languageId: '', version: 1, text };
    const failed = (rule: string): never => {
      throw new Error(`${rule} failed`);
    };
    expect(analyse(document, defaultSettings, failed)).toBeDefined();
  });
});

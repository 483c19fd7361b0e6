import { describe, expect, test } from 'vitest';
import { type BicepKind, parseBicep } from '../../../src/bicep/index.ts';
import { expectLinear } from '../../support/growth.ts';
import { expectSoundSpans } from './spans.ts';

/** The declarations of a text as `kind name`, and the codes of its errors with their places. */
function read(text: string, kind: BicepKind = 'bicep'): { names: string[]; errors: string[] } {
  const file = expectSoundSpans(text, kind);
  const names = file.statements.map(
    (statement) => `${statement.kind} ${'name' in statement ? statement.name.text : ''}`,
  );
  return { names, errors: file.errors.map(({ code, span }) => `${code ?? 'nesting'}@${span.start}`) };
}

describe('a broken declaration', () => {
  test.each([
    ['var a = [\nvar b = 1', ['BCP018@10']],
    ['var a = {\n  x: [\nvar b = 1', ['BCP018@17']],
    ["var a = concat('x',\nvar b = 1", ['BCP018@20']],
    ['var a = (\nvar b = 1', ['BCP243@9', 'BCP009@10']],
    ["var a = 'x\nvar b = 1", ['BCP004@8']],
    ["var a = 'x${\nvar b = 1", ['BCP004@12']],
    ["var a = '''\nvar b = 1", ['BCP140@8']],
    ['var a = {\n  /* x\nvar b = 1', ['BCP002@12', 'BCP018@17']],
    ['var a = {}}\nvar b = 1', ['BCP019@10']],
    ['var a\nvar b = 1', ['BCP018@5']],
  ])('does not hide the next one: %j', (text, errors) => {
    expect(read(text)).toEqual({ names: ['variable a', 'variable b'], errors });
  });

  test('keeps what it has', () => {
    const file = parseBicep("resource v 'A/b@1' = {\n  name: 'x'\n  properties: {\nvar b = 1", 'bicep');
    const [resource] = file.statements;
    expect(resource).toMatchObject({
      kind: 'resource',
      body: { value: { kind: 'object', properties: [{ key: 'name' }, { key: 'properties' }] } },
    });
  });

  test('keeps the decorators of the next one', () => {
    const text = "var a = [\n@description('x')\n@allowed([\n'a'\nparam b string";
    const { names, errors } = read(text);
    expect(names).toEqual(['variable a', 'parameter b']);
    expect(errors).toEqual(['BCP018@10', 'BCP018@43']);
  });

  test('does not cut resources that are nested without indentation', () => {
    const text = "resource a 'A/b@1' = {\nname: 'a'\nresource c 'c' = {\nname: 'c'\n}\n}\nvar broken =\n";
    const { names, errors } = read(text);
    expect(names).toEqual(['resource a', 'variable broken']);
    expect(errors).toEqual(['BCP009@78']);
  });

  test('is found by its keyword in a parameter file, too', () => {
    expect(read("using 'a.bicep'\nparam a = [\nparam b = 1\nresource c 'd' = {}", 'bicepparam')).toEqual({
      names: ['using ', 'parameter-assignment a', 'parameter-assignment b', 'invalid '],
      errors: ['BCP018@28', 'BCP337@40'],
    });
  });
});

describe('deep nesting', () => {
  const cases: readonly (readonly [string, (n: number) => string])[] = [
    ['[', (n) => '['.repeat(n)],
    ['[...]', (n) => '['.repeat(n) + ']'.repeat(n)],
    ['(', (n) => '('.repeat(n)],
    ['(...)', (n) => `${'('.repeat(n)}1${')'.repeat(n)}`],
    ['{a:', (n) => '{a:'.repeat(n)],
    ['{a:...}', (n) => `${'{a:'.repeat(n)}1${'}'.repeat(n)}`],
    ["'${...}'", (n) => `${"'${".repeat(n)}a${"}'".repeat(n)}`],
    ['!(', (n) => `${'!('.repeat(n)}a${')'.repeat(n)}`],
    ['a ? b :', (n) => `${'a ? b : '.repeat(n)}c`],
    ['a +', (n) => `${'a + '.repeat(n)}c`],
    ['.a', (n) => `b${'.a'.repeat(n)}`],
    ['f(', (n) => 'f('.repeat(n)],
    ['x =>', (n) => `${'x => '.repeat(n)}1`],
    ['[for', (n) => '[for x in y: '.repeat(n)],
  ];

  test.each(cases)('of %s is one error and hides nothing else', (_, make) => {
    for (const levels of [10_000, 100_000]) {
      const { statements, errors } = parseBicep(`var a = ${make(levels)}\nvar b = 1\nvar c = a b\n`, 'bicep');
      expect(statements.map((statement) => 'name' in statement && statement.name.text)).toEqual(['a', 'b', 'c']);
      expect(errors.map(({ code }) => code)).toEqual([undefined, 'BCP019']);
      expect(errors[0]?.message).toContain('nested too deeply');
    }
  });

  test.each([
    ['{', (n: number) => '{'.repeat(n)],
    ["'${", (n: number) => "'${".repeat(n)],
    ['!', (n: number) => `${'!'.repeat(n)}a`],
    ['- ', (n: number) => `${'- '.repeat(n)}a`],
  ])('of %s ends', (_, make) => {
    for (const levels of [10_000, 100_000]) {
      const { statements, errors } = parseBicep(`var a = ${make(levels)}\nvar b = 1\n`, 'bicep');
      expect(statements).toHaveLength(2);
      expect(errors.length).toBeLessThanOrEqual(2);
    }
  });

  test('of types is one error', () => {
    for (const make of [(n: number) => '['.repeat(n), (n: number) => `${'('.repeat(n)}int${')'.repeat(n)}`]) {
      const { statements, errors } = parseBicep(`type a = ${make(10_000)}\nvar b = 1\n`, 'bicep');
      expect(statements).toHaveLength(2);
      expect(errors).toHaveLength(1);
    }
  });

  test('within bounds is no error', () => {
    const value = `${'['.repeat(150)}1${']'.repeat(150)}`;
    expect(parseBicep(`var a = ${value}`, 'bicep').errors).toEqual([]);
    expect(parseBicep(`var a = ${'1 + '.repeat(400)}1`, 'bicep').errors).toEqual([]);
  });
});

test('many unclosed declarations are read in time that grows with their number', () => {
  expectLinear(8000, (count) => {
    const text = 'var a = {\n  b: [\n'.repeat(count);
    return () => expect(parseBicep(text, 'bicep').statements).toHaveLength(count);
  });
});

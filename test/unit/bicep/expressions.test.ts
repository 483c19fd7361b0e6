import { describe, expect, test } from 'vitest';
import { parseBicep } from '../../../src/bicep/index.ts';
import { sketch } from './sketch.ts';

/** How an expression is read, and the codes of its errors with their places in it. */
function read(expression: string): { tree: string; errors: string[] } {
  const prefix = 'var x = ';
  const file = parseBicep(prefix + expression, 'bicep');
  const [statement] = file.statements;
  const errors = file.errors.map(({ code, span }) => `${code}@${span.start - prefix.length}`);
  return { tree: statement?.kind === 'variable' ? sketch(statement.value) : '', errors };
}

describe('operators', () => {
  test.each([
    ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
    ['a ?? b ?? c', '((a ?? b) ?? c)'],
    ['a ?? b || c', '(a ?? (b || c))'],
    ['a || b && c', '(a || (b && c))'],
    ['a && b == c', '(a && (b == c))'],
    ['a == b < c', '(a == (b < c))'],
    ['a =~ b != c !~ d', '(((a =~ b) != c) !~ d)'],
    ['a < b + c', '(a < (b + c))'],
    ['a <= b >= c > d', '(((a <= b) >= c) > d)'],
    ['a + b * c', '(a + (b * c))'],
    ['a * b + c', '((a * b) + c)'],
    ['a - b - c', '((a - b) - c)'],
    ['a / b % c', '((a / b) % c)'],
    ['-a * !b', '((-a) * (!b))'],
    ['-a.b[0]', '(-a["b"][0])'],
    ['!(!a)', '(!(!a))'],
    ['(a + b) * c', '((a + b) * c)'],
    ['a ? b : c ?? d', '(a ? b : (c ?? d))'],
    ['a == b ? c : d', '((a == b) ? c : d)'],
  ])('bind in %s', (text, tree) => {
    expect(read(text)).toEqual({ tree, errors: [] });
  });

  test.each([
    ['!!a', 'BCP009@1'],
    ['- -a', 'BCP009@2'],
    ['+a', 'BCP009@0'],
    ['a +', 'BCP009@3'],
    ['a + * b', 'BCP009@4'],
    ['a ? b', 'BCP018@5'],
    ['a ? : c', 'BCP009@4'],
    ['a b', 'BCP019@2'],
    ['()', 'BCP243@1'],
    ['(a, b)', 'BCP243@1'],
    ['a[]', 'BCP117@2'],
    ['a.', 'BCP020@2'],
    ['a.?b()', 'BCP322@2'],
    ["[a 'b']", 'BCP236@3'],
    ['f(a b)', 'BCP236@4'],
    ['f(a,)', 'BCP009@4'],
    ["'${[]}'", 'BCP087@3'],
    ["'${a b}'", 'BCP064@5'],
    ['9223372036854775808', 'BCP010@0'],
  ])('%s is reported once', (text, error) => {
    expect(read(text).errors).toEqual([error]);
  });
});

describe('what follows a value', () => {
  test.each([
    ['a.b.c', 'a["b"]["c"]'],
    ['a.?b[?0][^1][?^2]', 'a[?"b"][?0][^1][?^2]'],
    ['a.b(1).c', 'a.b(1)["c"]'],
    ['a::b::c', 'a::b::c'],
    ['a!.b!', 'a["b"]'],
    ['sys.concat(a, b)', 'sys.concat(a b)'],
    ['f()', 'f()'],
    ['x => x', '(x => x)'],
    ['(x, y) => x + y', '(x y => (x + y))'],
    ['() => 1', '( => 1)'],
    ['map(a, (i) => { v: i })', 'map(a (i => {v:i}))'],
  ])('%s', (text, tree) => {
    expect(read(text)).toEqual({ tree, errors: [] });
  });
});

describe('line breaks', () => {
  test.each([
    ['a\n ? b\n : c', '(a ? b : c)'],
    ['f(\na,\nb\n)', 'f(a b)'],
    ['f(\n// c\na, b\n// d\n)', 'f(a b)'],
    ['[\na\n(b)\n[1]\n]', '[a b [1]]'],
    ['[a, b,]', '[a b]'],
    ['[\n\na, b\nc\n]', '[a b c]'],
    ['{\na: 1, b: 2\nc: 3 }', '{a:1 b:2 c:3}'],
    ['[\n\nfor x in y: x\n]', '[for x in y: x]'],
    ['map(a, x =>\n x)', 'map(a (x => x))'],
    ['reduce(a, 0, (\nx,\ny\n) => x)', 'reduce(a 0 (x y => x))'],
  ])('are taken in %j', (text, tree) => {
    expect(read(text)).toEqual({ tree, errors: [] });
  });

  test.each([
    ['a +\nb', ['BCP009@3', 'BCP007@4']],
    ['a\n+ b', ['BCP007@2']],
    ['a\n.b', ['BCP007@2']],
    ['a ?\nb : c', ['BCP009@3', 'BCP007@4']],
    ['[\na,\nb\n]', ['BCP238@4']],
    ['f(\na\n, b)', ['BCP237@4']],
    ['{\na:\n1\n}', ['BCP009@4', 'BCP022@5']],
  ])('are not taken in %j', (text, errors) => {
    expect(read(text).errors).toEqual(errors);
  });
});

describe('strings', () => {
  test.each([
    ["'a\\n\\'\\u{41}'", '"a\\n\'A"'],
    ["'a${b}c${d}'", '`a{b}c{d}`'],
    ["'''\n\na'''", '"\\na"'],
    ["'''\r\na'''", '"a"'],
    ["$'''\n${a}\n${b}'''", '`{a}\n{b}`'],
    ["{ 'a b': 1, '${c}': 2 }", '{a b:1 `{c}`:2}'],
    ["'a\\q'", '✗'],
  ])('%j', (text, tree) => {
    expect(read(text).tree).toBe(tree);
  });
});

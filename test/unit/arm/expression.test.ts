import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../../src/arm/index.ts';
import type { Expression } from '../../../src/template/expression.ts';

/** An expression in a short form that shows its structure. */
function show(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return JSON.stringify(expression.value);
    case 'name':
      return expression.name;
    case 'call': {
      const base = expression.base === undefined ? '' : `${show(expression.base)}.`;
      return `${base}${expression.name}(${expression.args.map(show).join(' ')})`;
    }
    case 'access':
      return `${show(expression.base)}[${show(expression.key)}]`;
    default:
      return `<${expression.kind}>`;
  }
}

describe('parseExpression', () => {
  test.each([
    ["['text']", '"text"'],
    ["['it''s ''quoted''']", "\"it's 'quoted'\""],
    ["['']", '""'],
    ["['[')]".replace(')', ''), '"["'],
    ['[12]', '12'],
    ['[ -12 ]', '-12'],
    ['[+5]', '5'],
    ["[parameters('a')]", 'parameters("a")'],
    ['[true()]', 'true()'],
    ['[f( )]', 'f()'],
    ['[f(g(h(1)), 2)]', 'f(g(h(1)) 2)'],
    ["[contoso.unique('a')]", 'contoso.unique("a")'],
    ["[contoso . unique ( 'a' )]", 'contoso.unique("a")'],
    ["[f().a.b['c'][0][g(1)].d]", 'f()["a"]["b"]["c"][0][g(1)]["d"]'],
    ['[f().$a_1.é]', 'f()["$a_1"]["é"]'],
    ["[\n\tconcat(\r\n'a',\n'b' )\u00a0]", 'concat("a" "b")'],
    ["[map(x(), lambda('i', add(lambdaVariables('i'), 1)))]", 'map(x() lambda("i" add(lambdaVariables("i") 1)))'],
    ["[createObject('a', 1)['a']]", 'createObject("a" 1)["a"]'],
  ])('reads %s', (text, expected) => {
    const { expression, errors } = parseExpression(text, 0);
    expect(errors).toEqual([]);
    expect(show(expression)).toBe(expected);
  });

  test.each([
    ['[]', '[]', '<invalid>'],
    ['[ ]', '[ ]', '<invalid>'],
    ["[concat('a']", '(', 'concat("a")'],
    ["[concat('a]", "'a", 'concat(<invalid>)'],
    ["[concat('a'))]", ')', 'concat("a")'],
    ['[f(1,)]', ')', 'f(1 <invalid>)'],
    ['[f(,1)]', ',', 'f(<invalid> 1)'],
    ['[f(1 2)]', '2', 'f(1 2)'],
    ['[parameters]', 'parameters', '<invalid>'],
    ['[f(x, 1)]', 'x', 'f(<invalid> 1)'],
    ['[f(x.y, 1)]', 'x', 'f(<invalid> 1)'],
    ['[f(1.5)]', '1.5', 'f(<invalid>)'],
    ['[f(1 + g(2, 3), 4)]', '+', 'f(1 4)'],
    ["[f() == 'a']", '=', 'f()'],
    ['[f(){}]', '{', 'f()'],
    ['[f().]', '.', 'f()[<invalid>]'],
    ["[f()['a']", '[', 'f()["a"]'],
    ['[f() g()]', 'g()', 'f()'],
    ['[f(),]', ',', 'f()'],
    ['[f("a")]', '"', 'f(<invalid>)'],
    ['[😀]', '😀', '<invalid>'],
  ])('reports one problem in %s', (text, covered, expected) => {
    const { expression, errors } = parseExpression(text, 0);
    expect(errors.map(({ span }) => text.slice(span.start, span.end))).toEqual([covered]);
    expect(show(expression)).toBe(expected);
  });

  test('reports every one of several problems', () => {
    const { errors } = parseExpression('[f(a, 1.5, g(,), h())]', 100);
    expect(errors.map(({ span }) => span.start)).toEqual([103, 106, 113, 114]);
  });

  test.each([
    [
      "[cidrSubnet('10.0.0.0/16', 24)]",
      'cidrSubnet',
      'cidrSubnet() gets 2 arguments. Write cidrSubnet(network, newCIDR, subnetIndex).',
    ],
    ["[concat('a', PARAMETERS())]", 'PARAMETERS', 'parameters() gets no argument. Write parameters(name).'],
    ['[f(not(true(), false()))]', 'not', 'not() gets 2 arguments. Write not(value).'],
    [
      "[resourceId('Microsoft.Network/virtualNetworks')]",
      'resourceId',
      'resourceId() gets one argument. Write resourceId([subscription], [resourceGroup], type, name, ...).',
    ],
    ["[conact('a', 'b')]", 'conact', 'Resource Manager has no function "conact". Write concat() if you mean that.'],
    [
      "[parameter('a')]",
      'parameter',
      'Resource Manager has no function "parameter". Write parameters() if you mean that.',
    ],
    ["[formatt('a')]", 'formatt', 'Resource Manager has no function "formatt". Write format() if you mean that.'],
    ["[tolowwr('a')]", 'tolowwr', 'Resource Manager has no function "tolowwr". Write toLower() if you mean that.'],
  ])('reports the call in %s', (text, covered, message) => {
    const { expression, errors } = parseExpression(text, 0);
    expect(errors.map(({ span }) => text.slice(span.start, span.end))).toEqual([covered]);
    expect(errors.map((error) => error.message)).toEqual([message]);
    expect(expression.kind).toBe('call');
  });

  test.each([
    "[listKeyz('a', '2024-01-01')]",
    "[cidrSubnets('10.0.0.0/16')]",
    '[somethingNew()]',
    "[own.concatt('a')]",
    '[concat()]',
    '[createObject()]',
    "[resourceId('g', 'a/b', 'c')]",
  ])('lets %s pass', (text) => {
    expect(parseExpression(text, 0).errors).toEqual([]);
  });

  test('says nothing of a call whose arguments were lost in another mistake', () => {
    const { errors } = parseExpression("[not(concat('a' 'b', ), )]", 0);
    expect(errors.map(({ message }) => message).join(' ')).not.toContain('gets');
  });

  test('gives offsets of the document through escapes', () => {
    const raw = String.raw`[json('\u0041\"b')]`;
    const value = JSON.parse(`"${raw}"`) as string;
    const offsets: number[] = [];
    for (let i = 0; i < raw.length; i++) {
      offsets.push(10 + i);
      if (raw[i] === '\\') i += raw[i + 1] === 'u' ? 5 : 1;
    }
    offsets.push(10 + raw.length);
    const { expression } = parseExpression(value, 10, offsets);
    expect(expression).toMatchObject({
      span: { start: 11, end: 10 + raw.length - 1 },
      args: [{ value: 'A"b', span: { start: 17, end: 17 + String.raw`\u0041\"b`.length } }],
    });
  });

  test('stops at nesting that nobody writes', () => {
    for (const text of [
      `[${'f('.repeat(5000)}1${')'.repeat(5000)}]`,
      `[f()${'[f()'.repeat(4000)}${']'.repeat(4000)}]`,
    ]) {
      const { errors } = parseExpression(text, 0);
      expect(errors.map(({ message }) => message)).toEqual([
        'This expression is nested more than 250 levels deep. Split it over variables.',
      ]);
    }
  });

  test('refuses an expression that is longer than Resource Manager takes', () => {
    expect(parseExpression(`['${'a'.repeat(24_573)}']`, 0).errors).toHaveLength(1);
    expect(parseExpression(`['${'a'.repeat(24_572)}']`, 0).errors).toHaveLength(0);
  });
});

import { describe, expect, test } from 'vitest';
import { lexBicep } from '../../../src/bicep/lexer.ts';
import { Kind } from '../../../src/bicep/token.ts';

const names = new Map(Object.entries(Kind).map(([name, kind]) => [kind, name]));

/** The tokens of a text without the last, as `Kind:text`. */
function tokens(text: string): string[] {
  const { kinds, starts, ends, count } = lexBicep(text);
  return Array.from({ length: count - 1 }, (_, i) => {
    const content = text.slice(starts[i], ends[i]);
    return `${names.get(kinds[i] ?? 0)}:${content.replace(/\r/g, '\\r').replace(/\n/g, '\\n')}`;
  });
}

function errors(text: string): string[] {
  return lexBicep(text).errors.map(({ code, span }) => `${code}[${span.start}:${span.end})`);
}

describe('tokens', () => {
  test.each([
    ['name _a1 true nullx', 'Identifier:name Identifier:_a1 True:true Identifier:nullx'],
    ['0 12 1b', 'Integer:0 Integer:12 Integer:1 Identifier:b'],
    ['a.?b', 'Identifier:a Dot:. Question:? Identifier:b'],
    ['a[?^1]', 'Identifier:a OpenSquare:[ Question:? Caret:^ Integer:1 CloseSquare:]'],
    ['?? ? :: : ...', 'DoubleQuestion:?? Question:? DoubleColon::: Colon:: Ellipsis:...'],
    ['= == =~ =>', 'Assign:= Equals:== EqualsIgnoreCase:=~ Arrow:=>'],
    [
      '! != !~ < <= > >=',
      'Not:! NotEquals:!= NotEqualsIgnoreCase:!~ Less:< LessOrEqual:<= Greater:> GreaterOrEqual:>=',
    ],
    ['&& || | + - * / %', 'And:&& Or:|| Pipe:| Plus:+ Minus:- Asterisk:* Slash:/ Percent:%'],
    ['; @ ,', 'Semicolon:; At:@ Comma:,'],
  ])('of %j', (text, expected) => {
    expect(tokens(text).join(' ')).toBe(expected);
    expect(errors(text)).toEqual([]);
  });

  test('join line breaks into one, unless blanks or a comment stand between', () => {
    expect(tokens('a\r\n\n\rb')).toEqual(['Identifier:a', 'NewLine:\\r\\n\\n\\r', 'Identifier:b']);
    expect(tokens('a\n \nb')).toEqual(['Identifier:a', 'NewLine:\\n', 'NewLine:\\n', 'Identifier:b']);
    expect(tokens('a // c\nb')).toEqual(['Identifier:a', 'NewLine:\\n', 'Identifier:b']);
    expect(tokens('a /* c\n */ b')).toEqual(['Identifier:a', 'Identifier:b']);
  });

  test('begin after a byte order mark, with the offsets of the text', () => {
    const { starts, kinds, errors: found } = lexBicep('\uFEFFvar');
    expect([kinds[0], starts[0], found]).toEqual([Kind.Identifier, 1, []]);
  });
});

describe('strings', () => {
  test.each([
    ["''", "StringComplete:''"],
    ["'a $ b'", "StringComplete:'a $ b'"],
    ["'a${b}c'", "StringLeft:'a${ Identifier:b StringRight:}c'"],
    ["'${a}${b}'", "StringLeft:'${ Identifier:a StringMiddle:}${ Identifier:b StringRight:}'"],
    ["'${'${a}'}'", "StringLeft:'${ StringLeft:'${ Identifier:a StringRight:}' StringRight:}'"],
    ["'${ {}.a }'", "StringLeft:'${ OpenBrace:{ CloseBrace:} Dot:. Identifier:a StringRight:}'"],
    ["'\\${a}'", "StringComplete:'\\${a}'"],
    ["''''''", "MultilineString:''''''"],
    ["'''a\\'''", "MultilineString:'''a\\'''"],
    ["''''a''''", "MultilineString:''''a''''"],
    ["$'''a'''", "MultilineString:$'''a'''"],
    ["$'''a${b}c'''", "StringLeft:$'''a${ Identifier:b StringRight:}c'''"],
    ["$$'''${a}$$${b}'''", "StringLeft:$$'''${a}$$${ Identifier:b StringRight:}'''"],
  ])('%s', (text, expected) => {
    expect(tokens(text).join(' ')).toBe(expected);
    expect(errors(text)).toEqual([]);
  });

  test.each([
    ["'abc", 'BCP003[0:4)'],
    ["'abc\nd", 'BCP004[0:4)'],
    ["'abc\\\nd", 'BCP004[0:5)'],
    ["'${a\nd", 'BCP004[4:4)'],
    ["'a\\qb'", 'BCP006[2:4)'],
    ["'\\u{}'", 'BCP133[1:4)'],
    ["'\\u{110000}'", 'BCP133[1:10)'],
    ["'''abc", 'BCP140[0:6)'],
    ["'''abc\nvar x = 1", 'BCP140[0:6)'],
    ["$'''abc${d}", 'BCP140[10:11)'],
  ])('reports %j', (text, expected) => {
    expect(errors(text)).toEqual([expected]);
  });

  test('end with their line, so that the next one is read as it is', () => {
    expect(tokens("'a\nb")).toEqual(["StringComplete:'a", 'NewLine:\\n', 'Identifier:b']);
    expect(tokens("'a${'b${c\nd")).toEqual([
      "StringLeft:'a${",
      "StringLeft:'b${",
      'Identifier:c',
      'StringRight:',
      'StringRight:',
      'NewLine:\\n',
      'Identifier:d',
    ]);
  });
});

describe('characters without a meaning', () => {
  test.each([
    ['a ` b', ['BCP001[2:3)']],
    ['größe', ['BCP001[2:4)']],
    ['$$$', ['BCP001[0:3)']],
    ['a & b', ['BCP001[2:3)']],
    ['"a" "b"\n"c"', ['BCP103[0:1)', 'BCP103[8:9)']],
    ['a\u00a0b', ['BCP001[1:2)']],
    ['# no pragma', ['BCP001[0:1)']],
    ['/* open', ['BCP002[0:7)']],
    [`${'a'.repeat(256)}`, ['BCP024[0:256)']],
  ])('are reported once: %j', (text, expected) => {
    expect(errors(text)).toEqual(expected);
  });
});

describe('pragmas', () => {
  test('are trivia and keep their codes', () => {
    const text = '  #disable-next-line BCP081 no-unused-vars // why\nvar a = 1';
    const { pragmas, comments, count } = lexBicep(text);
    expect(pragmas).toEqual([
      {
        kind: 'disable-next-line',
        span: { start: 2, end: 42 },
        codes: [
          { text: 'BCP081', span: { start: 21, end: 27 } },
          { text: 'no-unused-vars', span: { start: 28, end: 42 } },
        ],
      },
    ]);
    expect(comments.map((comment) => comment.text)).toEqual([' why']);
    expect(count).toBe(6);
  });

  test('are none behind other text', () => {
    expect(lexBicep('a #disable-next-line BCP081').pragmas).toEqual([]);
    expect(lexBicep('/* c */ #disable-next-line BCP081').pragmas).toEqual([]);
    expect(lexBicep('#disable-next-lines BCP081').pragmas).toEqual([]);
  });

  test('need a code', () => {
    expect(errors('#restore-diagnostics // none')).toEqual(['BCP226[20:20)']);
  });
});

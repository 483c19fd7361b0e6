import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { readJsonTree } from '../../../src/arm/json-tree.ts';
import { fixturesFolder } from '../../support/fixtures.ts';
import { random } from '../net/random.ts';

/** The tree without the members that are not set, and with parents as offsets. */
function outline({ type, offset, length, value, children, colonOffset, parent }: Node): unknown {
  return { type, offset, length, value, colonOffset, parent: parent?.offset, children: children?.map(outline) };
}

function expectSame(text: string): void {
  const errors: ParseError[] = [];
  const expected = parseTree(text, errors, { allowTrailingComma: true });
  const tree = readJsonTree(text);
  expect(tree.errors).toEqual(errors);
  expect(tree.root && outline(tree.root)).toEqual(expected && outline(expected));
}

const pieces = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"a"',
  '"b',
  '1',
  '-',
  'true',
  'x',
  ' ',
  '\n',
  '/*',
  '*/',
  '//c\n',
  '"k":',
  '"k":{',
  '"k":[',
];

/** Objects and arrays in each other, or pieces of them in any order. */
function randomText(below: (bound: number) => number, isWhole: boolean): string {
  if (!isWhole) return Array.from({ length: below(40) }, () => pieces[below(pieces.length)]).join('');
  const value = (depth: number): string => {
    const items = (item: () => string): string => Array.from({ length: below(4) }, item).join(',');
    const kind = depth > 5 ? 2 : below(3);
    if (kind === 0) return `{${items(() => `"k${below(3)}":${value(depth + 1)}`)}}`;
    if (kind === 1) return `[${items(() => value(depth + 1))}]`;
    return ['1', 'null', '"text"'][below(3)] ?? '';
  };
  const text = value(0);
  // Half of them lack a character somewhere.
  if (below(2) === 0) return text;
  const gap = below(text.length);
  return text.slice(0, gap) + text.slice(gap + 1);
}

describe('readJsonTree', () => {
  test.each([
    '{}',
    '[]',
    ' { "a" : [ 1, -2.5e3, true , false, null, "x\\u0041\\n\\/" ] , } ',
    '\r\n[\t[ ] , [ { } , ] , ]\n',
    '"text"',
    '12',
    '',
    '{ "a": 1 } x',
    '{ "a" 1 }',
    '{ "a", "b": 1 }',
    '{ "a": }',
    '{ "a": 1 "b": 2 }',
    '{ , }',
    '{ a: 1 }',
    "{ 'a': 1 }",
    '[1 2]',
    '[,]',
    '[1, { "a": [ }, 2]',
    '{ "a": 1 // b\n }',
    '{ "a": "b\nc" }',
    '{ "a": "\\x" }',
    '{ "a": "b }',
    '{ "a": 1. }',
    '\uFEFF{}',
    '{ "a": [ }',
  ])('builds the tree of parseTree for %j', (text) => {
    expectSame(text);
  });

  test('builds it for every beginning of the fixtures', () => {
    const folder = path.join(fixturesFolder, 'parse/arm');
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
      const text = readFileSync(path.join(folder, name), 'utf8');
      for (let end = 0; end <= text.length; end += end < text.length - 40 ? 23 : 1) expectSame(text.slice(0, end));
    }
  });

  test('builds it for whole and broken random texts', () => {
    const below = random(7);
    for (let count = 0; count < 3000; count++) expectSame(randomText(below, below(4) === 0));
  });

  test('tells the comments, and what stands in them', () => {
    const text = '// a\n{ /* b */ "c": /**/ 1 /* // d */ } //';
    expect(
      readJsonTree(text).comments.map((comment) => [text.slice(comment.span.start, comment.span.end), comment.text]),
    ).toEqual([
      ['// a', ' a'],
      ['/* b */', ' b '],
      ['/**/', ''],
      ['/* // d */', ' // d '],
      ['//', ''],
    ]);
  });
});

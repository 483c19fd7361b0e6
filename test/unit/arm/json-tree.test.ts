import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Node, parseTree } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { readPlainTree } from '../../../src/arm/json-tree.ts';
import { fixturesFolder } from '../../support/fixtures.ts';

/** The tree without the members that are not set, and with parents as offsets. */
function outline({ type, offset, length, value, children, colonOffset, parent }: Node): unknown {
  return { type, offset, length, value, colonOffset, parent: parent?.offset, children: children?.map(outline) };
}

function expectSame(text: string): boolean {
  const found: unknown[] = [];
  const expected = parseTree(text, found as never[], { allowTrailingComma: true });
  const tree = readPlainTree(text);
  if (tree === undefined) return false;
  expect(found).toEqual([]);
  expect(expected === undefined ? undefined : outline(expected)).toEqual(outline(tree));
  return true;
}

describe('readPlainTree', () => {
  test.each([
    '{}',
    '[]',
    ' { "a" : [ 1, -2.5e3, true , false, null, "x\\u0041\\n\\/" ] , } ',
    '\r\n[\t[ ] , [ { } , ] , ]\n',
    '"text"',
    '12',
  ])('builds the tree of parseTree for %j', (text) => {
    expect(expectSame(text)).toBe(true);
  });

  test.each([
    '',
    '{ "a": 1 } x',
    '{ "a" 1 }',
    '{ "a": 1 "b": 2 }',
    '{ , }',
    '{ a: 1 }',
    "{ 'a': 1 }",
    '[1 2]',
    '[,]',
    '{ "a": 1 // b\n }',
    '{ "a": /* b */ 1 }',
    '{ "a": "b\nc" }',
    '{ "a": "\\x" }',
    '{ "a": "b }',
    '{ "a": 1. }',
    '{ "a": nul }',
    '\uFEFF{}',
    '{\u00A0}',
    '{ "a": [ }',
    '['.repeat(501) + ']'.repeat(501),
  ])('leaves %j to be read with care', (text) => {
    expect(readPlainTree(text)).toBeUndefined();
  });

  test('agrees with parseTree on every beginning of the fixtures', () => {
    const folder = path.join(fixturesFolder, 'parse/arm');
    const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
    let read = 0;
    for (const name of names) {
      const text = readFileSync(path.join(folder, name), 'utf8');
      for (let end = 0; end <= text.length; end += end < text.length - 40 ? 23 : 1) {
        if (expectSame(text.slice(0, end))) read++;
      }
    }
    expect(read).toBeGreaterThan(3);
  });
});

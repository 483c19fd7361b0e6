import { describe, expect, test } from 'vitest';
import type { Span } from '../../../src/base/span.ts';
import { applyEdits } from '../../../src/base/text-edit.ts';
import { parseBicep, renderBicepChanges } from '../../../src/bicep/index.ts';
import type { NewValue, TemplateChange } from '../../../src/model/change.ts';

/** The text with a change made at the characters between `«` and `»`; undefined where it cannot be written. */
function edit(marked: string, change: (span: Span) => TemplateChange): string | undefined {
  const start = marked.indexOf('«');
  const text = marked.replace('«', '').replace('»', '');
  const file = parseBicep(text, 'bicep');
  const edits = renderBicepChanges(file, [change({ start, end: marked.indexOf('»') - 1 })]);
  if (edits === undefined) return undefined;
  const result = applyEdits(text, edits);
  expect(parseBicep(result, 'bicep').errors.length, result).toBeLessThanOrEqual(file.errors.length);
  return result;
}

function setValue(marked: string, to: string | number | boolean): string | undefined {
  return edit(marked, (span) => ({
    kind: 'set-value',
    target: { at: { uri: '', span }, from: { uri: '', span } },
    to,
  }));
}

function setProperty(marked: string, path: readonly string[], to: NewValue): string | undefined {
  return edit(marked, (span) => ({ kind: 'set-property', object: { uri: '', span }, path, to }));
}

function removeProperty(marked: string, key: string): string | undefined {
  return edit(marked, (span) => ({ kind: 'remove-property', object: { uri: '', span }, key }));
}

function append(marked: string, item: NewValue): string | undefined {
  return edit(marked, (span) => ({ kind: 'append-item', array: { uri: '', span }, item }));
}

function removeItem(marked: string): string | undefined {
  return edit(marked, (span) => ({ kind: 'remove-item', item: { uri: '', span } }));
}

describe('set-value', () => {
  test.each([
    ["var a = '«10.0.0.0/16»'", '10.1.0.0/16', "var a = '10.1.0.0/16'"],
    ["var a = '«»'", 'x', "var a = 'x'"],
    ["var a = '«x»'", "it's \\ ${b}\n$", "var a = 'it\\'s \\\\ \\${b}\\n$'"],
    ["var a = '''«x»'''", "it's \\ ${b}", "var a = '''it's \\ ${b}'''"],
    ["var a = '''\n«x\n»'''", 'y\nz\n', "var a = '''\ny\nz\n'''"],
    ["var a = '''\n«x»'''", '\ny', "var a = '''\n\ny'''"],
    ["var a = '''«x»'''", '\ny', "var a = '\\ny'"],
    ["var a = '''«x»'''", "'''", "var a = '\\'\\'\\''"],
    ["var a = $'''«x»'''", '${b}', "var a = '\\${b}'"],
    ["var a = $$'''«x»'''", '${b}', "var a = $$'''${b}'''"],
    ['var a = «30»', 110, 'var a = 110'],
    ['var a = «true»', false, 'var a = false'],
    ['var a = «30»', '30', "var a = '30'"],
    ["var a = '«x»'", 5, 'var a = 5'],
    ["param a string = '«x»' // why", 'y', "param a string = 'y' // why"],
    ["resource r '«A/b@1»' = {}", 'A/b@2', "resource r 'A/b@2' = {}"],
  ])('writes %j', (marked, to, expected) => {
    expect(setValue(marked, to)).toBe(expected);
  });

  test.each([
    ["var a = '«x${b}»'"],
    ['var a = «b»'],
    ['var a = b.«c»'],
    ['var a = -«5»'],
    ["resource r '«A/b@1»' = {}"],
    ["module m '«a.bicep»' = {}"],
    ["var a = '«x'»"],
    ['«var a = 1»'],
  ])('cannot change %j to a number', (marked) => {
    expect(setValue(marked, 7)).toBeUndefined();
  });

  test('needs a literal behind the value', () => {
    const file = parseBicep('var a = 1', 'bicep');
    const target = { at: { uri: '', span: { start: 8, end: 9 } } };
    expect(renderBicepChanges(file, [{ kind: 'set-value', target, to: 2 }])).toBeUndefined();
  });
});

describe('several changes at once', () => {
  test.each<[string, string, string]>([
    ['an empty object', 'var a = «{}»', 'var a = {\n  x: 1\n  y: 2\n}'],
    ['one line', 'var a = «{ b: 1 }»', 'var a = { b: 1, x: 1, y: 2 }'],
    ['an empty object in a line', 'var a = [{ b: «{}» }]', 'var a = [{ b: { x: 1, y: 2 } }]'],
    ['a trailing comma', 'var a = «{ b: 1, }»', 'var a = { b: 1, x: 1, y: 2 }'],
    ['a comment behind', 'var a = «{\n  b: 1 // one\n}»', 'var a = {\n  b: 1 // one\n  x: 1\n  y: 2\n}'],
  ])('sets two properties of %s', (_, marked, expected) => {
    const start = marked.indexOf('«');
    const text = marked.replace('«', '').replace('»', '');
    const object = { uri: '', span: { start, end: marked.indexOf('»') - 1 } };
    const edits = renderBicepChanges(parseBicep(text, 'bicep'), [
      { kind: 'set-property', object, path: ['x'], to: 1 },
      { kind: 'set-property', object, path: ['y'], to: 2 },
    ]);
    expect(applyEdits(text, edits ?? [])).toBe(expected);
  });
});

describe('set-property', () => {
  test.each([
    ['«{}»', ['b'], 1, '{\n  b: 1\n}'],
    ['«{ }»', ['b'], 'x', "{\n  b: 'x'\n}"],
    ['«{\n}»', ['b'], 1, '{\n  b: 1\n}'],
    ['«{ a: 1 }»', ['b'], 2, '{ a: 1, b: 2 }'],
    ['«{ a: 1, }»', ['b'], 2, '{ a: 1, b: 2 }'],
    ['«{ a: 1 /* one */ }»', ['b'], 2, '{ a: 1, b: 2 /* one */ }'],
    ['«{ /* none */ }»', ['b'], 2, '{ b: 2 /* none */ }'],
    ['«{ // none\n}»', ['b'], 2, '{ // none\n  b: 2\n}'],
    ['«{\n  a: 1 // one\n}»', ['b'], 2, '{\n  a: 1 // one\n  b: 2\n}'],
    ['«{\n  a: 1\n  // last\n}»', ['b'], 2, '{\n  a: 1\n  b: 2\n  // last\n}'],
    [
      '«{\n    a: 1\n}»',
      ['b', 'c'],
      [1, 2],
      '{\n    a: 1\n    b: {\n        c: [\n            1\n            2\n        ]\n    }\n}',
    ],
    ['«{\n\ta: {}\n}»', ['b'], { c: {} }, '{\n\ta: {}\n\tb: {\n\t\tc: {}\n\t}\n}'],
    ['«{\r\n  a: 1\r\n}»', ['b', 'c'], 2, '{\r\n  a: 1\r\n  b: {\r\n    c: 2\r\n  }\r\n}'],
    ['«{\n  a: 1 }»', ['b'], { c: 1 }, '{\n  a: 1, b: { c: 1 } }'],
    ['«{ a: 1\n  b: 2\n}»', ['c'], 3, '{ a: 1\n  b: 2\n  c: 3\n}'],
    ['«{ a: {} }»', ['a', 'b'], 1, '{ a: { b: 1 } }'],
    ['«{\n  a: {}\n}»', ['a', 'b'], 1, '{\n  a: {\n    b: 1\n  }\n}'],
    ['«{\n  a: { b: 1 }\n}»', ['a', 'c'], [true], '{\n  a: { b: 1, c: [true] }\n}'],
  ] as const)('adds to %j', (object, path, to, expected) => {
    expect(setProperty(`var x = ${object}`, path, to)).toBe(`var x = ${expected}`);
  });

  test.each([
    ['«{ a: 1 }»', ['a'], 2, '{ a: 2 }'],
    ["«{ a: 'x' }»", ['a'], 'y', "{ a: 'y' }"],
    ['«{ a: (1 + 2) }»', ['a'], 3, '{ a: 3 }'],
    ["«{ 'a b': '''\nx''' }»", ['a b'], 'y', "{ 'a b': 'y' }"],
    ["«{ '${a}': 1, A: 2 }»", ['a'], 3, "{ '${a}': 1, A: 3 }"],
    ['«{\n  a: c\n    ? 1\n    : 2 // two\n}»', ['a'], { d: 1 }, '{\n  a: {\n    d: 1\n  } // two\n}'],
    ['«{\n  a: [\n    1\n  ]\n}»', ['a'], [], '{\n  a: []\n}'],
    ['«{\n  a:\n}»', ['a'], 1, '{\n  a: 1\n}'],
  ] as const)('replaces in %j', (object, path, to, expected) => {
    expect(setProperty(`var x = ${object}`, path, to)).toBe(`var x = ${expected}`);
  });

  test('writes values the way Bicep spells them', () => {
    const to = { plain_1: "it's", 'a-b': -3, true: 1.5, null: false, list: [[], {}, ['${x}']] };
    expect(setProperty('var x = «{}»', ['v'], to)).toBe(
      [
        'var x = {',
        '  v: {',
        "    plain_1: 'it\\'s'",
        "    'a-b': -3",
        "    'true': json('1.5')",
        "    'null': false",
        '    list: [',
        '      []',
        '      {}',
        '      [',
        "        '\\${x}'",
        '      ]',
        '    ]',
        '  }',
        '}',
      ].join('\n'),
    );
  });

  test('comes before the resources that are declared in a body', () => {
    const body = "«{\n  name: 'a'\n\n  resource b 'b' = {\n    name: 'b'\n  }\n}»";
    expect(setProperty(`resource a 'A/b@1' = ${body}`, ['tags'], {})).toBe(
      "resource a 'A/b@1' = {\n  name: 'a'\n  tags: {}\n\n  resource b 'b' = {\n    name: 'b'\n  }\n}",
    );
  });

  test.each([
    ['«{ a: b }»', ['a', 'c']],
    ['«[]»', ['a']],
    ['«{ a: 1»\nvar y = 1', ['b']],
    ['{ a: «1» }', ['b']],
    ['«{ a: 1 }»', []],
  ] as const)('cannot be done in %j', (object, path) => {
    expect(setProperty(`var x = ${object}`, path, 1)).toBeUndefined();
  });
});

describe('remove-property', () => {
  test.each([
    ['«{ a: 1 }»', 'a', '{}'],
    ['«{ a: 1, b: 2 }»', 'a', '{ b: 2 }'],
    ['«{ a: 1, b: 2 }»', 'b', '{ a: 1 }'],
    ['«{ a: 1, b: 2, }»', 'b', '{ a: 1, }'],
    ['«{\n  a: 1 // one\n  b: 2\n}»', 'a', '{\n  b: 2\n}'],
    ['«{\n  a: 1\n  b: {\n    c: 2\n  }\n}»', 'b', '{\n  a: 1\n}'],
    ['«{\n  a: 1\n}»', 'a', '{\n}'],
    ['«{\r\n\ta: 1\r\n\tb: 2\r\n}»', 'b', '{\r\n\ta: 1\r\n}'],
    ['«{\n  a: 1, b: 2\n}»', 'a', '{\n  b: 2\n}'],
    ['«{\n  a: 1, b: 2 // two\n}»', 'b', '{\n  a: 1 // two\n}'],
    ['«{ a: 1\n  b: 2\n}»', 'a', '{ \n  b: 2\n}'],
  ])('takes it out of %j', (object, key, expected) => {
    expect(removeProperty(`var x = ${object}`, key)).toBe(`var x = ${expected}`);
  });

  test('cannot be done where there is none', () => {
    expect(removeProperty('var x = «{ a: 1 }»', 'b')).toBeUndefined();
  });
});

describe('append-item', () => {
  test.each([
    ['«[]»', 'a', "[\n  'a'\n]"],
    ['«[\n]»', 'a', "[\n  'a'\n]"],
    ["«['a']»", 'b', "['a', 'b']"],
    ["«[ 'a', ]»", 'b', "[ 'a', 'b' ]"],
    ["«[('a')]»", 'b', "[('a'), 'b']"],
    ["«[\n  'a' // one\n]»", 'b', "[\n  'a' // one\n  'b'\n]"],
    ["«[\n  'a', 'b'\n]»", 'c', "[\n  'a', 'b'\n  'c'\n]"],
    ['«[\n  { n: 1 }\n]»', { n: 2 }, '[\n  { n: 1 }\n  {\n    n: 2\n  }\n]'],
    [
      '«[\n    {\n        n: 1\n    }\n]»',
      { n: { m: 2 } },
      '[\n    {\n        n: 1\n    }\n    {\n        n: {\n            m: 2\n        }\n    }\n]',
    ],
    ['«[\n  a\n    ? b\n    : c\n]»', 1, '[\n  a\n    ? b\n    : c\n  1\n]'],
    ['«[...a]»', 1, '[...a, 1]'],
    ['«[a!]»', 1, '[a!, 1]'],
    ["«['']»", 1, "['', 1]"],
    ['c(«[]»)', 1, 'c([\n  1\n])'],
  ] as const)('to %j', (array, item, expected) => {
    expect(append(`var x = ${array}`, item)).toBe(`var x = ${expected}`);
  });

  test.each(['«[for a in b: a]»', '«{}»', '«a»', '«[1»\nvar y = 1'])('cannot be done to %j', (array) => {
    expect(append(`var x = ${array}`, 1)).toBeUndefined();
  });
});

describe('remove-item', () => {
  test.each([
    ["['«a»']", '[]'],
    ["['«a»', 'b']", "['b']"],
    ["['a', '«b»']", "['a']"],
    ["['a', ('«b»'), 'c']", "['a', 'c']"],
    ["[\n  '«a»' // one\n  'b'\n]", "[\n  'b'\n]"],
    ["[\n  'a'\n  «{\n    b: 1\n  }»\n]", "[\n  'a'\n]"],
    ["[\n  '«a»'\n]", '[\n]'],
    ["['a', '«»']", "['a']"],
    ['[...«a», b]', '[b]'],
    ['[[«1»], 2]', '[[], 2]'],
  ])('from %j', (array, expected) => {
    expect(removeItem(`var x = ${array}`)).toBe(`var x = ${expected}`);
  });

  test('cannot be done to what is no item', () => {
    expect(removeItem('var x = { a: «1» }')).toBeUndefined();
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseArm, renderArmChanges } from '../../../src/arm/index.ts';
import type { Span } from '../../../src/base/span.ts';
import { applyEdits } from '../../../src/base/text-edit.ts';
import type { NewValue, TemplateChange } from '../../../src/model/change.ts';
import { expectSoundEdits } from './edit-property.ts';

const schema = '"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"';

/** The text with a change made at the characters between `«` and `»`; undefined where it cannot be written. */
function edit(marked: string, change: (span: Span) => TemplateChange): string | undefined {
  const start = marked.indexOf('«');
  const text = marked.replace('«', '').replace('»', '');
  const edits = renderArmChanges(parseArm(text), [change({ start, end: marked.indexOf('»') - 1 })]);
  return edits === undefined ? undefined : applyEdits(text, edits);
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
  test.each<[string, string | number | boolean, string | undefined]>([
    ['{ "a": "«x»" }', 'y "q"\n', '{ "a": "y \\"q\\"\\n" }'],
    ['{ "a": «"x"» }', 'y', '{ "a": "y" }'],
    ['{ "a": "«»" }', 'y', '{ "a": "y" }'],
    ['{ "a": "«x»" }', 5, '{ "a": 5 }'],
    ['{ "a": «5» }', 6.5, '{ "a": 6.5 }'],
    ['{ "a": «true» }', 'no', '{ "a": "no" }'],
    ['{ "a": «false» }', true, '{ "a": true }'],
    ["{ 'a': '«x»' }", 'it\'s "y"', '{ \'a\': "it\'s \\"y\\"" }'],
    ['{ "«a»": 1 }', 'b', undefined],
    ['{ "a": «{}» }', 'b', undefined],
  ])('writes %s with %j', (marked, to, expected) => {
    expect(setValue(marked, to)).toBe(expected);
  });

  test.each<[string, string | number | boolean, string | undefined]>([
    ['«x»', '[a]', '[[a]'],
    ['«x»', '[a', '[a'],
    ["[concat('«x»', 'b')]", 'it\'s "y"', "[concat('it''s \\\"y\\\"', 'b')]"],
    ["[concat('«x»', 'b')]", '[z]', "[concat('[z]', 'b')]"],
    ["[concat(\\\"q\\\", f('\\u0041', '«x»'))]", 'y', "[concat(\\\"q\\\", f('\\u0041', 'y'))]"],
    ["[f('«x»')]", 7, '[f(7)]'],
    ["[f('«x»')]", 7.5, undefined],
    ["[f('«x»')]", true, '[f(true())]'],
    ['[f(«24»)]', 25, '[f(25)]'],
    ['[f(«24»)]', 'x', "[f('x')]"],
    ['[f().«x»]', 'y', undefined],
    ["[«f('x')»]", 'y', undefined],
  ])('writes the template string %s with %j', (marked, to, expected) => {
    const text = (value: string): string => `{ ${schema}, "v": "${value}" }`;
    expect(setValue(text(marked), to)).toBe(expected === undefined ? undefined : text(expected));
  });

  test('leaves square brackets of a parameter file alone', () => {
    const text = (value: string): string =>
      `{ ${schema.replace('Template', 'Parameters')}, "parameters": { "a": { "value": "${value}" } } }`;
    expect(setValue(text('«x»'), '[y]')).toBe(text('[y]'));
  });
});

describe('several changes at once', () => {
  test.each<[string, string, string]>([
    ['an empty object', '{\n  "a": «{}»\n}', '{\n  "a": {\n    "x": 1,\n    "y": 2\n  }\n}'],
    ['a trailing comma', '«{\n  "a": 1,\n}»', '{\n  "a": 1,\n  "x": 1,\n  "y": 2\n}'],
    ['a comment behind', '«{\n  "a": 1 // one\n}»', '{\n  "a": 1, // one\n  "x": 1,\n  "y": 2\n}'],
    ['a minified file', '«{"a":1}»', '{"a":1,"x":1,"y":2}'],
  ])('sets two properties of %s', (_, marked, expected) => {
    const start = marked.indexOf('«');
    const text = marked.replace('«', '').replace('»', '');
    const object = { uri: '', span: { start, end: marked.indexOf('»') - 1 } };
    const edits = renderArmChanges(parseArm(text), [
      { kind: 'set-property', object, path: ['x'], to: 1 },
      { kind: 'set-property', object, path: ['y'], to: 2 },
    ]);
    expect(applyEdits(text, edits ?? [])).toBe(expected);
  });
});

describe('set-property', () => {
  test.each<[string, string, readonly string[], NewValue, string | undefined]>([
    ['an empty object', '{\n  "a": «{}»\n}', ['b'], 1, '{\n  "a": {\n    "b": 1\n  }\n}'],
    ['an empty file', '«{}»', ['b'], 1, '{ "b": 1 }'],
    ['a minified file', '«{"a":1}»', ['b', 'c'], [1, 'x'], '{"a":1,"b":{"c":[1,"x"]}}'],
    ['one line', '{\n  "a": «{ "b": 1 }»\n}', ['c'], { d: 1 }, '{\n  "a": { "b": 1, "c": { "d": 1 } }\n}'],
    [
      'tabs',
      '«{\n\t"a": 1\n}»',
      ['b'],
      { c: [true] },
      '{\n\t"a": 1,\n\t"b": {\n\t\t"c": [\n\t\t\ttrue\n\t\t]\n\t}\n}'.replace('{\n\t"a"', '{\n\t"a"'),
    ],
    ['windows', '«{\r\n    "a": 1\r\n}»', ['b'], {}, '{\r\n    "a": 1,\r\n    "b": {}\r\n}'],
    ['a comment behind', '«{\n  "a": 1 // one\n  // more\n}»', ['b'], 2, '{\n  "a": 1, // one\n  "b": 2\n  // more\n}'],
    ['a trailing comma', '«{\n  "a": 1, // one\n}»', ['b'], 2, '{\n  "a": 1, // one\n  "b": 2\n}'],
    ['a comment inside', '«{\n  // none\n}»', ['b'], 2, '{\n  // none\n  "b": 2\n}'],
    ['a block comment', '«{ "a": 1 /* one */ }»', ['b'], 2, '{ "a": 1, /* one */ "b": 2 }'],
    ['a closing bracket in the line', '«{\n  "a": 1 }»', ['b'], 2, '{\n  "a": 1,\n  "b": 2 }'],
    ['an existing value', '«{\n  "a": [1,\n 2]\n}»', ['A'], { b: 1 }, '{\n  "a": {\n    "b": 1\n  }\n}'],
    ['an existing path', '«{ "a": { "b": { } } }»', ['a', 'b', 'c'], 1, '{ "a": { "b": { "c": 1 } } }'],
    ['a null on the path', '«{ "a": null }»', ['a', 'b'], 1, '{ "a": { "b": 1 } }'],
    ['an expression on the path', '«{ "a": "[b()]" }»', ['a', 'b'], 1, undefined],
    ['an array', '{ "a": «[]» }', ['b'], 1, undefined],
  ])('writes into %s', (_, marked, path, to, expected) => {
    expect(setProperty(marked, path, to)).toBe(expected);
  });

  test('writes the argument of a deployment and the value of a parameter file as an object with a value', () => {
    const deployment = (parameters: string): string =>
      `{ "type": "Microsoft.Resources/deployments", "properties": { "parameters": ${parameters} } }`;
    expect(setProperty(deployment('«{ "a": { "value": 1 } }»'), ['a'], 2)).toBe(deployment('{ "a": { "value": 2 } }'));
    expect(setProperty(deployment('«{ "a": { "value": 1 } }»'), ['b'], 2)).toBe(
      deployment('{ "a": { "value": 1 }, "b": { "value": 2 } }'),
    );
    expect(setProperty('{ "parameters": «{ "a": { "value": 1 } }» }', ['a'], 2)).toBe(
      '{ "parameters": { "a": { "value": 2 } } }',
    );
  });
});

describe('remove-property', () => {
  test.each<[string, string, string, string | undefined]>([
    ['the first of one line', '«{ "a": 1, "b": 2 }»', 'a', '{ "b": 2 }'],
    ['the last of one line', '«{ "a": 1, "b": 2 }»', 'b', '{ "a": 1 }'],
    ['the only one', '«{ "a": 1 }»', 'a', '{}'],
    ['the only one of many lines', '«{\n  "a": 1,\n}»', 'a', '{}'],
    ['a line', '«{\n  "a": 1,\n  "b": 2\n}»', 'a', '{\n  "b": 2\n}'],
    ['the last line', '«{\n  "a": 1,\n  "b": 2\n}»', 'b', '{\n  "a": 1\n}'],
    ['a line with its comment', '«{\r\n  "a": {\r\n  }, // one\r\n  "b": 2\r\n}»', 'a', '{\r\n  "b": 2\r\n}'],
    ['the last line behind a comment', '«{\n  "a": 1, // one\n  "b": 2 // two\n}»', 'b', '{\n  "a": 1 // one\n}'],
    ['one that shares its line', '«{\n  "a": 1, "b": 2,\n  "c": 3\n}»', 'b', '{\n  "a": 1,\n  "c": 3\n}'],
    ['one before others in its line', '«{\n  "a": 1, "b": 2\n}»', 'a', '{\n  "b": 2\n}'],
    ['one that is not there', '«{ "a": 1 }»', 'b', undefined],
  ])('removes %s', (_, marked, key, expected) => {
    expect(removeProperty(marked, key)).toBe(expected);
  });
});

describe('append-item', () => {
  test.each<[string, string, NewValue, string | undefined]>([
    ['an empty array', '{\n  "a": «[]»\n}', 'x', '{\n  "a": [\n    "x"\n  ]\n}'],
    ['an empty array of one line', '{ "a": «[ ]» }', 'x', '{ "a": ["x"] }'],
    ['one line', '{\n  "a": «["x", "y"]»\n}', 'z', '{\n  "a": ["x", "y", "z"]\n}'],
    ['a padded line', '{ "a": «[ "x" ]» }', { b: 1 }, '{ "a": [ "x", { "b": 1 } ] }'],
    [
      'lines',
      '{\n  "a": «[\n    "x"\n  ]»\n}',
      { b: {} },
      '{\n  "a": [\n    "x",\n    {\n      "b": {}\n    }\n  ]\n}',
    ],
    [
      'objects that hug',
      '{\n  "a": «[{\n    "b": 1\n  }]»\n}',
      { b: 2 },
      '{\n  "a": [{\n    "b": 1\n  }, {\n    "b": 2\n  }]\n}',
    ],
    ['an object', '{ "a": «{}» }', 1, undefined],
  ])('writes into %s', (_, marked, item, expected) => {
    expect(append(marked, item)).toBe(expected);
  });

  test('escapes texts in square brackets in templates only', () => {
    expect(append(`{ ${schema}, "a": «["x"]» }`, ['[y]', '[z'])).toBe(`{ ${schema}, "a": ["x", ["[[y]", "[z"]] }`);
    expect(append('{ "a": «["x"]» }', '[y]')).toBe('{ "a": ["x", "[y]"] }');
  });
});

describe('remove-item', () => {
  test.each<[string, string, string | undefined]>([
    ['a string by its content', '{ "a": [ "«x»", "y" ] }', '{ "a": [ "y" ] }'],
    ['an object', '{ "a": [\n  {\n  },\n  «{\n  }»\n] }', '{ "a": [\n  {\n  }\n] }'],
    ['objects that hug', '{ "a": [{\n  }, «{\n  }», {\n  }] }', '{ "a": [{\n  }, {\n  }] }'],
    ['no item', '{ "a": «1» }', undefined],
    ['an argument of an expression', `{ ${schema}, "a": [ "[f('«x»')]" ] }`, undefined],
  ])('removes %s', (_, marked, expected) => {
    expect(removeItem(marked)).toBe(expected);
  });
});

describe('every edit of every fixture', () => {
  const folder = fileURLToPath(new URL('../../fixtures/parse/arm/', import.meta.url));
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));

  test.each(names)('leaves %s readable and changes only what it says', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    expectSoundEdits(text, 1);
    expectSoundEdits(text.replaceAll(/\r?\n/g, '\r\n'), 3);
    expectSoundEdits(text.replaceAll(/\/\/.*/g, '').replaceAll(/\s*\r?\n\s*/g, ''), 3);
  });
});

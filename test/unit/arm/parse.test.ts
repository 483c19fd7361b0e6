import { describe, expect, test } from 'vitest';
import { type ArmFile, lowerArm, parseArm } from '../../../src/arm/index.ts';
import { analyse } from '../../../src/service/analysis.ts';
import { defaultSettings } from '../../../src/service/settings.ts';
import { expectLinear } from '../../support/growth.ts';

const schema = '"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"';

function problems(file: ArmFile): readonly (readonly [string, string])[] {
  return file.errors.map(({ span, message }) => [file.text.slice(span.start, span.end), message]);
}

describe('what Resource Manager accepts', () => {
  test.each([
    ['trailing commas', '{ "a": [1, 2, ], "b": {"c": 1,}, }'],
    ['comments', '// a\n{ /* b */ "a": 1 // c\n }'],
    ['a byte order mark', '\uFEFF{ "a": 1 }'],
    ['other white space', '\u00A0{\u2003"a":\u3000 1 }'],
    ['raw tabs in strings', '{ "a": "b\tc" }'],
    ['line breaks in strings', '{ "a": "b\nc \\"d\\"\r\n e" }'],
    ['single quotes', "{ 'a': 'b \"c\" \\' d' }"],
    ['an escaped single quote', '{ "a": "it\\\'s" }'],
    ['surrogates and escapes', '{ "a": "\\ud83d\\ude00 😀 \\/" }'],
  ])('has no error in %s', (_, text) => {
    const file = parseArm(text);
    expect(problems(file)).toEqual([]);
    expect(file.root?.type).toBe('object');
  });

  test('reads the value of a string that spans lines from the file', () => {
    const file = parseArm('{ "a": "b\nc \\"d\\"\r\n e\\\'", "n": "\\n" }');
    const [first, second] = file.root?.children ?? [];
    expect(first?.children?.[1]?.value).toBe('b\nc "d"\r\n e\'');
    expect(second?.children?.[1]?.value).toBe('\n');
  });

  test('keeps what stands in metadata for text', () => {
    expect(problems(parseArm(`{ ${schema}, "metadata": { "a": "[some text]" }, "x": { "comments": "[b]" } }`))).toEqual(
      [],
    );
  });
});

describe('tokens that a pipeline replaces', () => {
  test('are read for values where they stand without quotes, and are no errors', () => {
    const file = parseArm('{ "a": #{x}#, "b": [__y__, $(z)], // c\n"c": {{ w }} }');
    expect(problems(file)).toEqual([]);
    expect(file.tokens.map(({ start, end }) => file.text.slice(start, end))).toEqual([
      '#{x}#',
      '__y__',
      '$(z)',
      '{{ w }}',
    ]);
    expect(file.root?.children?.map(({ children }) => children?.[1]?.value)).toEqual(['#{x}#', undefined, '{{ w }}']);
  });

  test('leave other errors as they are', () => {
    expect(problems(parseArm('{ "a": #{x}# "b": x }'))).toEqual([['"b"', 'A comma is missing before this.']]);
    expect(problems(parseArm('{ "a": # {x} }'))).not.toEqual([]);
  });
});

describe('a string that nobody closed', () => {
  test.each([
    ['{ "a": "b\n, "c": 1 }', '"b'],
    ['{ "x": { "a": "b },\n "c": 1 }', '"b'],
    ['{ "x": ["b"], "a": "b,\n "c": 1 }', '"b'],
    ['{ "x": [{ "a": "b}],\n "c": 1 }', '"b'],
    ['{ "a": "[f(1)[0],\n "c": 1 }', '"[f(1)[0]'],
    ['{ "a": "b // d\n, "c": 1 }', '"b // d'],
  ])('leaves the rest in its place: %s', (text, covered) => {
    const file = parseArm(text);
    expect(problems(file)).toEqual([[covered, 'This string is not closed. Add a double quote at its end.']]);
    expect(file.root?.children?.at(-1)?.children?.map(({ value }) => value)).toEqual(['c', 1]);
  });

  test.each(['"', '"b\\n', '"b\\', '"   '])('is read whatever stands in it: %s', (piece) => {
    expect(problems(parseArm(`{ "a": ${piece}\n}`)).length).toBeGreaterThan(0);
  });
});

describe('texts that lack no more than a bracket to be expressions', () => {
  test('are found by the function that they call', () => {
    const text = `{ ${schema}, "variables": { "a": "[concat('x', 'y')", "b": "[ Variables ('x'", "c": "[test] value",
      "d": "[[concat('x')", "e": "[when(1) or later", "f": "(concat('x')]" }, "metadata": { "g": "[concat('x')" } }`;
    const { unfinished } = parseArm(text);
    expect(unfinished.map(({ start, end }) => text.slice(start, end))).toEqual([
      "[concat('x', 'y')",
      "[ Variables ('x'",
    ]);
  });
});

describe('errors', () => {
  test.each([
    ['', '', 'This file is empty. Put a JSON object here.'],
    ['{ "a": 1', '{', 'This "{" is never closed. Add "}".'],
    ['{ "a": [1, 2 }', '}', 'This "}" does not close the "[" that is open here. Put "]" first.'],
    ['{ "a": 1 } }', '}', 'Nothing is open that this "}" could close. Remove it.'],
    ['{ "a": 1 } "x"', '"x"', 'Nothing may follow the end of the JSON value. Remove this.'],
    ['{ "a" 1 }', '1', 'A colon is missing before this.'],
    ['{ "a": 1 "b": 2 }', '"b"', 'A comma is missing before this.'],
    ['{ "a": }', '}', 'A value is missing before this.'],
    ['{ a: 1 }', 'a', '"a" is no JSON. Text stands in double quotes.'],
    ['{ "a": "b\n, "c": 1 }', '"b', 'This string is not closed. Add a double quote at its end.'],
    ['{ "a": "b\\x" }', '\\x', 'JSON does not know this escape. Write "\\\\" for a backslash.'],
    ['{ "a": 1. }', '1.', 'This number is not complete. Add the missing digits.'],
    ['{ "a": 1 } /* x', '/*', 'This comment is never closed. Add "*/".'],
  ])('says what is wrong in %s', (text, covered, message) => {
    expect(problems(parseArm(text))).toEqual([[covered, message]]);
  });

  test('reports the errors of expressions where they stand', () => {
    const file = parseArm(`{ ${schema}, "variables": { "a": "[concat('\\u0041', 'b]", "c": "[d]" } }`);
    expect(problems(file).map(([covered]) => covered)).toEqual(["'b", 'd']);
  });

  test('finds names that repeat, in small and in large objects', () => {
    const many = Array.from({ length: 20 }, (_, i) => `"p${i}": 1`).join(', ');
    const file = parseArm(`{ "a": 1, "a": { ${many}, "p3": 2 } }`);
    expect(file.errors).toEqual([]);
    expect(file.duplicates.map(({ span }) => file.text.slice(span.start, span.end))).toEqual(['"a"', '"p3"']);
  });
});

describe('repeated names', () => {
  test('are a finding at the one that counts, beside the findings about its value', () => {
    const text = `{ ${schema}, "resources": [{ "type": "Microsoft.Network/virtualNetworks", "name": "v", "properties": {
      "addressSpace": { "addressPrefixes": ["10.0.0.0/33"], "addressPrefixes": ["10.0.0.7/16"] } } }] }`;
    const document = { uri: 'file:///main.json', languageId: 'json', version: 1, text };
    const analysis = analyse(document, defaultSettings, (rule, _, error) => {
      throw new Error(rule, { cause: error });
    });
    expect(
      analysis?.diagnostics.map(({ rule, severity, location: { span } }) => [
        rule,
        severity,
        text.slice(span.start, span.end),
      ]),
    ).toEqual([
      ['arm-duplicate-property', 'warning', '"addressPrefixes"'],
      ['cidr-host-bits', 'error', '10.0.0.7/16'],
    ]);
  });

  test('of copy arrays are all used', () => {
    const file = parseArm(`{ ${schema}, "variables": {
      "copy": [{ "name": "a", "count": 1, "input": 1 }],
      "copy": [{ "name": "b", "count": 1, "input": 2 }] } }`);
    expect(file.duplicates).toEqual([]);
    expect(lowerArm(file, 'file:///main.json').variables.map(({ name }) => name)).toEqual(['a', 'b']);
  });
});

describe('size and depth', () => {
  test.each([5000, 100_000])('refuses %i levels with one clear error', (levels) => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const file = parseArm(
        `{ ${schema}, "x": ${open.repeat(levels)}${open === '[' ? '' : '1'}${close.repeat(levels)} }`,
      );
      expect(file.kind).toBe('template');
      expect(file.errors).toHaveLength(1);
      expect(file.errors[0]?.message).toContain('more than 500 levels');
    }
  });

  test.each(['[},', '{"a":[},'])('refuses levels that brackets of the wrong kind seem to close: %s', (piece) => {
    const { errors, root } = parseArm(piece.repeat(50_000));
    expect(root).toBeUndefined();
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('more than 500 levels')]);
  });

  test('reads 499 levels', () => {
    expect(parseArm('['.repeat(499) + ']'.repeat(499)).errors).toEqual([]);
  });

  test.each(['"a": "b\n', "'a\n", '"a": "[concat(\'b, \n'])('reads strings that nobody closed once: %j', (line) => {
    expectLinear(16_000, (count) => {
      const text = `{ ${schema}, ${line.repeat(count)}`;
      return () => parseArm(text);
    });
  });
});

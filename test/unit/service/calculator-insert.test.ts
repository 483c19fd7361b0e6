import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src/base/text-edit.ts';
import { type InsertForm, insertionEdits } from '../../../src/service/calculator-insert.ts';

/** The text with the prefix inserted where `<|>` stands. */
function inserted(marked: string, form: InsertForm, prefix = '10.0.4.0/24'): string {
  const at = marked.indexOf('<|>');
  const text = marked.replace('<|>', '');
  return applyEdits(text, insertionEdits(text, { start: at, end: at }, prefix, form));
}

const list = (items: string): string => `{\n  "subnets": [\n${items}  ]\n}\n`;

describe('a prefix', () => {
  test('replaces the selection', () => {
    const text = "a: '10.0.0.0/8'";
    expect(applyEdits(text, insertionEdits(text, { start: 4, end: 14 }, '10.0.4.0/24', 'prefix'))).toBe(
      "a: '10.0.4.0/24'",
    );
  });
});

describe('a Bicep subnet', () => {
  test.each([
    ['on a blank line', 'subnets: [\n  <|>\n]\n'],
    ['on an empty line', 'subnets: [\n<|>\n]\n'],
    ['at the end of the line that opens the list', 'subnets: [<|>\n]\n'],
    ['before the line that closes the list', 'subnets: [\n<|>]\n'],
    ['between two brackets', 'subnets: [<|>]\n'],
  ])('gets lines of its own %s', (_, text) => {
    expect(inserted(text, 'bicep-subnet')).toBe(
      "subnets: [\n  {\n    name: 'aks-nodes'\n    properties: {\n      addressPrefix: '10.0.4.0/24'\n    }\n  }\n]\n",
    );
  });

  test('keeps tabs and line breaks as the file has them', () => {
    expect(inserted('\tsubnets: [<|>\r\n\t]\r\n', 'bicep-subnet')).toBe(
      "\tsubnets: [\r\n\t\t{\r\n\t\t\tname: 'aks-nodes'\r\n\t\t\tproperties: {\r\n\t\t\t\taddressPrefix: '10.0.4.0/24'\r\n\t\t\t}\r\n\t\t}\r\n\t]\r\n",
    );
  });
});

describe('an ARM subnet', () => {
  const item = '    { "name": "a" }';

  test.each([
    ['in an empty list', list('    <|>\n'), 1],
    ['between brackets', '[<|>]', 1],
    ['behind the last item', list(`${item}<|>\n`), 2],
    ['below the last item', list(`${item}\n<|>`), 2],
    ['before the first item', list(`<|>${item}\n`), 2],
    ['between two items', list(`${item}<|>,\n${item}\n`), 3],
    ['on a line between two items', list(`${item},\n<|>\n${item}\n`), 3],
  ])('leaves valid JSON %s', (_, text, count) => {
    const parsed = JSON.parse(inserted(text, 'arm-subnet')) as { subnets?: unknown[] } | unknown[];
    const subnets = Array.isArray(parsed) ? parsed : parsed.subnets;
    expect(subnets).toHaveLength(count);
    expect(subnets).toContainEqual({ name: 'aks-nodes', properties: { addressPrefix: '10.0.4.0/24' } });
  });

  test('puts the comma behind the item before it', () => {
    expect(inserted(list(`${item}\n<|>`), 'arm-subnet')).toContain(
      '{ "name": "a" },\n    {\n      "name": "aks-nodes",',
    );
  });
});

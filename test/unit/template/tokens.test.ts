import { describe, expect, test } from 'vitest';
import { identityOf } from '../../../src/template/data.ts';
import { literalString } from '../../../src/template/tokens.ts';

const at = { uri: 'file:///main.bicep', span: { start: 1, end: 9 } };
const read = (text: string) => literalString(text, { at, from: at });

describe('what a pipeline replaces in a literal', () => {
  test.each([
    '#{space}#',
    '#{space}',
    '__space__',
    '$(space)',
    `\${space}`,
    `\${var.space}`,
    '{{ space }}',
    '${{ vars.space }}',
    '10.#{octet}#.0.0/16',
  ])('%s is unknown', (text) => {
    expect(read(text).kind).toBe('partial');
  });

  test.each(['10.0.0.0/16', 'a_b__c', '__init', '#1', '$(', 'vnet-{0}', '# {x}', '{{0}}', '{"a":{}}', ''])(
    '%s is a text',
    (text) => {
      expect(read(text)).toEqual({ kind: 'string', value: text, origin: { at, from: at } });
    },
  );

  test('is the same wherever it stands', () => {
    expect(identityOf(read('vnet-#{a}#'))).toBe(identityOf(read('vnet-#{a}#')));
    expect(identityOf(read('vnet-#{a}#'))).not.toBe(identityOf(read('vnet-#{b}#')));
  });

  test('is not looked for in scripts', () => {
    const script = `${'echo '.repeat(50)}$(date)`;
    expect(read(script)).toMatchObject({ kind: 'string', value: script });
  });
});

import { describe, expect, test } from 'vitest';
import type { Location } from '../../../src/base/span.ts';
import { applyEdits } from '../../../src/base/text-edit.ts';
import type { TextChange } from '../../../src/model/change.ts';
import { renderTextChange } from '../../../src/model/text-change.ts';

const text = '.:53 {\r\n    errors # why\r\n    cache 30 {\r\n        success 10\r\n    }\r\n    log\r\n}';

function at(part: string, end = part): Location {
  const start = text.indexOf(part);
  return { uri: 'file:///x', span: { start, end: text.indexOf(end, start) + end.length } };
}

function apply(change: TextChange): string {
  return applyEdits(text, renderTextChange(text, change));
}

describe('renderTextChange', () => {
  test('replaces characters', () => {
    expect(apply({ kind: 'replace-text', target: at('log'), to: 'debug' })).toBe(text.replace('log', 'debug'));
  });

  test('inserts lines indented like another line, with the line ends of the file', () => {
    const changed = apply({
      kind: 'insert-lines',
      at: at('success 10'),
      where: 'after',
      like: at('cache'),
      lines: ['x', 'y'],
    });
    expect(changed).toBe(text.replace('success 10\r\n', 'success 10\r\n    x\r\n    y\r\n'));
    const before = apply({ kind: 'insert-lines', at: at('log'), where: 'before', like: at('.:53'), lines: ['x'] });
    expect(before).toBe(text.replace('    log', 'x\r\n    log'));
  });

  test('removes whole lines where nothing is left on them', () => {
    expect(apply({ kind: 'remove-text', target: at('cache', '    }') })).toBe(
      text.replace(/ {4}cache[\s\S]*? {4}\}\r\n/, ''),
    );
  });

  test('keeps what else stands on the line', () => {
    expect(apply({ kind: 'remove-text', target: at('errors') })).toBe(text.replace('errors # why', '# why'));
    expect(apply({ kind: 'remove-text', target: at(' 30') })).toBe(text.replace(' 30', ''));
  });

  test('takes the line break before the last line with it', () => {
    const last = text.lastIndexOf('}');
    const target = { uri: 'file:///x', span: { start: last, end: last + 1 } };
    expect(apply({ kind: 'remove-text', target })).toBe(text.slice(0, last - 2));
  });

  test('indents lines by the step of the file', () => {
    expect(apply({ kind: 'indent-lines', target: at('log'), levels: 1 })).toBe(text.replace('    log', '        log'));
  });
});

import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/base/text-edit.ts';

const edit = (start: number, end: number, newText: string) => ({ span: { start, end }, newText });

describe('applyEdits', () => {
  it('replaces, removes and inserts by the offsets of the original text, in any order', () => {
    expect(applyEdits('0123456789', [edit(8, 9, 'eight'), edit(0, 0, '<'), edit(2, 5, '')])).toBe('<01567eight9');
  });

  it('keeps the order of insertions at one place', () => {
    expect(applyEdits('ab', [edit(1, 1, 'x'), edit(1, 1, 'y')])).toBe('axyb');
  });

  it('inserts before what is replaced at the same place', () => {
    expect(applyEdits('ab', [edit(0, 1, 'A'), edit(0, 0, '>')])).toBe('>Ab');
  });

  it('takes the first of two edits that overlap', () => {
    expect(applyEdits('abcdef', [edit(0, 4, 'X'), edit(2, 6, 'Y')])).toBe('Xef');
  });

  it('leaves a text without edits as it is', () => {
    expect(applyEdits('\uFEFFa\r\n', [])).toBe('\uFEFFa\r\n');
  });
});

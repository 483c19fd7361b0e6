import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../../src/base/line-index.ts';

describe('LineIndex', () => {
  it('counts lines whatever breaks them', () => {
    const lines = new LineIndex('a\nb\r\nc\rd');
    expect(lines.lineCount).toBe(4);
    expect([0, 2, 5, 7].map((offset) => lines.position(offset))).toEqual([
      { line: 0, character: 0 },
      { line: 1, character: 0 },
      { line: 2, character: 0 },
      { line: 3, character: 0 },
    ]);
  });

  it('takes an empty text as one empty line', () => {
    const lines = new LineIndex('');
    expect(lines.lineCount).toBe(1);
    expect(lines.position(0)).toEqual({ line: 0, character: 0 });
    expect(lines.lineSpan(0)).toEqual({ start: 0, end: 0 });
  });

  it('counts characters in UTF-16 units, as editors do', () => {
    const text = 'é😀x\n中y';
    const lines = new LineIndex(text);
    expect(lines.position(text.indexOf('x'))).toEqual({ line: 0, character: 3 });
    expect(lines.position(text.indexOf('y'))).toEqual({ line: 1, character: 1 });
  });

  it('finds every offset again from its position', () => {
    const text = '\uFEFFone\r\n\r\ntwo\n\n\tthree\r';
    const lines = new LineIndex(text);
    for (let offset = 0; offset <= text.length; offset++) {
      // Between the two characters of a line break there is no place to stand.
      if (text.slice(offset - 1, offset + 1) === '\r\n') continue;
      expect(lines.offset(lines.position(offset))).toBe(offset);
    }
  });

  it('clamps what lies outside of the text or of a line', () => {
    const lines = new LineIndex('ab\ncd');
    expect(lines.position(-1)).toEqual({ line: 0, character: 0 });
    expect(lines.position(99)).toEqual({ line: 1, character: 2 });
    expect(lines.offset({ line: 0, character: 99 })).toBe(2);
    expect(lines.offset({ line: 99, character: 0 })).toBe(3);
  });

  it('gives a line without its break', () => {
    const lines = new LineIndex('ab\r\ncd\n');
    expect(lines.lineSpan(0)).toEqual({ start: 0, end: 2 });
    expect(lines.lineSpan(1)).toEqual({ start: 4, end: 6 });
    expect(lines.lineSpan(2)).toEqual({ start: 7, end: 7 });
  });

  it('finds where the text of a line begins', () => {
    const lines = new LineIndex('x\n \t y\n   \r\n');
    expect([0, 1, 2].map((line) => lines.firstCharacter(line))).toEqual([0, 5, 10]);
  });
});

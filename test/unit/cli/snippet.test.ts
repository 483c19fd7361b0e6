import { describe, expect, test } from 'vitest';
import { harmless } from '../../../src/cli/display-width.ts';
import { makeSnippet } from '../../../src/cli/snippet.ts';

/** The snippet for the part of the text between `«` and `»`. */
function snippet(marked: string): string {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const { line, underline } = makeSnippet(marked.replace(/[«»]/g, ''), start, end);
  return `${line}\n${underline}`;
}

describe('the line under a finding', () => {
  test('underlines the characters of the finding', () => {
    expect(snippet("  prefix: '«10.0.0.0/8»'")).toBe("  prefix: '10.0.0.0/8'\n           ^^^^^^^^^^");
  });

  test('marks an empty place with one caret, also at the end of the line', () => {
    expect(snippet('a«»b')).toBe('ab\n ^');
    expect(snippet('ab«»')).toBe('ab\n  ^');
    expect(snippet('«»')).toBe('\n^');
  });

  test('reaches tab stops as the line above does', () => {
    expect(snippet('\t\tforward\t«.»')).toBe('        forward .\n                ^');
  });

  test('takes two cells for wide characters and none for combining marks', () => {
    expect(snippet("name: '网络' // «注»!")).toBe("name: '网络' // 注!\n                ^^");
    expect(snippet('e\u0301 «x»')).toBe('e\u0301 x\n  ^');
    expect(snippet('🚀 «x»')).toBe('🚀 x\n   ^');
  });

  test('shows the part of a long line that holds the finding', () => {
    const { line, underline } = makeSnippet(
      `${'a'.repeat(100_000)}"10.0.0.0/8"${'b'.repeat(100_000)}`,
      100_001,
      100_011,
    );
    expect(line.length).toBeLessThanOrEqual(102);
    expect(line.slice(underline.indexOf('^'), underline.lastIndexOf('^') + 1)).toBe('10.0.0.0/8');
    expect([line[0], line.at(-1)]).toEqual(['…', '…']);
  });

  test('does not cut a surrogate pair of a long line in two', () => {
    const text = '🚀'.repeat(5_000);
    for (const start of [4_000, 4_001, 4_002, 4_003]) {
      expect(makeSnippet(text, start, start + 2).line).not.toContain('\uFFFD');
    }
  });

  test('keeps characters that act on a terminal away from it', () => {
    expect(snippet('a\u001B[31m«b»\u202E')).toBe('a\uFFFD[31mb\uFFFD\n      ^');
    expect(harmless('x\u001B]0;title\u0007')).toBe('x\uFFFD]0;title\uFFFD');
  });
});

import { describe, expect, test } from 'vitest';
import { lexCorefile } from '../../../src/coredns/corefile-lexer.ts';

function words(text: string): string[] {
  return lexCorefile(text).tokens.map((token) => `${token.line}${token.startsLine ? '>' : ' '}${token.text}`);
}

describe('lexCorefile', () => {
  test.each([
    ['separates at every white space of Go, not of JavaScript', 'a\u00a0b\u0085c\ufeffd', ['1>a', '1 b', '1 c\ufeffd']],
    ['throws a carriage return away without separating', 'a\rb\r\nc', ['1>ab', '2>c']],
    ['begins a new word right behind a closing quotation mark', '"a"b', ['1>a', '1 b']],
    ['takes quotation marks inside a word as they are', 'a"b c"', ['1>a"b', '1 c"']],
    ['unescapes nothing but quotation marks', '"a\\"b\\n\\\\"', ['1>a"b\\n\\\\']],
    ['keeps empty quotations', 'a ""', ['1>a', '1 ']],
    ['counts the lines inside quotations', '"a\nb" c\nd', ['1>a\nb', '2 c', '3>d']],
    ['reads an open quotation to the end', '"a b\nc', ['1>a b\nc']],
    ['makes no word of a lone quotation mark at the end', 'a "', ['1>a']],
    ['hides a comment to the end of its line', 'a # b { "\nc', ['1>a', '2>c']],
    ['hides only the rest of the word where a comment begins inside one', 'a#b c', ['1>a', '1 c']],
    ['drops a byte order mark', '\ufeffa', ['1>a']],
  ])('%s', (_, text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test('gives the span as written, quotation marks included', () => {
    const text = '  "a b"  c\r\n';
    expect(lexCorefile(text).tokens.map(({ span }) => text.slice(span.start, span.end))).toEqual(['"a b"', 'c']);
  });

  test('finds the comments, also those that begin inside a word', () => {
    const text = '# one\na#two b # three\r\n';
    expect(lexCorefile(text).comments.map((comment) => comment.text)).toEqual([' one', 'two', ' three']);
  });

  test('can end an open quotation at its line, so that later lines count', () => {
    const result = lexCorefile('log "a\nerrors', { closeQuotesAtLineEnd: true });
    expect(result.tokens.map((token) => token.text)).toEqual(['log', 'a', 'errors']);
    expect(result.unterminatedQuote).toEqual({ start: 4, end: 5 });
  });
});

import type { Comment } from '../base/parse-error.ts';
import type { Span } from '../base/span.ts';
import { type CorefilePlace, Token } from './corefile-token.ts';

export interface LexResult {
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
  /** The opening quotation mark that runs to the end of the text; undefined where all are closed. */
  readonly unterminatedQuote: Span | undefined;
}

export interface LexOptions {
  /** Ends a quotation that is never closed at the end of its line, so that later lines can be judged. */
  readonly closeQuotesAtLineEnd?: boolean;
  /** Undefined for text that stands in no file. */
  readonly place?: CorefilePlace;
}

const lineFeed = 10;
const carriageReturn = 13;
const quotationMark = 34;
const numberSign = 35;
const backslash = 92;

/**
 * Splits Corefile text into words as CoreDNS does: quotes count only at the start of a word, `\r` is thrown away,
 * and a `#` inside a word ends the word and hides the text up to the next white space only.
 */
export function lexCorefile(text: string, options: LexOptions = {}): LexResult {
  const { place } = options;
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  let unterminatedQuote: Span | undefined;
  let line = 1;
  // The line on which the latest token ends: a quoted word may span several.
  let lastLine = 0;
  let position = text.charCodeAt(0) === 0xfeff ? 1 : 0;

  while (position < text.length) {
    const code = text.charCodeAt(position);
    if (code === lineFeed) {
      line++;
      position++;
    } else if (isSpace(code)) {
      position++;
    } else if (code === numberSign) {
      const end = endOfLine(text, position);
      comments.push(comment(text, position, end));
      position = end;
    } else if (code === quotationMark) {
      position = readQuoted(position);
    } else {
      position = readWord(position);
    }
  }
  return { tokens, comments, unterminatedQuote };

  function readQuoted(start: number): number {
    let end = start + 1;
    let hasEscape = false;
    while (end < text.length && text.charCodeAt(end) !== quotationMark) {
      if (text.charCodeAt(end) === backslash) {
        if (text.charCodeAt(end + 1) === quotationMark) hasEscape = true;
        end++;
      }
      end++;
    }
    end = Math.min(end, text.length);
    const isClosed = end < text.length;
    if (!isClosed) {
      unterminatedQuote ??= { start, end: start + 1 };
      if (options.closeQuotesAtLineEnd === true) end = endOfLine(text, start);
    }
    let content = text.slice(start + 1, end);
    // A backslash that is the last character of an open quotation is lost.
    if (!isClosed && /(?:^|[^\\])(?:\\\\)*\\$/.test(content)) content = content.slice(0, -1);
    if (hasEscape) content = unescapeQuotes(content);
    if (isClosed || content.length > 0) push(content, start, isClosed ? end + 1 : end, true);
    return isClosed ? end + 1 : end;
  }

  function readWord(start: number): number {
    let end = start;
    let lastVisible = start;
    let hasReturn = false;
    while (end < text.length) {
      const code = text.charCodeAt(end);
      if (code === carriageReturn) {
        hasReturn = true;
        end++;
        continue;
      }
      if (code === numberSign || isSpace(code)) break;
      end++;
      lastVisible = end;
    }
    const raw = text.slice(start, lastVisible);
    push(hasReturn ? raw.replaceAll('\r', '') : raw, start, lastVisible, false);
    if (text.charCodeAt(end) !== numberSign) return end;
    const commentStart = end;
    while (end < text.length && (text.charCodeAt(end) === carriageReturn || !isSpace(text.charCodeAt(end)))) end++;
    comments.push(comment(text, commentStart, end));
    return end;
  }

  function push(content: string, start: number, end: number, isQuoted: boolean): void {
    tokens.push(new Token(content, line, start, end, isQuoted, line > lastLine, place));
    if (isQuoted) line += countLineFeeds(content);
    lastLine = line;
  }
}

/** The number of line feeds in `text`. */
export function countLineFeeds(text: string): number {
  let count = 0;
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) count++;
  return count;
}

/** Only `\"` is an escape; every other backslash keeps its place, its neighbour with it. */
function unescapeQuotes(content: string): string {
  let result = '';
  for (let i = 0; i < content.length; i++) {
    if (content.charCodeAt(i) === backslash && i + 1 < content.length) {
      result += content[i + 1] === '"' ? '"' : content.slice(i, i + 2);
      i++;
    } else {
      result += content[i];
    }
  }
  return result;
}

function comment(text: string, start: number, end: number): Comment {
  const visible = text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
  return { span: { start, end: visible }, text: text.slice(start + 1, visible) };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** The white space of Go's `unicode.IsSpace`, which differs from that of JavaScript. */
function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  if (code < 0x85) return false;
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

import type { Comment, ParseError } from '../base/parse-error.ts';
import { endOfTokens } from '../base/pipeline-token.ts';
import type { Span } from '../base/span.ts';

/** The result of reading a text with which jsonc-parser finds fault once from left to right. */
export interface JsonScan {
  /**
   * The text that jsonc-parser reads: as long as the original, with everything that Resource Manager accepts and
   * jsonc-parser does not replaced (line breaks in strings, single quotes, a byte order mark, other white space), with
   * strings where tokens stand that a pipeline replaces, and with a quote where one is missing.
   */
  readonly text: string;
  /** Whether strings may have other values than jsonc-parser finds, so that they have to be read from the original. */
  readonly hasChangedStrings: boolean;
  readonly comments: readonly Comment[];
  /** Tokens of a pipeline that stand outside of strings. */
  readonly tokens: readonly Span[];
  /** Strings that end with their line for want of a quote. */
  readonly unclosed: readonly ParseError[];
  /** The first bracket that has no partner. */
  readonly unbalanced?: ParseError;
}

/** Reads a JSON text once: comments, brackets and what has to be replaced for jsonc-parser. */
export function scanJson(text: string): JsonScan {
  return new Scanner(text).scan();
}

class Scanner {
  readonly #text: string;
  readonly #comments: Comment[] = [];
  readonly #tokens: Span[] = [];
  readonly #unclosed: ParseError[] = [];
  /** Offsets of the brackets that are open. */
  readonly #open: number[] = [];
  /** Pieces of the changed text; `copied` is how far the original is already in them. */
  readonly #pieces: string[] = [];
  #copied = 0;
  #hasChangedStrings = false;
  #unbalanced: ParseError | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): JsonScan {
    const text = this.#text;
    const { length } = text;
    let i = 0;
    while (i < length) {
      const code = text.charCodeAt(i);
      if (code === 34) i = this.#scanString(i, 34);
      else if (mayBeToken(code) && this.#scanTokens(i)) i = this.#copied;
      else if (code === 123 || code === 91) this.#open.push(i++);
      else if (code === 125 || code === 93) this.#close(i++, code);
      else if (code === 47) i = this.#scanComment(i);
      else if (code === 39) i = this.#scanString(i, 39);
      else if (code > 127 || (code < 32 && code !== 10 && code !== 13 && code !== 9)) this.#scanSpace(i++);
      else i++;
    }
    this.#reportUnclosed();
    return {
      text: this.#copied === 0 ? text : this.#pieces.join('') + text.slice(this.#copied),
      hasChangedStrings: this.#hasChangedStrings,
      comments: this.#comments,
      tokens: this.#tokens,
      unclosed: this.#unclosed,
      ...(this.#unbalanced === undefined ? {} : { unbalanced: this.#unbalanced }),
    };
  }

  #replace(offset: number, by: string): void {
    this.#pieces.push(this.#text.slice(this.#copied, offset), by);
    this.#copied = offset + by.length;
  }

  #close(offset: number, code: number): void {
    const opened = this.#open.pop();
    if (this.#unbalanced !== undefined) return;
    const span = { start: offset, end: offset + 1 };
    const sign = this.#text.charAt(offset);
    if (opened === undefined) {
      this.#unbalanced = { span, message: `Nothing is open that this "${sign}" could close. Remove it.` };
      return;
    }
    const sought = this.#text.charCodeAt(opened) === 123 ? 125 : 93;
    if (sought === code) return;
    const [opener, closer] = sought === 125 ? ['{', '}'] : ['[', ']'];
    this.#unbalanced = {
      span,
      message: `This "${sign}" does not close the "${opener}" that is open here. Put "${closer}" first.`,
    };
  }

  #reportUnclosed(): void {
    const opened = this.#open.at(-1);
    if (opened === undefined || this.#unbalanced !== undefined) return;
    const closer = this.#text.charCodeAt(opened) === 123 ? '}' : ']';
    const span = { start: opened, end: opened + 1 };
    this.#unbalanced = { span, message: `This "${this.#text.charAt(opened)}" is never closed. Add "${closer}".` };
  }

  #scanComment(start: number): number {
    const text = this.#text;
    const next = text.charCodeAt(start + 1);
    if (next === 47) {
      let end = start + 2;
      while (end < text.length && !isLineBreak(text.charCodeAt(end))) end++;
      this.#comments.push({ span: { start, end }, text: text.slice(start + 2, end) });
      return end;
    }
    if (next !== 42) return start + 1;
    const closing = text.indexOf('*/', start + 2);
    const end = closing < 0 ? text.length : closing + 2;
    this.#comments.push({ span: { start, end }, text: text.slice(start + 2, closing < 0 ? end : closing) });
    return end;
  }

  /** Puts a string in the place of the tokens that stand at an offset; false where there are none. */
  #scanTokens(start: number): boolean {
    const end = endOfTokens(this.#text, start);
    if (end === undefined) return false;
    this.#tokens.push({ start, end });
    this.#replace(start, `"${' '.repeat(end - start - 2)}"`);
    this.#hasChangedStrings = true;
    return true;
  }

  /** Newtonsoft.Json takes any Unicode white space between tokens, jsonc-parser only four characters. */
  #scanSpace(offset: number): void {
    if (/[\s\u0085]/.test(this.#text.charAt(offset))) this.#replace(offset, ' ');
  }

  /** Reads a string and returns the offset behind it; an unclosed one ends with its line. */
  #scanString(start: number, quote: number): number {
    const text = this.#text;
    let i = start + 1;
    while (i < text.length) {
      const code = text.charCodeAt(i);
      if (code === quote) {
        if (quote === 39) this.#replaceQuotes(start, i);
        return i + 1;
      }
      if (code === 92) {
        // Resource Manager accepts \' as well; the value is read from the original.
        if (quote === 34 && text.charCodeAt(i + 1) === 39) {
          this.#replace(i, "''");
          this.#hasChangedStrings = true;
        }
        i += 2;
      } else if (code === 10 || code === 13) {
        const end = this.#endOfMultiLine(i, quote);
        if (end === undefined) return quote === 34 ? this.#closeString(start, i) : i;
        if (quote === 34) this.#replaceBreaks(i, end);
        else this.#replaceQuotes(start, end);
        return end + 1;
      } else i++;
    }
    return text.length;
  }

  /**
   * Ends a string that nobody closed before the brackets and commas at the end of its line, so that what follows keeps
   * its place. Gives the offset behind it.
   */
  #closeString(start: number, lineEnd: number): number {
    const text = this.#text;
    let end = lineEnd;
    while (end > start + 1 && isBetweenValues(text.charCodeAt(end - 1))) end--;
    // The bracket of an expression is its own.
    if (text.charCodeAt(start + 1) === 91 && text.charCodeAt(end) === 93) end++;
    const last = isSpace(text.charCodeAt(end)) ? end : end - 1;
    if (last <= start || last < this.#copied || text.charCodeAt(last - 1) === 92) return lineEnd;
    this.#unclosed.push({ span: { start, end }, message: 'This string is not closed. Add a double quote at its end.' });
    this.#replace(last, '"');
    this.#hasChangedStrings = true;
    return last + 1;
  }

  /**
   * The closing quote of a string that has a line break at `from`. A quote that no comma or bracket follows rather
   * opens the next string: then the line break shows an unclosed string, and the lines behind it stay readable.
   */
  #endOfMultiLine(from: number, quote: number): number | undefined {
    const text = this.#text;
    let end = from;
    while (end < text.length && text.charCodeAt(end) !== quote) end += text.charCodeAt(end) === 92 ? 2 : 1;
    if (end >= text.length) return undefined;
    let next = end + 1;
    while (isSpace(text.charCodeAt(next))) next++;
    const code = text.charCodeAt(next);
    return code === 44 || code === 125 || code === 93 || code === 47 || next >= text.length ? end : undefined;
  }

  #replaceBreaks(from: number, end: number): void {
    const text = this.#text;
    this.#hasChangedStrings = true;
    for (let i = from; i < end; i++) {
      const code = text.charCodeAt(i);
      if (isLineBreak(code)) this.#replace(i, ' ');
      else if (code === 92) {
        if (text.charCodeAt(i + 1) === 39) this.#replace(i, "''");
        i++;
      }
    }
  }

  #replaceQuotes(start: number, end: number): void {
    const text = this.#text;
    this.#hasChangedStrings = true;
    this.#replace(start, '"');
    for (let i = start + 1; i < end; i++) {
      const code = text.charCodeAt(i);
      if (isLineBreak(code) || code === 34) this.#replace(i, ' ');
      else if (code === 92) {
        if (text.charCodeAt(i + 1) === 39) this.#replace(i, "''");
        i++;
      }
    }
    this.#replace(end, '"');
  }
}

/** `#`, `$`, `_` and `{`, with which tokens begin. */
function mayBeToken(code: number): boolean {
  return code === 35 || code === 36 || code === 95 || code === 123;
}

function isLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}

/** Closing brackets, commas and space. */
function isBetweenValues(code: number): boolean {
  return code === 125 || code === 93 || code === 44 || isSpace(code);
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

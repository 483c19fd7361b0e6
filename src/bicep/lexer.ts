import type { Comment, ParseError } from '../base/parse-error.ts';
import {
  BLANK,
  Char,
  classes,
  DIGIT,
  doubleSymbol,
  IDENTIFIER_START,
  isBreak,
  isHexDigit,
  isIdentifierPart,
  singleSymbol,
} from './characters.ts';
import { findDeclarationLine } from './declaration-line.ts';
import { type SyntaxCode, syntaxError } from './messages.ts';
import { readPragma } from './pragma.ts';
import type { Pragma } from './syntax.ts';
import { Kind } from './token.ts';

/**
 * The tokens of a text in parallel arrays, `count` of them; the last one is the end of the file.
 * Blanks, comments and pragmas lie between tokens. A run of line breaks is one token.
 */
export interface Tokens {
  readonly text: string;
  readonly kinds: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly count: number;
  readonly errors: readonly ParseError[];
  readonly comments: readonly Comment[];
  readonly pragmas: readonly Pragma[];
  /** Positions of string tokens that are not closed or hold a bad escape: their value is not known. */
  readonly broken: ReadonlySet<number>;
}

/** Splits the text into tokens. Never fails: bad characters become tokens of their own, each with an error. */
export function lexBicep(text: string): Tokens {
  return new Lexer(text).lex();
}

const LONGEST_IDENTIFIER = 255;

/** A brace that was opened inside a hole of an interpolated string, as an entry of the lexer's stack. */
const BRACE = -1;

class Lexer {
  readonly #text: string;
  readonly #length: number;
  #kinds: Uint8Array;
  #starts: Int32Array;
  #ends: Int32Array;
  #capacity: number;
  #count = 0;
  #position = 0;
  readonly #errors: ParseError[] = [];
  readonly #comments: Comment[] = [];
  readonly #pragmas: Pragma[] = [];
  readonly #broken = new Set<number>();
  /** Open holes, innermost last: the dollar signs of the string (0 for `'...'`), or {@link BRACE}. */
  readonly #holes: number[] = [];
  /** Whether only blanks stand before `position` on its line, as a pragma requires. */
  #isLineStart = true;
  /** The line of double quotes that was reported last, by the count of tokens at its beginning. */
  #doubleQuoteLine = -1;
  #lineToken = 0;

  constructor(text: string) {
    this.#text = text;
    this.#length = text.length;
    this.#capacity = (text.length >> 2) + 64;
    this.#kinds = new Uint8Array(this.#capacity);
    this.#starts = new Int32Array(this.#capacity);
    this.#ends = new Int32Array(this.#capacity);
  }

  lex(): Tokens {
    if (this.#text.charCodeAt(0) === Char.ByteOrderMark) this.#position = 1;
    while (this.#position < this.#length) this.#lexToken();
    this.#closeHoles();
    this.#add(Kind.EndOfFile, this.#length, this.#length);
    return {
      text: this.#text,
      kinds: this.#kinds,
      starts: this.#starts,
      ends: this.#ends,
      count: this.#count,
      errors: this.#errors,
      comments: this.#comments,
      pragmas: this.#pragmas,
      broken: this.#broken,
    };
  }

  #add(kind: number, start: number, end: number): void {
    if (this.#count === this.#capacity) this.#grow();
    this.#kinds[this.#count] = kind;
    this.#starts[this.#count] = start;
    this.#ends[this.#count] = end;
    this.#count++;
    this.#position = end;
  }

  #grow(): void {
    this.#capacity *= 2;
    const [kinds, starts, ends] = [this.#kinds, this.#starts, this.#ends];
    this.#kinds = new Uint8Array(this.#capacity);
    this.#starts = new Int32Array(this.#capacity);
    this.#ends = new Int32Array(this.#capacity);
    this.#kinds.set(kinds);
    this.#starts.set(starts);
    this.#ends.set(ends);
  }

  #report(code: SyntaxCode, start: number, end: number): void {
    this.#errors.push(syntaxError(code, start, end));
  }

  #lexToken(): void {
    const start = this.#position;
    const code = this.#text.charCodeAt(start);
    const type = code < 128 ? (classes[code] ?? 0) : 0;
    if (type === BLANK) {
      this.#position = start + 1;
      return;
    }
    if (code === Char.LineFeed || code === Char.CarriageReturn) {
      this.#lexNewLine(start);
      return;
    }
    if (code === Char.Hash && this.#isLineStart && this.#lexPragma(start)) return;
    this.#isLineStart = false;
    if (type === IDENTIFIER_START) this.#lexIdentifier(start);
    else if (type === DIGIT) this.#lexInteger(start);
    else this.#lexSymbol(code, start);
  }

  #lexNewLine(start: number): void {
    if (this.#holes.length > 0) this.#closeHoles();
    let end = start + 1;
    while (isBreak(this.#text.charCodeAt(end))) end++;
    this.#add(Kind.NewLine, start, end);
    this.#isLineStart = true;
    this.#lineToken = this.#count;
  }

  /** Ends every open hole, so that a string never reaches past its line. */
  #closeHoles(): void {
    const at = this.#position;
    if (this.#holes.some((hole) => hole !== BRACE)) this.#report(at >= this.#length ? 'BCP003' : 'BCP004', at, at);
    for (let hole = this.#holes.pop(); hole !== undefined; hole = this.#holes.pop()) {
      if (hole === BRACE) continue;
      this.#broken.add(this.#count);
      this.#add(Kind.StringRight, at, at);
    }
  }

  #lexIdentifier(start: number): void {
    const text = this.#text;
    let end = start + 1;
    while (isIdentifierPart(text.charCodeAt(end))) end++;
    const length = end - start;
    let kind: number = Kind.Identifier;
    if (length === 4) {
      if (text.startsWith('true', start)) kind = Kind.True;
      else if (text.startsWith('null', start)) kind = Kind.Null;
    } else if (length === 5 && text.startsWith('false', start)) {
      kind = Kind.False;
    } else if (length > LONGEST_IDENTIFIER) {
      this.#report('BCP024', start, end);
    }
    this.#add(kind, start, end);
  }

  #lexInteger(start: number): void {
    let end = start + 1;
    for (let code = this.#text.charCodeAt(end); code >= 48 && code <= 57; code = this.#text.charCodeAt(end)) end++;
    this.#add(Kind.Integer, start, end);
  }

  #lexSymbol(code: number, start: number): void {
    const next = this.#text.charCodeAt(start + 1);
    switch (code) {
      case Char.Quote:
        this.#lexString(start, next);
        return;
      case Char.Dollar:
        this.#lexDollar(start);
        return;
      case Char.Slash:
        if (next === Char.Slash) this.#lexLineComment(start);
        else if (next === Char.Asterisk) this.#lexBlockComment(start);
        else this.#add(Kind.Slash, start, start + 1);
        return;
      case Char.OpenBrace:
        if (this.#holes.length > 0) this.#holes.push(BRACE);
        this.#add(Kind.OpenBrace, start, start + 1);
        return;
      case Char.CloseBrace:
        this.#lexCloseBrace(start);
        return;
      case Char.Dot:
        if (next === Char.Dot && this.#text.charCodeAt(start + 2) === Char.Dot)
          this.#add(Kind.Ellipsis, start, start + 3);
        else this.#add(Kind.Dot, start, start + 1);
        return;
      case Char.DoubleQuote:
        if (this.#doubleQuoteLine !== this.#lineToken) this.#report('BCP103', start, start + 1);
        this.#doubleQuoteLine = this.#lineToken;
        this.#add(Kind.Unrecognized, start, start + 1);
        return;
      default:
        this.#lexOperator(code, next, start);
    }
  }

  #lexOperator(code: number, next: number, start: number): void {
    const double = doubleSymbol(code, next);
    if (double !== Kind.Unrecognized) {
      this.#add(double, start, start + 2);
      return;
    }
    const single = singleSymbol(code);
    let end = start + 1;
    if (single === Kind.Unrecognized) {
      // A word in letters that Bicep does not know is one mistake, however long it is.
      if (code >= 128) while (this.#text.charCodeAt(end) >= 128) end++;
      this.#report('BCP001', start, end);
    }
    this.#add(single, start, end);
  }

  #lexCloseBrace(start: number): void {
    const hole = this.#holes.pop();
    if (hole === undefined || hole === BRACE) this.#add(Kind.CloseBrace, start, start + 1);
    else if (hole === 0) this.#lexStringPiece(start, start + 1, Kind.StringMiddle, Kind.StringRight);
    else this.#lexRawPiece(start, start + 1, hole, Kind.StringMiddle, Kind.StringRight);
  }

  #lexString(start: number, next: number): void {
    if (next === Char.Quote && this.#text.charCodeAt(start + 2) === Char.Quote) this.#lexMultilineString(start);
    else this.#lexStringPiece(start, start + 1, Kind.StringLeft, Kind.StringComplete);
  }

  /** Reads a piece of `'...'` from `from` up to its end, a hole, or the end of the line. */
  #lexStringPiece(start: number, from: number, open: number, closed: number): void {
    const text = this.#text;
    for (let at = from; ; at++) {
      const code = text.charCodeAt(at);
      if (code === Char.Quote) {
        this.#add(closed, start, at + 1);
        return;
      }
      if (code === Char.Backslash) {
        at = this.#checkEscape(at);
      } else if (code === Char.Dollar) {
        if (text.charCodeAt(at + 1) !== Char.OpenBrace) continue;
        this.#holes.push(0);
        this.#add(open, start, at + 2);
        return;
      } else if (code === Char.LineFeed || code === Char.CarriageReturn || at >= this.#length) {
        this.#report(at >= this.#length ? 'BCP003' : 'BCP004', start, at);
        this.#broken.add(this.#count);
        this.#add(closed, start, at);
        return;
      }
    }
  }

  /** Checks the escape at `at` and returns the place of its last character. */
  #checkEscape(at: number): number {
    const code = this.#text.charCodeAt(at + 1);
    switch (code) {
      case 110: // n
      case 114: // r
      case 116: // t
      case Char.Backslash:
      case Char.Quote:
      case Char.Dollar:
        return at + 1;
      case 117: // u
        return this.#checkUnicodeEscape(at);
      default:
        this.#broken.add(this.#count);
        // A backslash at the end of the line escapes nothing: the string is reported as not closed.
        if (Number.isNaN(code) || isBreak(code)) return at;
        this.#report('BCP006', at, at + 2);
        return at + 1;
    }
  }

  #checkUnicodeEscape(at: number): number {
    let end = at + 2;
    let digits = 0;
    if (this.#text.charCodeAt(end) === Char.OpenBrace) {
      end++;
      while (isHexDigit(this.#text.charCodeAt(end))) {
        end++;
        digits++;
      }
      const value = Number.parseInt(this.#text.slice(end - digits, end), 16);
      if (this.#text.charCodeAt(end) === Char.CloseBrace && digits > 0 && value <= 0x10ffff) return end;
    }
    this.#report('BCP133', at, end);
    this.#broken.add(this.#count);
    return end - 1;
  }

  #lexMultilineString(start: number): void {
    const close = this.#text.indexOf("'''", start + 3);
    if (close < 0) {
      this.#addUnclosedMultiline(Kind.MultilineString, start, start + 3);
      return;
    }
    let end = close + 3;
    // Quotes beyond three belong to the content.
    while (this.#text.charCodeAt(end) === Char.Quote) end++;
    this.#add(Kind.MultilineString, start, end);
  }

  #lexDollar(start: number): void {
    let end = start + 1;
    while (this.#text.charCodeAt(end) === Char.Dollar) end++;
    if (this.#text.startsWith("'''", end)) {
      this.#lexRawPiece(start, end + 3, end - start, Kind.StringLeft, Kind.MultilineString);
      return;
    }
    this.#report('BCP001', start, end);
    this.#add(Kind.Unrecognized, start, end);
  }

  /** Reads a piece of `$'''...'''` from `from` up to its end or a hole. */
  #lexRawPiece(start: number, from: number, dollars: number, open: number, closed: number): void {
    const text = this.#text;
    for (let at = from; at < this.#length; at++) {
      const code = text.charCodeAt(at);
      if (code === Char.Quote && text.startsWith("'''", at)) {
        let end = at + 3;
        while (text.charCodeAt(end) === Char.Quote) end++;
        this.#add(closed, start, end);
        return;
      }
      if (code !== Char.Dollar) continue;
      let end = at + 1;
      while (text.charCodeAt(end) === Char.Dollar) end++;
      if (end - at >= dollars && text.charCodeAt(end) === Char.OpenBrace) {
        this.#holes.push(dollars);
        this.#add(open, start, end + 1);
        return;
      }
      at = end - 1;
    }
    this.#addUnclosedMultiline(closed, start, from);
  }

  /** The string would swallow the rest of the file; it ends before the next declaration instead. */
  #addUnclosedMultiline(kind: number, start: number, from: number): void {
    const end = findDeclarationLine(this.#text, from);
    this.#report('BCP140', start, end);
    this.#broken.add(this.#count);
    this.#add(kind, start, end);
  }

  #lexLineComment(start: number): void {
    let end = start + 2;
    while (end < this.#length && !isBreak(this.#text.charCodeAt(end))) end++;
    this.#comments.push({ span: { start, end }, text: this.#text.slice(start + 2, end) });
    this.#position = end;
  }

  #lexBlockComment(start: number): void {
    const close = this.#text.indexOf('*/', start + 2);
    if (close < 0) {
      const end = findDeclarationLine(this.#text, start + 2);
      this.#report('BCP002', start, end);
      this.#comments.push({ span: { start, end }, text: this.#text.slice(start + 2, end) });
      this.#position = end;
      return;
    }
    this.#comments.push({ span: { start, end: close + 2 }, text: this.#text.slice(start + 2, close) });
    this.#position = close + 2;
  }

  /** Takes a pragma if one begins here; otherwise leaves the position alone. */
  #lexPragma(start: number): boolean {
    const pragma = readPragma(this.#text, start);
    if (pragma === undefined) return false;
    const { end } = pragma.span;
    if (pragma.codes.length === 0) this.#report('BCP226', end, end);
    this.#pragmas.push(pragma);
    this.#position = end;
    this.#isLineStart = false;
    return true;
  }
}

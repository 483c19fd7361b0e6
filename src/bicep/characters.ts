import { Kind } from './token.ts';

/** The class of letters and `_`. */
export const IDENTIFIER_START = 1;
/** The class of digits. */
export const DIGIT = 2;
/** The class of space and tab. */
export const BLANK = 4;

/** The class of every ASCII character; 0 where it has none. */
export const classes = buildClasses();

/** Codes of the characters that the lexer tells apart. */
export const Char = {
  Tab: 9,
  LineFeed: 10,
  CarriageReturn: 13,
  Space: 32,
  Not: 33,
  DoubleQuote: 34,
  Hash: 35,
  Dollar: 36,
  Percent: 37,
  And: 38,
  Quote: 39,
  OpenParen: 40,
  CloseParen: 41,
  Asterisk: 42,
  Plus: 43,
  Comma: 44,
  Minus: 45,
  Dot: 46,
  Slash: 47,
  Colon: 58,
  Semicolon: 59,
  Less: 60,
  Equals: 61,
  Greater: 62,
  Question: 63,
  At: 64,
  OpenSquare: 91,
  Backslash: 92,
  CloseSquare: 93,
  Caret: 94,
  OpenBrace: 123,
  Pipe: 124,
  CloseBrace: 125,
  Tilde: 126,
  ByteOrderMark: 0xfeff,
} as const;

/** The kind of a symbol of these two characters; unrecognized where they are none. */
export function doubleSymbol(code: number, next: number): number {
  switch (code) {
    case Char.Question:
      return next === Char.Question ? Kind.DoubleQuestion : Kind.Unrecognized;
    case Char.Colon:
      return next === Char.Colon ? Kind.DoubleColon : Kind.Unrecognized;
    case Char.Not:
      if (next === Char.Equals) return Kind.NotEquals;
      return next === Char.Tilde ? Kind.NotEqualsIgnoreCase : Kind.Unrecognized;
    case Char.Less:
      return next === Char.Equals ? Kind.LessOrEqual : Kind.Unrecognized;
    case Char.Greater:
      return next === Char.Equals ? Kind.GreaterOrEqual : Kind.Unrecognized;
    case Char.Equals:
      if (next === Char.Equals) return Kind.Equals;
      if (next === Char.Tilde) return Kind.EqualsIgnoreCase;
      return next === Char.Greater ? Kind.Arrow : Kind.Unrecognized;
    case Char.And:
      return next === Char.And ? Kind.And : Kind.Unrecognized;
    case Char.Pipe:
      return next === Char.Pipe ? Kind.Or : Kind.Unrecognized;
    default:
      return Kind.Unrecognized;
  }
}

/** The kind of a symbol of one character; unrecognized where it is none. */
export function singleSymbol(code: number): number {
  return code < 128 ? (singles[code] ?? Kind.Unrecognized) : Kind.Unrecognized;
}

const singles = buildSingles();

function buildSingles(): Uint8Array {
  const table = new Uint8Array(128).fill(Kind.Unrecognized);
  const symbols: readonly (readonly [number, number])[] = [
    [Char.OpenParen, Kind.OpenParen],
    [Char.CloseParen, Kind.CloseParen],
    [Char.OpenSquare, Kind.OpenSquare],
    [Char.CloseSquare, Kind.CloseSquare],
    [Char.At, Kind.At],
    [Char.Comma, Kind.Comma],
    [Char.Question, Kind.Question],
    [Char.Colon, Kind.Colon],
    [Char.Semicolon, Kind.Semicolon],
    [Char.Plus, Kind.Plus],
    [Char.Minus, Kind.Minus],
    [Char.Asterisk, Kind.Asterisk],
    [Char.Percent, Kind.Percent],
    [Char.Caret, Kind.Caret],
    [Char.Not, Kind.Not],
    [Char.Less, Kind.Less],
    [Char.Greater, Kind.Greater],
    [Char.Equals, Kind.Assign],
    [Char.Pipe, Kind.Pipe],
  ];
  for (const [code, kind] of symbols) table[code] = kind;
  return table;
}

function buildClasses(): Uint8Array {
  const table = new Uint8Array(128);
  for (let code = 0; code < 128; code++) {
    if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95) table[code] = IDENTIFIER_START;
    else if (code >= 48 && code <= 57) table[code] = DIGIT;
  }
  table[9] = BLANK;
  table[32] = BLANK;
  return table;
}

/** Whether the character may stand inside an identifier. */
export function isIdentifierPart(code: number): boolean {
  if (!(code < 128)) return false;
  const type = classes[code];
  return type === IDENTIFIER_START || type === DIGIT;
}

/** Whether the character may stand in the code of a diagnostic. */
export function isPragmaCode(code: number): boolean {
  return isIdentifierPart(code) || code === Char.Minus;
}

/** Whether the character is a hexadecimal digit. */
export function isHexDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}

/** Whether the character is a space or a tab. */
export function isBlank(code: number): boolean {
  return code === Char.Space || code === Char.Tab;
}

/** Whether the character ends a line. */
export function isBreak(code: number): boolean {
  return code === Char.LineFeed || code === Char.CarriageReturn;
}

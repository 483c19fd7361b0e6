const kinds = {
  EndOfFile: 0,
  NewLine: 1,
  Identifier: 2,
  StringComplete: 3,
  StringLeft: 4,
  StringMiddle: 5,
  StringRight: 6,
  OpenBrace: 7,
  CloseBrace: 8,
  OpenParen: 9,
  CloseParen: 10,
  OpenSquare: 11,
  CloseSquare: 12,
  Colon: 13,
  Comma: 14,
  Assign: 15,
  Greater: 16,
  MultilineString: 17,
  Integer: 18,
  True: 19,
  False: 20,
  Null: 21,
  At: 22,
  Dot: 23,
  Ellipsis: 24,
  Question: 25,
  DoubleQuestion: 26,
  DoubleColon: 27,
  Semicolon: 28,
  Plus: 29,
  Minus: 30,
  Asterisk: 31,
  Slash: 32,
  Percent: 33,
  Caret: 34,
  Not: 35,
  NotEquals: 36,
  NotEqualsIgnoreCase: 37,
  Less: 38,
  LessOrEqual: 39,
  GreaterOrEqual: 40,
  Equals: 41,
  EqualsIgnoreCase: 42,
  Arrow: 43,
  And: 44,
  Or: 45,
  Pipe: 46,
  Unrecognized: 47,
} as const;

/**
 * The kinds of Bicep tokens. Kinds up to `Greater` serve in stop sets, see {@link stopSet}, and stay below 32.
 * Keywords other than `true`, `false` and `null` are identifiers: they are reserved nowhere.
 * Typed as plain numbers, so that comparing the current token does not narrow it past an advance.
 */
export const Kind: { readonly [K in keyof typeof kinds]: number } = kinds;

/** A set of token kinds at which recovery stops, one bit per kind. */
export type StopSet = number;

/** The set of the given kinds, each of them at most `Kind.Greater`. */
export function stopSet(...kinds: readonly number[]): StopSet {
  let set = 0;
  for (const kind of kinds) set |= 1 << kind;
  return set;
}

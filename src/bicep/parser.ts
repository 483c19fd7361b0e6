import type { ParseError } from '../base/parse-error.ts';
import { Cursor } from './cursor.ts';
import { declarationKeywords } from './declaration-line.ts';
import { parseDecorator, parseDecorators } from './decorators.ts';
import { lexBicep, type Tokens } from './lexer.ts';
import { parseDeclaration } from './statements.ts';
import type { BicepFile, BicepKind, Decorator, Statement } from './syntax.ts';
import { Kind, stopSet } from './token.ts';

/**
 * Parses a Bicep file. Never throws and always ends. Every error is reported once, where the compiler reports it;
 * a broken declaration does not hide the ones after it.
 */
export function parseBicep(text: string, kind: BicepKind): BicepFile {
  const tokens = lexBicep(text);
  const parser = new FileParser(tokens, kind);
  const statements = parser.parse();
  const errors = mergeErrors(tokens.errors, parser.errors);
  return { text, kind, statements, errors, comments: tokens.comments, pragmas: tokens.pragmas };
}

const LINE_STOPS = stopSet(Kind.NewLine);

/** Tokens that may be read twice for recovery, as a multiple of all tokens, before declarations are cut at once. */
const RETRY_BUDGET = 4;

class FileParser {
  readonly #cursor: Cursor;
  readonly #tokens: Tokens;
  readonly #kind: BicepKind;
  #retryBudget: number;
  /** Positions of tokens that begin, in the first column, like a declaration; found when first needed. */
  #boundaries: readonly number[] | undefined;

  constructor(tokens: Tokens, kind: BicepKind) {
    this.#tokens = tokens;
    this.#cursor = new Cursor(tokens);
    this.#kind = kind;
    this.#retryBudget = RETRY_BUDGET * tokens.count;
  }

  get errors(): readonly ParseError[] {
    return this.#cursor.errors;
  }

  parse(): readonly Statement[] {
    const p = this.#cursor;
    const statements: Statement[] = [];
    for (;;) {
      p.skipNewLines();
      if (p.kind === Kind.EndOfFile) return statements;
      statements.push(this.#parseStatement());
    }
  }

  /**
   * Parses a statement. One with errors that reached into lines which look like other declarations has left a
   * bracket open: it is parsed again and ends before the first of those lines.
   */
  #parseStatement(): Statement {
    const p = this.#cursor;
    const from = p.index;
    const errors = p.errors.length;
    if (this.#retryBudget > 0) {
      const statement = this.#parseWhole((parse) => parse());
      if (p.errors.length === errors || this.#nextBoundary(from + 1) >= p.index) return statement;
      this.#retryBudget -= p.index - from;
      p.errors.length = errors;
      p.moveTo(from);
    }
    return this.#parseWhole((parse) => this.#parseUpToBoundary(parse));
  }

  #parseWhole(within: <T>(parse: () => T) => T): Statement {
    const p = this.#cursor;
    const start = p.start;
    p.resume();
    const decorators = parseDecorators(p, () => within(() => parseDecorator(p)));
    return within(() => this.#finishStatement(start, decorators));
  }

  #finishStatement(start: number, decorators: readonly Decorator[]): Statement {
    const p = this.#cursor;
    const statement = parseDeclaration(p, this.#kind, start, decorators);
    if (p.kind !== Kind.NewLine && p.kind !== Kind.EndOfFile) {
      const from = p.index;
      p.fail('BCP019');
      p.recover(from, false, LINE_STOPS);
    }
    return statement;
  }

  /** Parses with the end of the file set before the first declaration after the current token. */
  #parseUpToBoundary<T>(parse: () => T): T {
    const p = this.#cursor;
    const { kinds } = this.#tokens;
    const boundary = this.#nextBoundary(p.index + 1);
    const kind = kinds[boundary] ?? Kind.EndOfFile;
    kinds[boundary] = Kind.EndOfFile;
    const result = parse();
    kinds[boundary] = kind;
    p.moveTo(p.index);
    return result;
  }

  /** The first boundary at or after `index`, or the end of the file. */
  #nextBoundary(index: number): number {
    this.#boundaries ??= findBoundaries(this.#tokens);
    let low = 0;
    let high = this.#boundaries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#boundaries[middle] ?? 0) < index) low = middle + 1;
      else high = middle;
    }
    return this.#boundaries[low] ?? this.#tokens.count - 1;
  }
}

function findBoundaries(tokens: Tokens): readonly number[] {
  const { text, kinds, starts, ends, count } = tokens;
  const boundaries: number[] = [];
  for (let i = 1; i < count; i++) {
    if (kinds[i - 1] !== Kind.NewLine || starts[i] !== ends[i - 1]) continue;
    const next = kinds[i + 1] ?? Kind.EndOfFile;
    if (kinds[i] === Kind.At) {
      if (next === Kind.Identifier) boundaries.push(i);
    } else if (kinds[i] === Kind.Identifier) {
      const word = text.slice(starts[i], ends[i]);
      if (declarationKeywords.has(word) && isAfterKeyword(word, next)) boundaries.push(i);
    }
  }
  return boundaries;
}

function isAfterKeyword(word: string, next: number): boolean {
  switch (word) {
    case 'targetScope':
      return next === Kind.Assign;
    case 'import':
      return next === Kind.OpenBrace || next === Kind.Asterisk || next === Kind.StringComplete;
    case 'using':
      return next === Kind.StringComplete || next === Kind.Identifier;
    case 'extends':
      return next === Kind.StringComplete;
    case 'extension':
    case 'provider':
      return next === Kind.Identifier || next === Kind.StringComplete;
    default:
      return next === Kind.Identifier;
  }
}

/** All errors in the order of the text. Of several at one place the first is kept, the lexer's before the parser's. */
function mergeErrors(lexical: readonly ParseError[], syntactic: readonly ParseError[]): readonly ParseError[] {
  if (lexical.length === 0 && syntactic.length === 0) return [];
  const ordered = [...lexical, ...syntactic].sort((a, b) => a.span.start - b.span.start);
  return ordered.filter((error, i) => i === 0 || ordered[i - 1]?.span.start !== error.span.start);
}

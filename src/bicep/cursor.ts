import type { ParseError } from '../base/parse-error.ts';
import type { Expression, InvalidExpression } from '../template/expression.ts';
import type { Tokens } from './lexer.ts';
import { type SyntaxCode, syntaxError } from './messages.ts';
import type { Name } from './syntax.ts';
import { Kind, type StopSet } from './token.ts';

/** Brackets, holes and operands may nest this deep; the parser recurses for each level. */
const DEEPEST_NESTING = 200;

/** No expression is higher than this, so that whoever walks the tree may recurse, too. */
const HIGHEST_TREE = 500;

/**
 * The place of a parser in its tokens, and the errors it met.
 *
 * A parse function that meets an unexpected token calls {@link fail} and returns undefined; its caller does the
 * same or recovers with {@link recover}, which reports the failure and skips to a token it can go on from.
 */
export class Cursor {
  readonly tokens: Tokens;
  readonly text: string;
  /** Kind of the current token. */
  kind: number;
  /** Position of the current token among all tokens. */
  index = 0;
  /** Height of the expression that was parsed last. */
  height = 0;
  errors: ParseError[] = [];
  #depth = 0;
  #failure: ParseError | undefined;
  /** Whether the statement was reported as nested too deeply: what follows in it would only repeat that. */
  #isQuiet = false;

  constructor(tokens: Tokens) {
    this.tokens = tokens;
    this.text = tokens.text;
    this.kind = tokens.kinds[0] ?? Kind.EndOfFile;
  }

  /** Start of the current token. */
  get start(): number {
    return this.tokens.starts[this.index] ?? 0;
  }

  /** End of the current token. */
  get end(): number {
    return this.tokens.ends[this.index] ?? 0;
  }

  /** End of the token before the current one. */
  get previousEnd(): number {
    return this.index === 0 ? 0 : (this.tokens.ends[this.index - 1] ?? 0);
  }

  /** Kind of the token `distance` after the current one. */
  peek(distance: number): number {
    return this.tokens.kinds[Math.min(this.index + distance, this.tokens.count - 1)] ?? Kind.EndOfFile;
  }

  /** Kind of the first token, from the current one on, that is no line break. */
  kindAfterNewLines(): number {
    return this.tokens.kinds[this.indexAfterNewLines()] ?? Kind.EndOfFile;
  }

  /** Position of the first token, from the current one plus `distance` on, that is no line break. */
  indexAfterNewLines(distance = 0): number {
    let index = this.index + distance;
    while (this.tokens.kinds[index] === Kind.NewLine) index++;
    return index;
  }

  /** Goes on to the next token; stays at the end of the file. */
  advance(): void {
    if (this.kind === Kind.EndOfFile) return;
    this.kind = this.tokens.kinds[++this.index] ?? Kind.EndOfFile;
  }

  moveTo(index: number): void {
    this.index = index;
    this.kind = this.tokens.kinds[index] ?? Kind.EndOfFile;
  }

  skipNewLines(): void {
    while (this.kind === Kind.NewLine) this.advance();
  }

  /** Whether the token at `index` is the word `word`. */
  isWordAt(index: number, word: string): boolean {
    if (this.tokens.kinds[index] !== Kind.Identifier) return false;
    const start = this.tokens.starts[index] ?? 0;
    return (this.tokens.ends[index] ?? 0) - start === word.length && this.text.startsWith(word, start);
  }

  isWord(word: string): boolean {
    return this.kind === Kind.Identifier && this.isWordAt(this.index, word);
  }

  /** The text of the current token. */
  tokenText(): string {
    return this.text.slice(this.start, this.end);
  }

  /** Reads the current token as a name. */
  readName(): Name {
    const name = { text: this.tokenText(), span: { start: this.start, end: this.end } };
    this.advance();
    return name;
  }

  /** Takes the current token if it is of this kind. */
  accept(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.advance();
    return true;
  }

  /** Takes the current token, or fails with `character` missing. */
  expect(kind: number, character: string): boolean {
    if (this.kind === kind) {
      this.advance();
      return true;
    }
    this.fail('BCP018', character);
    return false;
  }

  /** Takes the current token if it is of this kind, or reports that `character` is missing and goes on. */
  close(kind: number, character: string): void {
    if (this.kind === kind) this.advance();
    else this.reportHere('BCP018', character);
  }

  /** Remembers what is wrong with the current token, for the caller that recovers. */
  fail(code: SyntaxCode, detail?: string): undefined {
    const isLast = this.kind === Kind.NewLine || this.kind === Kind.EndOfFile;
    this.#failure = syntaxError(code, this.start, isLast ? this.start : this.end, detail);
    return undefined;
  }

  report(code: SyntaxCode, start: number, end: number, detail?: string): void {
    if (!this.#isQuiet) this.errors.push(syntaxError(code, start, end, detail));
  }

  /** Reports an error at the beginning of the current token. */
  reportHere(code: SyntaxCode, detail?: string): void {
    this.report(code, this.start, this.start, detail);
  }

  /** Reports the failure unless `isSilent` and skips to one of `stops` or the end of the file. */
  recover(from: number, isSilent: boolean, stops: StopSet): InvalidExpression {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined && !isSilent && !this.#isQuiet) this.errors.push(failure);
    while (!this.isAt(stops) && this.kind !== Kind.EndOfFile) this.advance();
    this.height = 0;
    return this.invalidFrom(from);
  }

  /** Whether the current token is one of `stops`. */
  isAt(stops: StopSet): boolean {
    return this.kind <= Kind.Greater && ((stops >> this.kind) & 1) === 1;
  }

  /** The text between the token at `from` and the current one as an invalid expression; empty if nothing is there. */
  invalidFrom(from: number): InvalidExpression {
    const end = this.previousEnd;
    return { kind: 'invalid', span: { start: from === this.index ? end : (this.tokens.starts[from] ?? 0), end } };
  }

  /** Enters a level of nesting. False, with the inner text skipped and reported once, if it is too deep. */
  enter(): boolean {
    if (this.#depth < DEEPEST_NESTING) {
      this.#depth++;
      return true;
    }
    this.#skipTooDeep();
    return false;
  }

  leave(): void {
    this.#depth--;
  }

  /** Sets the height of an expression; false, with the rest of it skipped and reported once, if it is too high. */
  grow(height: number): boolean {
    this.height = height;
    if (height <= HIGHEST_TREE) return true;
    this.#skipTooDeep();
    return false;
  }

  /** Skips to the end of the current group of brackets without recursion; errors in it stay silent. */
  #skipTooDeep(): void {
    this.report('nesting', this.start, this.end);
    let open = 0;
    while (this.kind !== Kind.EndOfFile) {
      if (isOpener(this.kind)) open++;
      else if (isCloser(this.kind) && --open < 0) break;
      else if (open === 0 && (this.kind === Kind.NewLine || this.kind === Kind.Comma)) break;
      this.advance();
    }
    this.height = 0;
    this.#isQuiet = true;
  }

  /** Makes errors count again; called where a statement begins. */
  resume(): void {
    this.#isQuiet = false;
    this.#depth = 0;
  }
}

function isOpener(kind: number): boolean {
  return kind === Kind.OpenParen || kind === Kind.OpenSquare || kind === Kind.OpenBrace || kind === Kind.StringLeft;
}

function isCloser(kind: number): boolean {
  return kind === Kind.CloseParen || kind === Kind.CloseSquare || kind === Kind.CloseBrace || kind === Kind.StringRight;
}

/** Whether the expression is missing altogether: then what should follow it is not reported as missing, too. */
export function isMissing(expression: Expression): boolean {
  return expression.kind === 'invalid' && expression.span.start === expression.span.end;
}

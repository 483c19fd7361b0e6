import type {
  AccessExpression,
  CallExpression,
  Expression,
  ForExpression,
  LiteralExpression,
  ObjectExpression,
  ObjectProperty,
  SpreadElement,
} from '../template/expression.ts';
import { type Cursor, isMissing } from './cursor.ts';
import { parseParenthesized, parseSeparator, singleItem } from './lists.ts';
import { finishLiteral, parseInteger, parseStringWith } from './literals.ts';
import { finishLoopWith, type Loop } from './loops.ts';
import { operators, precedences } from './operators.ts';
import type { LoopHead, Name } from './syntax.ts';
import { Kind, stopSet } from './token.ts';

/*
 * The parse functions for expressions. Each returns undefined when it failed at the current token, see Cursor.
 * `complex` says whether arrays and objects may stand here: inside the hole of a string they may not.
 */

const OPERAND_STOPS = stopSet(Kind.StringRight, Kind.CloseBrace, Kind.CloseParen, Kind.CloseSquare, Kind.NewLine);
const BRANCH_STOPS = OPERAND_STOPS | stopSet(Kind.Colon);
const HOLE_STOPS = stopSet(Kind.StringMiddle, Kind.StringRight, Kind.NewLine);
const ARGUMENT_STOPS = stopSet(Kind.NewLine, Kind.Comma, Kind.CloseParen);
const BODY_STOPS = stopSet(Kind.NewLine, Kind.CloseParen);
const ITEM_STOPS = stopSet(Kind.NewLine, Kind.CloseSquare);
const ITEM_SPREAD_STOPS = ITEM_STOPS | stopSet(Kind.Comma);
const PROPERTY_STOPS = stopSet(Kind.NewLine, Kind.CloseBrace);
const PROPERTY_SPREAD_STOPS = PROPERTY_STOPS | stopSet(Kind.Comma);
const KEY_STOPS = PROPERTY_STOPS | stopSet(Kind.Colon);

/** Words that begin a declaration: a new line before one of them ends a lambda that has no body yet. */
const wordsAfterArrow = ['assert', 'import', 'metadata', 'param', 'var', 'resource', 'output', 'module', 'type'];

export function parseExpression(p: Cursor, complex: boolean): Expression | undefined {
  const from = p.index;
  if (!p.enter()) return p.index === from ? p.fail('nesting') : p.invalidFrom(from);
  const start = p.start;
  let result = parseBinary(p, complex, 0);
  if (result !== undefined) {
    const isConditional =
      p.kind === Kind.Question || (p.kind === Kind.NewLine && p.kindAfterNewLines() === Kind.Question);
    if (isConditional) result = parseConditional(p, complex, start, result);
  }
  p.leave();
  return result;
}

/** Parses an expression that must be there; skips to one of `stops` where it is not. */
export function parseValue(p: Cursor, complex: boolean, isSilent: boolean, stops: number): Expression {
  const from = p.index;
  return parseExpression(p, complex) ?? p.recover(from, isSilent, stops);
}

function parseConditional(p: Cursor, complex: boolean, start: number, condition: Expression): Expression {
  let height = p.height;
  p.skipNewLines();
  p.advance();
  const whenTrue = parseValue(p, complex, false, BRANCH_STOPS);
  height = Math.max(height, p.height);
  if (whenTrue.kind !== 'invalid' && p.kindAfterNewLines() === Kind.Colon) p.skipNewLines();
  const colonFrom = p.index;
  let isSilent = isMissing(whenTrue);
  if (p.expect(Kind.Colon, ':')) isSilent = false;
  else isSilent = isMissing(p.recover(colonFrom, isSilent, OPERAND_STOPS));
  const whenFalse = parseValue(p, complex, isSilent, OPERAND_STOPS);
  p.grow(Math.max(height, p.height) + 1);
  return { kind: 'conditional', span: { start, end: p.previousEnd }, condition, whenTrue, whenFalse };
}

function parseBinary(p: Cursor, complex: boolean, precedence: number): Expression | undefined {
  const start = p.start;
  let left = parseUnary(p, complex);
  if (left === undefined) return undefined;
  for (;;) {
    const level = precedences[p.kind] ?? 0;
    if (level <= precedence) return left;
    const operator = operators[p.kind] ?? '??';
    const height = p.height;
    p.advance();
    const from = p.index;
    const right = parseBinary(p, complex, level) ?? p.recover(from, false, OPERAND_STOPS);
    left = { kind: 'binary', span: { start, end: p.previousEnd }, operator, left, right };
    if (!p.grow(Math.max(height, p.height) + 1)) return left;
  }
}

function parseUnary(p: Cursor, complex: boolean): Expression | undefined {
  if (p.kind !== Kind.Not && p.kind !== Kind.Minus) return parseMember(p, complex);
  const start = p.start;
  const operator = p.kind === Kind.Not ? '!' : '-';
  p.advance();
  const from = p.index;
  const operand = parseMember(p, complex) ?? p.recover(from, false, OPERAND_STOPS);
  p.grow(p.height + 1);
  return { kind: 'unary', span: { start, end: p.previousEnd }, operator, operand };
}

function parseMember(p: Cursor, complex: boolean): Expression | undefined {
  const start = p.start;
  let current = parsePrimary(p, complex);
  while (current !== undefined) {
    if (p.kind === Kind.Dot) current = parseDot(p, complex, start, current);
    else if (p.kind === Kind.OpenSquare) current = parseIndex(p, complex, start, current);
    else if (p.kind === Kind.DoubleColon) current = parseNestedAccess(p, start, current);
    // The assertion that a value is not null does nothing at run time.
    else if (p.kind === Kind.Not) p.advance();
    else return current;
  }
  return undefined;
}

function parseDot(p: Cursor, complex: boolean, start: number, base: Expression): Expression {
  const height = p.height;
  p.advance();
  const marker = p.start;
  const isSafe = p.accept(Kind.Question);
  const name = readMemberName(p);
  if (p.kind === Kind.OpenParen) {
    if (isSafe) p.report('BCP322', marker, marker + 1);
    return finishCall(p, complex, start, name, base);
  }
  const key: LiteralExpression = { kind: 'literal', span: name.span, value: name.text };
  const span = { start, end: p.previousEnd };
  const result: AccessExpression = { kind: 'access', span, base, key, isSafe, isFromEnd: false };
  p.grow(height + 1);
  return result;
}

function parseIndex(p: Cursor, complex: boolean, start: number, base: Expression): Expression | undefined {
  const height = p.height;
  p.advance();
  const isSafe = p.accept(Kind.Question);
  const isFromEnd = p.accept(Kind.Caret);
  let key: Expression | undefined;
  if (p.kind === Kind.CloseSquare) {
    p.reportHere('BCP117');
    key = p.invalidFrom(p.index);
  } else {
    key = parseExpression(p, complex);
  }
  if (key === undefined || !p.expect(Kind.CloseSquare, ']')) return undefined;
  p.grow(Math.max(height, p.height) + 1);
  return { kind: 'access', span: { start, end: p.previousEnd }, base, key, isSafe, isFromEnd };
}

function parseNestedAccess(p: Cursor, start: number, base: Expression): Expression {
  const height = p.height;
  p.advance();
  const name = readMemberName(p);
  p.grow(height + 1);
  return { kind: 'nested-resource', span: { start, end: p.previousEnd }, base, name: name.text };
}

/** The name after a dot; empty and reported where it is missing. */
function readMemberName(p: Cursor): Name {
  if (p.kind === Kind.Identifier) return p.readName();
  p.reportHere('BCP020');
  return { text: '', span: p.invalidFrom(p.index).span };
}

/** Parses the arguments of a call whose name was read; `base` is what stands before the dot. */
export function finishCall(
  p: Cursor,
  complex: boolean,
  start: number,
  name: Name,
  base: Expression | undefined,
): CallExpression {
  const height = base === undefined ? 0 : p.height;
  const args = parseArguments(p, complex);
  p.grow(Math.max(height, p.height) + 1);
  const span = { start, end: p.previousEnd };
  if (base === undefined) return { kind: 'call', span, name: name.text, nameSpan: name.span, args };
  return { kind: 'call', span, name: name.text, nameSpan: name.span, base, args };
}

function parseArguments(p: Cursor, complex: boolean): Expression[] {
  const args: Expression[] = [];
  let height = 0;
  p.advance();
  p.skipNewLines();
  while (p.kind !== Kind.CloseParen && p.kind !== Kind.EndOfFile) {
    args.push(parseValue(p, complex, false, ARGUMENT_STOPS));
    height = Math.max(height, p.height);
    if (p.kind === Kind.NewLine) {
      const next = p.kindAfterNewLines();
      if (next !== Kind.CloseParen && next !== Kind.EndOfFile) p.reportHere('BCP237');
      p.skipNewLines();
      // The comma of the next line is the one that was missed.
      if (p.accept(Kind.Comma)) p.skipNewLines();
    } else if (p.accept(Kind.Comma)) {
      p.skipNewLines();
      if (p.kind === Kind.CloseParen) args.push(parseValue(p, complex, false, ARGUMENT_STOPS));
    } else if (p.kind !== Kind.CloseParen && p.kind !== Kind.EndOfFile) {
      p.reportHere('BCP236');
    }
  }
  p.close(Kind.CloseParen, ')');
  p.height = height;
  return args;
}

function parsePrimary(p: Cursor, complex: boolean): Expression | undefined {
  switch (p.kind) {
    case Kind.Identifier:
      return parseNameOrCall(p, complex);
    case Kind.StringComplete:
    case Kind.StringLeft:
    case Kind.MultilineString:
      return parseString(p);
    case Kind.Integer:
      return parseInteger(p);
    case Kind.True:
      return finishLiteral(p, true);
    case Kind.False:
      return finishLiteral(p, false);
    case Kind.Null:
      return finishLiteral(p, null);
    case Kind.OpenBrace:
      return complex ? parseObject(p) : p.fail('BCP087');
    case Kind.OpenSquare:
      if (!complex) return p.fail('BCP087');
      return p.isWordAt(p.indexAfterNewLines(1), 'for') ? parseFor(p) : parseArray(p);
    case Kind.OpenParen:
      return parseParentheses(p, complex);
    default:
      return p.fail('BCP009');
  }
}

function parseNameOrCall(p: Cursor, complex: boolean): Expression {
  const name = p.readName();
  const start = name.span.start;
  p.height = 0;
  if (p.kind === Kind.OpenParen) return finishCall(p, complex, start, name, undefined);
  if (p.kind === Kind.Arrow) return finishLambda(p, start, [name.text]);
  return { kind: 'name', span: name.span, name: name.text };
}

function finishLambda(p: Cursor, start: number, parameters: readonly string[]): Expression {
  p.advance();
  skipNewLinesAfterArrow(p);
  const body = parseValue(p, true, false, BODY_STOPS);
  p.grow(p.height + 1);
  return { kind: 'lambda', span: { start, end: p.previousEnd }, parameters, body };
}

/** Skips new lines before the body of a lambda, unless a declaration begins there. */
export function skipNewLinesAfterArrow(p: Cursor): void {
  const next = p.indexAfterNewLines();
  if (!wordsAfterArrow.some((word) => p.isWordAt(next, word))) p.skipNewLines();
}

function parseParentheses(p: Cursor, complex: boolean): Expression {
  const start = p.start;
  const list = parseParenthesized(p, true, () => parseExpression(p, complex));
  if (p.kind === Kind.Arrow) {
    return finishLambda(
      p,
      start,
      list.items.flatMap((item) => (item.kind === 'name' ? [item.name] : [])),
    );
  }
  return singleItem(p, list);
}

/** Parses a string of any form. Where it is not closed or has a bad escape, it is invalid: the lexer reported it. */
export function parseString(p: Cursor): Expression {
  return parseStringWith(p, parseHole);
}

/** Parses what stands in `${...}`, up to the piece of string that follows. */
function parseHole(p: Cursor): Expression {
  const from = p.index;
  const value = parseValue(p, false, false, HOLE_STOPS);
  if (p.isAt(HOLE_STOPS) || p.kind === Kind.EndOfFile) return value;
  const rest = p.index;
  p.fail('BCP064');
  p.recover(rest, false, HOLE_STOPS);
  return p.invalidFrom(from);
}

function parseArray(p: Cursor): Expression {
  const start = p.start;
  const items: (Expression | SpreadElement)[] = [];
  let height = 0;
  p.advance();
  p.skipNewLines();
  while (p.kind !== Kind.CloseSquare && p.kind !== Kind.EndOfFile) {
    if (p.kind === Kind.Ellipsis) items.push(parseSpread(p, ITEM_SPREAD_STOPS));
    else items.push(parseValue(p, true, false, ITEM_STOPS));
    height = Math.max(height, p.height);
    parseSeparator(p, Kind.CloseSquare);
  }
  p.close(Kind.CloseSquare, ']');
  p.grow(height + 1);
  return { kind: 'array', span: { start, end: p.previousEnd }, items };
}

function parseSpread(p: Cursor, stops: number): SpreadElement {
  const start = p.start;
  p.advance();
  const value = parseValue(p, true, false, stops);
  return { kind: 'spread', span: { start, end: p.previousEnd }, value };
}

/**
 * Parses an object at `{`. `parseNested` takes what is a declaration and not a property, in the body of a resource;
 * it returns false where there is none.
 */
export function parseObject(p: Cursor, parseNested?: () => boolean): ObjectExpression {
  const start = p.start;
  const properties: (ObjectProperty | SpreadElement)[] = [];
  let height = 0;
  p.advance();
  p.skipNewLines();
  while (p.kind !== Kind.CloseBrace && p.kind !== Kind.EndOfFile) {
    if (p.kind === Kind.Ellipsis) {
      properties.push(parseSpread(p, PROPERTY_SPREAD_STOPS));
    } else if (parseNested === undefined || !parseNested()) {
      const property = parseProperty(p);
      if (property !== undefined) properties.push(property);
    }
    height = Math.max(height, p.height);
    parseSeparator(p, Kind.CloseBrace);
  }
  p.close(Kind.CloseBrace, '}');
  p.grow(height + 1);
  return { kind: 'object', span: { start, end: p.previousEnd }, properties };
}

/** Parses `key: value`; undefined where there is no key. */
function parseProperty(p: Cursor): ObjectProperty | undefined {
  const start = p.start;
  const from = p.index;
  const key = parseKey(p) ?? p.recover(from, false, KEY_STOPS);
  const keySpan = { start, end: p.previousEnd };
  const colonFrom = p.index;
  let isSilent = typeof key !== 'string' && key.kind === 'invalid';
  if (p.expect(Kind.Colon, ':')) isSilent = false;
  else isSilent = isMissing(p.recover(colonFrom, isSilent, PROPERTY_STOPS));
  const value = parseValue(p, true, isSilent, PROPERTY_STOPS);
  if (typeof key !== 'string' && key.kind === 'invalid') return undefined;
  return { kind: 'property', span: { start, end: p.previousEnd }, key, keySpan, value };
}

function parseKey(p: Cursor): string | Expression | undefined {
  if (p.kind === Kind.Identifier) {
    const key = p.tokenText();
    p.advance();
    return key;
  }
  if (p.kind !== Kind.StringComplete && p.kind !== Kind.StringLeft) return p.fail('BCP022');
  const index = p.index;
  const key = parseString(p);
  if (key.kind === 'literal' && typeof key.value === 'string') return key.value;
  if (key.kind !== 'invalid') return key;
  p.moveTo(index);
  return p.fail('BCP022');
}

/** Parses `[for ...: value]` at `[`. */
function parseFor(p: Cursor): ForExpression {
  const start = p.start;
  p.advance();
  p.skipNewLines();
  let height = 0;
  const { head, body } = finishLoop(p, () => {
    height = p.height;
    return parseExpression(p, true);
  });
  p.grow(Math.max(height, p.height) + 1);
  const loop = { kind: 'for' as const, span: { start, end: p.previousEnd } };
  return { ...loop, ...loopNames(head), collection: head.collection, body };
}

/** The local names of a loop as the shared expression form has them. */
export function loopNames(head: LoopHead): { item?: string; index?: string } {
  if (head.item === undefined) return {};
  return head.index === undefined ? { item: head.item.text } : { item: head.item.text, index: head.index.text };
}

/** Parses a loop from its word `for` to its closing bracket. `parseBody` parses what follows the colon. */
export function finishLoop<T>(p: Cursor, parseBody: () => T | undefined): Loop<T> {
  return finishLoopWith(p, parseExpression, parseBody);
}

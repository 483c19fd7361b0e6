import { type Cursor, isMissing } from './cursor.ts';
import { parseDecorators } from './decorators.ts';
import { parseExpression, parseString } from './expressions.ts';
import { parseParenthesized, parseSeparator } from './lists.ts';
import { finishLiteral, parseInteger } from './literals.ts';
import type { Name, TypeNode, TypeProperty } from './syntax.ts';
import { Kind, stopSet } from './token.ts';

const OPERAND_STOPS = stopSet(Kind.StringRight, Kind.CloseBrace, Kind.CloseParen, Kind.CloseSquare, Kind.NewLine);
const ARGUMENT_STOPS = stopSet(Kind.NewLine, Kind.Comma, Kind.Greater);
const PROPERTY_STOPS = stopSet(Kind.NewLine, Kind.CloseBrace);
const KEY_STOPS = PROPERTY_STOPS | stopSet(Kind.Colon);
const ITEM_STOPS = stopSet(Kind.NewLine, Kind.CloseSquare);

type Literal = string | number | boolean;

/** Parses the type of a declaration: a type expression, or the old `resource 'Type@version'`. */
export function parseDeclaredType(p: Cursor, isResourceTypeOptional: boolean): TypeNode | undefined {
  if (!p.isWord('resource') || p.peek(1) === Kind.Less) return parseType(p);
  const start = p.start;
  p.advance();
  if (p.kind === Kind.StringComplete || p.kind === Kind.StringLeft) {
    parseString(p);
  } else if (!isResourceTypeOptional) {
    const from = p.index;
    p.fail('BCP068');
    p.recover(from, false, stopSet(Kind.Assign, Kind.NewLine));
  }
  return { span: { start, end: p.previousEnd }, form: 'name', name: 'resource', isNullable: false };
}

/** Parses a type expression; undefined where it failed at the current token, see Cursor. */
export function parseType(p: Cursor): TypeNode | undefined {
  const from = p.index;
  if (!p.enter()) return p.index === from ? p.fail('nesting') : otherType(p, from);
  const type = parseUnion(p, from);
  p.leave();
  return type;
}

function parseUnion(p: Cursor, from: number): TypeNode | undefined {
  const start = p.start;
  const members: TypeNode[] = [];
  const isUnion = takePipe(p);
  const first = parseUnary(p);
  if (first === undefined) return undefined;
  if (!isUnion && !isAtPipe(p)) return first;
  members.push(first);
  while (takePipe(p)) {
    if (p.kind === Kind.NewLine) {
      p.reportHere('BCP300');
      continue;
    }
    const memberFrom = p.index;
    const member = parseUnary(p);
    // Nothing that follows in the file can be told from a member, so all of it is skipped.
    if (member !== undefined) members.push(member);
    else p.recover(memberFrom, false, stopSet(Kind.NewLine));
  }
  const isNullable = members.some((member) => member.isNullable);
  const span = { start: Math.min(start, p.tokens.starts[from] ?? start), end: p.previousEnd };
  const literals = members.flatMap((member) => member.literals ?? []);
  const isLiteral = members.every((member) => member.literals !== undefined);
  return isLiteral ? { span, form: 'union', isNullable, literals } : { span, form: 'union', isNullable };
}

function isAtPipe(p: Cursor): boolean {
  return p.kind === Kind.Pipe || (p.kind === Kind.NewLine && p.kindAfterNewLines() === Kind.Pipe);
}

function takePipe(p: Cursor): boolean {
  if (!isAtPipe(p)) return false;
  p.skipNewLines();
  p.advance();
  return true;
}

function parseUnary(p: Cursor): TypeNode | undefined {
  const start = p.start;
  const from = p.index;
  const isNegated = p.kind === Kind.Minus || p.kind === Kind.Not;
  const isMinus = p.kind === Kind.Minus;
  if (isNegated) p.advance();
  const memberFrom = p.index;
  let type = parseMember(p);
  if (type === undefined && isNegated) p.recover(memberFrom, false, OPERAND_STOPS);
  if (type === undefined && !isNegated) return undefined;
  if (isNegated) type = { ...(type ?? otherType(p, from)), span: { start, end: p.previousEnd } };
  if (isNegated && type?.literals !== undefined) {
    type = { ...type, literals: type.literals.map((value) => negate(value, isMinus)) };
  }
  let isNullable = type?.isNullable ?? false;
  while (p.kind === Kind.Question || p.kind === Kind.Not) {
    isNullable = p.kind === Kind.Question;
    p.advance();
  }
  return type === undefined ? undefined : { ...type, isNullable, span: { start, end: p.previousEnd } };
}

function negate(value: Literal, isMinus: boolean): Literal {
  if (isMinus) return typeof value === 'number' ? -value : value;
  return typeof value === 'boolean' ? !value : value;
}

function parseMember(p: Cursor): TypeNode | undefined {
  const from = p.index;
  const start = p.start;
  let type = parsePrimary(p);
  while (type !== undefined) {
    if (p.kind === Kind.OpenSquare) {
      p.advance();
      if (p.accept(Kind.CloseSquare)) {
        type = { span: { start, end: p.previousEnd }, form: 'array', isNullable: false };
        continue;
      }
      if (!p.accept(Kind.Asterisk) && parseExpression(p, false) === undefined) return undefined;
      if (!p.expect(Kind.CloseSquare, ']')) return undefined;
      type = otherType(p, from);
    } else if (p.kind === Kind.Dot) {
      p.advance();
      if (!p.accept(Kind.Asterisk)) {
        if (p.kind === Kind.Identifier) p.advance();
        else p.reportHere('BCP020');
        if (p.kind === Kind.Less) parseTypeArguments(p);
      }
      type = otherType(p, from);
    } else {
      return type;
    }
  }
  return undefined;
}

function parsePrimary(p: Cursor): TypeNode | undefined {
  switch (p.kind) {
    case Kind.Identifier:
      return parseNamedType(p);
    case Kind.StringComplete:
    case Kind.StringLeft:
    case Kind.MultilineString:
      return parseStringType(p);
    case Kind.Integer:
      return literalType(p, parseInteger(p).value);
    case Kind.True:
      return literalType(p, finishLiteral(p, true).value);
    case Kind.False:
      return literalType(p, finishLiteral(p, false).value);
    case Kind.Null:
      return literalType(p, finishLiteral(p, null).value);
    case Kind.OpenBrace:
      return parseObjectType(p);
    case Kind.OpenSquare:
      return parseTupleType(p);
    case Kind.OpenParen:
      return parseParenthesizedType(p);
    default:
      return p.fail('BCP279');
  }
}

function parseNamedType(p: Cursor): TypeNode {
  const name = p.readName();
  if (p.kind === Kind.Less) parseTypeArguments(p);
  const span = { start: name.span.start, end: p.previousEnd };
  return { span, form: 'name', name: name.text, isNullable: false };
}

function parseStringType(p: Cursor): TypeNode {
  const from = p.index;
  const value = parseString(p);
  if (value.kind === 'literal') return literalType(p, value.value, from);
  return otherType(p, from);
}

/** The type of a literal that was just read, of one token or from the token at `from`. */
function literalType(p: Cursor, value: Literal | null, from = p.index - 1): TypeNode {
  const span = { start: p.tokens.starts[from] ?? 0, end: p.previousEnd };
  return { span, form: 'literal', isNullable: value === null, literals: value === null ? [] : [value] };
}

function parseTypeArguments(p: Cursor): void {
  p.advance();
  p.skipNewLines();
  while (p.kind !== Kind.Greater && p.kind !== Kind.EndOfFile) {
    const from = p.index;
    if (parseType(p) === undefined) p.recover(from, false, ARGUMENT_STOPS);
    if (p.kind === Kind.NewLine) {
      const next = p.kindAfterNewLines();
      if (next !== Kind.Greater && next !== Kind.EndOfFile) p.reportHere('BCP237');
      p.skipNewLines();
    } else if (p.accept(Kind.Comma)) {
      p.skipNewLines();
    } else if (p.kind !== Kind.Greater && p.kind !== Kind.EndOfFile) {
      p.reportHere('BCP236');
    }
  }
  p.close(Kind.Greater, '>');
}

function parseParenthesizedType(p: Cursor): TypeNode {
  const start = p.start;
  const list = parseParenthesized(p, false, () => parseType(p));
  const span = { start, end: p.previousEnd };
  const [first] = list.items;
  if (first === undefined || list.items.length > 1) {
    const end = first === undefined ? list.innerStart : list.innerEnd;
    p.report('BCP243', first?.span.start ?? list.innerStart, end);
  } else if (!('kind' in first)) {
    return { ...first, span };
  }
  return { span, form: 'other', isNullable: false };
}

function parseObjectType(p: Cursor): TypeNode {
  const start = p.start;
  const properties: TypeProperty[] = [];
  p.advance();
  p.skipNewLines();
  while (p.kind !== Kind.CloseBrace && p.kind !== Kind.EndOfFile) {
    const property = parsePropertyType(p);
    if (property !== undefined) properties.push(property);
    parseSeparator(p, Kind.CloseBrace);
  }
  p.close(Kind.CloseBrace, '}');
  return { span: { start, end: p.previousEnd }, form: 'object', isNullable: false, properties };
}

function parsePropertyType(p: Cursor): TypeProperty | undefined {
  parseDecorators(p);
  const from = p.index;
  const name = parsePropertyName(p);
  let isSilent = false;
  if (name === undefined) isSilent = isMissing(p.recover(from, false, KEY_STOPS));
  const colonFrom = p.index;
  if (p.expect(Kind.Colon, ':')) isSilent = false;
  else isSilent = isMissing(p.recover(colonFrom, isSilent, PROPERTY_STOPS));
  const typeFrom = p.index;
  const type = parseType(p) ?? recoverType(p, typeFrom, isSilent, PROPERTY_STOPS);
  return name === undefined ? undefined : { name, type };
}

function parsePropertyName(p: Cursor): Name | undefined {
  if (p.kind === Kind.Identifier || p.kind === Kind.Asterisk) return p.readName();
  if (p.kind !== Kind.StringComplete && p.kind !== Kind.StringLeft) return p.fail('BCP317');
  const from = p.index;
  const key = parseString(p);
  if (key.kind === 'literal') return { text: String(key.value), span: key.span };
  if (key.kind === 'interpolation') return { text: p.text.slice(key.span.start, key.span.end), span: key.span };
  p.moveTo(from);
  return p.fail('BCP022');
}

function parseTupleType(p: Cursor): TypeNode {
  const start = p.start;
  p.advance();
  p.skipNewLines();
  while (p.kind !== Kind.CloseSquare && p.kind !== Kind.EndOfFile) {
    const from = p.index;
    parseDecorators(p);
    if (parseType(p) === undefined) p.recover(from, false, ITEM_STOPS);
    parseSeparator(p, Kind.CloseSquare);
  }
  p.close(Kind.CloseSquare, ']');
  return { span: { start, end: p.previousEnd }, form: 'tuple', isNullable: false };
}

/** Reports the failure of a type and skips to one of `stops`; what was skipped stands for the type. */
export function recoverType(p: Cursor, from: number, isSilent: boolean, stops: number): TypeNode {
  return { span: p.recover(from, isSilent, stops).span, form: 'other', isNullable: false };
}

/** Whether there is no text at all where a type should be. */
export function isTypeMissing(type: TypeNode): boolean {
  return type.form === 'other' && type.span.start === type.span.end;
}

function otherType(p: Cursor, from: number): TypeNode {
  return { span: p.invalidFrom(from).span, form: 'other', isNullable: false };
}

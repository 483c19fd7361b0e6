import type { CallExpression, Expression } from '../template/expression.ts';
import type { Cursor } from './cursor.ts';
import { finishCall } from './expressions.ts';
import type { Decorator, Name } from './syntax.ts';
import { Kind, stopSet } from './token.ts';

const LINE_STOPS = stopSet(Kind.NewLine);

/**
 * Parses the decorators at the current token, each with the new lines behind it. `parseOne` may stand in to
 * parse a single one.
 */
export function parseDecorators(p: Cursor, parseOne: (p: Cursor) => Decorator = parseDecorator): readonly Decorator[] {
  if (p.kind !== Kind.At) return none;
  const decorators: Decorator[] = [];
  while (p.kind === Kind.At) decorators.push(parseOne(p));
  return decorators;
}

const none: readonly Decorator[] = [];

/** Parses one decorator and the new lines behind it. */
export function parseDecorator(p: Cursor): Decorator {
  const start = p.start;
  p.advance();
  const from = p.index;
  const expression = parseDecoratorExpression(p);
  if (expression === undefined) p.recover(from, false, LINE_STOPS);
  const span = { start, end: p.previousEnd };
  const lineFrom = p.index;
  if (p.kind !== Kind.NewLine) {
    p.fail('BCP019');
    p.recover(lineFrom, false, LINE_STOPS);
  }
  p.skipNewLines();
  return { span, name: decoratorName(expression), args: expression?.kind === 'call' ? expression.args : [] };
}

function parseDecoratorExpression(p: Cursor): Expression | undefined {
  if (p.kind !== Kind.Identifier) return p.fail('BCP123');
  const start = p.start;
  const name = p.readName();
  p.height = 0;
  let current: Expression = { kind: 'name', span: name.span, name: name.text };
  if (p.kind === Kind.OpenParen) current = finishCall(p, true, start, name, undefined);
  while (p.kind === Kind.Dot) {
    p.advance();
    const member = readMember(p);
    if (p.kind === Kind.OpenParen) current = finishCall(p, true, start, member, current);
    else current = accessMember(p, start, current, member);
    if (!p.grow(p.height + 1)) break;
  }
  return current;
}

function readMember(p: Cursor): Name {
  if (p.kind === Kind.Identifier) return p.readName();
  p.reportHere('BCP020');
  return { text: '', span: p.invalidFrom(p.index).span };
}

function accessMember(p: Cursor, start: number, base: Expression, member: Name): Expression {
  const key = { kind: 'literal' as const, span: member.span, value: member.text };
  return { kind: 'access', span: { start, end: p.previousEnd }, base, key, isSafe: false, isFromEnd: false };
}

function decoratorName(expression: Expression | undefined): string {
  if (expression === undefined) return '';
  if (expression.kind === 'name') return expression.name;
  if (expression.kind === 'call') return qualify(expression);
  if (expression.kind === 'access' && expression.key.kind === 'literal') {
    return `${decoratorName(expression.base)}.${expression.key.value}`;
  }
  return '';
}

function qualify(call: CallExpression): string {
  return call.base === undefined ? call.name : `${decoratorName(call.base)}.${call.name}`;
}

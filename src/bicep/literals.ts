import type { Expression, LiteralExpression } from '../template/expression.ts';
import type { Cursor } from './cursor.ts';
import { contentValue, firstContent, stringForm } from './string-content.ts';
import { Kind } from './token.ts';

/** A literal that is one token. */
export function finishLiteral(p: Cursor, value: string | number | boolean | null): LiteralExpression {
  const span = { start: p.start, end: p.end };
  p.advance();
  p.height = 0;
  return { kind: 'literal', span, value };
}

/** An integer of up to 64 bits; beyond 2^53 its value is the nearest number. */
export function parseInteger(p: Cursor): LiteralExpression {
  const digits = p.tokenText();
  if (digits.length >= 19) {
    const isNegative = p.index > 0 && p.tokens.kinds[p.index - 1] === Kind.Minus;
    const limit = isNegative ? 0x8000000000000000n : 0x7fffffffffffffffn;
    if (digits.length > 100 || BigInt(digits) > limit) p.report('BCP010', p.start, p.end);
  }
  return finishLiteral(p, Number(digits));
}

/**
 * Parses a string of any form, its holes with `parseHole`. Where it is not closed or has a bad escape, it is invalid: the lexer
 * reported it.
 */
export function parseStringWith(p: Cursor, parseHole: (p: Cursor) => Expression): Expression {
  const { text, tokens } = p;
  const from = p.index;
  const form = stringForm(text, p.start);
  if (p.kind !== Kind.StringLeft) {
    const isBroken = tokens.broken.has(from);
    const span = firstContent(text, p.start + form.openLength, p.end - form.closeLength, form);
    p.advance();
    p.height = 0;
    if (isBroken) return p.invalidFrom(from);
    return { kind: 'literal', span, value: contentValue(text, span.start, span.end, form) };
  }
  const parts: (string | Expression)[] = [];
  let isBroken = false;
  let height = 0;
  let contentStart = -1;
  let contentEnd = p.end;
  for (;;) {
    isBroken ||= tokens.broken.has(p.index);
    const isOpen = p.kind !== Kind.StringRight;
    const begin = contentStart < 0 ? p.start + form.openLength : p.start + 1;
    const end = p.end - (isOpen ? form.dollars + 1 : form.closeLength);
    const piece = contentStart < 0 ? firstContent(text, begin, end, form) : { start: begin, end };
    if (contentStart < 0) contentStart = piece.start;
    if (piece.end > piece.start) parts.push(contentValue(text, piece.start, piece.end, form));
    contentEnd = piece.end;
    p.advance();
    if (!isOpen) break;
    parts.push(parseHole(p));
    height = Math.max(height, p.height);
    if (p.kind !== Kind.StringMiddle && p.kind !== Kind.StringRight) {
      isBroken = true;
      break;
    }
  }
  p.grow(height + 1);
  if (isBroken) return p.invalidFrom(from);
  return { kind: 'interpolation', span: { start: contentStart, end: contentEnd }, parts };
}

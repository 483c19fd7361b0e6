import type { Expression } from '../template/expression.ts';
import { type Cursor, isMissing } from './cursor.ts';
import { finishLoop, parseExpression, parseObject } from './expressions.ts';
import { parseParenthesized, singleItem } from './lists.ts';
import type { DeclarationBody, ResourceStatement } from './syntax.ts';
import { Kind, stopSet } from './token.ts';

const LINE_STOPS = stopSet(Kind.NewLine);
const CONDITION_STOPS = stopSet(Kind.OpenBrace, Kind.NewLine);
const LOOP_STOPS = stopSet(Kind.CloseSquare, Kind.NewLine);

/** An object, perhaps behind a condition. */
type ConditionalObject = Pick<DeclarationBody, 'condition' | 'value'>;

/**
 * Parses the body of a resource or module behind its `=`. `parseNested` takes declarations inside the object and
 * puts them into `resources`.
 */
export function parseBody(
  p: Cursor,
  isSilent: boolean,
  resources: readonly ResourceStatement[],
  parseNested?: () => boolean,
): DeclarationBody {
  if (p.kind === Kind.NewLine && p.isWordAt(p.indexAfterNewLines(), 'if')) p.skipNewLines();
  const start = p.start;
  if (p.kind === Kind.OpenSquare) return parseLoop(p, resources, parseNested);
  const from = p.index;
  const parsed = parseConditionalObject(p, LINE_STOPS, parseNested);
  if (parsed !== undefined) return { span: { start, end: p.previousEnd }, ...parsed, resources };
  p.fail('BCP118');
  const value = p.recover(from, isSilent, LINE_STOPS);
  return { span: value.span, value, resources };
}

function parseLoop(
  p: Cursor,
  resources: readonly ResourceStatement[],
  parseNested: (() => boolean) | undefined,
): DeclarationBody {
  const start = p.start;
  const from = p.index;
  p.advance();
  p.skipNewLines();
  if (!p.isWord('for')) {
    p.fail('BCP012', 'for');
    const value = p.recover(from, false, LINE_STOPS);
    return { span: value.span, value, resources };
  }
  const { head, body } = finishLoop(p, () => {
    return parseConditionalObject(p, LOOP_STOPS, parseNested) ?? p.fail('BCP167');
  });
  const content = 'kind' in body ? { value: body } : body;
  return { span: { start, end: p.previousEnd }, loop: head, ...content, resources };
}

/** Parses `{...}` or `if (...) {...}`; undefined, without a failure, where neither begins. */
function parseConditionalObject(
  p: Cursor,
  stops: number,
  parseNested: (() => boolean) | undefined,
): ConditionalObject | undefined {
  if (p.kind === Kind.OpenBrace) return { value: parseObject(p, parseNested) };
  if (!p.isWord('if')) return undefined;
  p.advance();
  const { condition, isSilent } = parseCondition(p, stops | CONDITION_STOPS);
  const from = p.index;
  if (p.kind === Kind.OpenBrace) return { condition, value: parseObject(p, parseNested) };
  p.fail('BCP018', '{');
  return { condition, value: p.recover(from, isSilent, stops) };
}

function parseCondition(p: Cursor, stops: number): { readonly condition: Expression; readonly isSilent: boolean } {
  const from = p.index;
  if (p.kind !== Kind.OpenParen) {
    p.fail('BCP018', '(');
    const condition = p.recover(from, false, stops);
    return { condition, isSilent: isMissing(condition) || p.kind !== Kind.OpenBrace };
  }
  const list = parseParenthesized(p, true, () => parseExpression(p, true));
  return { condition: singleItem(p, list), isSilent: !list.isClosed };
}

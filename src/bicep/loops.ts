import type { Expression, InvalidExpression } from '../template/expression.ts';
import { type Cursor, isMissing } from './cursor.ts';
import { parseParenthesized } from './lists.ts';
import type { LoopHead, Name } from './syntax.ts';
import { Kind, stopSet } from './token.ts';

const ITEM_STOPS = stopSet(Kind.NewLine, Kind.CloseSquare);
const COLLECTION_STOPS = stopSet(Kind.Colon, Kind.CloseSquare, Kind.NewLine);

/** Parses an expression, in which arrays and objects may stand if `complex`. */
export type ParseExpression = (p: Cursor, complex: boolean) => Expression | undefined;

/** A loop from its word `for` on. */
export interface Loop<T> {
  readonly head: LoopHead;
  readonly body: T | InvalidExpression;
}

/**
 * Parses a loop from its word `for` to its closing bracket. `parse` parses expressions, `parseBody` what follows the
 * colon.
 */
export function finishLoopWith<T>(p: Cursor, parse: ParseExpression, parseBody: () => T | undefined): Loop<T> {
  p.advance();
  const errors = p.errors.length;
  const names = parseLoopNames(p, parse);
  const inFrom = p.index;
  let isSilent = p.errors.length > errors;
  if (p.isWord('in')) {
    p.advance();
    isSilent = false;
  } else {
    p.fail('BCP012', 'in');
    isSilent = isMissing(p.recover(inFrom, isSilent, ITEM_STOPS));
  }
  const collectionFrom = p.index;
  const collection = parse(p, true) ?? p.recover(collectionFrom, isSilent, COLLECTION_STOPS);
  const colonFrom = p.index;
  isSilent = isMissing(collection);
  if (p.expect(Kind.Colon, ':')) isSilent = false;
  else isSilent = isMissing(p.recover(colonFrom, isSilent, ITEM_STOPS));
  const bodyFrom = p.index;
  let body: T | InvalidExpression | undefined = parseBody();
  isSilent = body === undefined && isSilent;
  if (body === undefined) {
    const invalid = p.recover(bodyFrom, isSilent, ITEM_STOPS);
    isSilent = isMissing(invalid);
    body = invalid;
  } else {
    p.skipNewLines();
  }
  const closeFrom = p.index;
  if (!p.expect(Kind.CloseSquare, ']')) {
    p.recover(closeFrom, isSilent, ITEM_STOPS);
    p.accept(Kind.CloseSquare);
  }
  return { head: { ...names, collection }, body };
}

function parseLoopNames(p: Cursor, parse: ParseExpression): { item?: Name; index?: Name } {
  if (p.kind === Kind.Identifier) return { item: p.readName() };
  if (p.kind !== Kind.OpenParen) {
    p.reportHere('BCP162');
    return {};
  }
  const start = p.start;
  const errors = p.errors.length;
  const list = parseParenthesized(p, false, () => parse(p, false));
  const names = list.items.flatMap((item) => (item.kind === 'name' ? [{ text: item.name, span: item.span }] : []));
  if (list.items.length !== 2 && p.errors.length === errors) p.report('BCP249', start, p.previousEnd);
  const [item, index] = names;
  if (item === undefined) return {};
  return index === undefined ? { item } : { item, index };
}

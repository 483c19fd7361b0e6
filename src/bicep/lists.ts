import type { Expression, InvalidExpression } from '../template/expression.ts';
import { type Cursor, isMissing } from './cursor.ts';
import { Kind, stopSet } from './token.ts';

const LIST_STOPS = stopSet(
  Kind.StringRight,
  Kind.CloseBrace,
  Kind.CloseParen,
  Kind.CloseSquare,
  Kind.NewLine,
  Kind.Comma,
);
const CLOSE_PAREN_STOPS = stopSet(Kind.StringRight, Kind.CloseBrace, Kind.CloseSquare, Kind.NewLine);

/** What stands between parentheses, separated by commas, and whether they were closed. */
export interface ParenthesizedList<T> {
  readonly items: readonly (T | InvalidExpression)[];
  /** From behind the opening parenthesis to the last token before the closing one. */
  readonly innerStart: number;
  readonly innerEnd: number;
  readonly hasNewLines: boolean;
  readonly isClosed: boolean;
}

/** Parses `( item, item )`. */
export function parseParenthesized<T>(
  p: Cursor,
  permitNewLines: boolean,
  parseItem: () => T | undefined,
): ParenthesizedList<T> {
  const items: (T | InvalidExpression)[] = [];
  let height = 0;
  let hasNewLines = false;
  const skipNewLines = () => {
    if (!permitNewLines || p.kind !== Kind.NewLine) return;
    hasNewLines = true;
    p.skipNewLines();
  };
  p.advance();
  const innerStart = p.previousEnd;
  skipNewLines();
  let isLastMissing = false;
  while (p.kind !== Kind.CloseParen) {
    const from = p.index;
    const item = parseItem();
    if (item === undefined) {
      const invalid = p.recover(from, false, LIST_STOPS);
      isLastMissing = isMissing(invalid);
      items.push(invalid);
    } else {
      isLastMissing = false;
      items.push(item);
    }
    height = Math.max(height, p.height);
    skipNewLines();
    if (!p.accept(Kind.Comma)) break;
    isLastMissing = false;
    skipNewLines();
  }
  const innerEnd = p.previousEnd;
  const closeFrom = p.index;
  const isClosed = p.expect(Kind.CloseParen, ')');
  if (!isClosed) p.recover(closeFrom, isLastMissing, CLOSE_PAREN_STOPS);
  p.height = height;
  return { items, innerStart, innerEnd, hasNewLines, isClosed };
}

/** The one expression that parentheses must hold; reports where they hold none or several. */
export function singleItem(p: Cursor, list: ParenthesizedList<Expression>): Expression {
  const { items, innerStart, innerEnd } = list;
  const [first] = items;
  if (first === undefined) {
    p.report('BCP243', innerStart, innerStart);
    return { kind: 'invalid', span: { start: innerStart, end: innerStart } };
  }
  if (items.length > 1) p.report('BCP243', first.span.start, innerEnd);
  else if (list.hasNewLines && !list.isClosed) p.report('BCP243', innerStart, innerEnd);
  else return first;
  return { kind: 'invalid', span: { start: innerStart, end: innerEnd } };
}

/** Takes the new lines or the comma between two elements of brackets that `closer` ends; reports where it is missing. */
export function parseSeparator(p: Cursor, closer: number): void {
  if (p.kind === Kind.NewLine) {
    p.skipNewLines();
  } else if (p.accept(Kind.Comma)) {
    if (p.kind !== Kind.NewLine) return;
    p.reportHere('BCP238');
    p.skipNewLines();
  } else if (p.kind !== closer && p.kind !== Kind.EndOfFile) {
    p.reportHere('BCP236');
  }
}

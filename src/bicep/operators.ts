import type { BinaryOperator } from '../template/expression.ts';
import { Kind } from './token.ts';

/** How tightly a binary operator binds, by the kind of its token; 0 for other tokens. */
export const precedences = new Uint8Array(64);
/** The operator that a kind of token spells. */
export const operators: (BinaryOperator | undefined)[] = [];

const operatorLevels: readonly (readonly [number, number, BinaryOperator])[] = [
  [1, Kind.DoubleQuestion, '??'],
  [2, Kind.Or, '||'],
  [3, Kind.And, '&&'],
  [4, Kind.Equals, '=='],
  [4, Kind.NotEquals, '!='],
  [4, Kind.EqualsIgnoreCase, '=~'],
  [4, Kind.NotEqualsIgnoreCase, '!~'],
  [5, Kind.Less, '<'],
  [5, Kind.LessOrEqual, '<='],
  [5, Kind.Greater, '>'],
  [5, Kind.GreaterOrEqual, '>='],
  [6, Kind.Plus, '+'],
  [6, Kind.Minus, '-'],
  [7, Kind.Asterisk, '*'],
  [7, Kind.Slash, '/'],
  [7, Kind.Percent, '%'],
];

for (const [level, kind, operator] of operatorLevels) {
  precedences[kind] = level;
  operators[kind] = operator;
}

import { type Data, unknownData } from './data.ts';

/**
 * What is left of the work that one entry file may cause. Loops and functions can repeat what is written any number of
 * times; what the budget no longer covers stays unknown.
 */
export interface Budget {
  /** Evaluations inside loops, lambdas and functions, and the size of what they produce. */
  steps: number;
  /** Resources that loops and modules create. */
  copies: number;
}

/** Enough for any real template, and spent in about a second. */
export function startBudget(): Budget {
  return { steps: 500_000, copies: 50_000 };
}

/** The value, its size paid for; unknown where the budget does not cover it. */
export function paidFor(budget: Budget, value: Data): Data {
  const cost = costOf(value);
  budget.steps -= cost;
  return cost > 0 && budget.steps < 0 ? beyondBudget(value.origin) : value;
}

/** What is not evaluated any more. */
export function beyondBudget(origin: Data['origin']): Data {
  return unknownData('too-large', 'the loops and functions of this file do more than is evaluated', origin);
}

/** Roughly the memory that a new value takes, in evaluations. What stands in the text item by item is free. */
function costOf(value: Data): number {
  if (value.kind === 'string') return value.value.length >> 6;
  if ((value.kind !== 'array' && value.kind !== 'object') || value.isLiteral) return 0;
  return (value.kind === 'array' ? value.items.length : value.properties.size) >> 2;
}

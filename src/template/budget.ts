import { type Data, unknownData } from './data.ts';

/** Enough for any real template, and spent in about a second. */
const allowed = { steps: 500_000, copies: 50_000, modules: 2_000 };

/**
 * What is left of the work that one entry file may cause. Loops and functions can repeat what is written any number of
 * times; what the budget no longer covers stays unknown.
 */
export class Budget {
  /** Evaluations inside loops, lambdas and functions, and the size of what they produce. */
  steps = allowed.steps;
  /** Resources that loops and modules create. */
  copies = allowed.copies;
  /** Calls of modules; beyond them modules count as not read. */
  modules = allowed.modules;

  /** Whether something was left out. */
  get isExceeded(): boolean {
    return this.steps < 0 || this.copies < 0 || this.modules < 0;
  }

  reset(): void {
    Object.assign(this, allowed);
  }
}

/** What one part of an entry file spends of the budget of all parts. */
export class Account {
  readonly #budget: Budget;
  #steps = 0;
  #copies = 0;
  #modules = 0;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** How many copies may still be made. */
  get copiesLeft(): number {
    return Math.max(0, this.#budget.copies);
  }

  get hasSteps(): boolean {
    return this.#budget.steps > 0;
  }

  /** Whether the budget covers so many more steps. */
  spendSteps(count: number): boolean {
    this.#steps += count;
    this.#budget.steps -= count;
    return this.#budget.steps >= 0;
  }

  spendCopies(count: number): boolean {
    this.#copies += count;
    this.#budget.copies -= count;
    return this.#budget.copies >= 0;
  }

  spendModule(): boolean {
    this.#modules++;
    this.#budget.modules--;
    return this.#budget.modules >= 0;
  }

  /** Spends again what was spent so far: for a part that is used once more instead of being evaluated. */
  repeat(): void {
    this.#budget.steps -= this.#steps;
    this.#budget.copies -= this.#copies;
    this.#budget.modules -= this.#modules;
  }
}

/** Arrays and objects inside each other; deeper ones, which no single text can spell, would end in an exception. */
const maxNesting = 300;

/** The value, its size paid for; unknown where the budget does not cover it, or where it is nested too deeply. */
export function paidFor(account: Account, value: Data): Data {
  if ((value.kind === 'array' || value.kind === 'object') && value.nesting > maxNesting) {
    return unknownData('too-large', 'arrays and objects are nested too deeply', value.origin);
  }
  const cost = costOf(value);
  return cost > 0 && !account.spendSteps(cost) ? beyondBudget(value.origin) : value;
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

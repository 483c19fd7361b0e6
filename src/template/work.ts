import type { Account } from './budget.ts';

/** Parts of values that one operation looks at before it gives up, while the budget lasts and after it. */
const maxParts = { within: 500_000, beyond: 1_000 };

/** So many parts are free: what values of ordinary size take stands in the text. */
const freeParts = 100;

/** What the other parts cost. */
const partsPerStep = 2;

/**
 * The work of one operation on values, such as comparing or merging them. Values can share parts many times over, so that
 * it may be out of all proportion to the text.
 */
export class Work {
  readonly #account: Account;
  #parts = 0;

  constructor(account: Account) {
    this.#account = account;
  }

  /** Pays for a look at so many more parts; false where the operation has to end. */
  takeParts(count: number): boolean {
    const before = this.#parts;
    this.#parts += count;
    if (this.#parts <= freeParts) return true;
    this.#account.spendSteps(Math.floor(this.#parts / partsPerStep) - Math.floor(before / partsPerStep));
    return this.#parts <= (this.#account.hasSteps ? maxParts.within : maxParts.beyond);
  }
}

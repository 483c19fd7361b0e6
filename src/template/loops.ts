import { asArray, type Data, numberData, unknownData } from './data.ts';
import type { Evaluation } from './evaluation.ts';
import type { ForExpression } from './expression.ts';
import { emptyScope, type Scope } from './scope.ts';
import type { LoopDeclaration } from './template.ts';

/** The scopes in which the body of a loop runs; `isComplete` is false when the collection is not fully known. */
export interface LoopRounds {
  readonly scopes: readonly Scope[];
  readonly isComplete: boolean;
}

/** Iterations of one loop that are evaluated. */
const maxRounds = 10_000;

/** Resources or modules of one loop that are evaluated: Resource Manager's own limit for copies. */
const maxCopies = 800;

/**
 * One scope for each round of a loop over `over`: an array or the rounds of a looped resource, or for ARM's `copy` a
 * count. Of a collection that is not known there is no round.
 */
export function loopRounds(
  over: Data,
  loop: { readonly copyName?: string },
  scopeOf: (item: Data | undefined, index: number) => Scope,
  limit = maxRounds,
): LoopRounds {
  const list = asArray(over);
  if (list.kind === 'array') {
    const items = list.items.slice(0, limit);
    return { scopes: items.map(scopeOf), isComplete: !list.isOpen && items.length === list.items.length };
  }
  if (over.kind === 'number' && loop.copyName !== undefined) {
    const count = Math.max(0, Math.min(Math.floor(over.value), limit));
    return {
      scopes: Array.from({ length: count }, (_, index) => scopeOf(undefined, index)),
      isComplete: count === over.value,
    };
  }
  return { scopes: [], isComplete: false };
}

/**
 * The scope of one round. Without a name `copyIndex()` counts the resource's own loop, also inside a `copy` of properties
 * or variables, which is known by its name alone; that of an output has none.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/copy-properties
 */
export function loopScope(
  parent: Scope,
  loop: LoopDeclaration | ForExpression,
  item: Data | undefined,
  index: number | undefined,
): Scope {
  const locals = new Map<string, Data>();
  if (loop.item !== undefined && item !== undefined) locals.set(loop.item, item);
  if (loop.index !== undefined && index !== undefined && item !== undefined) {
    locals.set(loop.index, numberData(index, { at: item.origin.at }));
  }
  if (loop.copyName === undefined) return { locals, parent };
  const names = loop.kind === 'count' ? [loop.copyName, ''] : [loop.copyName];
  return { locals, parent, copyIndexes: new Map(names.map((name) => [name.toLowerCase(), index])) };
}

/**
 * The rounds of a resource or module: a single one without a loop, and a single one with an unknown item where the
 * collection is not known.
 */
export function declarationRounds(evaluation: Evaluation, loop: LoopDeclaration | undefined): LoopRounds {
  if (loop === undefined) return { scopes: [emptyScope], isComplete: true };
  const known = evaluation.rounds.get(loop);
  if (known !== undefined) return known;
  // Inside of its own collection a loop has no rounds that are known.
  evaluation.rounds.set(loop, { scopes: [], isComplete: false });
  const rounds = evaluateRounds(evaluation, loop);
  evaluation.rounds.set(loop, rounds);
  return rounds;
}

function evaluateRounds({ evaluator, part }: Evaluation, loop: LoopDeclaration): LoopRounds {
  const over = evaluator.evaluate(loop.over);
  const kind = loop.kind === 'count' ? { copyName: loop.copyName ?? '' } : {};
  const { account } = part;
  const limit = Math.min(maxCopies, account.copiesLeft);
  const rounds = loopRounds(over, kind, (item, index) => loopScope(emptyScope, loop, item, index), limit);
  // One more where the budget cut the loop short, which shows that it is exceeded.
  const isCut = !rounds.isComplete && limit < maxCopies && rounds.scopes.length === limit;
  account.spendCopies(rounds.scopes.length + (isCut ? 1 : 0));
  if (rounds.isComplete || rounds.scopes.length > 0) return rounds;
  const item = unknownData('unsupported', 'the items of the loop are not known', evaluator.place(loop.over.span));
  return { scopes: [loopScope(emptyScope, loop, item, undefined)], isComplete: false };
}

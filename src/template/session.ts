import { compareLocations, type Location } from '../base/span.ts';
import type { ExpressionProblem, ReferenceProblem } from '../model/model.ts';
import { Account, Budget } from './budget.ts';
import type { EvaluationStart, FileSource, TemplateFiles } from './evaluation.ts';
import type { Evaluator } from './evaluator.ts';
import { isModelled } from './modelled-types.ts';
import type { ModuleCall } from './modules.ts';
import { isSame } from './same.ts';
import type { Template } from './template.ts';

/**
 * One part of an entry, which is its own file or one call of a module, with all that evaluating it noted, read and spent.
 * A part is evaluated bit by bit as its values are asked for, so this grows until the whole model was read.
 */
export class Part {
  /** As in {@link EvaluationStart}. */
  readonly keyPrefix: string;
  readonly files: TemplateFiles;
  readonly account: Account;
  readonly expressionProblems: ExpressionProblem[] = [];
  readonly referenceProblems: ReferenceProblem[] = [];
  /** Modules whose content is not known. */
  readonly unreadParts: Location[] = [];
  /** Stamps of the files that were read. */
  readonly reads = new Map<string, string | undefined>();
  /** Evaluators of the files that it imports from, by URI. Each part has its own, so that what they note is noted here. */
  readonly imported = new Map<string, Evaluator>();
  /** The modules that it calls. */
  readonly calls: Part[] = [];
  /** False where others can ask it for more than its resources and outputs, so that there is more to note. */
  isReusable = true;
  /** As in {@link Template}. */
  mayHaveProblems = false;

  constructor(keyPrefix: string, source: FileSource, budget: Budget) {
    this.keyPrefix = keyPrefix;
    this.account = new Account(budget);
    this.files = source.files((uri) => {
      if (!this.reads.has(uri)) this.reads.set(uri, source.stamp(uri));
    });
  }
}

/** A module call with what it was evaluated from. */
interface KeptCall {
  readonly start: EvaluationStart;
  readonly call: ModuleCall;
}

/** What an evaluation of an entry noted besides its resources, in the order of the files. */
export interface Notes {
  readonly expressionProblems: readonly ExpressionProblem[];
  readonly referenceProblems: readonly ReferenceProblem[];
  readonly unreadParts: readonly Location[];
}

/**
 * What the evaluations of one entry share, one after another. A module call that was evaluated before from the same
 * template, arguments and files is used again, with what it noted and spent: the result is always that of a new session.
 */
export class Session {
  /** Whether resources of a type are collected. */
  readonly collects: (type: string) => boolean;
  readonly #source: FileSource;
  readonly #budget = new Budget();
  /** Calls of the evaluation before, by key prefix. */
  #before: ReadonlyMap<string, KeptCall> = new Map();
  #kept = new Map<string, KeptCall>();
  #hasReused = false;
  #root: Part | undefined;

  constructor(source: FileSource, collects: (type: string) => boolean = isModelled) {
    this.collects = collects;
    this.#source = source;
  }

  /** URIs of the files that the last evaluation read. */
  get reads(): readonly string[] {
    return [...new Set(this.#parts().flatMap((part) => [...part.reads.keys()]))];
  }

  /** Whether something of the present evaluation may have problems to note that reading its resources did not bring out. */
  get mayHaveProblems(): boolean {
    return this.#parts().some((part) => part.mayHaveProblems);
  }

  /** Starts an evaluation; the part of the entry file itself. */
  start(): Part {
    this.#before = this.#kept;
    this.#kept = new Map();
    this.#hasReused = false;
    this.#budget.reset();
    const root = this.openPart('');
    this.#root = root;
    return root;
  }

  openPart(keyPrefix: string): Part {
    return new Part(keyPrefix, this.#source, this.#budget);
  }

  /** The module call that starts like this: one that was evaluated before, or else what `create` makes. */
  call(start: EvaluationStart, create: () => ModuleCall): ModuleCall {
    // A nested deployment that sees the values around it depends on more than its arguments.
    const known = start.outer === undefined ? this.#before.get(start.keyPrefix) : undefined;
    if (known === undefined || !this.#holds(known, start)) {
      const call = create();
      this.#kept.set(start.keyPrefix, { start, call });
      return call;
    }
    this.#hasReused = true;
    for (const part of partsOf(known.call.part)) {
      part.account.repeat();
      const inner = this.#before.get(part.keyPrefix);
      if (inner !== undefined) this.#kept.set(part.keyPrefix, inner);
    }
    return known.call;
  }

  /**
   * Ends an evaluation of which everything was read. Undefined where calls were used again although the budget ends
   * somewhere: where it does depends on the order of the work, so the evaluation has to be made anew.
   */
  finish(): Notes | undefined {
    if (this.#budget.isExceeded) {
      this.#kept.clear();
      if (this.#hasReused) return undefined;
    }
    const parts = this.#parts();
    return {
      expressionProblems: inOrder(parts.flatMap((part) => part.expressionProblems)),
      referenceProblems: inOrder(parts.flatMap((part) => part.referenceProblems)),
      unreadParts: inOrder(parts.flatMap((part) => part.unreadParts.map((location) => ({ location })))).map(
        ({ location }) => location,
      ),
    };
  }

  #parts(): Part[] {
    return this.#root === undefined ? [] : partsOf(this.#root);
  }

  #holds({ start, call }: KeptCall, now: EvaluationStart): boolean {
    if (start.template !== now.template || start.outer !== undefined) return false;
    const { template: _, outer: __, ...before } = start;
    const { template: ___, outer: ____, ...after } = now;
    return isSame(before, after) && partsOf(call.part).every((part) => part.isReusable && this.#isCurrent(part));
  }

  /** What is not known yet has to be asked for again. */
  #isCurrent({ reads }: Part): boolean {
    for (const [uri, stamp] of reads) if (stamp === undefined || this.#source.stamp(uri) !== stamp) return false;
    return true;
  }
}

/** A part with all parts below it. */
function partsOf(part: Part): Part[] {
  const parts = [part];
  for (const found of parts) parts.push(...found.calls);
  return parts;
}

/** Each of the notes once, in the order of the files. */
function inOrder<T extends { readonly location: Location; readonly message?: string }>(notes: readonly T[]): T[] {
  const sorted = [...notes].sort(
    (a, b) => compareLocations(a.location, b.location) || compareTexts(a.message ?? '', b.message ?? ''),
  );
  return sorted.filter((note, index) => index === 0 || !isSame(note, sorted[index - 1]));
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import type { Data } from './data.ts';

/** The names that an expression can see besides the declarations of its file: lambda and loop locals, innermost first. */
export interface Scope {
  readonly locals: ReadonlyMap<string, Data>;
  readonly parent: Scope | undefined;
  /** What `parameters()` sees inside a user function of ARM, by name in lower case; it hides the file's parameters. */
  readonly functionParameters?: ReadonlyMap<string, Data>;
  /** Index of the ARM `copy` loops around the expression, by loop name; `''` is that of the resource or output. */
  readonly copyIndexes?: ReadonlyMap<string, number | undefined>;
}

export const emptyScope: Scope = { locals: new Map(), parent: undefined };

/** A scope in which `locals` hide the names of `parent`. */
export function innerScope(parent: Scope, locals: Iterable<readonly [string, Data]>): Scope {
  return { locals: new Map(locals), parent };
}

export function findLocal(scope: Scope, name: string): Data | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const found = at.locals.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The round that an ARM `copy` loop is in; undefined where that is not known. */
export interface CopyIndex {
  readonly index: number | undefined;
}

/** The index of an ARM `copy` loop; undefined where no such loop is around. */
export function findCopyIndex(scope: Scope, name: string): CopyIndex | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    if (at.copyIndexes?.has(name) === true) return { index: at.copyIndexes.get(name) };
  }
  return undefined;
}

/** The parameters of the ARM user function around the expression, or undefined outside of one. */
export function findFunctionParameters(scope: Scope): ReadonlyMap<string, Data> | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    if (at.functionParameters !== undefined) return at.functionParameters;
  }
  return undefined;
}

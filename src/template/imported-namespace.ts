import { type ResourceHandle, unknownData } from './data.ts';
import type { Imported } from './imports.ts';

/** What `* as alias` stands for: the variables of another file as members. Undefined for any other import. */
export function namespaceOf(alias: string, imported: Imported | undefined): ResourceHandle | undefined {
  if (imported === undefined || imported.name !== undefined) return undefined;
  return {
    member: (name, place) =>
      imported.evaluator.variable(name) ??
      unknownData('unresolved-name', `"${alias}" exports no variable "${name}"`, place),
    nested: () => undefined,
    round: () => undefined,
  };
}

/** Whether a name in front of a dot leads to the built-in functions, where nothing of that name is imported. */
export function isBuiltInNamespace(name: string): boolean {
  return name === 'sys' || name === 'az';
}

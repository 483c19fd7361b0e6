import type { Evaluator } from './evaluator.ts';
import type { Part } from './session.ts';
import type { ImportDeclaration, Template } from './template.ts';
import { createEvaluator } from './template-evaluator.ts';

/** What a name stands for that another file exports: one declaration of it, or all of them. */
export interface Imported {
  readonly evaluator: Evaluator;
  /** The name in the other file; undefined for `* as alias`. */
  readonly name: string | undefined;
}

/** The names that a file imports. */
export type Imports = (alias: string) => Imported | undefined;

/** Prepares the imports of a file; what stands in the files behind them is read when a name is first used. */
export function createImports(part: Part, file: Pick<Template, 'uri' | 'imports'>): Imports {
  noteMissing(part, file);
  if (file.imports.length === 0) return () => undefined;
  const byAlias = new Map(file.imports.map((declaration) => [declaration.alias, declaration]));
  return (alias) => {
    const declaration = byAlias.get(alias);
    const evaluator = declaration === undefined ? undefined : importedFile(part, file.uri, declaration);
    if (declaration === undefined || evaluator === undefined) return undefined;
    return { evaluator, name: declaration.name === '*' ? undefined : declaration.name };
  };
}

/** Bicep compiles nothing that imports from a file that is not there, used or not. */
function noteMissing(part: Part, { uri, imports }: Pick<Template, 'uri' | 'imports'>): void {
  imports.forEach(({ path, pathSpan }, index) => {
    const isNew = imports[index - 1]?.pathSpan !== pathSpan;
    if (!isNew || !part.files.isMissing(uri, path)) return;
    part.referenceProblems.push({ kind: 'missing', location: { uri, span: pathSpan }, path });
  });
}

/** The evaluator of an imported file: exported variables and functions use no parameters. */
function importedFile(part: Part, from: string, { path }: ImportDeclaration): Evaluator | undefined {
  const resolved = part.files.module(from, path);
  if (resolved.kind === 'unread') return undefined;
  const { template } = resolved;
  const known = part.imported.get(template.uri);
  if (known !== undefined) return known;
  const evaluator = createEvaluator({
    template,
    parameters: new Map(),
    isOpen: false,
    part,
    handle: () => undefined,
    imports: createImports(part, template),
    scope: { kind: 'resourceGroup' },
    callers: [],
    keyPrefix: `${template.uri} `,
    outer: undefined,
  });
  part.imported.set(template.uri, evaluator);
  return evaluator;
}

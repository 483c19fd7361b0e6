import type { Session } from './evaluation.ts';
import { createEvaluator, type Evaluator } from './evaluator.ts';
import type { ImportDeclaration, Template } from './template.ts';

/** What a name stands for that another file exports: one declaration of it, or all of them. */
export interface Imported {
  readonly evaluator: Evaluator;
  /** The name in the other file; undefined for `* as alias`. */
  readonly name: string | undefined;
}

/** The names that a file imports. */
export type Imports = (alias: string) => Imported | undefined;

/** Prepares the imports of a file; the files behind them are read when a name is first used. */
export function createImports(session: Session, file: Pick<Template, 'uri' | 'imports'>): Imports {
  const byAlias = new Map(file.imports.map((declaration) => [declaration.alias, declaration]));
  return (alias) => {
    const declaration = byAlias.get(alias);
    const evaluator = declaration === undefined ? undefined : importedFile(session, file.uri, declaration);
    if (declaration === undefined || evaluator === undefined) return undefined;
    return { evaluator, name: declaration.name === '*' ? undefined : declaration.name };
  };
}

/** The evaluator of an imported file: exported variables and functions use no parameters. */
function importedFile(session: Session, from: string, { path, pathSpan }: ImportDeclaration): Evaluator | undefined {
  const resolved = session.files.module(from, path);
  if (resolved.kind === 'unread') {
    const location = { uri: from, span: pathSpan };
    const isNew = !session.referenceProblems.some(
      (problem) => problem.location.span.start === pathSpan.start && problem.location.uri === from,
    );
    if (resolved.isMissing && isNew) session.referenceProblems.push({ kind: 'missing', location, path });
    return undefined;
  }
  const { template } = resolved;
  const known = session.imported.get(template.uri);
  if (known !== undefined) return known;
  const evaluator = createEvaluator({
    template,
    parameters: new Map(),
    isOpen: false,
    problems: session.expressionProblems,
    budget: session.budget,
    handle: () => undefined,
    files: session.files,
    imports: createImports(session, template),
    scope: { kind: 'resourceGroup' },
    callers: [],
    keyPrefix: `${template.uri} `,
    outer: undefined,
  });
  session.imported.set(template.uri, evaluator);
  return evaluator;
}

import type { ExpressionProblem, ReferenceProblem } from '../model/model.ts';
import { type Data, objectFromEntries } from './data.ts';
import type { TemplateFiles } from './evaluation.ts';
import { createImports } from './imports.ts';
import { Session } from './session.ts';
import { emptyTemplate, type ParameterFile, type Template } from './template.ts';
import { createEvaluator } from './template-evaluator.ts';

/** Parameter files that extend each other, before the chain is cut. */
const maxBases = 20;

/** What a parameter file gives, with the files that it builds on. */
export interface EvaluatedParameters {
  /** By name as the file spells it. */
  readonly values: ReadonlyMap<string, Data>;
  readonly expressionProblems: readonly ExpressionProblem[];
  readonly referenceProblems: readonly ReferenceProblem[];
}

const nothing: EvaluatedParameters = { values: new Map(), expressionProblems: [], referenceProblems: [] };

/**
 * What a parameter file gives. `findBase` finds the file that one extends, whose values it overrides and may read as
 * `base`; `extending` are the files that lead here by extending each other.
 */
export function evaluateParameterFile(
  file: ParameterFile,
  files: TemplateFiles,
  findBase: (from: string, path: string) => ParameterFile | undefined,
  extending: readonly ParameterFile[] = [],
): EvaluatedParameters {
  const part = new Session({ files: () => files, stamp: () => undefined }).start();
  const chain = [...extending, file];
  const found = file.base === undefined || chain.length > maxBases ? undefined : findBase(file.uri, file.base.path);
  const isCircle = found !== undefined && chain.some(({ uri }) => uri === found.uri);
  const base = isCircle ? undefined : found;
  if (file.base !== undefined && (isCircle || files.isMissing(file.uri, file.base.path))) {
    const { path, pathSpan } = file.base;
    const location = { uri: file.uri, span: pathSpan };
    part.referenceProblems.push({ kind: isCircle ? 'cycle' : 'missing', location, path });
  }
  const inherited = base === undefined ? nothing : evaluateParameterFile(base, files, findBase, chain);
  const evaluator = createEvaluator({
    template: asTemplate(file),
    parameters:
      file.base === undefined ? new Map() : baseParameter(file.base, file.uri, inherited.values, base === undefined),
    isOpen: false,
    part,
    handle: () => undefined,
    imports: createImports(part, file),
    scope: { kind: 'resourceGroup' },
    callers: [],
    keyPrefix: `${file.uri} `,
    outer: undefined,
  });
  const values = new Map(inherited.values);
  for (const { name, value } of file.values) values.set(name, evaluator.evaluate(value));
  return {
    values,
    expressionProblems: [...inherited.expressionProblems, ...part.expressionProblems],
    referenceProblems: [...inherited.referenceProblems, ...part.referenceProblems],
  };
}

/** A parameter file declares variables and imports like a template, and `base` where it extends another. */
function asTemplate({ uri, variables, imports, base }: ParameterFile): Template {
  const parameters =
    base === undefined ? [] : [{ name: baseName, nameSpan: base.pathSpan, type: 'object', isNullable: false }];
  return { ...emptyTemplate(uri), parameters, variables, imports };
}

/** What a parameter file calls the values of the one that it extends. */
const baseName = 'base';

/** `isOpen`: the other file was not read. */
function baseParameter(
  { pathSpan }: NonNullable<ParameterFile['base']>,
  uri: string,
  values: ReadonlyMap<string, Data>,
  isOpen: boolean,
): Map<string, Data> {
  return new Map([[baseName, objectFromEntries(values, { at: { uri, span: pathSpan } }, isOpen)]]);
}

import { type Data, objectFromEntries } from './data.ts';
import type { TemplateFiles } from './evaluation.ts';
import { createEvaluator } from './evaluator.ts';
import { createImports } from './imports.ts';
import { Session } from './session.ts';
import { emptyTemplate, type ParameterFile, type Template } from './template.ts';

/** Parameter files that extend each other, before the chain is cut. */
const maxBases = 20;

/**
 * The values that a parameter file gives, by name as it spells them. `findBase` finds the file that one extends, whose
 * values it overrides and may read as `base`.
 */
export function evaluateParameterFile(
  file: ParameterFile,
  files: TemplateFiles,
  findBase: (from: string, path: string) => ParameterFile | undefined,
  depth = 0,
): Map<string, Data> {
  const base = file.base === undefined || depth >= maxBases ? undefined : findBase(file.uri, file.base.path);
  const inherited =
    base === undefined ? new Map<string, Data>() : evaluateParameterFile(base, files, findBase, depth + 1);
  const part = new Session({ files: () => files, stamp: () => undefined }).start();
  const evaluator = createEvaluator({
    template: asTemplate(file),
    parameters: file.base === undefined ? new Map() : baseParameter(file.base, file.uri, inherited, base === undefined),
    isOpen: false,
    part,
    handle: () => undefined,
    imports: createImports(part, file),
    scope: { kind: 'resourceGroup' },
    callers: [],
    keyPrefix: `${file.uri} `,
    outer: undefined,
  });
  const values = new Map(inherited);
  for (const { name, value } of file.values) values.set(name, evaluator.evaluate(value));
  return values;
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

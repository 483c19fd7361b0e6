import type { Data } from './data.ts';
import type { TemplateFiles } from './evaluation.ts';
import { createEvaluator } from './evaluator.ts';
import { createImports } from './imports.ts';
import { Session } from './session.ts';
import { emptyTemplate, type ParameterFile, type Template } from './template.ts';

/** Parameter files that extend each other, before the chain is cut. */
const maxBases = 20;

/**
 * The values that a parameter file gives, by name as it spells them. `findBase` finds the file that it extends, whose
 * values it overrides.
 */
export function evaluateParameterFile(
  file: ParameterFile,
  files: TemplateFiles,
  findBase: (path: string) => ParameterFile | undefined,
  depth = 0,
): Map<string, Data> {
  const base = file.base === undefined || depth >= maxBases ? undefined : findBase(file.base.path);
  const values = base === undefined ? new Map<string, Data>() : evaluateParameterFile(base, files, findBase, depth + 1);
  const part = new Session({ files: () => files, stamp: () => undefined }).start();
  const evaluator = createEvaluator({
    template: asTemplate(file),
    parameters: new Map(),
    isOpen: false,
    part,
    handle: () => undefined,
    imports: createImports(part, file),
    scope: { kind: 'resourceGroup' },
    callers: [],
    keyPrefix: `${file.uri} `,
    outer: undefined,
  });
  for (const { name, value } of file.values) values.set(name, evaluator.evaluate(value));
  return values;
}

/** A parameter file declares variables and imports like a template. */
function asTemplate({ uri, variables, imports }: ParameterFile): Template {
  return { ...emptyTemplate(uri), variables, imports };
}

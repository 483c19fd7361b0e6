import { emptyModel, type Model } from '../model/model.ts';
import type { Data } from '../template/data.ts';
import type { TemplateFiles } from '../template/evaluation.ts';
import { lowerTemplate } from '../template/network/lower.ts';
import { evaluateParameterFile } from '../template/parameter-files.ts';
import type { ParameterFile } from '../template/template.ts';
import type { DocumentContent } from './front-ends.ts';
import { resolvePath, templatesNextTo } from './paths.ts';
import type { Workspace } from './workspace.ts';

/** The model of an entry file and the URIs of the other files that it was made from. */
export interface EntryModel {
  readonly model: Model;
  readonly reads: ReadonlySet<string>;
}

/** Lowers an entry file with everything it references: a template alone, or a parameter file with its template. */
export function lowerEntry(workspace: Workspace, uri: string, content: DocumentContent): EntryModel {
  const reads = new Set<string>();
  const files = workspace.files((other) => reads.add(other));
  switch (content.kind) {
    case 'coredns':
      return { model: { ...emptyModel, ...content.model }, reads };
    case 'configuration':
      return { model: emptyModel, reads };
    case 'template': {
      const model = lowerTemplate({ template: content.template, parameters: new Map(), isOpen: false, files });
      return { model, reads };
    }
    case 'parameters':
      return { model: lowerWithParameters(workspace, uri, content.parameters, reads), reads };
  }
}

function lowerWithParameters(workspace: Workspace, uri: string, file: ParameterFile, reads: Set<string>): Model {
  const files = workspace.files((other) => reads.add(other));
  const path = file.using?.path ?? templateNextTo(files, uri);
  const target = path === undefined ? undefined : files.module(uri, path);
  if (target?.kind !== 'template') {
    const problem = file.using !== undefined && target?.isMissing === true ? file.using : undefined;
    if (problem === undefined) return emptyModel;
    return {
      ...emptyModel,
      referenceProblems: [{ kind: 'missing', location: { uri, span: problem.pathSpan }, path: problem.path }],
    };
  }
  const { template } = target;
  const values = evaluateParameterFile(file, files, (base) => parametersOf(workspace, uri, base, reads));
  const parameters = new Map<string, Data>();
  for (const [name, value] of values) parameters.set(template.language === 'arm' ? name.toLowerCase() : name, value);
  return lowerTemplate({ template, parameters, isOpen: false, files });
}

/** The parameter file that another one extends. */
function parametersOf(workspace: Workspace, from: string, path: string, reads: Set<string>): ParameterFile | undefined {
  const uri = resolvePath(from, path);
  if (uri === undefined) return undefined;
  reads.add(uri);
  const content = workspace.parse(uri)?.content;
  return content?.kind === 'parameters' ? content.parameters : undefined;
}

/** The template that a JSON parameter file is for: one of {@link templatesNextTo} that exists. */
function templateNextTo(files: TemplateFiles, uri: string): string | undefined {
  return templatesNextTo(uri).find((name) => files.module(uri, name).kind === 'template');
}

import type { Location } from '../base/span.ts';
import { emptyModel, type Model, type ReferenceProblem } from '../model/model.ts';
import type { Data } from '../template/data.ts';
import type { EvaluationInput, ResolvedModule } from '../template/evaluation.ts';
import { emptyTemplate, type ParameterFile } from '../template/template.ts';
import { lowerGenerated } from './coredns-half.ts';
import { firstLoads } from './loads.ts';
import { templatesFor } from './parameter-targets.ts';
import type { DocumentContent } from './parsed-document.ts';
import { resolvePath } from './paths.ts';
import { evaluateParameterFile, lowerTemplate, Session } from './template-half.ts';
import type { Workspace } from './workspace.ts';

/** The model of an entry file and the URIs of the other files that it was made from. */
export interface EntryModel {
  readonly model: Model;
  readonly reads: ReadonlySet<string>;
  /** For files that may be no documents of their own, where the entry file names them. */
  readonly namedAt: ReadonlyMap<string, Location>;
}

/**
 * Lowers an entry file with everything it references: a template alone, or a parameter file with its template. With
 * `any-parameters` whatever may be passed to a template is unknown, its defaults included. `sessionOf` gives the
 * session of the same entry from before, where there is one.
 */
export function lowerEntry(
  workspace: Workspace,
  uri: string,
  content: DocumentContent,
  parameters: 'defaults' | 'any-parameters' = 'defaults',
  sessionOf: () => Session = () => new Session(workspace),
): EntryModel {
  const reads = new Set<string>();
  switch (content.kind) {
    case 'coredns':
      return { ...lowerGenerated(workspace, uri, content, (other) => reads.add(other)), reads };
    case 'configuration':
    case 'data':
      return { model: emptyModel, reads, namedAt: new Map() };
    case 'template':
    case 'parameters': {
      const input = entryInput(workspace, uri, content, (other) => reads.add(other));
      const namedAt = firstLoads(uri, content);
      if (!('template' in input)) return { model: { ...emptyModel, referenceProblems: [input] }, reads, namedAt };
      const session = sessionOf();
      const model = lowerTemplate(parameters === 'any-parameters' ? { ...input, isOpen: true } : input, session);
      for (const other of session.reads) reads.add(other);
      return { model, reads, namedAt };
    }
  }
}

/**
 * What the evaluation of an entry file starts from; the problem where a parameter file names a template that is not
 * there. `read` hears of the other files.
 */
export function entryInput(
  workspace: Workspace,
  uri: string,
  content: Extract<DocumentContent, { readonly kind: 'template' | 'parameters' }>,
  read: (uri: string) => void,
): EvaluationInput | ReferenceProblem {
  if (content.kind === 'template') {
    return { template: content.template, parameters: new Map(), isOpen: false };
  }
  const files = workspace.files(read);
  const { parameters: file } = content;
  const named = file.using === undefined ? templatesFor(workspace, uri, read) : [{ from: uri, path: file.using.path }];
  let target: ResolvedModule | undefined;
  for (const { from, path } of named) {
    target = files.module(from, path);
    if (target.kind === 'template') break;
  }
  if (target?.kind !== 'template') {
    if (file.using !== undefined && target?.isMissing === true) {
      return { kind: 'missing', location: { uri, span: file.using.pathSpan }, path: file.using.path };
    }
    return { template: emptyTemplate(uri), parameters: new Map(), isOpen: false };
  }
  const { template } = target;
  // A file that cannot be read may give any parameter.
  let isOpen = false;
  const values = evaluateParameterFile(file, files, (from, base) => {
    const found = parametersOf(workspace, from, base, read);
    isOpen ||= found === undefined;
    return found;
  });
  const parameters = new Map<string, Data>();
  for (const [name, value] of values) parameters.set(template.language === 'arm' ? name.toLowerCase() : name, value);
  return { template, parameters, isOpen };
}

/** The parameter file that another one extends. */
function parametersOf(
  workspace: Workspace,
  from: string,
  path: string,
  read: (uri: string) => void,
): ParameterFile | undefined {
  const uri = resolvePath(from, path);
  if (uri === undefined) return undefined;
  // Asking for the text makes known that the file is wanted, if it was not read yet.
  workspace.files(read).text(from, path);
  const content = workspace.parse(uri)?.content;
  return content?.kind === 'parameters' ? content.parameters : undefined;
}

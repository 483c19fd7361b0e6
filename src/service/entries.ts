import type { Location } from '../base/span.ts';
import { emptyModel, type Model, type ReferenceProblem } from '../model/model.ts';
import type { Data } from '../template/data.ts';
import type { EvaluationInput, TemplateFiles } from '../template/evaluation.ts';
import { emptyTemplate, type ParameterFile, type Template } from '../template/template.ts';
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
  /** Whether it deploys nothing: a parameter file for which no template was read. */
  readonly isIdle?: boolean;
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
      const { input, expressionProblems, referenceProblems } = entryInput(workspace, content, (other) =>
        reads.add(other),
      );
      const session = sessionOf();
      const model = lowerTemplate(parameters === 'any-parameters' ? { ...input, isOpen: true } : input, session);
      for (const other of session.reads) reads.add(other);
      return {
        model: {
          ...model,
          expressionProblems: [...expressionProblems, ...model.expressionProblems],
          referenceProblems: [...referenceProblems, ...model.referenceProblems],
        },
        reads,
        namedAt: firstLoads(uri, content),
        isIdle: content.kind === 'parameters' && input.template.uri === uri,
      };
    }
  }
}

/** What the evaluation of an entry file starts from, with what is wrong before it. */
export interface EntryInput extends Pick<Model, 'expressionProblems' | 'referenceProblems'> {
  readonly input: EvaluationInput;
}

/** Reads what an entry file brings: a template itself, or a parameter file and its template. `read` hears of others. */
export function entryInput(
  workspace: Workspace,
  content: Extract<DocumentContent, { readonly kind: 'template' | 'parameters' }>,
  read: (uri: string) => void,
): EntryInput {
  if (content.kind === 'template') {
    const input = { template: content.template, parameters: new Map(), isOpen: false };
    return { input, expressionProblems: [], referenceProblems: [] };
  }
  const files = workspace.files(read);
  const { parameters: file } = content;
  // A file that cannot be read may give any parameter.
  let isOpen = false;
  const { values, expressionProblems, referenceProblems } = evaluateParameterFile(file, files, (from, base) => {
    const found = parametersOf(workspace, from, base, read);
    isOpen ||= found === undefined;
    return found;
  });
  const { template, problems } = templateOf(workspace, file, files, read);
  // Resource Manager takes the name of a parameter in any case.
  const declared = new Map(template.parameters.map(({ name }) => [name.toLowerCase(), name]));
  const parameters = new Map<string, Data>();
  for (const [name, value] of values) {
    const key = name.toLowerCase();
    parameters.set(template.language === 'arm' ? key : (declared.get(key) ?? name), value);
  }
  return {
    input: { template, parameters, isOpen },
    expressionProblems,
    referenceProblems: [...problems, ...referenceProblems],
  };
}

/** The template that a parameter file is for, an empty one where there is none to read. */
function templateOf(
  workspace: Workspace,
  { uri, using, values }: ParameterFile,
  files: TemplateFiles,
  read: (uri: string) => void,
): { readonly template: Template; readonly problems: readonly ReferenceProblem[] } {
  const named = using === undefined ? templatesFor(workspace, uri, read) : [{ from: uri, path: using.path }];
  for (const { from, path } of named) {
    const target = files.module(from, path);
    if (target.kind !== 'template') continue;
    // What a name alone speaks for is refuted by values that the template does not take.
    const isGuess = using === undefined && from === uri;
    if (!isGuess || takesAll(target.template, values)) return { template: target.template, problems: [] };
  }
  const isMissing = using !== undefined && files.isMissing(uri, using.path);
  return {
    template: emptyTemplate(uri),
    problems: isMissing ? [{ kind: 'missing', location: { uri, span: using.pathSpan }, path: using.path }] : [],
  };
}

/** Whether a template declares every parameter that a file gives; their names are the same in any case. */
function takesAll({ parameters }: Template, values: ParameterFile['values']): boolean {
  const declared = new Set(parameters.map(({ name }) => name.toLowerCase()));
  return values.every(({ name }) => declared.has(name.toLowerCase()));
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

import type { Model } from '../model/model.ts';
import type { Template } from '../template/template.ts';
import { templatesFor } from './parameter-targets.ts';
import type { DocumentContent, ParsedDocument } from './parsed-document.ts';
import { resolvePath } from './paths.ts';
import type { Workspace } from './workspace.ts';

/**
 * Whether the analysis of an entry file saw everything: every file could be read without errors, and nothing is left for
 * a deployment to say. Only then does the absence of a finding prove anything.
 */
export function isCompleteEntry(
  workspace: Workspace,
  entry: ParsedDocument,
  model: Model,
  reads: ReadonlySet<string>,
): boolean {
  if (entry.errors.length > 0 || model.unreadParts.length > 0) return false;
  for (const uri of reads) if (!isRead(workspace, uri)) return false;
  return openParameters(workspace, entry.document.uri, entry.content).length === 0;
}

/** Whether a file has a text and, where it is one of ours, a text without errors. */
function isRead(workspace: Workspace, uri: string): boolean {
  const parsed = workspace.parse(uri);
  if (parsed !== undefined) return parsed.errors.length === 0;
  const stamp = workspace.stamp(uri);
  return stamp !== undefined && stamp !== 'missing' && stamp !== 'unreadable';
}

/** The parameters that an entry file leaves without a value. */
function openParameters(workspace: Workspace, uri: string, content: DocumentContent): readonly string[] {
  switch (content.kind) {
    case 'coredns':
    case 'configuration':
    case 'data':
      return [];
    case 'template':
      return requiredParameters(content.template);
    case 'parameters': {
      const given = new Set(givenNames(workspace, uri, content));
      const { using } = content.parameters;
      const named = using === undefined ? templatesFor(workspace, uri, () => {}) : [{ from: uri, path: using.path }];
      const templates = named.flatMap(({ from, path }) => {
        const target = resolvePath(from, path);
        const found = target === undefined ? undefined : workspace.parse(target)?.content;
        return found?.kind === 'template' ? [found.template] : [];
      });
      return templates.flatMap(requiredParameters).filter((name) => !given.has(name.toLowerCase()));
    }
  }
}

function requiredParameters({ parameters }: Template): readonly string[] {
  return parameters
    .filter(({ defaultValue, isNullable }) => defaultValue === undefined && !isNullable)
    .map(({ name }) => name);
}

/** The names, in lower case, that a parameter file and those that it builds on give values for. */
function givenNames(
  workspace: Workspace,
  uri: string,
  { parameters }: Extract<DocumentContent, { readonly kind: 'parameters' }>,
  seen: ReadonlySet<string> = new Set(),
): readonly string[] {
  const names = parameters.values.map(({ name }) => name.toLowerCase());
  const base = parameters.base === undefined ? undefined : resolvePath(uri, parameters.base.path);
  const content = base === undefined || seen.has(base) ? undefined : workspace.parse(base)?.content;
  if (base === undefined || content?.kind !== 'parameters') return names;
  return [...names, ...givenNames(workspace, base, content, new Set([...seen, base]))];
}

import { emptyModel } from '../model/model.ts';
import type { EntryFindings } from './analysis.ts';
import { type Configuration, configurationRule } from './configuration.ts';
import type { RawFinding } from './diagnostic.ts';
import { configurationName } from './document.ts';
import type { DocumentContent } from './parsed-document.ts';
import { resolvePath } from './paths.ts';
import type { Workspace } from './workspace.ts';

/** What is wrong with a configuration file, files that it names and that do not exist among it. */
export function findConfigurationProblems(
  workspace: Workspace,
  { configuration, findings }: Extract<DocumentContent, { readonly kind: 'configuration' }>,
): EntryFindings {
  const reads = new Set<string>();
  const files = workspace.files((uri) => reads.add(uri));
  const { uri, entryFiles, parameterFiles } = configuration;
  const named = [...entryFiles, ...parameterFiles.map(({ template }) => template)];
  const missing = named.flatMap(({ value, span }): RawFinding[] => {
    const found = files.module(uri, value);
    if (found.kind === 'template' || !found.isMissing) return [];
    const message = `There is no file "${value}" in the folder of this configuration. Correct the path, or remove it.`;
    return [
      {
        rule: configurationRule,
        severity: 'warning',
        message,
        location: { uri, span },
        related: [],
        listFixes: () => [],
      },
    ];
  });
  const diagnostics = [...findings, ...missing];
  return { model: emptyModel, reads, namedAt: new Map(), diagnostics, isComplete: true, skipped: new Set() };
}

/** Folders that are looked through above a document; more are a loop of some file system. */
const maximumDepth = 64;

/**
 * The configuration for a document: that of the nearest folder which has one. Files that were not asked for before become
 * wanted. `read` hears of every URI that the answer depends on.
 */
export function findConfiguration(
  workspace: Workspace,
  uri: string,
  read: (uri: string) => void,
): Configuration | undefined {
  const files = workspace.files(read);
  for (const candidate of configurationsAbove(uri)) {
    if (files.text(uri, candidate.path) === undefined) continue;
    const content = workspace.parse(candidate.uri)?.content;
    if (content?.kind === 'configuration') return content.configuration;
  }
  return undefined;
}

/** Where the configuration of a document may stand, nearest first. */
function* configurationsAbove(uri: string): Generator<{ readonly uri: string; readonly path: string }> {
  let last: string | undefined;
  let path = configurationName;
  for (let depth = 0; depth < maximumDepth; depth++, path = `../${path}`) {
    const candidate = resolvePath(uri, path);
    // At the root ".." leads nowhere.
    if (candidate === undefined || candidate === last) return;
    yield { uri: candidate, path };
    last = candidate;
  }
}

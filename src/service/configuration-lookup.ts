import { emptyModel } from '../model/model.ts';
import type { EntryFindings } from './analysis.ts';
import { type Configuration, configurationRule } from './configuration.ts';
import type { RawFinding } from './diagnostic.ts';
import { configurationName } from './document.ts';
import type { DocumentContent } from './parsed-document.ts';
import { filesAbove } from './paths.ts';
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
  return { model: emptyModel, reads, namedAt: new Map(), diagnostics, isComplete: () => true, skipped: new Set() };
}

/**
 * The configuration for a document: that of the nearest folder which has one. Files that were not asked for before become
 * wanted. `read` hears of every URI that the answer depends on.
 */
export function findConfiguration(
  workspace: Workspace,
  uri: string,
  read: (uri: string) => void,
): Configuration | undefined {
  for (const candidate of filesAbove(uri, configurationName)) {
    read(candidate);
    if (workspace.fileText(candidate) === undefined) continue;
    const content = workspace.parse(candidate)?.content;
    if (content?.kind === 'configuration') return content.configuration;
  }
  return undefined;
}

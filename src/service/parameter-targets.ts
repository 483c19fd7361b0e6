import { templateSetFor } from './configuration.ts';
import { findConfiguration } from './configuration-lookup.ts';
import { templatesNextTo } from './paths.ts';
import type { Workspace } from './workspace.ts';

/** A file as another one names it. */
export interface NamedFile {
  /** URI of the file that the path starts from. */
  readonly from: string;
  readonly path: string;
}

/**
 * The templates that a JSON parameter file may be for, likeliest first: the one that the configuration sets, or else those
 * that its name speaks of. `read` hears of every URI that the answer depends on.
 */
export function templatesFor(workspace: Workspace, uri: string, read: (uri: string) => void): readonly NamedFile[] {
  const configuration = findConfiguration(workspace, uri, read);
  const path = configuration && templateSetFor(configuration, uri);
  if (configuration !== undefined && path !== undefined) return [{ from: configuration.uri, path }];
  return templatesNextTo(uri).map((name) => ({ from: uri, path: name }));
}

import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import picomatch from 'picomatch';
import { errorText } from './host.ts';

/** A file to lint. `isNamed`: the person named this very file, so that leaving it out must be explained. */
export interface FoundFile {
  /** Absolute. */
  readonly path: string;
  readonly isNamed: boolean;
}

/** A path that could not be read or found; `message` is one sentence without its full stop. */
export interface PathProblem {
  readonly path: string;
  readonly message: string;
}

/** What the paths on a command line stand for, in a fixed order, each file once. */
export interface FoundFiles {
  readonly files: readonly FoundFile[];
  readonly problems: readonly PathProblem[];
}

/** Folders that hold what tools made or fetched. They are searched only where a path names them. */
const skippedFolders: ReadonlySet<string> = new Set([
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  '.terraform',
  '.vscode-test',
  'coverage',
  'dist',
  'out',
]);

/** Names of files that may hold one of our languages; their content decides. */
const candidate = /\.(?:bicep|bicepparam|jsonc?|ya?ml|corefile|override|server)$|^corefile(?:\.[^/]*)?$/i;

/** Finds the files that paths and globs stand for. A glob is a path that does not exist and holds `*`, `?`, `[` or `{`. */
export async function findFiles(folder: string, paths: readonly string[]): Promise<FoundFiles> {
  const files = new Map<string, FoundFile>();
  const problems: PathProblem[] = [];
  const add = (file: string, isNamed: boolean): void => {
    files.set(file, { path: file, isNamed: isNamed || files.get(file)?.isNamed === true });
  };
  for (const given of paths) {
    const target = path.resolve(folder, given);
    try {
      const found = await stat(target);
      if (!found.isDirectory()) add(target, true);
      else for await (const file of walk(target, problems)) if (candidate.test(path.basename(file))) add(file, false);
    } catch (error) {
      const isGlob = /[*?[{]/.test(given);
      const matches = isGlob ? await filesOfGlob(folder, given, problems) : [];
      for (const file of matches) add(file, false);
      if (!isGlob) problems.push({ path: given, message: errorText(error) });
      else if (matches.length === 0) problems.push({ path: given, message: 'no file matches it' });
    }
  }
  return { files: [...files.values()], problems };
}

async function filesOfGlob(folder: string, given: string, problems: PathProblem[]): Promise<string[]> {
  const pattern = path.sep === '\\' ? given.replaceAll('\\', '/') : given;
  const { base, glob } = picomatch.scan(pattern);
  const start = path.resolve(folder, base);
  const isThere = await stat(start).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isThere) return [];
  const matches = picomatch(glob, { dot: true });
  const found: string[] = [];
  for await (const file of walk(start, problems)) {
    if (matches(path.relative(start, file).replaceAll(path.sep, '/'))) found.push(file);
  }
  return found;
}

/** Every file below a folder, by name. Symbolic links to files are followed and links to folders are not: they may loop. */
async function* walk(folder: string, problems: PathProblem[]): AsyncGenerator<string> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    problems.push({ path: folder, message: errorText(error) });
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const entryPath = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!skippedFolders.has(entry.name)) yield* walk(entryPath, problems);
    } else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(entryPath)))) {
      yield entryPath;
    }
  }
}

/** Whether a link leads to a file; a link that leads nowhere does not. */
function isFile(target: string): Promise<boolean> {
  return stat(target).then(
    (found) => found.isFile(),
    () => false,
  );
}

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FileContent, Workspace } from '../service/workspace.ts';

/** Paths of the files below a folder whose names match, relative to it and in order. */
export function filesIn(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => pattern.test(name))
    .sort();
}

/** The URI of a file as the service spells it. */
export function uriOfFile(file: string): string {
  return pathToFileURL(file).href;
}

/** What is on the disk under a URI. */
export function readUri(uri: string): FileContent {
  const file = fileURLToPath(uri);
  if (!existsSync(file)) return { kind: 'missing' };
  return statSync(file).isFile() ? { kind: 'text', text: readFileSync(file, 'utf8') } : { kind: 'unreadable' };
}

/** Gives a workspace the files that it asks for until it has all it needs for `ask`. */
export function askWithFiles<T>(workspace: Workspace, ask: () => T): T {
  for (;;) {
    const answer = ask();
    const { wanted } = workspace;
    if (wanted.length === 0) return answer;
    for (const uri of wanted) workspace.provide(uri, readUri(uri));
  }
}

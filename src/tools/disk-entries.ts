/** Lowers files of a folder with everything they reference, as the command line does. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type EntryModel, lowerEntry } from '../service/entries.ts';
import { Workspace } from '../service/workspace.ts';

/** Rounds of reading what was asked for, before a chain of references counts as endless. */
const maxRounds = 60;

/** The model of an entry file, all files that it names read from the disk; undefined for a file that is none of ours. */
export function lowerFromDisk(path: string): EntryModel | undefined {
  const workspace = new Workspace();
  const uri = pathToFileURL(path).href;
  provide(workspace, uri);
  let entry: EntryModel | undefined;
  for (let round = 0; round < maxRounds; round++) {
    const content = workspace.parse(uri)?.content;
    if (content === undefined) return undefined;
    entry = lowerEntry(workspace, uri, content);
    const { wanted } = workspace;
    if (wanted.length === 0) break;
    for (const other of wanted) provide(workspace, other);
  }
  return entry;
}

function provide(workspace: Workspace, uri: string): void {
  const path = uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  const text = path !== undefined && existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  workspace.provide(uri, text === undefined ? { kind: 'missing' } : { kind: 'text', text });
}

import { readdirSync, readFileSync } from 'node:fs';

/** A file of the repository; `path` is relative to its root, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** The files below a folder whose paths match, in order. */
export function filesBelow(folder: string, pattern: RegExp): SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((path) => pattern.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

/** What a module imports or re-exports, types included, as it is written. */
export function importsOf({ text }: SourceFile): string[] {
  const pattern = /^(?:import|export)\b(?:[^'";]*?\bfrom)?\s*'([^']+)'|\bimport\(\s*'([^']+)'/gm;
  return Array.from(text.matchAll(pattern), (match) => match[1] ?? match[2] ?? '');
}

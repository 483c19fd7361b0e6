import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, importsOf, type SourceFile } from './source-files.ts';

/** The import table of src/README.md; a folder always imports from itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  base: [],
  net: ['base'],
  model: ['base', 'net'],
  template: ['base', 'net', 'model'],
  bicep: ['base', 'net', 'model', 'template'],
  arm: ['base', 'net', 'model', 'template'],
  coredns: ['base', 'net', 'model'],
  rules: ['base', 'net', 'model'],
  service: ['base', 'net', 'model', 'template', 'bicep', 'arm', 'coredns', 'rules'],
  vscode: ['service', 'base'],
  cli: ['service', 'base'],
};

/** The only folders that may use a package. */
const usersOf: Readonly<Record<string, readonly string[]>> = {
  'ipaddr.js': ['net'],
  'jsonc-parser': ['arm'],
  yaml: ['coredns'],
  picomatch: ['cli'],
  vscode: ['vscode'],
  'node:fs': ['cli'],
  'node:fs/promises': ['cli'],
  'node:path': ['cli'],
  'node:process': ['cli'],
  'node:stream/consumers': ['cli'],
  'node:url': ['cli'],
  'node:util': ['cli'],
};

const sources = filesBelow('src', /\.ts$/).filter(({ path: file }) => !file.startsWith('src/tools/'));

function folderOf(file: string): string {
  return file.split('/')[1] ?? '';
}

/** What is wrong with the imports of a file, one sentence each. */
function violations(source: SourceFile): string[] {
  const folder = folderOf(source.path);
  return importsOf(source).flatMap((specifier) => {
    if (!specifier.startsWith('.')) {
      return usersOf[specifier]?.includes(folder) === true ? [] : [`${source.path} may not use ${specifier}`];
    }
    const target = path.posix.join(path.posix.dirname(source.path), specifier);
    // The snippets are data that editors read as they are.
    if (folder === 'vscode' && /^snippets\/[\w-]+\.json$/.test(target)) return [];
    const allowed = [folder, ...(mayImport[folder] ?? [])];
    return target.startsWith('src/') && allowed.includes(folderOf(target))
      ? []
      : [`${source.path} may not import ${target}`];
  });
}

describe('the folders of src', () => {
  test('are those of the table', () => {
    const folders = new Set(sources.map(({ path: file }) => folderOf(file)));
    expect([...folders].filter((folder) => !(folder in mayImport))).toEqual([]);
  });

  test('import only what the table allows', () => {
    expect(sources.flatMap(violations)).toEqual([]);
  });

  test('would be caught if they did not', () => {
    const text =
      "import {\n  a,\n} from '../bicep/index.ts';\nimport type { B } from '../service/hover.ts';\nimport 'node:fs';\n";
    expect(violations({ path: 'src/rules/x.ts', text })).toHaveLength(3);
    expect(
      violations({
        path: 'src/service/x.ts',
        text: "export * from 'yaml';\nconst a = await import('../cli/run.ts');\n",
      }),
    ).toHaveLength(2);
  });

  test('are in the architecture note with the same imports', () => {
    const note = readFileSync('src/README.md', 'utf8');
    const rows = Array.from(note.matchAll(/^\| `(\w+)\/` \|.*\| ([^|]+) \|$/gm), ([, folder = '', list = '']) => {
      const names = list === 'nothing' || list === 'anything' ? [] : list.split(', ');
      return [folder, list === 'all above' ? mayImport['service'] : names] as const;
    });
    const table = Object.fromEntries(rows.filter(([folder]) => folder !== 'tools'));
    expect(table).toEqual(mayImport);
  });
});

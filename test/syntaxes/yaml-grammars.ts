import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './grammar.ts';

/**
 * Two small YAML grammars that track indentation in the two ways YAML grammars do. The injection must work in both,
 * because the one that VS Code ships has changed from the first way to the second.
 */
export const standInYamlGrammars: readonly string[] = [
  'test/fixtures/syntaxes/yaml/indent-by-lookbehind.tmLanguage.json',
  'test/fixtures/syntaxes/yaml/indent-by-while.tmLanguage.json',
];

/**
 * The YAML grammars of a VS Code build that was unpacked below `.vscode-test`, by scope name; undefined when there is
 * none.
 */
export function findVsCodeYamlGrammars(): Record<string, string> | undefined {
  const cache = '.vscode-test';
  const inside = ['', 'package', 'resources/app', 'lib/vscode', 'package/lib/vscode'];
  const roots = existsSync(join(repositoryRoot, cache)) ? readdirSync(join(repositoryRoot, cache)) : [];
  for (const root of roots) {
    for (const middle of inside) {
      const folder = join(cache, root, middle, 'extensions', 'yaml', 'syntaxes');
      if (!existsSync(join(repositoryRoot, folder, 'yaml.tmLanguage.json'))) continue;
      return Object.fromEntries(
        readdirSync(join(repositoryRoot, folder))
          .filter((name) => name.endsWith('.tmLanguage.json'))
          // yaml-1.2.tmLanguage.json holds source.yaml.1.2, and so on.
          .map((name) => [`source.${name.replace('.tmLanguage.json', '').replace('-', '.')}`, join(folder, name)]),
      );
    }
  }
  return undefined;
}

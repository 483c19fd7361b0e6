import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ruleAreas } from '../../src/rules/index.ts';
import { ruleEntries } from '../../src/service/rule-list.ts';
import { filesBelow } from './source-files.ts';

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly main: string;
  readonly browser: string;
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly languages: readonly { readonly id: string; readonly configuration: string }[];
    readonly grammars: readonly { readonly scopeName: string; readonly path: string; readonly language?: string }[];
    readonly snippets: readonly { readonly language: string; readonly path: string }[];
    readonly jsonValidation: readonly { readonly url: string }[];
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly configuration: readonly { readonly properties: Record<string, { readonly properties?: object }> }[];
  };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const { contributes } = manifest;
const source = filesBelow('src/vscode', /\.ts$/)
  .map(({ text }) => text)
  .join('\n');

/** Every match of the first group of `pattern` in the sources of the extension, once. */
function used(pattern: RegExp): string[] {
  return [...new Set(Array.from(source.matchAll(pattern), ([, name = '']) => name))].sort();
}

describe('the manifest', () => {
  test('names only files that exist', () => {
    const files = [
      manifest.icon,
      ...contributes.languages.map(({ configuration }) => configuration),
      ...contributes.grammars.map(({ path }) => path),
      ...contributes.snippets.map(({ path }) => path),
      ...contributes.jsonValidation.map(({ url }) => url),
    ];
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  test('starts the bundles that the build makes', () => {
    const build = readFileSync('src/tools/bundles.mjs', 'utf8');
    for (const bundle of [manifest.main, manifest.browser]) expect(build).toContain(`'${bundle.replace(/^\.\//, '')}'`);
  });

  test('names every grammar and every language configuration', () => {
    const named = [...contributes.languages.map((l) => l.configuration), ...contributes.grammars.map((g) => g.path)];
    const files = readdirSync('syntaxes').filter((name) => name.endsWith('.json'));
    expect(files.filter((name) => !named.includes(`./syntaxes/${name}`))).toEqual([]);
  });

  test('gives every grammar the scope that the file has', () => {
    for (const { path, scopeName } of contributes.grammars) {
      expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ scopeName });
    }
  });

  test('offers every snippet file, or the extension does', () => {
    const named = contributes.snippets.map(({ path }) => path.replace('./snippets/', ''));
    const offered = [...named, ...used(/snippets\/([\w-]+\.json)'/g)];
    expect(readdirSync('snippets').filter((name) => !offered.includes(name))).toEqual([]);
  });

  test('uses only languages of its own for grammars and snippets', () => {
    const own = contributes.languages.map(({ id }) => id);
    const languages = [...contributes.grammars, ...contributes.snippets].flatMap(({ language }) => language ?? []);
    expect(languages.filter((language) => !own.includes(language))).toEqual([]);
  });

  test('has exactly the commands that the extension registers', () => {
    const named = contributes.commands.map(({ command }) => command).sort();
    expect(used(/registerCommand\(\s*'([\w.]+)'/g)).toEqual(named);
    expect(contributes.commands.filter(({ category }) => category !== 'AKS Network')).toEqual([]);
  });

  test('has exactly the settings that the extension reads', () => {
    const named = contributes.configuration.flatMap(({ properties }) => Object.keys(properties)).sort();
    expect(used(/configuration\.get<unknown>\('(\w+)'\)/g).map((name) => `aksnet.${name}`)).toEqual(named);
  });

  test('has a severity for every group of rules and for every rule', () => {
    const severity = contributes.configuration.flatMap(({ properties }) => properties['aksnet.severity'] ?? []);
    expect(Object.keys(severity[0]?.properties ?? {})).toEqual([
      ...ruleAreas.map(({ folder }) => folder),
      ...ruleEntries().map(({ id }) => id),
    ]);
  });

  test('starts the extension for exactly the languages that it looks at, and for its links', () => {
    const [, list = ''] = /languageIds[^[]*\[([^\]]*)\]/.exec(source) ?? [];
    const languages = Array.from(list.matchAll(/'([\w-]+)'/g), ([, id]) => `onLanguage:${id}`);
    expect([...manifest.activationEvents].sort()).toEqual([...languages, 'onUri'].sort());
  });

  test('is what links to rule pages name', () => {
    expect(source).toContain(`'${manifest.publisher}.${manifest.name}'`);
  });
});

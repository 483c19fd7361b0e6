import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generatedFiles } from '../../src/tools/generated-files.ts';
import { filesBelow } from './source-files.ts';

const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

describe('the repository', () => {
  test('has current generated files', () => {
    const stale = generatedFiles(read).filter(({ path, text }) => read(path) !== text);
    expect(
      stale.map(({ path }) => path),
      'run npm run generate',
    ).toEqual([]);
  });

  test.each(['README.md', 'src/README.md', 'test/vscode/harness/README.md'])(
    'has every script that %s names',
    (file) => {
      const named = Array.from(
        read(file).matchAll(/\bnpm (?:run ([a-z:-]+)|(start|test)\b)/g),
        ([, name, short]) => name ?? short ?? '',
      );
      expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
    },
  );

  test('has every file that a script runs', () => {
    const files = Object.values(scripts).flatMap((script) =>
      Array.from(script.matchAll(/\b(?:src|test)\/[\w./-]+/g), ([file]) => file),
    );
    const tools = Object.values(scripts).flatMap((script) =>
      Array.from(script.matchAll(/run\.mjs ([\w-]+)/g), ([, name]) => `src/tools/${name}.ts`),
    );
    expect([...files, ...tools].filter((file) => !existsSync(file))).toEqual([]);
  });

  test.each(['src/tools/start.mjs', 'src/tools/test.mjs', 'src/tools/watch.mjs'])(
    'has in %s a script that starts before anything is installed',
    (script) => {
      const seen = [script];
      for (const file of seen) {
        for (const [, target = ''] of read(file).matchAll(/^import [^;]*? from '([^']+)';/gm)) {
          expect(target, `${file} imports a package`).toMatch(/^(?:node:|\.)/);
          const path = join(dirname(file), target);
          if (target.startsWith('.') && !seen.includes(path)) seen.push(path);
        }
      }
      expect(seen).toContain('src/tools/install.mjs');
    },
  );

  test('has every file that its README links to', () => {
    const links = Array.from(read('README.md').matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g), ([, target = '']) => target);
    expect(links.filter((target) => !existsSync(target))).toEqual([]);
  });

  test('skips no test', () => {
    const skipping = /\b(?:it|test|describe)(?:\.\w+)*\.(?:skip|only|todo|fails)\b|\b(?:xit|xtest|xdescribe)\(/;
    const files = filesBelow('test', /\.ts$/).filter(({ path }) => !path.includes('/fixtures/'));
    expect(files.filter(({ text }) => skipping.test(text)).map(({ path }) => path)).toEqual([]);
  });

  test('pins every package exactly', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >;
    const versions = Object.entries({ ...dependencies, ...devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(Object.keys(dependencies ?? {})).toEqual(['ipaddr.js', 'jsonc-parser', 'yaml']);
    expect(read('package-lock.json')).not.toContain('"resolved"');
  });
});

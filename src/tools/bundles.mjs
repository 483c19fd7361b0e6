/** What the build makes of the sources, and how. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { stripDocumentation, stripIndentation } from './strip-docs.mjs';

/** The root of the repository. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Bytes that a minified bundle may have, if nothing else is said: each is read while somebody waits. */
export const sizeLimit = 500 * 1024;

/**
 * @typedef {object} Bundle
 * @property {string} name
 * @property {string} entry
 * @property {string} output
 * @property {string} [copy] A second file with the same text.
 * @property {'cjs' | 'esm'} format
 * @property {string} target
 * @property {number} [limit] Bytes that it may have when minified.
 * @property {boolean} [isTest]
 * @property {readonly string[]} [without] The modules of `src/service` that the bundle is built without.
 * @property {(languages: readonly string[]) => boolean} [runs] Whether it runs the rules of these languages; all, if not said.
 * @property {boolean} [explains] Whether it says why findings matter.
 * @property {boolean} [lists] Whether it says what each rule finds.
 */

/**
 * The extension itself is small; the parts of the engine are modules beside it, the same for every host, and loaded when
 * they are first needed. The command line is one file.
 *
 * @type {readonly Bundle[]}
 */
export const bundles = [
  {
    name: 'extension',
    entry: 'src/vscode/extension.ts',
    output: 'dist/extension.cjs',
    format: 'cjs',
    target: 'node20',
  },
  {
    name: 'web',
    entry: 'src/vscode/extension-web.ts',
    output: 'dist/extension.web.cjs',
    // Older web hosts, as those of VS Code 1.96 and 1.100, add ".js" to every name that has another ending.
    copy: 'dist/extension.web.cjs.js',
    format: 'cjs',
    target: 'es2022',
  },
  {
    name: 'templates',
    entry: 'src/service/engine-part.ts',
    output: 'dist/templates.mjs',
    format: 'esm',
    target: 'es2022',
    without: ['coredns-half', 'extras'],
    runs: (languages) => languages.some((language) => language !== 'coredns'),
  },
  {
    name: 'coredns',
    entry: 'src/service/engine-part.ts',
    output: 'dist/coredns.mjs',
    format: 'esm',
    target: 'es2022',
    without: ['template-half', 'extras'],
    runs: (languages) => languages.includes('coredns'),
  },
  {
    name: 'extras',
    entry: 'src/service/extras-part.ts',
    output: 'dist/extras.mjs',
    format: 'esm',
    target: 'es2022',
  },
  {
    name: 'calculator',
    entry: 'src/service/calculator-part.ts',
    output: 'dist/calculator.mjs',
    format: 'esm',
    target: 'es2022',
  },
  {
    name: 'help',
    entry: 'src/service/help-part.ts',
    output: 'dist/help.mjs',
    format: 'esm',
    target: 'es2022',
    runs: () => false,
    explains: true,
    lists: true,
  },
  {
    name: 'cli',
    entry: 'src/cli/main.ts',
    output: 'dist/cli.js',
    format: 'esm',
    target: 'node20',
    // One file with everything, read once per run and not while somebody types.
    limit: 1000 * 1024,
    lists: true,
  },
  {
    name: 'tests',
    entry: 'test/vscode/suite/index.ts',
    output: 'dist/test/vscode/index.cjs',
    format: 'cjs',
    target: 'es2022',
    isTest: true,
  },
];

/**
 * A bundle as it is shipped, not written to disk.
 *
 * @param {Bundle} bundle
 * @returns {Promise<{ readonly bytes: number, readonly inputs: Readonly<Record<string, number>> }>} Its size, and what each
 *   source file adds to it.
 */
export async function measure(bundle) {
  const { metafile } = await build({ ...(await settingsOf(bundle, { production: true })), write: false });
  const output = metafile.outputs[bundle.output];
  const inputs = Object.entries(output?.inputs ?? {}).map(([file, { bytesInOutput }]) => [file, bytesInOutput]);
  return { bytes: output?.bytes ?? 0, inputs: Object.fromEntries(inputs) };
}

/**
 * @param {Bundle} bundle
 * @param {{ readonly production: boolean, readonly plugins?: readonly import('esbuild').Plugin[] }} options
 */
export async function settingsOf(bundle, { production, plugins = [] }) {
  return /** @type {import('esbuild').BuildOptions & { metafile: true }} */ ({
    absWorkingDir: root,
    entryPoints: [bundle.entry],
    outfile: bundle.output,
    bundle: true,
    format: bundle.format,
    target: bundle.target,
    // One build of every library for all hosts: its ES modules, which esbuild can shake, and never its Node variant.
    platform: 'neutral',
    mainFields: ['module', 'main'],
    external: ['vscode', 'node:*'],
    minify: production,
    sourcemap: !production,
    // Full paths of the machine that builds must not end up in the package.
    sourcesContent: false,
    legalComments: 'none',
    charset: 'utf8',
    metafile: true,
    logLevel: 'error',
    plugins: [...plugins, ...(bundle.without ?? []).map(leaveOut), stripDocumentation(bundle), stripIndentation()],
    banner: bundle.name === 'cli' && !(await hasHashbang(bundle.entry)) ? { js: '#!/usr/bin/env node' } : {},
  });
}

/**
 * Puts `absent-<module>.ts` in the place of a module of `src/service`.
 *
 * @param {string} module
 * @returns {import('esbuild').Plugin}
 */
function leaveOut(module) {
  return {
    name: 'leave-out',
    setup({ onResolve }) {
      onResolve({ filter: new RegExp(`/${module}\\.ts$`) }, ({ path: file, resolveDir }) => ({
        path: path.join(resolveDir, file.replace(module, `absent-${module}`)),
      }));
    },
  };
}

/** @param {string} entry */
async function hasHashbang(entry) {
  const file = path.join(root, entry);
  return existsSync(file) && (await readFile(file, 'utf8')).startsWith('#!');
}

/** Bundles the extension, the command line and the editor tests with esbuild. `node build.mjs --help` lists the options. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { build, context } from 'esbuild';
import { stripDocumentation } from './strip-docs.mjs';

const usage = `node src/tools/build.mjs [options]

  --production  minify, without source maps, and fail when a bundle is larger than 1000 KB
  --tests       bundle the editor tests as well
  --only <name> extension, web, cli or tests: this one bundle alone
  --watch       bundle again whenever a source changes
`;

/**
 * No bundle may be larger when minified: it is read at every start of the editor. The design asks for 500 KB, which the
 * whole engine with the plugin schema of CoreDNS no longer meets in one piece.
 */
const sizeLimit = 1000 * 1024;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * @typedef {object} Bundle
 * @property {string} name
 * @property {string} entry
 * @property {string} output
 * @property {'cjs' | 'esm'} format
 * @property {string} target
 * @property {boolean} [isTest]
 */

/** @type {readonly Bundle[]} */
const bundles = [
  {
    name: 'extension',
    entry: 'src/vscode/extension.ts',
    output: 'dist/extension.cjs',
    format: 'cjs',
    target: 'node20',
  },
  { name: 'web', entry: 'src/vscode/extension.ts', output: 'dist/extension.web.cjs', format: 'cjs', target: 'es2022' },
  { name: 'cli', entry: 'src/cli/main.ts', output: 'dist/cli.js', format: 'esm', target: 'node20' },
  {
    name: 'tests',
    entry: 'test/vscode/suite/index.ts',
    output: 'dist/test/vscode/index.cjs',
    format: 'cjs',
    target: 'es2022',
    isTest: true,
  },
];

const { values: options } = parseArgs({
  options: {
    production: { type: 'boolean', default: false },
    tests: { type: 'boolean', default: false },
    only: { type: 'string' },
    watch: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const chosen = bundles.filter((bundle) =>
  options.only === undefined ? options.tests || !bundle.isTest : bundle.name === options.only,
);
if (options.help || chosen.length === 0) {
  console.log(usage);
  process.exit(options.help ? 0 : 2);
}

if (options.watch) {
  for (const bundle of chosen) {
    const watcher = await context(await settingsOf(bundle, [announce(bundle)]));
    await watcher.watch();
  }
} else {
  const started = performance.now();
  const results = await Promise.allSettled(chosen.map(bundleOnce));
  for (const result of results) {
    if (result.status === 'fulfilled') console.log(result.value);
    // esbuild has printed its own errors with the lines they stand in.
    else if (!('errors' in Object(result.reason))) console.error(String(result.reason));
  }
  if (chosen.some(({ name }) => name === 'extension' || name === 'web')) await writeRulePages();
  console.log(`Built in ${Math.round(performance.now() - started)} ms.`);
  if (results.some((result) => result.status === 'rejected')) process.exit(1);
}

/** The pages need the rules with their documentation, which the bundles do without. */
async function writeRulePages() {
  await promisify(execFile)(process.execPath, [path.join(root, 'src/tools/run.mjs'), 'rule-pages'], { cwd: root });
}

/** @param {Bundle} bundle */
async function bundleOnce(bundle) {
  await rm(path.join(root, `${bundle.output}.map`), { force: true });
  const { metafile } = await build(await settingsOf(bundle, []));
  const bytes = metafile.outputs[bundle.output]?.bytes ?? 0;
  const kilobytes = `${(bytes / 1024).toFixed(1)} KB`;
  if (options.production && !bundle.isTest && bytes > sizeLimit) {
    throw new Error(`${bundle.output} has ${kilobytes}; the limit is ${sizeLimit / 1024} KB.`);
  }
  return `${bundle.output.padEnd(26)} ${kilobytes.padStart(9)}`;
}

/**
 * @param {Bundle} bundle
 * @param {import('esbuild').Plugin[]} plugins
 */
async function settingsOf(bundle, plugins) {
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
    minify: options.production,
    sourcemap: !options.production,
    // Full paths of the machine that builds must not end up in the package.
    sourcesContent: false,
    legalComments: 'none',
    charset: 'utf8',
    metafile: true,
    logLevel: 'error',
    plugins: [...plugins, stripDocumentation()],
    banner: bundle.name === 'cli' && !(await hasHashbang(bundle.entry)) ? { js: '#!/usr/bin/env node' } : {},
  });
}

/** @param {string} entry */
async function hasHashbang(entry) {
  const file = path.join(root, entry);
  return existsSync(file) && (await readFile(file, 'utf8')).startsWith('#!');
}

/**
 * Prints a line per build, which the problem matcher of .vscode/tasks.json waits for.
 *
 * @param {Bundle} bundle
 * @returns {import('esbuild').Plugin}
 */
function announce(bundle) {
  return {
    name: 'announce',
    setup({ onStart, onEnd }) {
      onStart(() => console.log(`[watch] ${bundle.output}: build started`));
      onEnd((result) => {
        for (const { text, location } of result.errors) {
          console.error(
            `✘ [ERROR] ${text}\n    ${location?.file ?? ''}:${location?.line ?? 0}:${location?.column ?? 0}:`,
          );
        }
        console.log(`[watch] ${bundle.output}: build finished`);
      });
    },
  };
}

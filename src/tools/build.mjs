/** Bundles the extension, the command line and the editor tests with esbuild. `node build.mjs --help` lists the options. */
import { execFile } from 'node:child_process';
import { copyFile, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { parseArgs, promisify } from 'node:util';
import { build, context } from 'esbuild';
import { bundles, root, settingsOf, sizeLimit } from './bundles.mjs';

/** @typedef {import('./bundles.mjs').Bundle} Bundle */

const usage = `node src/tools/build.mjs [options]

  --production  minify, without source maps, and fail when a bundle of the extension is larger than ${sizeLimit / 1024} KB
  --tests       bundle the editor tests as well
  --only <name> this one bundle alone: ${bundles.map(({ name }) => name).join(', ')}
  --watch       bundle again whenever a source changes
`;

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
    const watcher = await context(
      await settingsOf(bundle, { production: options.production, plugins: [announce(bundle)] }),
    );
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
  const { metafile } = await build(await settingsOf(bundle, { production: options.production }));
  if (bundle.copy !== undefined) await copyFile(path.join(root, bundle.output), path.join(root, bundle.copy));
  const bytes = metafile.outputs[bundle.output]?.bytes ?? 0;
  const kilobytes = `${(bytes / 1024).toFixed(1)} KB`;
  const { limit = sizeLimit } = bundle;
  if (options.production && !bundle.isTest && bytes > limit) {
    throw new Error(`${bundle.output} has ${kilobytes}; the limit is ${limit / 1024} KB.`);
  }
  return `${bundle.output.padEnd(26)} ${kilobytes.padStart(9)}`;
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

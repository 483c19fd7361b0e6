/**
 * Measures what the extension weighs and what its start costs: the size of every bundle by where it comes from, and CPU
 * time in fresh processes of plain Node with a stub in the place of the editor. `npm run bench:activation`.
 */
import { execFile } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { bundles, measure, root, settingsOf, sizeLimit } from './bundles.mjs';

/** Milliseconds that the design allows for loading the extension and activating it. */
const activationBudget = 30;

/** Fresh processes; the median of them counts. */
const runs = 25;

/** Sources of a bundle that are listed. */
const listed = 12;

const shipped = bundles.filter(({ isTest, name }) => !isTest && name !== 'cli');
const folder = path.join(root, 'dist/bench');

/** Runs in the fresh process. Whatever the extension asks of the editor is there and does nothing. */
const script = `
import Module, { createRequire } from 'node:module';
const stub = new Proxy(function () {}, {
  get: (_, name) => (name === 'textDocuments' ? [] : name === Symbol.toPrimitive ? () => '' : name === 'then' ? undefined : stub),
  apply: () => stub,
  construct: () => stub,
});
const load = Module._load;
Module._load = (request, ...rest) => (request === 'vscode' ? stub : load(request, ...rest));
const times = {};
const time = async (name, body) => {
  const before = process.cpuUsage();
  const result = await body();
  const { user, system } = process.cpuUsage(before);
  times[name] = (user + system) / 1000;
  return result;
};
const require = createRequire(process.cwd() + '/');
const extension = await time('load', () => require('./extension.cjs'));
await time('activate', () => extension.activate({ extensionUri: stub, subscriptions: [] }));
for (const name of ['templates', 'coredns', 'extras', 'calculator', 'help']) {
  await time(name, () => import('file://' + process.cwd() + '/' + name + '.mjs'));
}
console.log(JSON.stringify(times));
process.exit();
`;

for (const bundle of shipped) await printSize(bundle);
for (const bundle of shipped) {
  const settings = await settingsOf(bundle, { production: true });
  await build({ ...settings, outfile: path.join(folder, path.basename(bundle.output)) });
}
await printTimes();

/** @param {import('./bundles.mjs').Bundle} bundle */
async function printSize(bundle) {
  const { bytes, inputs } = await measure(bundle);
  /** @type {Map<string, number>} */
  const groups = new Map();
  for (const [file, size] of Object.entries(inputs)) groups.set(groupOf(file), (groups.get(groupOf(file)) ?? 0) + size);
  console.log(`${bundle.output}: ${kilobytes(bytes)} of ${kilobytes(sizeLimit)}`);
  const largest = [...groups].sort(([, a], [, b]) => b - a);
  for (const [group, size] of largest.slice(0, listed)) console.log(`${kilobytes(size).padStart(12)}  ${group}`);
  console.log('');
}

/** The package that a file belongs to, or its folder in the sources. @param {string} file */
function groupOf(file) {
  const [top = '', second = '', third = ''] = file.split('/');
  return second === 'rules' && third.endsWith('.ts') === false ? `${top}/rules/${third}` : `${top}/${second}`;
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1)} KB`;
}

async function printTimes() {
  const names = /** @type {const} */ (['load', 'activate', 'templates', 'coredns', 'extras', 'calculator', 'help']);
  /** @type {Record<string, number>[]} */
  const samples = [];
  for (let run = 0; run < runs; run++) {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: folder,
    });
    samples.push(JSON.parse(stdout));
  }
  console.log(`CPU milliseconds, median (lowest) of ${runs} fresh processes, Node ${process.version}:`);
  for (const name of names) {
    const sorted = samples.map((sample) => sample[name] ?? 0).sort((a, b) => a - b);
    console.log(`${name.padStart(12)}  ${format(sorted)}`);
  }
  const start = samples.map(({ load = 0, activate = 0 }) => load + activate).sort((a, b) => a - b);
  const isMet = (start[Math.floor(start.length / 2)] ?? 0) <= activationBudget;
  console.log(`\nload and activate: ${format(start)}; budget ${activationBudget}: ${isMet ? 'ok' : 'over'}`);
}

/** @param {readonly number[]} sorted */
function format(sorted) {
  return `${(sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(1)} (${(sorted[0] ?? 0).toFixed(1)})`;
}

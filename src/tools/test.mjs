/** Runs everything that CI runs. `node src/tools/test.mjs --help` lists the stages; naming some runs those alone. */
import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { ensureInstalled, root } from './install.mjs';

/**
 * @typedef {{ passed: number, failed: number }} Counts
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} does
 * @property {string} [needs] The stage that must have passed before, if it was run.
 * @property {boolean} [isExtra] Run only when named.
 * @property {() => Promise<Counts>} run
 */

const bin = path.join(root, 'node_modules/.bin');
const unitReport = path.join(root, 'dist/test/unit.json');
const vsix = path.join(root, 'dist/aksnet.vsix');
const editorTests = ['--tests', 'dist/test/vscode/index.cjs', '--workspace', 'test/vscode/workspace'];
const harness = 'test/vscode/harness/run.mjs';

/** @type {readonly Stage[]} */
const stages = [
  {
    name: 'generated',
    does: 'the generated files are current',
    run: () => check('node', ['src/tools/run.mjs', 'generate', '--check']),
  },
  { name: 'types', does: 'TypeScript', run: () => check('tsc', []) },
  { name: 'lint', does: 'Biome', run: () => check('biome', ['check', '--config-path=src/tools/biome.jsonc']) },
  { name: 'unit', does: 'everything that needs no editor', run: unitTests },
  {
    name: 'new-rule',
    does: 'what npm run new-rule writes passes as it is',
    run: () => check('node', ['src/tools/check-new-rule.mjs']),
  },
  {
    name: 'build',
    does: 'the bundles, minified',
    run: () => check('node', ['src/tools/build.mjs', '--production', '--tests']),
  },
  { name: 'package', does: 'the VSIX and its file list', needs: 'build', run: packageExtension },
  {
    name: 'vscode',
    does: 'the VSIX, installed in a real VS Code',
    needs: 'package',
    run: () => counted([harness, '--mode', 'node', '--vsix', vsix, ...editorTests]),
  },
  {
    name: 'vscode-web',
    does: 'the web bundle in the web worker host',
    needs: 'build',
    run: () => counted([harness, '--mode', 'web', ...editorTests]),
  },
  {
    name: 'desktop',
    does: 'the same tests in desktop VS Code, downloaded',
    needs: 'build',
    isExtra: true,
    run: () => counted(['test/vscode/desktop.mjs', ...editorTests]),
  },
];

const names = process.argv.slice(2);
const unknown = names.filter((name) => stages.every((stage) => stage.name !== name));
if (unknown.length > 0) {
  const lines = stages.map(
    ({ name, does, isExtra }) => `  ${name.padEnd(12)} ${does}${isExtra ? ' (only when named)' : ''}`,
  );
  console.log(`node src/tools/test.mjs [stages...]\n\n${lines.join('\n')}\n`);
  process.exit(unknown.includes('--help') ? 0 : 2);
}

ensureInstalled();
process.chdir(root);
await mkdir(path.dirname(unitReport), { recursive: true });
const chosen = stages.filter((stage) => (names.length === 0 ? !stage.isExtra : names.includes(stage.name)));
// The editor's download goes on beside the stages that need no network.
const editor = chosen.some(({ name }) => name.startsWith('vscode'))
  ? capture(['test/vscode/harness/prepare.mjs'])
  : undefined;

/** @type {Map<string, Counts>} */
const results = new Map();
for (const stage of chosen) {
  console.log(`\n── ${stage.name}: ${stage.does}`);
  const started = performance.now();
  const counts = await attempt(stage);
  results.set(stage.name, counts);
  console.log(
    `── ${stage.name}: ${counts.failed === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
}
conclude();

/** @param {Stage} stage */
async function attempt(stage) {
  const needed = stage.needs === undefined ? undefined : results.get(stage.needs);
  if (needed !== undefined && needed.failed > 0) {
    console.log(`Not run, because "${stage.needs}" failed.`);
    return { passed: 0, failed: 1 };
  }
  if (editor !== undefined && stage.name.startsWith('vscode')) console.log((await editor).output.trim());
  try {
    return await stage.run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

function conclude() {
  const total = { passed: 0, failed: 0 };
  console.log('');
  for (const [name, { passed, failed }] of results) {
    total.passed += passed;
    total.failed += failed;
    console.log(
      `  ${failed === 0 ? '✓' : '✗'} ${name.padEnd(12)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed`,
    );
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed === 0 ? 0 : 1);
}

/** A stage without tests of its own counts as one. @returns {Promise<Counts>} */
async function check(/** @type {string} */ command, /** @type {string[]} */ args) {
  const code = await run(command, args, 'inherit').then(({ code }) => code);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** @returns {Promise<Counts>} */
async function unitTests() {
  await rm(unitReport, { force: true });
  const args = ['run', '--config', 'src/tools/vitest.config.ts', '--reporter=default', '--reporter=json'];
  const { code } = await run('vitest', [...args, `--outputFile.json=${unitReport}`], 'inherit');
  const report = JSON.parse(await readFile(unitReport, 'utf8'));
  const counts = { passed: report.numPassedTests, failed: report.numFailedTests };
  // A file that does not load has no test that could fail.
  return code === 0 ? counts : { ...counts, failed: Math.max(1, counts.failed, report.numFailedTestSuites) };
}

/** Runs editor tests, which end with a line of counts. @returns {Promise<Counts>} */
async function counted(/** @type {string[]} */ args) {
  const { code, output } = await run('node', args, 'tee');
  const line = /^(\d+) passed, (\d+) failed$/m.exec(output);
  if (line === null) return { passed: 0, failed: 1 };
  const counts = { passed: Number(line[1]), failed: Number(line[2]) };
  return code === 0 ? counts : { ...counts, failed: Math.max(1, counts.failed) };
}

/** @returns {Promise<Counts>} */
async function packageExtension() {
  await rm(vsix, { force: true });
  const made = await check('vsce', ['package', '--no-dependencies', '--out', vsix]);
  if (made.failed > 0) return made;
  const { output } = await run('vsce', ['ls', '--no-dependencies'], 'capture');
  const packed = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .sort();
  const expected = await expectedFiles();
  const missing = expected.filter((file) => !packed.includes(file));
  const unexpected = packed.filter((file) => !expected.includes(file));
  console.log(`The package has ${packed.length} files.`);
  if (missing.length > 0) console.error(`Missing in the package: ${missing.join(', ')}`);
  if (unexpected.length > 0) console.error(`Not meant to be in the package: ${unexpected.join(', ')}`);
  return missing.length + unexpected.length === 0 ? { passed: 2, failed: 0 } : { passed: 1, failed: 1 };
}

/** What the Marketplace and the editor need, and nothing else. */
async function expectedFiles() {
  // Not before the packages are installed that bundling needs.
  const { bundles } = await import('./bundles.mjs');
  const data = await Promise.all(
    ['schemas', 'snippets', 'syntaxes', 'dist/rules'].map(async (folder) =>
      (await readdir(path.join(root, folder)))
        .filter((name) => /\.(json|md)$/.test(name))
        .map((name) => `${folder}/${name}`),
    ),
  );
  return [
    'package.json',
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
    ...bundles.flatMap(({ name, output, copy, isTest }) =>
      isTest || name === 'cli' ? [] : [output, ...(copy === undefined ? [] : [copy])],
    ),
    'images/icon.png',
    ...data.flat(),
  ];
}

/** @param {string[]} args */
function capture(args) {
  return run('node', args, 'capture');
}

/**
 * @param {string} command `node`, or a command of an installed package.
 * @param {string[]} args
 * @param {'inherit' | 'tee' | 'capture'} mode
 * @returns {Promise<{ code: number, output: string }>}
 */
function run(command, args, mode) {
  const isWindows = process.platform === 'win32';
  const file = command === 'node' ? process.execPath : path.join(bin, isWindows ? `${command}.cmd` : command);
  const child = spawn(file, args, {
    cwd: root,
    stdio: mode === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    shell: isWindows && command !== 'node',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += chunk;
      // The counts of a part would be taken for those of the whole.
      if (mode === 'tee') process.stdout.write(String(chunk).replace(/^\d+ passed, \d+ failed\n?/gm, ''));
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

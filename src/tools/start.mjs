/** Shows aksnet at work: builds it, lints the sample workspace on the terminal and opens it in VS Code. */
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ensureInstalled, root } from './install.mjs';

const sample = path.join(root, 'test/fixtures/projects/hub-and-spoke');
const known = ['--no-open', '--help'];
const args = process.argv.slice(2);
if (args.includes('--help') || args.some((arg) => !known.includes(arg))) {
  console.log('npm start                build, lint the sample workspace, open it in VS Code with the extension');
  console.log('npm start -- --no-open   stop after the terminal part');
  process.exit(args.includes('--help') ? 0 : 2);
}

ensureInstalled();
run(process.execPath, [path.join(root, 'src/tools/build.mjs')], root);

console.log(`\n$ cd ${path.relative(root, sample)} && aksnet lint\n`);
const lint = spawnSync(process.execPath, [path.join(root, 'dist/cli.js'), 'lint'], { cwd: sample, stdio: 'inherit' });
// The sample is full of mistakes: 1 is what linting it must end with.
if (lint.status !== 1) {
  console.error(`The sample was expected to have findings, but the linter ended with ${lint.status}.`);
  process.exit(1);
}
if (args.includes('--no-open')) process.exit(0);

// What is tried out in the editor stays out of the repository.
const workspace = path.join(await mkdtemp(path.join(tmpdir(), 'aksnet-')), path.basename(sample));
await cp(sample, workspace, { recursive: true, filter: (file) => path.basename(file) !== 'expected.txt' });

if (hasDesktopCode()) {
  console.log(`\nOpening ${workspace} in VS Code.`);
  runCode([`--extensionDevelopmentPath=${root}`, '--new-window', workspace]);
} else {
  const { openInBrowserServer } = await import('../../test/vscode/harness/server.mjs');
  await openInBrowserServer({ workspace, extensionPath: root });
  await rm(path.dirname(workspace), { recursive: true, force: true });
}

function hasDesktopCode() {
  return runCode(['--version'], 'ignore') === 0;
}

/**
 * @param {string[]} codeArgs
 * @param {'inherit' | 'ignore'} [stdio]
 */
function runCode(codeArgs, stdio = 'inherit') {
  // On Windows "code" is a script, which only a shell starts, and the shell needs its words quoted.
  const isWindows = process.platform === 'win32';
  const words = isWindows ? codeArgs.map((word) => `"${word}"`) : codeArgs;
  return spawnSync('code', words, { stdio, shell: isWindows }).status;
}

/**
 * @param {string} command
 * @param {string[]} commandArgs
 * @param {string} cwd
 */
function run(command, commandArgs, cwd) {
  const { status } = spawnSync(command, commandArgs, { cwd, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

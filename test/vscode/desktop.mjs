/** Runs compiled editor tests in desktop VS Code, which is downloaded. `node desktop.mjs --help` lists the options. */
import { spawn } from 'node:child_process';
import { cp } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { projectRoot } from './harness/prepare.mjs';
import { reporter } from './harness/report.mjs';
import { exitOnSignals, scratchFolder } from './harness/scratch.mjs';
import { writeUserSettings } from './harness/server.mjs';

const usage = `node test/vscode/desktop.mjs --tests <file> --workspace <folder> [options]

  --tests <file>       compiled tests that export run()
  --workspace <folder> opened during the tests; they get a copy of it
  --extension <folder> the extension under development (default: this repository)
  --version <version>  of VS Code: stable, insiders, or a number like 1.96.0 (default: stable)
  --only <text>        run the tests whose name contains this text
  --timeout <seconds>  limit for the run, without the download (default: 180)

AKSNET_VSCODE may name the executable of a desktop VS Code to use instead of a downloaded one.
`;

const { values: options } = parseArgs({
  options: {
    tests: { type: 'string' },
    workspace: { type: 'string' },
    extension: { type: 'string', default: projectRoot },
    version: { type: 'string', default: 'stable' },
    only: { type: 'string', default: '' },
    timeout: { type: 'string', default: '180' },
    help: { type: 'boolean', default: false },
  },
});

if (options.help || !options.tests || !options.workspace) {
  console.log(usage);
  process.exit(options.help ? 0 : 2);
}

exitOnSignals();
const executable = process.env.AKSNET_VSCODE ?? (await download());
const report = reporter('node');
try {
  report.limit(Number(options.timeout) * 1000);
  await runInDesktop(executable, path.resolve(options.tests), path.resolve(options.workspace));
} catch (error) {
  report.problem(String(error));
}
process.exit(report.conclude());

async function download() {
  try {
    return await downloadAndUnzipVSCode({
      version: options.version,
      cachePath: path.join(projectRoot, '.vscode-test'),
    });
  } catch (error) {
    console.error(
      `Desktop VS Code (${options.version}) could not be downloaded: ${error instanceof Error ? error.message : error}\n` +
        'Where its download is closed, "npm run test:vscode" runs the same tests in the VS Code that the npm registry serves ' +
        '(linux-x64), and AKSNET_VSCODE may name an installed one.',
    );
    process.exit(1);
  }
}

/**
 * @param {string} executable
 * @param {string} tests
 * @param {string} workspace
 */
async function runInDesktop(executable, tests, workspace) {
  const scratch = await scratchFolder('desktop');
  const opened = path.join(scratch.path, path.basename(workspace));
  await cp(workspace, opened, { recursive: true });
  const userData = path.join(scratch.path, '.data');
  await writeUserSettings(userData, { 'aksnetTests.only': options.only });

  // Started inside a VS Code terminal, the variables of that VS Code would turn this one into a plain Node.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(ELECTRON_|VSCODE_|NODE_OPTIONS$)/.test(name)),
  );
  const child = spawn(
    executable,
    [
      opened,
      `--extensionDevelopmentPath=${path.resolve(options.extension)}`,
      `--extensionTestsPath=${tests}`,
      `--user-data-dir=${userData}`,
      `--extensions-dir=${path.join(scratch.path, '.extensions')}`,
      ...['--disable-extensions', '--disable-workspace-trust', '--disable-updates', '--disable-telemetry'],
      ...['--skip-welcome', '--skip-release-notes', '--no-sandbox', '--disable-gpu-sandbox'],
    ],
    { env: { ...env, BICEP_CACHE_DIRECTORY: path.join(opened, '.bicep') }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  process.once('exit', () => child.kill('SIGKILL'));
  const lines = /** @type {string[]} */ ([]);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      report.line(line);
    });
  }
  child.once('error', (error) => report.abort(`VS Code could not be started (${executable}): ${error.message}`));
  const closed = new Promise((done) => child.once('close', done));
  child.once('close', (code) => report.exit(code ?? -1));

  await report.finished;
  if (!report.ok() && lines.length > 0) {
    report.problem(`VS Code printed:\n${lines.slice(-30).join('\n')}`);
    if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
      report.problem(
        'Desktop VS Code needs a display, and none is set. "xvfb-run -a npm run test:desktop" provides one.',
      );
  }
  // It closes itself when its tests have ended.
  await Promise.race([closed, new Promise((done) => setTimeout(done, 10_000))]);
  child.kill('SIGKILL');
  await scratch.remove();
}

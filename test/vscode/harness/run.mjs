/** Runs compiled editor tests in a real VS Code. `node run.mjs --help` lists the options. */
import { cp, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { openWorkbench } from './browser.mjs';
import { prepare, projectRoot } from './prepare.mjs';
import { reporter } from './report.mjs';
import { exitOnSignals, scratchFolder } from './scratch.mjs';
import { startServer } from './server.mjs';
import { stageForWeb, stageTestsOnly } from './stage.mjs';

const usage = `node test/vscode/harness/run.mjs --mode node|web --tests <file> --workspace <folder> [options]

  --mode node|web      the kind of extension host: Node as on the desktop, or the web worker of vscode.dev
  --tests <file>       compiled tests that export run()
  --workspace <folder> opened during the tests; they get a copy of it
  --extension <folder> the extension under development (default: this repository)
  --vsix <file>        test this packaged extension, installed, instead
  --settings <file>    JSON with user settings
  --only <text>        run the tests whose name contains this text
  --screenshot <file>  write a picture of the editor when the tests have ended
  --timeout <seconds>  limit for the whole run (default: 180)
  --verbose            print everything that the editor and the server log
`;

const { values: options } = parseArgs({
  options: {
    mode: { type: 'string' },
    tests: { type: 'string' },
    workspace: { type: 'string' },
    extension: { type: 'string', default: projectRoot },
    vsix: { type: 'string' },
    settings: { type: 'string' },
    only: { type: 'string', default: '' },
    screenshot: { type: 'string' },
    timeout: { type: 'string', default: '180' },
    verbose: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (options.help || !options.tests || !options.workspace || (options.mode !== 'node' && options.mode !== 'web')) {
  console.log(usage);
  process.exit(options.help ? 0 : 2);
}

exitOnSignals();
let started = performance.now();
const report = reporter(options.mode);
try {
  await prepare();
  started = performance.now();
  report.limit(Number(options.timeout) * 1000);
  await runInEditor(options.mode, path.resolve(options.tests), path.resolve(options.workspace));
} catch (error) {
  report.problem(String(error instanceof Error && options.verbose ? error.stack : error));
}
console.log(`The run took ${((performance.now() - started) / 1000).toFixed(1)} s.`);
process.exit(report.conclude());

/**
 * @param {'node' | 'web'} mode
 * @param {string} tests
 * @param {string} workspace
 */
async function runInEditor(mode, tests, workspace) {
  const scratch = await scratchFolder('run');
  const opened = path.join(scratch.path, path.basename(workspace));
  await cp(workspace, opened, { recursive: true });
  const extension = await stage(mode, path.join(scratch.path, '.extension'), tests);
  const server = await startServer({
    testDriver: true,
    settings: await userSettings(mode),
    environment: { BICEP_CACHE_DIRECTORY: path.join(opened, '.bicep') },
    ...(options.vsix && { vsix: options.vsix }),
  });
  const payload = /** @type {[string, string][]} */ ([
    ['extensionDevelopmentPath', server.remoteUri(extension.extension)],
    ['extensionTestsPath', server.remoteUri(extension.tests)],
    ...(mode === 'web' ? [['extensionDevelopmentKind', 'web']] : []),
  ]);
  const workbench = await openWorkbench(server.url(opened, payload), {
    onConsole: (line) => {
      if (options.verbose) console.log(line);
      report.line(line);
    },
    onExit: report.exit,
  });

  await report.finished;
  if (options.screenshot) await workbench.screenshot(options.screenshot);
  if (!report.ok()) report.problem(complaints(workbench.consoleLines(), server.log()));
  if (options.verbose) console.log(server.log());
  await workbench.close();
  await server.stop();
  await scratch.remove();
}

/**
 * @param {'node' | 'web'} mode
 * @param {string} folder
 * @param {string} tests
 */
async function stage(mode, folder, tests) {
  await mkdir(folder);
  const extension = path.resolve(options.extension);
  if (options.vsix) return stageTestsOnly(folder, tests, mode);
  if (mode === 'web') return stageForWeb(folder, extension, tests);
  return { extension, tests };
}

/** @param {'node' | 'web'} mode */
async function userSettings(mode) {
  const given = options.settings ? JSON.parse(await readFile(options.settings, 'utf8')) : {};
  const settings = { ...given, 'aksnetTests.only': options.only };
  if (mode === 'node' || !options.vsix) return settings;
  // An installed extension that could run in Node as well is sent to the web worker by its user's choice.
  const { publisher, name } = JSON.parse(await readFile(path.join(options.extension, 'package.json'), 'utf8'));
  return { ...settings, 'remote.extensionKind': { [`${publisher}.${name}`]: ['web'] } };
}

/**
 * What the editor complained about, one line each, without what it always says.
 *
 * @param {string[]} consoleLines
 * @param {string} serverLog
 */
function complaints(consoleLines, serverLog) {
  const usual =
    /^%c INFO|@vscode\/(spdlog|native-watchdog)|Failed to load resource|HTTP response code \(404\)|[Ss]ervice ?Worker|iframe|DisposableStore/;
  const lines = consoleLines
    .filter((line) => !usual.test(line))
    .map((line) => line.replace(/^%c\s*(\w+) color: \S+ /, '$1 ').split('\n')[0]);
  // The server rejects a manifest with a line that starts with the extension's folder.
  lines.push(...serverLog.split('\n').filter((line) => /^\[[\d:]+\] \[\//.test(line)));
  return lines.length === 0
    ? 'The editor logged nothing unusual.'
    : `The editor logged (all of it with --verbose):\n${[...new Set(lines)].slice(-20).join('\n')}`;
}

import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { prepare } from './prepare.mjs';
import { scratchFolder } from './scratch.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {string} [vsix] A packaged extension to install.
 * @property {string} [extensionPath] A folder with an extension that is linked in as if it were installed.
 * @property {Record<string, unknown>} [settings] User settings on top of `quietSettings`.
 * @property {Record<string, string>} [environment] Variables of the server and all that it starts.
 * @property {boolean} [testDriver] Let the address of a page name an extension and tests to run. Off by default.
 * @property {boolean} [token] Ask for a secret that is part of the address. Off by default.
 * @property {number} [port] A free one by default.
 *
 * @typedef {object} Server
 * @property {string} origin `http://127.0.0.1:<port>`.
 * @property {(workspace: string, payload?: readonly (readonly [string, string])[]) => string} url The page with this folder open.
 * @property {(file: string) => string} remoteUri How this VS Code names a file of the server.
 * @property {() => string} log What the server has printed so far.
 * @property {() => Promise<void>} stop Ends the server and everything it started, and removes its data.
 */

/** Keeps everything out of the picture that asks, greets, updates or calls home. */
export const quietSettings = {
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'typescript.tsserver.enabled': false,
  'update.mode': 'none',
  'window.commandCenter': false,
  // VS Code fills these in.
  'window.title': '${activeEditorShort}${separator}${rootName}',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/**
 * Writes what VS Code reads as its user's settings.
 *
 * @param {string} userData
 * @param {Record<string, unknown>} [settings] On top of `quietSettings`.
 */
export async function writeUserSettings(userData, settings) {
  await mkdir(path.join(userData, 'User'), { recursive: true });
  await writeFile(
    path.join(userData, 'User/settings.json'),
    JSON.stringify({ ...quietSettings, ...settings }, undefined, 2),
  );
}

/**
 * Starts VS Code's server with empty data folders of its own on the loopback interface.
 *
 * @param {ServerOptions} [options]
 * @returns {Promise<Server>}
 */
export async function startServer(options = {}) {
  const { node, server } = await prepare();
  const scratch = await scratchFolder('vscode');
  const data = scratch.path;
  const folders = [
    '--server-data-dir',
    data,
    '--user-data-dir',
    data,
    '--extensions-dir',
    path.join(data, 'extensions'),
  ];
  await writeUserSettings(data, options.settings);
  await mkdir(path.join(data, 'extensions'));
  if (options.vsix) await installVsix(node, server, folders, options.vsix);
  if (options.extensionPath) await linkExtension(path.join(data, 'extensions'), options.extensionPath);

  const token = options.token ? randomBytes(16).toString('hex') : undefined;
  const args = [
    server,
    ...folders,
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
    ...(token ? ['--connection-token', token] : ['--without-connection-token']),
    ...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
    ...[
      '--accept-server-license-terms',
      '--disable-workspace-trust',
      '--telemetry-level',
      'off',
      '--disable-experiments',
    ],
  ];
  const env = { ...serverEnvironment(), ...options.environment };
  // A process group of its own, so that one signal ends the extension hosts and file watchers too.
  const child = spawn(node, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env });
  const kill = () => killGroup(child.pid);
  // Before the removal of its data, which was registered earlier.
  process.prependOnceListener('exit', kill);

  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const stop = async () => {
    const ended =
      child.exitCode === null && child.signalCode === null
        ? new Promise((done) => child.once('exit', done))
        : undefined;
    kill();
    await ended;
    process.off('exit', kill);
    await scratch.remove();
  };

  try {
    const port = await listeningPort(child, () => output);
    const authority = `127.0.0.1:${port}`;
    const remoteUri = (/** @type {string} */ file) =>
      `vscode-remote://${authority}${file.split('/').map(encodeURIComponent).join('/')}`;
    return {
      origin: `http://${authority}`,
      url(workspace, payload = []) {
        const query = new URLSearchParams({ ...(token && { tkn: token }), folder: workspace });
        if (payload.length > 0) query.set('payload', JSON.stringify(payload));
        return `http://${authority}/?${query}`;
      },
      remoteUri,
      log: () => withoutNoise(output),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Opens a workspace for a person: starts the server with the extension installed, prints the address, and stays until
 * Ctrl+C. Changes of the extension's files take effect when the page is reloaded.
 *
 * @param {{ workspace: string, extensionPath?: string, vsix?: string, port?: number }} options
 */
export async function openInBrowserServer({ workspace, ...options }) {
  const server = await startServer({ ...options, token: true });
  console.log(
    `\nVS Code with the extension is running. Open this address:\n\n  ${server.url(path.resolve(workspace))}\n\nCtrl+C stops it.`,
  );
  await new Promise((done) => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
  await server.stop();
}

/**
 * Installs a VSIX the way a user does.
 *
 * @param {string} node
 * @param {string} server
 * @param {string[]} folders
 * @param {string} vsix
 */
async function installVsix(node, server, folders, vsix) {
  const args = [server, ...folders, '--install-extension', path.resolve(vsix), '--force'];
  const { stdout, stderr } = await promisify(execFile)(node, args, { env: serverEnvironment() }).catch(
    (error) => error,
  );
  // The command reports some failures with exit code 0.
  if (!stdout.includes('was successfully installed'))
    throw new Error(`VS Code did not install ${vsix}:\n${withoutNoise(stdout + stderr)}`);
}

/**
 * VS Code takes every folder in its extensions folder named "publisher.name-version" for an installed extension.
 *
 * @param {string} extensions
 * @param {string} extensionPath
 */
async function linkExtension(extensions, extensionPath) {
  const source = path.resolve(extensionPath);
  const { publisher, name, version } = JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8'));
  await symlink(source, path.join(extensions, `${publisher}.${name}-${version}`));
}

/** Settings of a surrounding Node or VS Code must not change how ours runs, and it needs no extension gallery. */
function serverEnvironment() {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(NODE_OPTIONS$|VSCODE_|ELECTRON_|npm_)/.test(name),
  );
  return { ...Object.fromEntries(inherited), EXTENSIONS_GALLERY: '{}' };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {() => string} output
 * @returns {Promise<number>}
 */
function listeningPort(child, output) {
  return new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ why) => {
      clearInterval(poll);
      clearTimeout(limit);
      reject(new Error(`VS Code's server ${why}. It printed:\n${withoutNoise(output())}`));
    };
    const limit = setTimeout(fail, 30_000, 'did not start listening within 30 s');
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('exit', (code, signal) => fail(`ended at once (${signal ?? `exit code ${code}`})`));
    const poll = setInterval(() => {
      const port = /Extension host agent listening on (\d+)/.exec(output())?.[1];
      if (!port) return;
      clearInterval(poll);
      clearTimeout(limit);
      resolve(Number(port));
    }, 20);
  });
}

/**
 * Drops the complaints about the native module for log files, which is left out on purpose.
 *
 * @param {string} output
 */
function withoutNoise(output) {
  return output
    .replace(/^Error \[ERR_MODULE_NOT_FOUND\]: Cannot find package '@vscode\/spdlog'[\s\S]*?^}\n/gm, '')
    .trim();
}

/** @param {number | undefined} pid */
function killGroup(pid) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

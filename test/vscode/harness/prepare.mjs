/** Fetches a complete VS Code with a browser from the npm registry into the cache. `node prepare.mjs` does it alone. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';
import { packages } from './packages.mjs';
import { exitOnSignals, scratchFolder } from './scratch.mjs';

/** The root of the repository. */
export const projectRoot = path.resolve(import.meta.dirname, '../../..');

/** Where everything downloaded lives; deleting it costs one download and nothing else. */
export const cacheFolder = path.join(projectRoot, '.vscode-test', 'npm');

/**
 * @typedef {object} VSCodeParts
 * @property {string} node The Node executable that runs the server.
 * @property {string} server `server-main.js` of VS Code.
 * @property {Browser} browser
 *
 * @typedef {object} Browser
 * @property {string} executable
 * @property {Record<string, string>} env What its environment needs in addition to ours.
 */

/**
 * Makes sure that VS Code and a browser are in the cache and says where. Takes milliseconds when they are.
 *
 * @returns {Promise<VSCodeParts>}
 */
export async function prepare() {
  requirePlatform();
  const started = performance.now();
  const before = missing.length;
  const [server, node, browser] = await Promise.all([prepareServer(), prepareNode(), prepareBrowser()]);
  if (missing.length > before) console.log(`VS Code is ready after ${seconds(started)}.`);
  return { node, server, browser };
}

/** The browser alone: `AKSNET_CHROMIUM`, or the one from npm. */
async function prepareBrowser() {
  const own = process.env.AKSNET_CHROMIUM;
  if (own) {
    if (!existsSync(own)) throw new Error(`AKSNET_CHROMIUM names "${own}", which does not exist.`);
    return { executable: own, env: {} };
  }
  const [folder, fonts] = await Promise.all([
    cached('chromium', packages.chromium, async (unpacked, target) => {
      const bin = path.join(unpacked, 'package/bin');
      await Promise.all([
        inflate(path.join(bin, 'chromium.br'), path.join(target, 'chromium')),
        inflateArchive(path.join(bin, 'al2023.tar.br'), target),
        inflateArchive(path.join(bin, 'fonts.tar.br'), target),
      ]);
      await chmod(path.join(target, 'chromium'), 0o755);
    }),
    cached('fonts', packages.fonts, (unpacked, target) =>
      rename(path.join(unpacked, 'package/ttf'), path.join(target, 'ttf')),
    ),
  ]);
  const fontFolders = [path.join(folder, 'fonts'), path.join(fonts, 'ttf')];
  const fontConfig = path.join(folder, 'aksnet-fonts.conf');
  await replaceFile(fontConfig, fontConfiguration(fontFolders, path.join(folder, 'font-cache')));
  const libraries = [path.join(folder, 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return {
    executable: path.join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: fontConfig },
  };
}

async function prepareNode() {
  const folder = await cached('node', packages.node, (unpacked, target) =>
    rename(path.join(unpacked, 'package/bin/node'), path.join(target, 'node')),
  );
  return path.join(folder, 'node');
}

async function prepareServer() {
  const folder = await cached('vscode', packages.vscode, async (unpacked, target) => {
    const vscode = path.join(target, 'vscode');
    await rename(path.join(unpacked, 'package/lib/vscode'), vscode);
    await installServerDependencies(vscode);
  });
  return path.join(folder, 'vscode/out/server-main.js');
}

/** @param {string} vscode The unpacked `lib/vscode`. */
async function installServerDependencies(vscode) {
  const started = performance.now();
  const file = path.join(vscode, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  const dependencies = Object.fromEntries(
    packages.vscode.dependencies.map((name) => [name, manifest.dependencies[name]]),
  );
  await writeFile(file, JSON.stringify({ ...manifest, dependencies }, undefined, 2));
  // The native modules would be built by install scripts. VS Code runs without them and says so in its log.
  await npm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], vscode);
  console.log(`  installed the dependencies of VS Code's server (${seconds(started)})`);
}

/** Names of the packages that had to be fetched. */
const missing = /** @type {string[]} */ ([]);

/**
 * The cache folder of one package, filled by `build` if it is not there. It is built beside its final place and moved
 * there when complete, so that neither an interrupted nor a concurrent run leaves half a package behind.
 *
 * @param {string} label
 * @param {import('./packages.mjs').PinnedPackage} pinned
 * @param {(unpacked: string, target: string) => Promise<void>} build
 */
async function cached(label, pinned, build) {
  const folder = path.join(cacheFolder, `${label}-${pinned.version}-${recipe(pinned)}`);
  const stamp = path.join(folder, 'complete');
  if (existsSync(stamp)) return folder;

  if (missing.length === 0)
    console.log('Fetching from the npm registry what is missing of VS Code and a browser (170 MB altogether, once):');
  missing.push(label);
  await mkdir(cacheFolder, { recursive: true });
  const scratch = await scratchFolder(label, cacheFolder);
  const work = scratch.path;
  try {
    const target = path.join(work, 'target');
    await mkdir(target);
    const unpacked = await fetchPackage(pinned, work);
    await build(unpacked, target);
    await writeFile(path.join(target, 'complete'), `${pinned.name}@${pinned.version}\n`);
    await rename(target, folder).catch((error) => {
      // Another run may have finished first; its result is as good as ours.
      if (!existsSync(stamp)) throw error;
    });
    await removeOlder(label, folder);
  } finally {
    await scratch.remove();
  }
  return folder;
}

/** A change of what is unpacked or installed must not find the folder that the previous recipe made. */
function recipe(/** @type {import('./packages.mjs').PinnedPackage} */ pinned) {
  return createHash('sha256').update(JSON.stringify(pinned)).digest('hex').slice(0, 8);
}

/**
 * @param {string} label
 * @param {string} keep
 */
async function removeOlder(label, keep) {
  for (const entry of await readdir(cacheFolder)) {
    const folder = path.join(cacheFolder, entry);
    if (entry.startsWith(`${label}-`) && folder !== keep) await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Downloads, verifies and unpacks one package; returns the folder it is unpacked in.
 *
 * @param {import('./packages.mjs').PinnedPackage} pinned
 * @param {string} work
 */
async function fetchPackage(pinned, work) {
  const started = performance.now();
  const spec = `${pinned.name}@${pinned.version}`;
  await npm(['pack', spec, '--silent', '--pack-destination', work], work);
  const archive = (await readdir(work)).find((file) => file.endsWith('.tgz'));
  if (!archive) throw new Error(`npm pack ${spec} wrote no archive.`);
  await verify(path.join(work, archive), pinned);
  const downloaded = performance.now();

  const unpacked = path.join(work, 'unpacked');
  await mkdir(unpacked);
  const without = (pinned.without ?? []).map((member) => `--exclude=${member}`);
  await tar(['-xzf', path.join(work, archive), '-C', unpacked, ...without, ...pinned.members]);
  await rm(path.join(work, archive));
  console.log(`  ${spec}: downloaded in ${seconds(started, downloaded)}, unpacked in ${seconds(downloaded)}`);
  return unpacked;
}

/**
 * @param {string} archive
 * @param {import('./packages.mjs').PinnedPackage} pinned
 */
async function verify(archive, pinned) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  const actual = `sha512-${hash.digest('base64')}`;
  if (actual === pinned.integrity) return;
  throw new Error(
    `${pinned.name}@${pinned.version} is not the pinned file: expected ${pinned.integrity}, got ${actual}.`,
  );
}

/**
 * @param {string} source
 * @param {string} target
 */
async function inflate(source, target) {
  await pipeline(createReadStream(source), createBrotliDecompress({ chunkSize: 1 << 20 }), createWriteStream(target));
}

/**
 * @param {string} source
 * @param {string} folder
 */
async function inflateArchive(source, folder) {
  const archive = path.join(folder, path.basename(source, '.br'));
  await inflate(source, archive);
  await tar(['-xf', archive, '-C', folder]);
  await rm(archive);
}

const run = promisify(execFile);

/**
 * @param {string[]} args
 * @param {string} cwd
 */
async function npm(args, cwd) {
  // Started by npm itself, we use that same npm; its settings for this project must not leak into the other folder.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle|command)/.test(name)),
  );
  delete env.npm_config_local_prefix;
  await run('npm', args, { cwd, env, maxBuffer: 1 << 24 }).catch((error) => {
    throw new Error(`"npm ${args.join(' ')}" failed. Is the npm registry reachable?\n${error.stderr || error.message}`);
  });
}

/** @param {string[]} args */
async function tar(args) {
  await run('tar', ['--no-same-owner', ...args]).catch((error) => {
    if (error.code === 'ENOENT') throw new Error('Unpacking VS Code needs the "tar" command, which is not installed.');
    throw new Error(`"tar ${args.join(' ')}" failed:\n${error.stderr || error.message}`);
  });
}

/**
 * The browser's own configuration points at folders of another system. The same fonts everywhere make the same pictures.
 *
 * @param {string[]} folders
 * @param {string} cache
 */
function fontConfiguration(folders, cache) {
  const alias = (/** @type {string} */ family, /** @type {string} */ font) =>
    `<match><test name="family"><string>${family}</string></test><edit name="family" mode="prepend" binding="strong"><string>${font}</string></edit></match>`;
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  ${[...folders, '/usr/share/fonts', '/usr/local/share/fonts'].map((folder) => `<dir>${folder}</dir>`).join('\n  ')}
  <cachedir>${cache}</cachedir>
  ${alias('monospace', 'DejaVu Sans Mono')}
  ${alias('sans-serif', 'Open Sans')}
  ${alias('system-ui', 'Open Sans')}
</fontconfig>
`;
}

/**
 * Writes a file that another run may be reading.
 *
 * @param {string} file
 * @param {string} text
 */
async function replaceFile(file, text) {
  if (existsSync(file) && (await readFile(file, 'utf8')) === text) return;
  const beside = `${file}.${process.pid}`;
  await writeFile(beside, text);
  await rename(beside, file);
}

function requirePlatform() {
  const platform = `${process.platform}-${process.arch}`;
  if (platform === 'linux-x64') return;
  throw new Error(
    `The npm registry serves a ready VS Code for linux-x64 only, and this is ${platform}. ` +
      'Use "npm run test:desktop", which downloads desktop VS Code for this system.',
  );
}

/**
 * @param {number} from
 * @param {number} [to]
 */
function seconds(from, to = performance.now()) {
  return `${((to - from) / 1000).toFixed(1)} s`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  exitOnSignals();
  const { node, server, browser } = await prepare();
  console.log(`Node: ${node}\nVS Code: ${server}\nBrowser: ${browser.executable}`);
}

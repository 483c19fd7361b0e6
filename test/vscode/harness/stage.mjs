import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * @typedef {object} Staged
 * @property {string} extension Folder of the extension under development.
 * @property {string} tests The compiled tests.
 */

/**
 * Lays an extension out for the web worker host: VS Code takes every manifest with `main` to the Node host, and in the
 * web worker host it runs only tests that lie inside the extension. So this makes a folder with the same files, the
 * tests among them, and a manifest without `main`.
 *
 * @param {string} folder An empty folder.
 * @param {string} extension
 * @param {string} tests
 * @returns {Promise<Staged>}
 */
export async function stageForWeb(folder, extension, tests) {
  const { main: _, ...manifest } = JSON.parse(await readFile(path.join(extension, 'package.json'), 'utf8'));
  if (!manifest.browser)
    throw new Error(`${extension}/package.json has no "browser" entry, which the web worker host needs.`);
  const skipped = new Set(['package.json', 'node_modules', '.git', '.vscode-test', TESTS]);
  for (const entry of await readdir(extension)) {
    if (!skipped.has(entry)) await symlink(path.join(extension, entry), path.join(folder, entry));
  }
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  return { extension: folder, tests: await copyTests(tests, folder) };
}

/**
 * Makes an extension that holds nothing but the tests, for when the extension under test is an installed one.
 *
 * @param {string} folder An empty folder.
 * @param {string} tests
 * @param {'node' | 'web'} mode
 * @returns {Promise<Staged>}
 */
export async function stageTestsOnly(folder, tests, mode) {
  await writeFile(path.join(folder, 'empty.cjs'), 'exports.activate = () => {};\n');
  const manifest = {
    name: 'aksnet-tests',
    publisher: 'aksnet',
    version: '0.0.0',
    engines: { vscode: '^1.96.0' },
    activationEvents: [],
    [mode === 'web' ? 'browser' : 'main']: './empty.cjs',
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  return { extension: folder, tests: await copyTests(tests, folder) };
}

const TESTS = '.aksnet-tests';

/**
 * @param {string} tests
 * @param {string} folder
 */
async function copyTests(tests, folder) {
  const target = path.join(folder, TESTS);
  await mkdir(target);
  await cp(path.dirname(tests), target, { recursive: true });
  return path.join(target, path.basename(tests));
}

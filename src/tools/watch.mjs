/** Bundles and checks types again whenever a source changes: esbuild and TypeScript side by side until Ctrl+C. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();
const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
const children = [
  ['src/tools/build.mjs', '--watch'],
  [tsc, '--watch', '--preserveWatchOutput'],
].map((args) => spawn(process.execPath, args, { cwd: root, stdio: 'inherit' }));

// One of them alone would look like both.
for (const child of children) {
  child.once('exit', (code) => {
    for (const other of children) other.kill();
    process.exitCode = code ?? 1;
  });
}

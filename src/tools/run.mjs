/** Bundles a tool of this folder and runs it: `node src/tools/run.mjs NAME [arguments]`. Node 20 runs no TypeScript. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const folder = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(folder, '../..');
const [name = '', ...args] = process.argv.slice(2);
const source = path.join(folder, `${name}.ts`);

if (!/^[a-z0-9-]+$/.test(name) || !existsSync(source)) {
  console.error(`There is no tool "${name}" in src/tools.`);
  process.exit(2);
}

process.chdir(root);
const outfile = path.join(root, 'dist/tools', `${name}.mjs`);
await build({
  entryPoints: [source],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  mainFields: ['module', 'main'],
  sourcemap: 'inline',
  logLevel: 'warning',
  // Bundled CommonJS packages ask for Node's own modules with require().
  banner: {
    js: "import { createRequire as createRequire_ } from 'node:module'; const require = createRequire_(import.meta.url);",
  },
});
// The tool sees the arguments as if Node had started it.
process.argv = [process.argv[0] ?? 'node', outfile, ...args];
process.setSourceMapsEnabled(true);
await import(pathToFileURL(outfile).href);

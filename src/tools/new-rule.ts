/** Writes what a new rule starts with: `npm run new-rule -- <area> <id>`. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ScaffoldError, scaffoldRule } from './scaffold.ts';

const registry = 'src/rules/index.ts';

function main(area: string | undefined, id: string | undefined): void {
  if (area === undefined || id === undefined) {
    throw new ScaffoldError('Usage: npm run new-rule -- <area> <id>, such as address-space subnet-too-small.');
  }
  const files = scaffoldRule(area, id, readFileSync(registry, 'utf8'));
  const taken = files.find((file) => file.path !== registry && existsSync(file.path));
  if (taken !== undefined) throw new ScaffoldError(`${taken.path} exists already.`);
  for (const file of files) {
    mkdirSync(path.dirname(file.path), { recursive: true });
    writeFileSync(file.path, file.text);
    console.log(`written: ${file.path}`);
  }
  runNode(
    'node_modules/@biomejs/biome/bin/biome',
    'check',
    '--write',
    '--config-path=src/tools/biome.jsonc',
    'src/rules',
  );
  // A new process, for this one was bundled with the rules that there were.
  runNode('src/tools/run.mjs', 'generate');
  console.log('Now make the rule your own, then run: npm run test:unit');
}

function runNode(...args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

try {
  main(process.argv[2], process.argv[3]);
} catch (error) {
  if (!(error instanceof ScaffoldError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

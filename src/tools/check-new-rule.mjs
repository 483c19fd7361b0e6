/** Proves in a copy of the repository that `npm run new-rule` writes a rule that passes the checks as it is. */
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { root } from './install.mjs';

const id = 'network-name-placeholder';
const copied = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'README.md',
  'src',
  'schemas',
  'snippets',
  'test/rules',
  'test/repo',
  'test/support',
  'test/fixtures/rules',
];

const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'aksnet-new-rule-')));
try {
  for (const name of copied) await cp(path.join(root, name), path.join(folder, name), { recursive: true });
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  run('src/tools/run.mjs', 'new-rule', 'address-space', id);
  run('node_modules/typescript/bin/tsc', '--project', '.');
  run('node_modules/@biomejs/biome/bin/biome', 'check', '--config-path=src/tools/biome.jsonc', 'src/rules');
  const tests = ['test/rules/fixtures.test.ts', 'test/repo/rules.test.ts'];
  run(
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'src/tools/vitest.config.ts',
    ...tests,
    '--testNamePattern',
    id,
  );
  const page = await readFile(path.join(folder, 'src/rules/address-space/README.md'), 'utf8');
  if (!page.includes(`## ${id}\n`)) throw new Error(`The page of the area does not describe ${id}.`);
  console.log('A new rule passes the checks.');
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** @param {string[]} args */
function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`"${args.join(' ')}" failed:\n${stdout}\n${stderr}`);
}

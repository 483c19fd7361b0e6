import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, test } from 'vitest';
import { run } from './workspace.ts';

const projects = path.resolve('test/fixtures/projects');
const names = readdirSync(projects, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

test.each(names)('lints the project %s as its expected.txt says', async (name) => {
  const { output, errors } = await run(path.join(projects, name), ['lint']);
  const expected = path.join(projects, name, 'expected.txt');
  if (process.env['UPDATE_MARKERS'] === '1') writeFileSync(expected, output);
  expect(existsSync(expected), 'run with UPDATE_MARKERS=1 and read what it writes').toBe(true);
  expect(output).toBe(readFileSync(expected, 'utf8'));
  expect(errors).toBe('');
});

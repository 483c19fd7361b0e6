#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { buffer } from 'node:stream/consumers';
import { findModuleCache } from '../service/module-cache.ts';
import { runCli } from './run.ts';

// The reader of a pipe may leave early, as `head` does; that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// The exit code is set and the process left to end by itself: it would drop what a pipe has not taken yet.
const moduleCache = findModuleCache(process.env);
process.exitCode = await runCli(process.argv.slice(2), {
  folder: process.cwd(),
  version: packageVersion(),
  hasColour: process.stdout.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  readInput: () => buffer(process.stdin),
  ...(moduleCache === undefined ? {} : { moduleCache }),
});

/** The version in the `package.json` beside the folder that this file is built into. */
function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : '';
  return String(version);
}

/** Writes everything that follows from the rules; with `--check` it only tells which files are not current. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { generatedFiles } from './generated-files.ts';

function read(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8').replaceAll('\r\n', '\n') : '';
}

const isCheck = process.argv.includes('--check');
const stale = generatedFiles(read).filter(({ path, text }) => read(path) !== text);
for (const { path, text } of stale) {
  if (!isCheck) writeFileSync(path, text);
  console.log(`${isCheck ? 'not current' : 'written'}: ${path}`);
}
if (isCheck && stale.length > 0) {
  console.log('Run "npm run generate" and commit what it writes.');
  process.exitCode = 1;
}
if (stale.length === 0) console.log('Every generated file is current.');

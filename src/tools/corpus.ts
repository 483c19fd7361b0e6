/**
 * Prints what aksnet finds over the shared corpus as a table of rules and severities, and how it differs from what was
 * reviewed. `npm run corpus`; with `-- --update` it writes the reviewed file, in which errors that are new wait for a
 * reason.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { type CorpusFindings, lintCorpus, severities, summarize } from './corpus-findings.ts';

const corpus = '../shared/corpus';
const reviewedFile = 'test/fixtures/corpus/findings.json';

if (existsSync(corpus)) await main();
else console.log(`There is nothing to lint: ${corpus} is not here.`);

async function main(): Promise<void> {
  const reviewed: CorpusFindings | undefined = existsSync(reviewedFile)
    ? JSON.parse(readFileSync(reviewedFile, 'utf8'))
    : undefined;
  const found = summarize(corpus, await lintCorpus(corpus), reviewed);
  printTable(found, reviewed);
  const waiting = found.errors.filter(({ why }) => why === '');
  for (const { file, line, rule, message } of waiting) console.log(`not reviewed: ${file}:${line} ${rule}: ${message}`);
  console.log(`${found.errors.length} errors, ${waiting.length} of them not reviewed.`);
  if (process.argv.includes('--update')) {
    writeFileSync(reviewedFile, `${JSON.stringify(found, undefined, 2)}\n`);
    console.log(`Written: ${reviewedFile}`);
  }
}

function printTable(found: CorpusFindings, reviewed: CorpusFindings | undefined): void {
  const rules = [...new Set([...Object.keys(found.counts), ...Object.keys(reviewed?.counts ?? {})])].sort();
  const width = Math.max(...rules.map(({ length }) => length));
  console.log(`${' '.repeat(width)}${severities.map((severity) => severity.padStart(14)).join('')}`);
  for (const rule of rules) {
    const cells = severities.map((severity) => {
      const count = found.counts[rule]?.[severity] ?? 0;
      const before = reviewed?.counts[rule]?.[severity] ?? 0;
      return (count === before ? `${count || ''}` : `${count} (was ${before})`).padStart(14);
    });
    console.log(`${rule.padEnd(width)}${cells.join('')}`);
  }
}

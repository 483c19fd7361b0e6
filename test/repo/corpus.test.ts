import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type CorpusFindings, lintCorpus, summarize } from '../../src/tools/corpus-findings.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
const isPresent = existsSync(corpus);
const title = isPresent ? 'the shared corpus' : 'the shared corpus (not checked: ../shared/corpus is not here)';
const reviewed: CorpusFindings = JSON.parse(
  readFileSync(new URL('../fixtures/corpus/findings.json', import.meta.url), 'utf8'),
);

test('every error on a template that deploys in real life was looked at', () => {
  expect(reviewed.errors.filter(({ why }) => why === '')).toEqual([]);
});

describe.runIf(isPresent)(title, () => {
  test('has the findings that were reviewed', { timeout: 60_000 }, async () => {
    // After a look at the difference: npm run corpus -- --update
    expect(summarize(corpus, await lintCorpus(corpus), reviewed)).toEqual(reviewed);
  });
});

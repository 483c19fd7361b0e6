import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { lowerBicep, parseBicep } from '../../../src/bicep/index.ts';
import { measureAgreement } from '../../../src/tools/agreement.ts';
import { measureCorpus, measureRecovery, measureSyntax } from '../../../src/tools/conformance-bicep.ts';
import { measureValues } from '../../../src/tools/conformance-values.ts';
import { expectSoundEdits } from './edit-property.ts';
import { expectSoundSpans } from './spans.ts';

const shared = fileURLToPath(new URL('../../../../shared/', import.meta.url));
const isPresent = existsSync(join(shared, 'corpus'));
const title = isPresent ? 'the shared corpus' : 'the shared corpus (not checked: ../shared/corpus is not here)';

describe.runIf(isPresent)(title, () => {
  const sources = isPresent ? readSources() : [];
  const every = Number(process.env['CORPUS_STEP'] ?? 24);

  test('has no false syntax error', () => {
    const { files, failing } = measureCorpus(shared);
    expect(failing).toEqual([]);
    expect(files).toBeGreaterThan(250);
  });

  test('lowers every resource with a type and a name', () => {
    for (const { path, text } of sources) {
      for (const { type, name, nameSpan, symbol } of lowerBicep(parseBicep(text, 'bicep'), path).resources) {
        expect(type, path).toMatch(/^[\w.]+\/[\w/]+$/);
        expect(name.kind, path).not.toBe('invalid');
        expect(text.slice(nameSpan.start, nameSpan.end)).toBe(symbol);
      }
    }
  });

  test('keeps its spans in order', () => {
    for (const { text } of sources) expectSoundSpans(text, 'bicep');
  });

  test('survives edits in many places', () => {
    for (const { text } of sources.filter((_, i) => i % every === 1)) {
      expectSoundEdits(text, 'bicep', Math.max(1, Math.ceil((text.length * every) / 10_000)));
    }
  });

  test('keeps the other declarations when one breaks', () => {
    for (const { edit, share } of measureRecovery(shared, 150)) expect(share, edit).toBeGreaterThanOrEqual(0.999);
  });

  test('has its address values known', { timeout: 60_000 }, () => {
    const { sites, known, unknown } = measureValues(shared);
    expect(known / sites).toBeGreaterThanOrEqual(0.97);
    // What is left is given by nobody: a gap of ours would have another reason.
    expect(new Set(unknown.map(({ code }) => code))).toEqual(new Set(['parameter-without-default']));
  });

  test('reads Bicep as it reads the templates compiled from it', { timeout: 60_000 }, () => {
    const { folders, contradictions, bicepKnowsLess, rules } = measureAgreement(shared);
    expect(folders).toBeGreaterThan(80);
    const unexplained = [...contradictions, ...bicepKnowsLess, ...rules].filter(({ reason }) => reason === undefined);
    expect(unexplained).toEqual([]);
  });
});

const isRecorded = existsSync(join(shared, 'bicep/diagnostics'));
const recordTitle = isRecorded
  ? "the compiler's recorded diagnostics"
  : "the compiler's recorded diagnostics (not checked: ../shared/bicep/diagnostics is not here)";

describe.runIf(isRecorded)(recordTitle, () => {
  test('have syntax errors on the same lines', () => {
    const { recall, precision, missed } = measureSyntax(shared);
    expect(missed).toEqual([]);
    expect(recall).toBeGreaterThanOrEqual(0.99);
    expect(precision).toBeGreaterThanOrEqual(0.99);
  });
});

function readSources(): { path: string; text: string }[] {
  const folder = join(shared, 'corpus');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.bicep'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}

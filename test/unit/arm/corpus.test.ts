import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { lowerArm, parseArm, recogniseArm } from '../../../src/arm/index.ts';
import { expectSoundEdits } from './edit-property.ts';
import { expectSoundSpans } from './spans.ts';

const corpus = fileURLToPath(new URL('../../../../shared/corpus/', import.meta.url));
const isPresent = existsSync(corpus);
const title = isPresent ? 'the shared corpus' : 'the shared corpus (not checked: ../shared/corpus is not here)';

describe.runIf(isPresent)(title, () => {
  const sources = isPresent ? readSources() : [];
  const every = Number(process.env['CORPUS_STEP'] ?? 40);

  test('parses without an error', () => {
    const wrong = sources.filter(({ text }) => parseArm(text).errors.length > 0);
    expect(wrong.map(({ path }) => path)).toEqual([]);
    expect(sources.length).toBeGreaterThan(900);
  });

  test('lowers every resource with a type and a name', () => {
    for (const { path, text } of sources) {
      for (const { type, name } of lowerArm(parseArm(text), path).resources) {
        expect(type, path).not.toBe('');
        expect(name.kind, path).not.toBe('invalid');
      }
    }
  });

  test('keeps its spans in order', () => {
    for (const { text } of sources.filter((_, i) => i % every === 0)) expectSoundSpans(text);
  });

  test('survives edits in many places', () => {
    for (const { text } of sources.filter((_, i) => i % every === 1)) {
      expectSoundEdits(text, Math.max(1, Math.ceil((text.length * every) / 10_000)));
    }
  });
});

function readSources(): readonly { readonly path: string; readonly text: string }[] {
  return readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(corpus, path), 'utf8') }))
    .filter(({ text }) => recogniseArm(text) !== undefined);
}

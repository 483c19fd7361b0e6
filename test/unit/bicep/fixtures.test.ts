import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseBicep } from '../../../src/bicep/index.ts';
import { expectSoundEdits } from './edit-property.ts';
import { renderOutline } from './outline.ts';
import { expectSoundSpans } from './spans.ts';

const folder = fileURLToPath(new URL('../../fixtures/parse/bicep/', import.meta.url));
const names = readdirSync(folder).filter((name) => /\.bicep(param)?$/.test(name));

describe.each(names)('%s', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  const kind = name.endsWith('.bicepparam') ? 'bicepparam' : 'bicep';

  test('has the tree that its outline shows', () => {
    const outline = renderOutline(parseBicep(text, kind));
    const path = join(folder, name.replace(/\.\w+$/, '.outline.txt'));
    if (process.env['UPDATE_MARKERS'] === '1') writeFileSync(path, outline);
    expect(existsSync(path), `${path} is missing; run with UPDATE_MARKERS=1`).toBe(true);
    expect(outline).toBe(readFileSync(path, 'utf8'));
  });

  test('reads every beginning of itself without throwing, with all spans inside', () => {
    for (let end = 0; end <= text.length; end++) expectSoundSpans(text.slice(0, end), kind);
  });

  test('reads itself with any one character gone', () => {
    for (let at = 0; at < text.length; at += 3) expectSoundSpans(text.slice(0, at) + text.slice(at + 1), kind);
  });

  test('survives edits everywhere', () => {
    expectSoundEdits(text, kind, 1);
  });
});

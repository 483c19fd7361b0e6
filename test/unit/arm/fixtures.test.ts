import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseArm } from '../../../src/arm/index.ts';
import { renderOutline } from './outline.ts';
import { expectSoundSpans } from './spans.ts';

const folder = fileURLToPath(new URL('../../fixtures/parse/arm/', import.meta.url));
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe.each(names)('%s', (name) => {
  const text = readFileSync(join(folder, name), 'utf8');

  test('lowers to what its outline shows', () => {
    const outline = renderOutline(parseArm(text));
    const path = join(folder, name.replace(/\.json$/, '.outline.txt'));
    if (process.env['UPDATE_MARKERS'] === '1') writeFileSync(path, outline);
    expect(existsSync(path), `${path} is missing; run with UPDATE_MARKERS=1`).toBe(true);
    expect(outline).toBe(readFileSync(path, 'utf8'));
  });

  test('reads every beginning of itself without throwing, with all spans inside', () => {
    for (let end = 0; end <= text.length; end++) expectSoundSpans(text.slice(0, end));
  });

  test('reads itself with any one character gone', () => {
    for (let at = 0; at < text.length; at += 13) expectSoundSpans(text.slice(0, at) + text.slice(at + 1));
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Span } from '../../../src/base/span.ts';
import { PropertySyntax, Token } from '../../../src/coredns/corefile-token.ts';
import { lowerCoredns, parseCoredns, recogniseCoredns } from '../../../src/coredns/index.ts';
import { renderTree } from './render-tree.ts';

const folder = path.resolve(import.meta.dirname, '../../fixtures/parse/coredns');
const inputs = readdirSync(folder)
  .filter((name) => !name.endsWith('.txt'))
  .map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));

describe.each(inputs)('$name', ({ name, text }) => {
  const kind = name.endsWith('.yaml') ? 'yaml' : 'corefile';

  test('is recognised and has the tree beside it', async () => {
    expect(recogniseCoredns(text, name)).toBe(kind);
    await expect(renderTree(parseCoredns(text, kind))).toMatchFileSnapshot(path.join(folder, `${name}.tree.txt`));
  });

  test('keeps every span inside the file, whatever its end is cut off', () => {
    for (let end = 0; end <= text.length; end++) expectSoundSpans(text.slice(0, end), kind);
  });

  test('reads the same with other line ends and a byte order mark', () => {
    const windows = `\ufeff${text.replaceAll('\n', '\r\n')}`;
    const strip = (tree: string): string => tree.replaceAll('\\r', '').replaceAll('\r', '');
    expect(strip(renderTree(parseCoredns(windows, kind)))).toBe(strip(renderTree(parseCoredns(text, kind))));
    expectSoundSpans(windows, kind);
  });

  test('survives characters thrown in anywhere', () => {
    for (const intruder of ['\0', '\t', '"', '{', '}', '#', ':', '\n', '&a *a', '{{ x }}']) {
      for (let at = 0; at < text.length; at += 53)
        expectSoundSpans(text.slice(0, at) + intruder + text.slice(at), kind);
    }
  });
});

/** Parses, lowers, and checks that every place lies in the file. */
function expectSoundSpans(text: string, kind: 'yaml' | 'corefile'): void {
  const file = parseCoredns(text, kind, 'file:///x');
  const model = lowerCoredns(file);
  const wrong: Span[] = [];
  const check = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) check(item);
    } else if (typeof value === 'object' && value !== null) {
      // A word knows its place in its own text, and works out the one in the file when it is asked.
      const { start, end } = value instanceof Token ? value.location.span : (value as Partial<Span>);
      if (typeof start === 'number' && typeof end === 'number') {
        if (start < 0 || start > end || end > text.length) wrong.push({ start, end });
        return;
      }
      for (const item of Object.values(value)) check(item);
      if (value instanceof PropertySyntax) check([value.location, value.args]);
    }
  };
  check([model, file.errors, file.comments]);
  if (wrong.length > 0) expect({ text, wrong }).toEqual({ text, wrong: [] });
}

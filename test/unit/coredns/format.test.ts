import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src/base/text-edit.ts';
import { lexCorefile } from '../../../src/coredns/corefile-lexer.ts';
import { type CorednsKind, formatCorefiles, parseCoredns, recogniseCoredns } from '../../../src/coredns/index.ts';

const fixtures = path.resolve(import.meta.dirname, '../../fixtures');
const corpus = path.resolve(import.meta.dirname, '../../../../shared/corpus/coredns');

/** Every file below a folder that may hold Corefile text; none where the folder is absent. */
function textsBelow(
  folder: string,
): readonly { readonly name: string; readonly text: string; readonly kind: CorednsKind }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ya?ml|corefile|override|server)$|(?:^|[\\/])Corefile[^\\/]*$/i.test(name))
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .flatMap((name) => {
      const text = readFileSync(path.join(folder, name), 'utf8');
      const kind = recogniseCoredns(text, name);
      return kind === undefined ? [] : [{ name, text, kind }];
    });
}

function format(text: string, kind: CorednsKind, step: string): string {
  return applyEdits(text, formatCorefiles(parseCoredns(text, kind), step, { start: 0, end: text.length }));
}

/** What CoreDNS reads of a file: the words of its Corefiles by line, and their comments. */
function readingOf(text: string, kind: CorednsKind): unknown {
  const { tree, comments } = parseCoredns(text, kind);
  const embedded = tree.configMaps.flatMap(({ entries }) => entries.flatMap(({ corefile }) => corefile ?? []));
  const words = [...embedded, ...tree.corefiles].map(({ syntax }) =>
    lexCorefile(syntax.text).tokens.map((token) => `${token.line} ${token.text}`),
  );
  return { words, comments: comments.map((comment) => comment.text.trimEnd()) };
}

describe.each([
  ['fixtures', fixtures],
  ['the shared corpus (nothing where it is absent)', corpus],
])('formatting %s', (_, folder) => {
  test.each(['  ', '\t'])('with %j changes nothing that CoreDNS reads, and settles at once', (step) => {
    for (const { name, text, kind } of textsBelow(folder)) {
      const once = format(text, kind, step);
      expect({ name, reading: readingOf(once, kind) }).toEqual({ name, reading: readingOf(text, kind) });
      expect({ name, text: format(once, kind, step) }).toEqual({ name, text: once });
    }
  });
});

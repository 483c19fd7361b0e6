import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMap, isScalar, parseAllDocuments, Scalar, visit } from 'yaml';
import { loadTokenizer, repositoryRoot, type ScopedLine } from './grammar.ts';
import { findVsCodeYamlGrammars, standInYamlGrammars } from './yaml-grammars.ts';

const embedded = 'meta.embedded.block.corefile';
const vsCodeGrammars = findVsCodeYamlGrammars();

describe.for<[name: string, grammars: Record<string, string>]>([
  ...standInYamlGrammars.map((path): [string, Record<string, string>] => [path, { 'source.yaml': path }]),
  ...(vsCodeGrammars === undefined ? [] : [['VS Code', vsCodeGrammars] as [string, Record<string, string>]]),
])('Corefile text in YAML, with the grammar of %s', ([, grammars]) => {
  const headers = [
    '|',
    '|-',
    '|+',
    '|2',
    '|2-',
    '|-2',
    '>',
    '>-',
    '| # comment',
    '|- # a "comment" {',
    '&anchor |',
    '!!str |-',
  ];
  it.for(headers)('colours the value that %s opens and nothing else', async (header) => {
    const { tokenize } = await loadTokenizer('source.yaml', grammars);
    for (const key of ['a.override', '"a.override"', "'a.override'", 'a.server', 'Corefile', '"Corefile"']) {
      const lines = tokenize(
        `data:\n  before: "a b"\n  ${key}: ${header}\n    errors {\n\n      log "open\n    }\n  after: value\n`,
      );
      expect(embeddedLines(lines), key).toEqual([3, 5, 6]);
    }
  });

  it.for([
    ['a key at the same depth', 'after: 1', 2],
    ['a comment at the same depth', '# after', 2],
    ['a key further out', 'after: 1', 0],
    ['a comment further out', '# after', 0],
    ['the next document', '---', 0],
    ['a quoted key', '"after": 1', 2],
  ] as const)('ends at %s', async ([, text, column]) => {
    const { tokenize } = await loadTokenizer('source.yaml', grammars);
    const lines = tokenize(
      `data:\n  a.server: |\n    example.com {\n      hosts {\n        # "\n${' '.repeat(column)}${text}\n`,
    );
    expect(embeddedLines(lines)).toEqual([2, 3, 4]);
    expect(scopesOf(lines[5]).join(' ')).not.toContain('corefile');
  });

  it('colours two values in a row, at the root, and inside a list', async () => {
    const { tokenize } = await loadTokenizer('source.yaml', grammars);
    const text = [
      'Corefile: |',
      ' .:53 {',
      ' }',
      'x.server: |',
      '  a {',
      '  }',
      'list:',
      '  - data:',
      '      b.override: |',
      '        log',
      '      c.override: |-',
      '',
      '        errors',
      '    other: 1',
    ].join('\n');
    expect(embeddedLines(tokenize(text))).toEqual([1, 2, 4, 5, 9, 12]);
  });

  it.for([
    'data:\n  a.overrides: |\n    forward . 10.0.0.1',
    'data:\n  a.override: forward . 10.0.0.1',
    'data:\n  a.override:\n    forward: 10.0.0.1',
    'data:\n  a.override: |x\n    forward . 10.0.0.1',
    'data:\n  override: |\n    forward . 10.0.0.1',
    'data:\n  My.Corefile.txt: |\n    forward . 10.0.0.1',
    'data:\n  text: |\n    a.override: |\n      forward . 10.0.0.1',
    'data:\n  # a.override: |\n  x: 10.0.0.1',
    'data: { a.override: "forward . 10.0.0.1" }',
    'data:\n  text: "a.override: |"\n  more: 1',
  ])('leaves ordinary YAML alone: %j', async (text) => {
    const plain = await loadTokenizer('source.yaml', grammars, false);
    const injected = await loadTokenizer('source.yaml', grammars);
    expect(injected.tokenize(text).map(({ tokens }) => tokens)).toEqual(
      plain.tokenize(text).map(({ tokens }) => tokens),
    );
  });

  const corpus = join(repositoryRoot, '..', 'shared', 'corpus');
  it.skipIf(!existsSync(corpus))(
    'agrees with the YAML parser on every real file (needs ../shared, the reference data beside the checkout)',
    async () => {
      const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => /\.ya?ml$/.test(name));
      expect(files.length).toBeGreaterThan(20);
      const { tokenize } = await loadTokenizer('source.yaml', grammars);
      let values = 0;
      for (const file of files) {
        const text = readFileSync(join(corpus, file), 'utf8');
        const expected = corefileLines(text);
        if (expected === undefined) continue;
        values += expected.length;
        expect(embeddedLines(tokenize(text)), file).toEqual(expected);
      }
      expect(values).toBeGreaterThan(100);
    },
  );
});

/** Zero-based numbers of the lines that hold Corefile text. */
function embeddedLines(lines: readonly ScopedLine[]): number[] {
  return lines.flatMap(({ text, tokens }, index) =>
    text.trim() !== '' && tokens.some(({ scopes }) => scopes.includes(embedded)) ? [index] : [],
  );
}

function scopesOf(line: ScopedLine | undefined): string[] {
  return (line?.tokens ?? []).flatMap(({ scopes }) => scopes);
}

/** The same, told by a YAML parser; undefined for a text that is not YAML. */
function corefileLines(text: string): number[] | undefined {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
  const lines = text.split(/\r\n|\n/);
  const found: number[] = [];
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length - 1;
  for (const document of documents) {
    visit(document, {
      Pair(_, { key, value }, path) {
        if (!isScalar(key) || !/(\.override|\.server|^Corefile)$/.test(String(key.value))) return;
        if (!isScalar(value) || !isMap(path.at(-1))) return;
        if (value.type !== Scalar.BLOCK_LITERAL && value.type !== Scalar.BLOCK_FOLDED) return;
        const [start, end] = value.range ?? [0, 0];
        for (let line = lineAt(start) + 1; line < lineAt(end - 1) + 1; line++) {
          if (lines[line]?.trim() !== '') found.push(line);
        }
      },
    });
  }
  return found;
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { corednsPlugins } from '../../src/model/coredns-plugins.ts';
import { loadTokenizer, ownGrammars, repositoryRoot, type ScopedLine, type Tokenizer } from './grammar.ts';

const shared = join(repositoryRoot, '..', 'shared');
const absent = 'needs ../shared, the reference data beside the checkout';

let corefile: Tokenizer;
beforeAll(async () => {
  corefile = await loadTokenizer('source.corefile');
});

describe('tokens of a Corefile', () => {
  it('lets a quoted string span lines and go on with the same directive', () => {
    const lines = corefile.tokenize('. {\n  answer "first\n  # no comment } {\n  \\" last" 30\n  errors\n}');
    expect(scopesAt(lines, 2, '# no')).toContain('string.quoted.double.corefile');
    expect(scopesAt(lines, 3, '\\"')).toContain('constant.character.escape.corefile');
    expect(scopesAt(lines, 3, '30')).toContain('constant.numeric.corefile');
    expect(scopesAt(lines, 4, 'errors')).toContain('keyword.control.plugin.corefile');
    expect(lines.at(-1)?.depth).toBe(1);
  });

  it('closes every block that a one-line file opens', () => {
    const lines = corefile.tokenize('a { hosts { 10.0.0.1 b } } c {');
    expect(scopesAt(lines, 0, 'hosts')).toContain('keyword.control.plugin.corefile');
    expect(scopesAt(lines, 0, 'c')).toContain('entity.name.namespace.zone.corefile');
  });

  it('treats a line that starts with a plugin as a directive where no braces are', () => {
    const lines = corefile.tokenize('example.com:53\nforward . 10.1.0.4\ncache 30');
    expect(scopesAt(lines, 0, 'example.com')).toContain('entity.name.namespace.zone.corefile');
    expect(scopesAt(lines, 1, 'forward')).toContain('keyword.control.plugin.corefile');
    expect(scopesAt(lines, 2, '30')).toContain('constant.numeric.corefile');
  });

  it('separates tokens at every kind of white space that CoreDNS knows', () => {
    const lines = corefile.tokenize('. {\n\u00a0cache\u200330 #\u0085x\n}');
    expect(scopesAt(lines, 1, 'cache')).toContain('keyword.control.plugin.corefile');
    expect(scopesAt(lines, 1, '30')).toContain('constant.numeric.corefile');
  });

  it('ends in bounded time on long and hostile lines', () => {
    const inputs = [
      '{',
      '}',
      '"',
      '#',
      ' ',
      'a',
      'a ',
      '(',
      '.',
      '{$',
      '{{',
      '1.',
      ':',
      'a"',
      'https://',
      '\\',
      '[0-9',
    ].flatMap((piece) => [piece.repeat(4000), `a {\n${piece.repeat(4000)} x\n}`]);
    for (const input of inputs) {
      expectCovered(corefile.tokenize(input));
    }
  });
});

it('knows by name the plugins that the engine knows, and those that CoreDNS has dropped', () => {
  const grammar = JSON.parse(readFileSync(join(repositoryRoot, ownGrammars['source.corefile'] ?? ''), 'utf8'));
  const named = (scope: string): string[] => {
    const rules: { begin?: string; beginCaptures?: { 1?: { name: string } } }[] = grammar.repository.directive.patterns;
    const begin = rules.find((rule) => rule.beginCaptures?.[1]?.name === scope)?.begin ?? '';
    return /\(\(\?:([\w|]+)\)\)/.exec(begin)?.[1]?.split('|') ?? [];
  };
  const expected = (removed: boolean) =>
    corednsPlugins
      .filter(({ until }) => (until !== undefined) === removed)
      .map(({ name }) => name)
      .sort();
  expect(named('keyword.control.plugin.corefile')).toEqual(expected(false));
  expect(named('invalid.deprecated.plugin.corefile')).toEqual(expected(true));
});

describe.skipIf(!existsSync(shared))(`the real CoreDNS (${absent})`, () => {
  it('splits every recorded input into the same words as the grammar', () => {
    const { cases } = readJson('coredns/lexer-cases.json') as {
      cases: { input: string; tokens: [line: number, text: string][] }[];
    };
    expect(cases.length).toBeGreaterThan(100);
    const differences = cases
      .map(({ input, tokens }) => ({ input, expected: tokens, actual: wordsOf(corefile.tokenize(input)) }))
      .filter(({ expected, actual }) => JSON.stringify(expected) !== JSON.stringify(actual));
    expect(differences).toEqual([]);
  });

  const corpus = join(shared, 'corpus', 'coredns');
  const files = existsSync(corpus)
    ? ['corefile', 'override', 'server'].flatMap((kind) =>
        readdirSync(join(corpus, kind)).map((name) => `${kind}/${name}`),
      )
    : [];

  it('takes every real Corefile apart completely and in bounded time', () => {
    expect(files.length).toBeGreaterThan(200);
    for (const file of files) {
      const lines = corefile.tokenize(readFileSync(join(corpus, file), 'utf8'));
      expectCovered(lines, file);
    }
  });

  it('sees balanced braces wherever CoreDNS accepts the file', () => {
    const verdicts = readJson('corpus/coredns/index.json') as { file: string; expected: string }[];
    const accepted = verdicts.filter((entry) => entry.expected === 'valid' && entry.file.startsWith('corefile/'));
    expect(accepted.length).toBeGreaterThan(60);
    for (const { file } of accepted) {
      const lines = corefile.tokenize(readFileSync(join(corpus, file), 'utf8'));
      const count = (scope: string) =>
        lines.flatMap((line) => line.tokens).filter((token) => token.scopes.includes(scope)).length;
      expect(count('punctuation.section.block.end.corefile'), file).toBe(
        count('punctuation.section.block.begin.corefile'),
      );
      expect(count('invalid.illegal.unmatched-brace.corefile'), file).toBe(0);
      expect(lines.at(-1)?.depth, file).toBe(1);
    }
  });
});

/** The scopes of the token at the first place where `text` stands on the line. */
function scopesAt(lines: readonly ScopedLine[], line: number, text: string): readonly string[] {
  const column = lines[line]?.text.indexOf(text) ?? -1;
  const token = lines[line]?.tokens.find(({ start, end }) => start <= column && column < end);
  if (column < 0 || token === undefined) throw new Error(`Line ${line} does not hold ${text}.`);
  return token.scopes;
}

/** Fails unless the tokens of each line stand side by side and reach from its first to its last character. */
function expectCovered(lines: readonly ScopedLine[], file = ''): void {
  for (const [index, line] of lines.entries()) {
    const spans = line.tokens.map(({ start, end }) => [start, end]);
    const starts = line.text === '' ? [] : [0, ...spans.slice(0, -1).map(([, end]) => end)];
    expect(
      spans.map(([start]) => start),
      `${file}:${index + 1}`,
    ).toEqual(starts);
    expect(spans.at(-1)?.[1] ?? 0, `${file}:${index + 1}`).toBe(line.text.length);
  }
}

/** The words that CoreDNS's own lexer would read, with their one-based lines, told from scopes alone. */
function wordsOf(lines: readonly ScopedLine[]): [line: number, text: string][] {
  const words: [number, string][] = [];
  let word: [number, string] | undefined;
  let quoted = false;
  const finish = () => {
    // A quote that is never closed yields nothing when it holds nothing.
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  for (const [index, line] of lines.entries()) {
    if (quoted && word !== undefined && index > 0) word[1] += '\n';
    for (const { start, end, scopes } of line.tokens) {
      const text = line.text.slice(start, end);
      const has = (scope: string) => scopes.some((name) => name.startsWith(scope));
      if (has('comment')) finish();
      else if (has('punctuation.definition.string.begin')) {
        finish();
        quoted = true;
        word = [index + 1, ''];
      } else if (has('punctuation.definition.string.end')) {
        quoted = false;
        finish();
      } else if (quoted && word !== undefined) {
        word[1] += text.replaceAll('\\"', '"');
      } else {
        for (const part of text.replaceAll('\r', '').split(/([\s\u0085]+)/)) {
          if (/^[\s\u0085]/.test(part)) finish();
          else if (part !== '') word = [word?.[0] ?? index + 1, (word?.[1] ?? '') + part];
        }
      }
    }
    if (!quoted) finish();
  }
  if (word?.[1] !== '') finish();
  return words;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(shared, path), 'utf8'));
}

import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTokenizer, repositoryRoot } from './grammar.ts';
import { checkMarkers, readMarkers } from './markers.ts';
import { standInYamlGrammars } from './yaml-grammars.ts';

const folder = join(repositoryRoot, 'test', 'fixtures', 'syntaxes');

describe('the marked fixtures', () => {
  const files = readdirSync(folder).filter((name) => extname(name) !== '');
  expect(files.length).toBeGreaterThan(5);

  for (const file of files) {
    for (const [kind, scopeName, others] of grammarsFor(file)) {
      it(`${file} is coloured as its markers say${kind}`, async () => {
        const text = readFileSync(join(folder, file), 'utf8');
        const markers = readMarkers(text);
        expect(markers.length).toBeGreaterThan(0);
        const tokenizer = await loadTokenizer(scopeName, others);
        expect(checkMarkers(tokenizer.tokenize(text), markers)).toEqual([]);
      });
    }
  }
});

describe('the marker check', () => {
  it('notices a missing scope, an unexpected scope and a marker past the end', async () => {
    const text = 'errors\n# <---- string\n# <---- !keyword\n# ^^^^^^^^ keyword';
    const tokenizer = await loadTokenizer('source.corefile');
    expect(checkMarkers(tokenizer.tokenize(text), readMarkers(text))).toEqual([
      'line 1: "errors" is meta.directive.corefile keyword.control.plugin.corefile; missing string',
      'line 1: "errors" is meta.directive.corefile keyword.control.plugin.corefile; unexpected keyword',
      'line 1: the marker reaches past the end of the line',
    ]);
  });
});

function grammarsFor(file: string): [kind: string, scopeName: string, others: Record<string, string>][] {
  switch (extname(file)) {
    case '.corefile':
      return [['', 'source.corefile', {}]];
    case '.bicep':
    case '.bicepparam':
      return [['', 'source.bicep.aksnet', {}]];
    case '.yaml':
      return standInYamlGrammars.map((path) => [
        ` in ${path.replace(/.*\//, '')}`,
        'source.yaml',
        { 'source.yaml': path },
      ]);
    default:
      throw new Error(`No grammar is named for ${file}.`);
  }
}

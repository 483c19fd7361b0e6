import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTokenizer, repositoryRoot } from './grammar.ts';

describe('tokens of a Bicep file', () => {
  it('ends a string that is never closed with its line, as the compiler does', async () => {
    const { tokenize } = await loadTokenizer('source.bicep.aksnet');
    for (const broken of ["var a = 'open", "var a = 'open ${hole", "var a = 'open ${ {", "var a = 'x${'y${z"]) {
      expect(tokenize(`${broken}\nvar b = 1`)[0]?.depth, broken).toBe(1);
    }
  });

  it('lets only comments and multi-line strings reach over a line end', async () => {
    const { tokenize } = await loadTokenizer('source.bicep.aksnet');
    for (const open of ["'''", "$'''", "$$'''", '/*']) {
      expect(tokenize(`var a = ${open}\n`)[0]?.depth, open).toBe(2);
      expect(tokenize(`var a = ${open}\nx ${open === '/*' ? '*/' : "'''"}`)[1]?.depth, open).toBe(1);
    }
  });

  const corpus = join(repositoryRoot, '..', 'shared', 'corpus');
  it.skipIf(!existsSync(corpus))(
    'leaves nothing open at the end of any real file (needs ../shared, the reference data beside the checkout)',
    async () => {
      const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) =>
        /\.bicep(param)?$/.test(name),
      );
      expect(files.length).toBeGreaterThan(100);
      const { tokenize } = await loadTokenizer('source.bicep.aksnet');
      for (const file of files) {
        const lines = tokenize(readFileSync(join(corpus, file), 'utf8'));
        expect(lines.at(-1)?.depth, file).toBe(1);
        const illegal = lines.filter(({ tokens }) =>
          tokens.some(({ scopes }) => scopes.some((s) => s.startsWith('invalid'))),
        );
        expect(
          illegal.map(({ text }) => text),
          file,
        ).toEqual([]);
      }
    },
  );
});

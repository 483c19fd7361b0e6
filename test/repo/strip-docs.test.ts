import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ruleAreas } from '../../src/rules/index.ts';
import { emptyProperties } from '../../src/tools/strip-docs.mjs';

const root = path.resolve(import.meta.dirname, '../..');

test.each(ruleAreas.flatMap(({ folder, rules }) => rules.map(({ id }) => `${folder}/${id}`)))(
  'empties the documentation of %s and nothing else',
  (name) => {
    const text = readFileSync(path.join(root, 'src/rules', `${name}.ts`), 'utf8');
    const stripped = emptyProperties(text);
    expect(stripped).toMatch(/^ {2}condition: '',$/m);
    expect(stripped).toMatch(/^ {2}examples: \[\],$/m);
    const keys = (source: string): string[] => source.match(/^ {2}[a-zA-Z]+[:(]/gm) ?? [];
    expect(keys(stripped)).toEqual(keys(emptyProperties(stripped)));
    expect(stripped).toContain('check(');
  },
);

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ruleAreas } from '../../src/rules/index.ts';
import { emptyProperties, languagesOf, withoutCheck } from '../../src/tools/strip-docs.mjs';

const root = path.resolve(import.meta.dirname, '../..');

const rules = ruleAreas.flatMap(({ folder, rules: all }) =>
  all.map(({ id, languages }) => ({ name: `${folder}/${id}`, languages })),
);

test.each(rules)('leaves of $name what lists of rules say, for bundles that do not run it', ({ name, languages }) => {
  const text = emptyProperties(readFileSync(path.join(root, 'src/rules', `${name}.ts`), 'utf8'));
  expect(languagesOf(text)).toEqual(languages);
  const stripped = withoutCheck(text);
  expect(stripped).toMatch(/^ {2}check\(\) \{\},\n\}\);$/m);
  expect(stripped).toMatch(/^ {2}summary:/m);
  expect(stripped.length).toBeLessThan(text.length);
});

test.each(rules)('takes out the documentation of $name and nothing else', ({ name }) => {
  const text = readFileSync(path.join(root, 'src/rules', `${name}.ts`), 'utf8');
  const stripped = emptyProperties(text);
  expect(stripped).not.toMatch(/^ {2}(?:condition|examples):/m);
  for (const key of ['id:', 'severity:', 'summary:', 'why:', 'references:', 'messages:', 'check(']) {
    expect(stripped).toContain(`\n  ${key}`);
  }
});

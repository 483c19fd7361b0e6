import { expect, test } from 'vitest';
import { lowerBicep, parseBicep } from '../../../src/bicep/index.ts';
import type { Data } from '../../../src/template/data.ts';
import { evaluateTemplate } from '../../../src/template/evaluate.ts';
import { withoutFiles } from './arm-evaluation.ts';
import { declarations, parameters, randomExpressions } from './random-expressions.ts';

/** What deployments may pass. Keys differ by more than case, as a name in another case is the same name. */
const deployments = [
  { TEXT: "'a'", COUNT: '0', FLAG: 'true', LIST: '[]', OBJECT: '{}' },
  { TEXT: "''", COUNT: '1', FLAG: 'false', LIST: "['a']", OBJECT: "{ p: 'a' }" },
  { TEXT: "'C/d'", COUNT: '5', FLAG: 'true', LIST: "['z', 'a', 'b']", OBJECT: "{ p: 'z', q: { r: '1' }, a: 'x' }" },
  { TEXT: "'p'", COUNT: '2', FLAG: 'false', LIST: "['e', 'e']", OBJECT: '{ w: null }' },
];

/** The values of expressions that can be parsed, by expression. */
function valuesOf(expressions: readonly string[], given?: Readonly<Record<string, string>>): Map<string, Data> {
  const outputs = expressions.map((expression, index) => `output o${index} string = ${expression}\n`);
  const head = `${parameters(given)}${declarations}`;
  const whole = expressions.filter((_, index) => parseBicep(`${head}${outputs[index]}`, 'bicep').errors.length === 0);
  const text = whole.map((expression, index) => `resource r${index} 'A.B/c@1' = { name: 'r', value: ${expression} }\n`);
  const template = lowerBicep(parseBicep(`${head}${text.join('')}`, 'bicep'), 'file:///main.bicep');
  const { resources } = evaluateTemplate({ template, parameters: new Map(), isOpen: false }, withoutFiles());
  return new Map(
    resources.flatMap((resource, index) => {
      const value = resource.member('value');
      return value === undefined ? [] : [[whole[index] ?? '', value] as const];
    }),
  );
}

/** Where a deployment proves wrong what was known without it; undefined where all of it holds. */
function contradiction(known: Data | undefined, actual: Data | undefined, path: string): string | undefined {
  if (known === undefined || actual === undefined || known.kind === 'unknown' || actual.kind === 'unknown') return;
  if (actual.kind === 'partial') return;
  if (known.kind === 'partial') {
    const texts = known.parts.map((part) => (typeof part === 'string' ? part.replaceAll(/[^\w]/g, '\\$&') : '.*'));
    return actual.kind === 'string' && new RegExp(`^${texts.join('')}$`, 's').test(actual.value) ? undefined : path;
  }
  if (known.kind === 'array' && actual.kind === 'array') {
    // Where items are missing the positions of the others are not known, only that they are there.
    if (known.isOpen || actual.isOpen) {
      const isThere = (item: Data): boolean =>
        actual.items.some((other) => contradiction(item, other, '') === undefined);
      return actual.isOpen || known.items.every(isThere) ? undefined : `${path}[?]`;
    }
    if (known.items.length !== actual.items.length) return `${path}.length`;
    return known.items
      .map((item, index) => contradiction(item, actual.items[index], `${path}[${index}]`))
      .find(Boolean);
  }
  if (known.kind === 'object' && actual.kind === 'object') {
    if (!known.isOpen && actual.properties.list.some(({ key }) => known.properties.get(key) === undefined)) return path;
    return known.properties.list
      .map(({ key, value }) => {
        const other = actual.properties.get(key);
        if (other === undefined) return actual.isOpen ? undefined : `${path}.${key}`;
        return contradiction(value, other.value, `${path}.${key}`);
      })
      .find(Boolean);
  }
  const isSame =
    known.kind === actual.kind && (!('value' in known && 'value' in actual) || known.value === actual.value);
  return isSame ? undefined : path;
}

test('what is known of an expression while parameters are open holds whatever is passed for them', () => {
  const expressions = randomExpressions(1, 2_000, 3);
  const known = valuesOf(expressions);
  expect(known.size).toBeGreaterThan(1_500);
  const wrong = deployments.flatMap((given) => {
    const actual = valuesOf(expressions, given);
    return [...known].flatMap(([expression, value]) => {
      const place = contradiction(value, actual.get(expression), 'value');
      return place === undefined ? [] : [`${expression}: ${place} with ${JSON.stringify(given)}`];
    });
  });
  expect(wrong).toEqual([]);
});

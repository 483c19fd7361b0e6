import { describe, expect, test } from 'vitest';
import { recogniseArm } from '../../../src/arm/index.ts';
import { expectLinear } from '../../support/growth.ts';

const base = 'https://schema.management.azure.com/schemas';

describe('recogniseArm', () => {
  test.each([
    ['2019-04-01/deploymentTemplate.json#', 'template'],
    ['2014-04-01-preview/deploymentTemplate.json', 'template'],
    ['2018-05-01/subscriptionDeploymentTemplate.json#', 'template'],
    ['2019-08-01/managementGroupDeploymentTemplate.json#', 'template'],
    ['2019-08-01/tenantDeploymentTemplate.json#', 'template'],
    ['2031-01-01/DeploymentTemplate.json#', 'template'],
    ['2015-01-01/deploymentParameters.json#', 'parameters'],
    ['2018-05-01/subscriptionDeploymentParameters.json#', 'parameters'],
    ['0.1.2-preview/CreateUIDefinition.MultiVm.json#', undefined],
    ['2021-09-09/uiFormDefinition.schema.json', undefined],
    ['2019-04-01/deploymentTemplate.json/more', undefined],
  ])('knows %s', (schema, kind) => {
    expect(recogniseArm(`{"$schema": "${base}/${schema}"}`)).toBe(kind);
    expect(recogniseArm(`{"$schema": "${base.replace('https', 'http')}/${schema}"}`)).toBe(kind);
  });

  const schema = `"$schema" : "${base}/2019-04-01/deploymentTemplate.json#"`;

  test.each([
    ['a byte order mark', `\uFEFF{ ${schema} }`, 'template'],
    ['comments in front', `// "no"\n/* { */ { // "x\n ${schema} }`, 'template'],
    ['comments around the colon', `{ ${schema.replace(' : ', ' /* a */ : // b\n ')} }`, 'template'],
    ['other properties in front', `{ "a": { "b": [ "\\"}" ] }, "c": 1, ${schema} }`, 'template'],
    ['a template that is not finished', `{ "resources": [], ${schema}, "outputs": {`, 'template'],
    ['a schema that is nested', `{ "a": { ${schema} } }`, undefined],
    ['a nested schema in front of its own', `{ "a": { ${schema} }, ${schema} }`, 'template'],
    ['an array', `[ { ${schema} } ]`, undefined],
    ['a schema in a string', `{ "a": "{ \\"$schema\\": \\"x\\" ${'"$schema"'.replaceAll('"', '\\"')}" }`, undefined],
    ['a schema in a comment', `{ // ${schema}\n "a": 1 }`, undefined],
    ['another schema', '{ "$schema": "http://json-schema.org/draft-07/schema#" }', undefined],
    ['an expression', '{ "$schema": 1 }', undefined],
    ['no object', `x ${schema}`, undefined],
    ['text behind the object', `{} ${schema}`, undefined],
    ['nothing', '', undefined],
  ])('reads %s', (_, text, kind) => {
    expect(recogniseArm(text)).toBe(kind);
  });

  test('costs no more than the length of a large file of another kind', () => {
    expectLinear(100_000, (count) => {
      const text = `{ "items": [${'{ "name": "some text", "value": [1, 2, 3] },'.repeat(count)} {}] }`;
      return () => expect(recogniseArm(text)).toBeUndefined();
    });
  });
});

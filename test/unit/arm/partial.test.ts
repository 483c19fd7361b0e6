import { expect, test } from 'vitest';
import { lowerArm, parseArm } from '../../../src/arm/index.ts';

const schema = '"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"';

test.each([
  ['{ SCHEMA, "parameters": { "a": { "type": "string" } }, "variables": {}, "resources": [] }', undefined],
  ['{ SCHEMA }', undefined],
  ['{ SCHEMA, "variables": { "a": 1 "b": 2 } }', true],
  ['{ SCHEMA, "variables": { "a": "[concat(]" } }', true],
  ['{ SCHEMA, "variables": { "a": #{a}# } }', true],
  ['{ SCHEMA, "parameters": "#{parameters}#" }', true],
  [`{ SCHEMA, "variables": { "copy": [{ "name": "[concat('a', 'b')]", "count": 1, "input": 1 }] } }`, true],
])('the declarations of %s may lack something: %s', (text, expected) => {
  expect(lowerArm(parseArm(text.replace('SCHEMA', schema)), 'file:///main.json').isPartial).toBe(expected);
});

import { describe, expect, test } from 'vitest';
import type { Location } from '../../../src/base/span.ts';
import { applyEdits } from '../../../src/base/text-edit.ts';
import { parseBicep, renderBicepChanges } from '../../../src/bicep/index.ts';
import { callOf, type NewReference, type TemplateChange } from '../../../src/model/change.ts';

const table = `resource table 'Microsoft.Network/routeTables@2024-05-01' = { name: 'rt' }\n`;

function nameAt(text: string, symbol: string): Location {
  const start = text.indexOf(`resource ${symbol} `) + 9;
  return { uri: '', span: { start, end: start + symbol.length } };
}

function reference(text: string, symbol: string, member: NewReference['member']): NewReference {
  return { isExpression: true, kind: 'reference', resource: nameAt(text, symbol), member };
}

/** The line of the object between `«` and `»` with `id` in it that refers to `table`; undefined where it cannot be. */
function attach(marked: string, member: NewReference['member'] = 'id'): string | undefined {
  const start = marked.indexOf('«');
  const text = marked.replace('«', '').replace('»', '');
  const edits = renderBicepChanges(parseBicep(text, 'bicep'), [
    {
      kind: 'set-property',
      object: { uri: '', span: { start, end: marked.indexOf('»') - 1 } },
      path: ['id'],
      to: reference(text, 'table', member),
    },
  ]);
  if (edits === undefined) return undefined;
  const result = applyEdits(text, edits);
  expect(parseBicep(result, 'bicep').errors).toEqual([]);
  return result.slice(text.lastIndexOf('\n', start) + 1).split('\n')[0];
}

const type = `'Microsoft.Network/virtualNetworks@2024-05-01'`;

describe('a reference', () => {
  test.each([
    ['in a resource', `${table}resource a ${type} = { name: 'a', x: «{}» }`, 'x: { id: table.id } }'],
    ['in a module', `${table}module a 'a.bicep' = { params: { x: «{}» } }`, 'x: { id: table.id } } }'],
    ['in a variable', `${table}var a = [«{}»]`, 'var a = [{ id: table.id }]'],
    ['in a loop', `${table}resource a ${type} = [for i in [1]: { name: 'a', x: «{}» }]`, 'x: { id: table.id } }]'],
    [
      'to a resource under a condition',
      `${table.replace('= {', '= if (on) {')}resource a ${type} = { name: 'a', x: «{}» }`,
      'x: { id: table.id } }',
    ],
  ])('is written %s', (_, marked, expected) => {
    expect(attach(marked)).toContain(expected);
  });

  test.each([
    ['in the default of a parameter', `${table}param a object = «{}»`],
    ['in an output', `${table}output a object = «{}»`],
    ['in what other files import', `${table}@export()\nvar a = «{}»`],
    ['in the resource itself', `resource table ${type} = { name: 'a', x: «{}» }`],
    ['to a loop', `${table.replace('= {', '= [for i in [1]: {').replace(' }\n', ' }]\n')}var a = «{}»`],
    [
      'to a nested resource',
      `resource b ${type} = {\n name: 'b'\n resource table 'subnets' = { name: 'c' }\n}\nvar a = «{}»`,
    ],
    ['where a local has its name', `${table}var a = map([1], table => «{}»)`],
    ['where a loop has its name', `${table}resource a ${type} = [for table in [1]: { name: 'a', x: «{}» }]`],
    [
      'to what depends on the place, by way of others',
      `resource table ${type} = { name: b }\nvar b = c.properties.x\nresource c ${type} = { name: 'c', dependsOn: [a] }\nresource a ${type} = { name: 'a', x: «{}» }`,
    ],
  ])('is refused %s', (_, marked) => {
    expect(attach(marked)).toBeUndefined();
  });

  test('to a property is refused where the resource may not exist', () => {
    const place = `resource a ${type} = { name: 'a', x: «{}» }`;
    expect(attach(table + place, 'principalId')).toContain('id: table.properties.principalId');
    expect(attach(table.replace('= {', '= if (on) {') + place, 'principalId')).toBeUndefined();
  });
});

describe('a resource that is added', () => {
  function add(text: string, count = 1): string | undefined {
    const change: TemplateChange = {
      kind: 'append-resources',
      beside: nameAt(text, 'a'),
      resources: Array.from({ length: count }, () => ({
        symbol: 'grant',
        type: 'Microsoft.Authorization/roleAssignments',
        apiVersion: '2022-04-01',
        body: {
          name: callOf('guid', reference(text, 'table', 'id'), 'x'),
          scope: reference(text, 'table', 'resource'),
          properties: { principalType: 'ServicePrincipal' },
        },
      })),
    };
    const edits = renderBicepChanges(parseBicep(text, 'bicep'), [change]);
    if (edits === undefined) return undefined;
    const result = applyEdits(text, edits);
    expect(parseBicep(result, 'bicep').errors).toEqual([]);
    return result.slice(table.length);
  }
  const body = `{
  name: guid(table.id, 'x')
  scope: table
  properties: {
    principalType: 'ServicePrincipal'
  }
}
`;

  test('stands before the one that waits for it', () => {
    expect(add(`${table}@batchSize(1)\nresource a ${type} = {\n  name: 'a'\n}\n`)).toBe(
      `resource grant 'Microsoft.Authorization/roleAssignments@2022-04-01' = ${body}\n@batchSize(1)\nresource a ${type} = {\n  name: 'a'\n  dependsOn: [\n    grant\n  ]\n}\n`,
    );
  });

  test('takes a name that is free and joins what is waited for', () => {
    expect(add(`${table}var grant = 1\nresource a ${type} = {\n  name: 'a'\n  dependsOn: [b]\n}\n`)).toBe(
      `var grant = 1\nresource grant2 'Microsoft.Authorization/roleAssignments@2022-04-01' = ${body}\nresource a ${type} = {\n  name: 'a'\n  dependsOn: [b, grant2]\n}\n`,
    );
  });

  test('may be one of several', () => {
    const head = (symbol: string): string =>
      `resource ${symbol} 'Microsoft.Authorization/roleAssignments@2022-04-01' = `;
    expect(add(`${table}resource a ${type} = {\n  name: 'a'\n  dependsOn: [\n    b\n  ]\n}\n`, 2)).toBe(
      `${head('grant')}${body}\n${head('grant2')}${body}\nresource a ${type} = {\n  name: 'a'\n  dependsOn: [\n    b\n    grant\n    grant2\n  ]\n}\n`,
    );
  });

  test.each([
    ['what waits is a loop', `${table}resource a ${type} = [for i in [1]: { name: 'a' }]\n`],
    ['what it waits for is computed', `${table}resource a ${type} = { name: 'a', dependsOn: all }\n`],
    [
      'what it is about depends on what waits',
      `${table.replace("'rt'", 'a.name')}resource a ${type} = { name: 'a' }\n`,
    ],
  ])('is refused where %s', (_, text) => {
    expect(add(text)).toBeUndefined();
  });
});

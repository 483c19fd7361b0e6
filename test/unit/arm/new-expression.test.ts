import { describe, expect, test } from 'vitest';
import { parseArm, renderArmChanges } from '../../../src/arm/index.ts';
import type { Location } from '../../../src/base/span.ts';
import { applyEdits } from '../../../src/base/text-edit.ts';
import { callOf, type NewReference, type TemplateChange } from '../../../src/model/change.ts';

const schema = '"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"';

function textOf(resources: unknown): string {
  return `{ ${schema}, "resources": ${JSON.stringify(resources)} }`;
}

const table = {
  type: 'Microsoft.Network/routeTables',
  apiVersion: '2024-05-01',
  name: "[concat('rt-', variables('n'))]",
};
const network = { type: 'Microsoft.Network/virtualNetworks', apiVersion: '2024-05-01', name: 'vnet', tags: { at: 1 } };
const tableId = "resourceId('Microsoft.Network/routeTables', concat('rt-', variables('n')))";

/** The place of a JSON string, without its quotes. */
function stringAt(text: string, value: string): Location {
  const start = text.indexOf(`"${value}"`) + 1;
  return { uri: '', span: { start, end: start + value.length } };
}

function reference(text: string, name: string, member: NewReference['member']): NewReference {
  return { isExpression: true, kind: 'reference', resource: stringAt(text, name), member };
}

function parsed(text: string, change: TemplateChange): unknown {
  const edits = renderArmChanges(parseArm(text), [change]);
  if (edits === undefined) return undefined;
  const result = applyEdits(text, edits);
  expect(parseArm(result).errors).toEqual([]);
  return JSON.parse(result).resources;
}

/** The resources after `tags` of the network refers to the table. */
function attach(resources: unknown, member: NewReference['member'] = 'id'): unknown {
  const text = textOf(resources);
  const start = text.indexOf('{"at":1}');
  return parsed(text, {
    kind: 'set-property',
    object: { uri: '', span: { start, end: start + 8 } },
    path: ['id'],
    to: reference(text, table.name, member),
  });
}

describe('a reference', () => {
  const tags = { at: 1, id: `[${tableId}]` };
  const waits = [`[${tableId}]`];

  test('names the resource as it does itself, and is waited for', () => {
    expect(attach([table, network])).toEqual([table, { ...network, tags, dependsOn: waits }]);
  });

  test('joins what is waited for', () => {
    const before = { ...network, dependsOn: ['other'] };
    expect(attach([table, before])).toEqual([table, { ...network, dependsOn: ['other', ...waits], tags }]);
    const after = { ...network, dependsOn: waits };
    expect(attach([table, after])).toEqual([table, { ...after, tags }]);
  });

  test('is waited for by symbolic name where there is one', () => {
    const after = { table, vnet: { ...network, tags, dependsOn: ['table'] } };
    expect(attach({ table, vnet: network })).toEqual(after);
  });

  test('to a property asks for it at deployment', () => {
    expect(attach([table, network], 'principalId')).toMatchObject([
      {},
      { tags: { id: `[reference(${tableId}, '2024-05-01').principalId]` } },
    ]);
  });

  const nested = (own: unknown[]): unknown => ({
    type: 'Microsoft.Resources/deployments',
    name: 'inner',
    properties: { template: { resources: own } },
  });
  const ip = { type: 'Microsoft.Network/publicIPAddresses', name: 'pip' };
  const onIp = { ...table, dependsOn: ["[resourceId( 'Microsoft.Network/publicIPAddresses' ,'pip')]"] };

  test('may be to what waits for others', () => {
    expect(attach([ip, onIp, network])).toBeDefined();
  });

  test.each([
    ['to another template', [table, nested([network])]],
    ['out of another template', [nested([table]), network]],
    ['to a loop', [{ ...table, copy: { name: 'c', count: 2 } }, network]],
    ['to another resource group', [{ ...table, resourceGroup: 'other' }, network]],
    ['to what exists already', [{ ...table, existing: true }, network]],
    ['to a child', [{ ...table, type: 'Microsoft.Network/routeTables/routes' }, network]],
    ['to what waits for the place', [{ ...onIp }, { ...ip, dependsOn: ['vnet'] }, network]],
    ['to what waits for something unknown', [{ ...table, dependsOn: ["[variables('x')]"] }, network]],
    ['to what reads others', [{ ...table, tags: { x: "[reference('vnet').x]" } }, network]],
    ['where it cannot be waited for', [table, { ...network, dependsOn: "[variables('x')]" }]],
  ])('is refused %s', (_, resources) => {
    expect(attach(resources)).toBeUndefined();
  });

  test('is refused in variables', () => {
    const text = `{ ${schema}, "variables": { "a": {"at":1} }, "resources": ${JSON.stringify([table])} }`;
    const start = text.indexOf('{"at":1}');
    const to = reference(text, table.name, 'id');
    const object = { uri: '', span: { start, end: start + 8 } };
    expect(parsed(text, { kind: 'set-property', object, path: ['id'], to })).toBeUndefined();
  });
});

describe('a resource that is added', () => {
  function add(resources: unknown, count = 1): unknown {
    const text = textOf(resources);
    const resource = {
      symbol: 'grant',
      type: 'Microsoft.Authorization/roleAssignments',
      apiVersion: '2022-04-01',
      body: {
        name: callOf('guid', reference(text, table.name, 'id'), "it's"),
        scope: reference(text, table.name, 'resource'),
        properties: { principalType: 'ServicePrincipal' },
      },
    };
    return parsed(text, {
      kind: 'append-resources',
      beside: stringAt(text, 'vnet'),
      resources: Array(count).fill(resource),
    });
  }
  const added = (dependency: string): unknown => ({
    type: 'Microsoft.Authorization/roleAssignments',
    apiVersion: '2022-04-01',
    name: `[guid(${tableId}, 'it''s')]`,
    scope: `[${tableId}]`,
    properties: { principalType: 'ServicePrincipal' },
    dependsOn: [dependency],
  });

  test('stands behind the others and is waited for', () => {
    const id = `[extensionResourceId(${tableId}, 'Microsoft.Authorization/roleAssignments', guid(${tableId}, 'it''s'))]`;
    expect(add([table, network])).toEqual([table, { ...network, dependsOn: [id] }, added(`[${tableId}]`)]);
  });

  test('takes a symbolic name that is free', () => {
    expect(add({ table, net: network, grant: { type: 'a/b', name: 'c' } })).toEqual({
      table,
      net: { ...network, dependsOn: ['grant2'] },
      grant: { type: 'a/b', name: 'c' },
      grant2: added('table'),
    });
  });

  test('may be one of several', () => {
    expect(add({ table, net: { ...network, dependsOn: ['other'] } }, 2)).toEqual({
      table,
      net: { ...network, dependsOn: ['other', 'grant', 'grant2'] },
      grant: added('table'),
      grant2: added('table'),
    });
  });

  test('is refused where what it is about waits for what waits', () => {
    expect(add([{ ...table, dependsOn: ['vnet'] }, network])).toBeUndefined();
  });
});

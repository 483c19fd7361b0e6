import { describe, expect, test } from 'vitest';
import { lowerBicep, lowerBicepParameters, parseBicep } from '../../../src/bicep/index.ts';
import type { Template } from '../../../src/template/template.ts';
import { sketch } from './sketch.ts';

function lower(text: string): Template {
  return lowerBicep(parseBicep(text, 'bicep'), 'file:///main.bicep');
}

describe('resources', () => {
  test('carry the full type, through every level of nesting', () => {
    const { resources } = lower(`resource v 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'v'
  resource s 'subnets' = {
    name: 's'
    resource t 'things@2020-01-01' existing = { name: 't' }
  }
  resource u 'subnets' = { name: 'u' }
}
resource w 'az:Contoso/w@1' = { name: 'w' }
`);
    expect(
      resources.map(({ symbol, type, apiVersion, enclosing, isExisting }) => [
        symbol,
        type,
        apiVersion,
        enclosing,
        isExisting,
      ]),
    ).toEqual([
      ['v', 'Microsoft.Network/virtualNetworks', '2024-05-01', undefined, false],
      ['s', 'Microsoft.Network/virtualNetworks/subnets', '2024-05-01', 0, false],
      ['t', 'Microsoft.Network/virtualNetworks/subnets/things', '2020-01-01', 1, true],
      ['u', 'Microsoft.Network/virtualNetworks/subnets', '2024-05-01', 0, false],
      ['w', 'Contoso/w', '1', undefined, false],
    ]);
  });

  test('keep their name, parent, scope, condition and loop', () => {
    const text = `resource s 'A/b/c@1' = [for (item, i) in list: if (item.on) {
  parent: v
  name: item.name
  scope: resourceGroup('x')
}]
`;
    const [resource] = lower(text).resources;
    if (resource === undefined) throw new Error('no resource');
    const { name, parent, scope, condition, loop, nameSpan, body } = resource;
    expect([name, parent, scope, condition, loop?.over].map((part) => part && sketch(part))).toEqual([
      'item["name"]',
      'v',
      'resourceGroup("x")',
      'item["on"]',
      'list',
    ]);
    expect([loop?.item, loop?.index, loop?.kind]).toEqual(['item', 'i', 'collection']);
    expect(text.slice(nameSpan.start, nameSpan.end)).toBe('s');
    expect(body.kind).toBe('object');
  });

  test('without a name or a body are kept', () => {
    const [first, second] = lower("resource 'A/b@1' = {}\nresource x 'A/b@1'\n").resources;
    expect([first?.symbol, first?.name.kind, first?.type]).toEqual([undefined, 'invalid', 'A/b']);
    expect([second?.symbol, second?.body.kind]).toEqual(['x', 'invalid']);
  });
});

describe('modules', () => {
  test.each([
    ["'./network.bicep'", './network.bicep'],
    ["'br/public:avm/res/network/virtual-network:0.5.0'", 'br/public:avm/res/network/virtual-network:0.5.0'],
  ])('keep the path %s', (path, expected) => {
    const [module] = lower(`module m ${path} = { name: 'm', params: { a: 1 }, scope: rg }`).modules;
    expect(module?.source).toMatchObject({ kind: 'path', path: expected });
    expect([module?.parameters, module?.name, module?.scope].map((part) => part && sketch(part))).toEqual([
      '{a:1}',
      '"m"',
      'rg',
    ]);
  });

  test('have no source where the path is missing', () => {
    expect(lower('module m = {}').modules[0]?.source).toEqual({ kind: 'unknown' });
  });
});

test('parameters keep the type that evaluation needs', () => {
  const types = [
    'string',
    "'a' | 'b'",
    '1 | 2',
    'true',
    'int[]',
    '[int, int]',
    '{ a: int }',
    'custom',
    'int?',
    "'a' | 1",
    'a.b',
  ];
  const { parameters } = lower(types.map((type, i) => `param p${i} ${type}`).join('\n'));
  expect(parameters.map(({ type, isNullable }) => `${type}${isNullable ? '?' : ''}`)).toEqual([
    'string',
    'string',
    'int',
    'bool',
    'array',
    'array',
    'object',
    'custom',
    'int?',
    "'a' | 1",
    'a.b',
  ]);
});

test('a template keeps its scope, variables, functions, outputs and imports', () => {
  const template = lower(`targetScope = 'managementGroup'
@export()
var a = 1
var b = 2
func f(x int, y int) int => x + y
output o int = f(a, b)
import { c, d as e } from 'other.bicep'
import * as ns from 'ns.bicep'
import 'legacy@1.0' as old
`);
  expect(template.targetScope).toBe('managementGroup');
  expect(template.variables.map(({ name, isExported }) => [name, isExported])).toEqual([
    ['a', true],
    ['b', false],
  ]);
  expect(template.functions.map(({ name, parameters, body }) => [name, parameters, sketch(body)])).toEqual([
    ['f', ['x', 'y'], '(x + y)'],
  ]);
  expect(template.outputs.map(({ name, value }) => [name, sketch(value)])).toEqual([['o', 'f(a b)']]);
  expect(template.imports.map(({ path, name, alias }) => [path, name, alias])).toEqual([
    ['other.bicep', 'c', 'c'],
    ['other.bicep', 'd', 'e'],
    ['ns.bicep', '*', 'ns'],
  ]);
});

describe('parameter files', () => {
  test('keep what they assign and which template it is for', () => {
    const text =
      "using './main.bicep'\nextends 'base.bicepparam'\nvar v = 1\nparam a = v\nparam b = 'x'\nimport { c } from 'd.bicep'\n";
    const file = lowerBicepParameters(parseBicep(text, 'bicepparam'), 'file:///main.bicepparam');
    expect(file.using).toEqual({ path: './main.bicep', pathSpan: { start: 7, end: 19 } });
    expect(file.base?.path).toBe('base.bicepparam');
    expect(file.values.map(({ name, value }) => [name, sketch(value)])).toEqual([
      ['a', 'v'],
      ['b', '"x"'],
    ]);
    expect([file.variables.length, file.imports.length]).toEqual([1, 1]);
  });

  test('may be for no template', () => {
    expect(lowerBicepParameters(parseBicep('using none\n', 'bicepparam'), 'f').using).toBeUndefined();
  });
});

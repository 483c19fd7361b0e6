import { describe, expect, test } from 'vitest';
import { analyse } from '../../../src/service/analysis.ts';
import { defaultSettings } from '../../../src/service/settings.ts';
import { evaluateText, probe, templateText } from './arm-evaluation.ts';
import { armModel } from './network/models.ts';

const subnet = { type: 'Microsoft.Network/virtualNetworks/subnets', apiVersion: '2024-05-01' };
const deployment = { type: 'Microsoft.Resources/deployments', apiVersion: '2022-09-01' };

function innerDeployment(name: string, template: object, extra: object = {}): object {
  return { ...deployment, name, ...extra, properties: { expressionEvaluationOptions: { scope: 'inner' }, template } };
}

describe('variables and parameters that go round in circles', () => {
  test('are unknown with a reason', () => {
    const elements = {
      variables: { a: "[variables('b')]", b: "[first(createArray(variables('a')))]", self: "[variables('self')]" },
      parameters: { p: { type: 'string', defaultValue: "[parameters('p')]" } },
    };
    expect(probe({ a: "[variables('a')]", self: "[variables('SELF')]", p: "[parameters('p')]" }, elements)).toEqual({
      a: '? cycle: variable a refers to itself',
      self: '? cycle: variable self refers to itself',
      p: '? cycle: parameter p refers to itself',
    });
  });

  test('a function that calls itself is unknown', () => {
    const member = { parameters: [], output: { type: 'string', value: '[own.f()]' } };
    expect(probe({ a: '[own.f()]' }, { functions: [{ namespace: 'own', members: { f: member } }] })).toEqual({
      a: '? cycle: function own.f calls itself',
    });
  });

  test('a hundred variables that each double the one before end in a moment', () => {
    const variables = Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [
        `v${i}`,
        i === 0 ? 'x' : `[concat(variables('v${i - 1}'), variables('v${i - 1}'))]`,
      ]),
    );
    const result = probe({ a: "[variables('v99')]" }, { variables });
    expect(result['a']).toMatch(/^\? too-large/);
  });
});

describe('loops of millions of rounds', () => {
  test('of a resource are cut at the limit of Resource Manager', () => {
    const copy = { name: 'l', count: 5_000_000 };
    const result = evaluateText(
      templateText({ resources: [{ ...subnet, name: "[concat('vnet/', copyIndex())]", copy }] }),
    );
    expect(result.resources).toHaveLength(800);
    expect(result.resources[0]?.isWholeLoop).toBe(false);
  });

  test('of a property leave the array open', () => {
    const copy = [{ name: 'many', count: 5_000_000, input: '[copyIndex()]' }];
    const result = probe({ copy, first: 1 });
    expect(result['first']).toBe(1);
  });

  test('inside each other share one budget', () => {
    const inner = [{ name: 'b', count: 9_000, input: { copy: [{ name: 'c', count: 9_000, input: 'x' }] } }];
    const copy = [{ name: 'a', count: 9_000, input: { copy: inner } }];
    const result = probe({ copy, length: '[length(range(0, 3))]' });
    expect(result['length']).toBe(3);
  });

  test('of deployments inside each other end, and what was not read is noted', () => {
    let template: object = { ...JSON.parse(templateText({})), resources: [{ ...subnet, name: 'vnet/a' }] };
    for (let level = 0; level < 4; level++) {
      const loop = innerDeployment(`l${level}`, template, { copy: { name: 'l', count: 800 } });
      template = { ...JSON.parse(templateText({})), resources: [loop] };
    }
    const result = armModel(JSON.stringify(template));
    expect(result.unreadParts.length).toBeGreaterThan(0);
  });

  test('a count that is negative or no number is no whole loop', () => {
    const loops = [-3, 'three', "[parameters('n')]"].map((count, i) => ({
      ...subnet,
      name: `vnet/${i}`,
      copy: { name: `l${i}`, count },
    }));
    const { resources } = evaluateText(templateText({ parameters: { n: { type: 'int' } }, resources: loops }));
    expect(resources.map(({ isWholeLoop }) => isWholeLoop)).toEqual([false, false, false]);
  });
});

describe('deployments nested deeply', () => {
  test('are followed for fifty levels, and no further', () => {
    let template: object = { ...JSON.parse(templateText({})), resources: [{ ...subnet, name: 'vnet/innermost' }] };
    const depths: number[] = [];
    for (let level = 1; level <= 60; level++) {
      template = { ...JSON.parse(templateText({})), resources: [innerDeployment('n', template)] };
      const { subnets, unreadParts } = armModel(JSON.stringify(template));
      if (subnets.length === 1 && unreadParts.length === 0) depths.push(level);
      else expect(unreadParts).toHaveLength(1);
    }
    expect(depths).toHaveLength(50);
  });
});

describe('what a person sees of bad input', () => {
  test.each([
    ['an unclosed bracket', "[concat('a', 'b']"],
    ['an unknown function', "[noSuchFunctionAtAll('a')]"],
    ['too few arguments', "[cidrSubnet('10.0.0.0/16')]"],
    ['a wrong type', "[add('a', createArray())]"],
  ])('%s leaves the rest linted', (_, expression) => {
    const text = templateText({
      variables: { broken: expression },
      resources: [
        {
          type: 'Microsoft.Network/virtualNetworks',
          apiVersion: '2024-05-01',
          name: 'vnet',
          location: "[variables('broken')]",
          properties: {
            addressSpace: { addressPrefixes: ["[variables('broken')]", '10.0.0.0/16'] },
            subnets: [
              { name: 'a', properties: { addressPrefix: '10.0.0.0/24' } },
              { name: 'b', properties: { addressPrefix: '10.0.0.128/25' } },
            ],
          },
        },
      ],
    });
    const document = { uri: 'file:///main.json', languageId: 'json', version: 1, text };
    const analysis = analyse(document, defaultSettings, (rule, _uri, error) => {
      throw new Error(rule, { cause: error });
    });
    expect(analysis?.diagnostics.map(({ rule }) => rule)).toContain('subnet-overlap');
  });
});

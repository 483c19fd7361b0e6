import { describe, expect, test } from 'vitest';
import { expectLinear } from '../../support/growth.ts';
import { evaluateText, probe, sketch, templateText } from './arm-evaluation.ts';

const network = {
  type: 'Microsoft.Network/virtualNetworks',
  apiVersion: '2024-05-01',
  name: "[format('vnet-{0}', 'hub')]",
  location: 'westeurope',
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.0.0.0/24' } }],
  },
};
const networkId = "resourceId('Microsoft.Network/virtualNetworks', 'vnet-hub')";
const path = '/subscriptions/{subscription().subscriptionId}/resourceGroups/{resourceGroup().name}';

function nested(name: string, template: object, extra: object = {}): object {
  return {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2022-09-01',
    name,
    ...extra,
    properties: { mode: 'Incremental', expressionEvaluationOptions: { scope: 'inner' }, template },
  };
}

function outputs(values: Readonly<Record<string, unknown>>): object {
  const entries = Object.entries(values).map(([name, value]) => [name, { type: 'string', value }]);
  return { ...JSON.parse(templateText({})), outputs: Object.fromEntries(entries) };
}

describe('reference() of a resource in the same template', () => {
  test.each([
    ['its id', `reference(${networkId}, '2024-05-01')`],
    ['its name', "reference('VNET-hub')"],
    ['type and name', "reference('Microsoft.Network/virtualNetworks/vnet-hub', '2024-05-01')"],
  ])('finds it by %s', (_, call) => {
    expect(
      probe(
        {
          prefix: `[${call}.addressSpace.addressPrefixes[0]]`,
          subnet: `[${call}.subnets[0].properties.addressPrefix]`,
          id: `[${call}.subnets[0].id]`,
        },
        { resources: [network] },
      ),
    ).toEqual({
      prefix: '10.0.0.0/16',
      subnet: '10.0.0.0/24',
      id: `${path}/providers/Microsoft.Network/virtualNetworks/vnet-hub/subnets/nodes`,
    });
  });

  test('gives the whole resource when it is asked for', () => {
    const full = `reference(${networkId}, '2024-05-01', 'full')`;
    expect(
      probe(
        {
          location: `[${full}.location]`,
          id: `[${full}.resourceId]`,
          prefix: `[${full}.properties.addressSpace.addressPrefixes[0]]`,
        },
        { resources: [network] },
      ),
    ).toEqual({
      location: 'westeurope',
      id: `${path}/providers/Microsoft.Network/virtualNetworks/vnet-hub`,
      prefix: '10.0.0.0/16',
    });
  });

  test('takes nothing for absent that the service may set', () => {
    expect(
      probe(
        { guid: `[reference(${networkId}).resourceGuid]`, more: `[length(reference(${networkId}).subnets)]` },
        { resources: [network] },
      ),
    ).toEqual({
      guid: '? unsupported: not all properties of the object are known, "resourceGuid" is among the others',
      more: 1,
    });
  });

  test('finds a subnet that is declared inside its network', () => {
    const id = "resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-hub', 'nodes')";
    expect(probe({ prefix: `[reference(${id}, '2024-05-01').addressPrefix]` }, { resources: [network] })).toEqual({
      prefix: '10.0.0.0/24',
    });
  });

  test('finds one copy of a loop', () => {
    const copies = {
      ...network,
      name: "[concat('vnet-', copyIndex())]",
      copy: { name: 'all', count: 3 },
      properties: { addressSpace: { addressPrefixes: ["[cidrSubnet('10.0.0.0/8', 16, copyIndex())]"] } },
    };
    expect(
      probe(
        {
          third: "[reference(concat('vnet-', 2)).addressSpace.addressPrefixes[0]]",
          fourth: "[reference(concat('vnet-', 3)).addressSpace.addressPrefixes[0]]",
        },
        { resources: [copies] },
      ),
    ).toEqual({
      third: '10.2.0.0/16',
      fourth: '? deploy-time: what a resource looks like is known only at deployment',
    });
  });

  test('says nothing of what another template deploys, of two of one name, and of what is never deployed', () => {
    const twins = [network, { ...network, type: 'Microsoft.Network/routeTables' }];
    const unknown = '? deploy-time: what a resource looks like is known only at deployment';
    expect(probe({ a: "[reference('elsewhere').x]" }, { resources: [network] })).toEqual({ a: unknown });
    expect(probe({ a: "[reference('vnet-hub').addressSpace]" }, { resources: twins })).toEqual({ a: unknown });
    expect(
      probe({ a: "[reference('vnet-hub').addressSpace]" }, { resources: [{ ...network, condition: false }] }),
    ).toEqual({ a: unknown });
  });

  test('ends where resources reference each other', () => {
    const one = { ...network, name: 'one', properties: { x: "[reference('two').x]" } };
    const two = { ...network, name: 'two', properties: { x: "[reference('one').x]" } };
    expect(probe({ a: "[reference('one').x]" }, { resources: [one, two] })).toEqual({
      a: '? cycle: the resource refers to itself',
    });
  });

  test('costs no more for many calls than for one', () => {
    expectLinear(1600, (count) => {
      const subnets = Array.from({ length: count }, (_, i) => ({ name: `s${i}`, properties: { x: i } }));
      const calls = Object.fromEntries(subnets.map((_, i) => [`p${i}`, `[reference('vnet-hub').subnets[${i}].id]`]));
      return () => probe(calls, { resources: [{ ...network, properties: { subnets } }] });
    });
  });
});

describe('symbolic names', () => {
  const resources = {
    vnet: network,
    old: { ...network, existing: true, name: 'old', properties: undefined },
    loop: {
      ...network,
      name: "[concat('vnet-', copyIndex())]",
      copy: { name: 'loop', count: 2 },
      properties: { subnets: [{ name: "[concat('s', copyIndex())]" }] },
    },
  };
  const elements = { languageVersion: '2.0', resources };

  test('name resources, existing ones and copies', () => {
    expect(
      probe(
        {
          prefix: "[reference('vnet').addressSpace.addressPrefixes[0]]",
          full: "[reference('vnet', '2024-05-01', 'full').properties.addressSpace.addressPrefixes[0]]",
          old: "[reference('old').addressSpace]",
          second: "[reference(format('loop[{0}]', 1)).subnets[0].name]",
        },
        elements,
      ),
    ).toEqual({
      prefix: '10.0.0.0/16',
      full: '10.0.0.0/16',
      old: '? existing-resource: the resource exists already and its "properties" is not in the files',
      second: 's1',
    });
  });

  test('resourceInfo() knows id, name and type of existing resources too', () => {
    expect(
      probe(
        {
          id: "[resourceInfo('old').id]",
          name: "[resourceInfo('vnet').name]",
          type: "[resourceInfo('vnet').type]",
          copy: "[resourceInfo('loop[1]').id]",
        },
        elements,
      ),
    ).toEqual({
      id: `${path}/providers/Microsoft.Network/virtualNetworks/old`,
      name: 'vnet-hub',
      type: 'Microsoft.Network/virtualNetworks',
      copy: `${path}/providers/Microsoft.Network/virtualNetworks/vnet-1`,
    });
  });

  test('references() gives every copy of a loop', () => {
    expect(
      probe(
        {
          names: "[map(references('loop'), lambda('v', lambdaVariables('v').subnets[0].name))]",
          locations: "[map(references('loop', 'full'), lambda('v', lambdaVariables('v').location))]",
          none: "[references('vnet')]",
        },
        elements,
      ),
    ).toEqual({
      names: ['s0', 's1'],
      locations: ['westeurope', 'westeurope'],
      none: '? deploy-time: what a resource looks like is known only at deployment',
    });
  });
});

describe('outputs of nested deployments', () => {
  const inner = outputs({ prefix: '10.1.0.0/16' });

  test('are found by name, id and symbol', () => {
    const elements = { languageVersion: '2.0', resources: { symbol: nested('inner', inner) } };
    expect(
      probe(
        {
          name: "[reference('inner').outputs.prefix.value]",
          id: "[reference(resourceId('Microsoft.Resources/deployments', 'inner'), '2022-09-01').outputs.prefix.value]",
          symbol: "[reference('symbol').outputs.prefix.value]",
          full: "[reference('symbol', '2022-09-01', 'full').properties.outputs.prefix.value]",
          state: "[reference('symbol').provisioningState]",
        },
        elements,
      ),
    ).toEqual({
      name: '10.1.0.0/16',
      id: '10.1.0.0/16',
      symbol: '10.1.0.0/16',
      full: '10.1.0.0/16',
      state: '? deploy-time: "provisioningState" is known only at deployment',
    });
  });

  test('are told apart by the round of a loop and by resource group', () => {
    const template = {
      ...inner,
      parameters: { index: { type: 'int' } },
      outputs: { prefix: { type: 'string', value: "[cidrSubnet('10.0.0.0/8', 16, parameters('index'))]" } },
    };
    const loop = {
      type: 'Microsoft.Resources/deployments',
      apiVersion: '2022-09-01',
      name: "[concat('net', copyIndex())]",
      resourceGroup: 'rg-network',
      copy: { name: 'nets', count: 3 },
      properties: {
        expressionEvaluationOptions: { scope: 'inner' },
        parameters: { index: { value: '[copyIndex(4)]' } },
        template,
      },
    };
    const id = (name: string) => `resourceId('rg-network', 'Microsoft.Resources/deployments', ${name})`;
    expect(
      probe({ second: `[reference(${id("concat('net', 1)")}).outputs.prefix.value]` }, { resources: [loop] }),
    ).toEqual({ second: '10.5.0.0/16' });
  });

  test('end where a deployment uses its own outputs', () => {
    const text = "[concat(reference('inner').outputs.prefix.value, reference('inner').outputs.prefix.value)]";
    const template = { ...inner, outputs: { prefix: { type: 'string', value: text } } };
    const outer = { type: 'Microsoft.Resources/deployments', name: 'inner', properties: { template } };
    expect(probe({ a: "[reference('inner').outputs.prefix.value]" }, { resources: [outer] })).toEqual({
      a: '? cycle: the outputs of the module use themselves',
    });
  });
});

describe('nested deployments with outer scope', () => {
  test('see the loop, the functions and the resource group of the template around them', () => {
    const probeType = 'Test.Probe/inner';
    const template = {
      ...JSON.parse(templateText({})),
      resources: [
        {
          type: probeType,
          name: 'x',
          properties: {
            index: "[copyIndex('around')]",
            plain: '[copyIndex()]',
            call: "[own.twice('a')]",
            group: '[resourceGroup().name]',
          },
        },
      ],
    };
    const outer = {
      type: 'Microsoft.Resources/deployments',
      name: 'n',
      resourceGroup: 'other',
      copy: { name: 'around', count: 2 },
      properties: { template },
    };
    const functions = [
      {
        namespace: 'own',
        members: {
          twice: {
            parameters: [{ name: 't', type: 'string' }],
            output: { type: 'string', value: "[concat(parameters('t'), parameters('t'))]" },
          },
        },
      },
    ];
    const { resources } = evaluateText(templateText({ functions, resources: [outer] }));
    expect(resources.map((resource) => sketch(resource.member('properties')))).toEqual([
      { index: 0, plain: 0, call: 'aa', group: '? deploy-time: the resource group is known only at deployment' },
      { index: 1, plain: 1, call: 'aa', group: '? deploy-time: the resource group is known only at deployment' },
    ]);
  });
});

test('nested deployments see their own variables from language version 2.0 on, unless they say otherwise', () => {
  const read = (languageVersion: string, scope?: string): unknown => {
    const template = {
      ...JSON.parse(templateText({ variables: { whose: 'inner' } })),
      resources: [{ type: 'Test.Probe/inner', name: 'x', properties: { whose: "[variables('whose')]" } }],
    };
    const expressionEvaluationOptions = scope === undefined ? undefined : { scope };
    const nestedOne = {
      type: 'Microsoft.Resources/deployments',
      name: 'n',
      properties: { expressionEvaluationOptions, template },
    };
    const resources = languageVersion === '2.0' ? { nestedOne } : [nestedOne];
    const evaluated = evaluateText(templateText({ languageVersion, variables: { whose: 'outer' }, resources }));
    return evaluated.resources.map((resource) => sketch(resource.member('properties')));
  };
  expect(read('2.0')).toEqual([{ whose: 'inner' }]);
  expect(read('2.0', 'Outer')).toEqual([{ whose: 'outer' }]);
  expect(read('1.0')).toEqual([{ whose: 'outer' }]);
  expect(read('1.0', 'Inner')).toEqual([{ whose: 'inner' }]);
});

describe('what is known only at deployment', () => {
  test.each([
    "listKeys('x', '2024-01-01').keys[0].value",
    'deployment().name',
    "newGuid('x')",
    "reference(parameters('id')).x",
  ])('%s is unknown with a reason', (call) => {
    const { a } = probe({ a: `[${call}]` }, { parameters: { id: { type: 'string' } } });
    expect(a).toMatch(/^\? (deploy-time|parameter-without-default): \w+/);
  });
});

describe('arguments of nested deployments', () => {
  const template = {
    ...JSON.parse(templateText({})),
    parameters: { a: { type: 'string' }, b: { type: 'string', defaultValue: 'own' } },
    resources: [
      { type: 'Test.Probe/inner', name: 'x', properties: { a: "[parameters('a')]", b: "[parameters('b')]" } },
    ],
  };
  const call = (parameters: unknown) => ({
    type: 'Microsoft.Resources/deployments',
    name: 'n',
    properties: { expressionEvaluationOptions: { scope: 'inner' }, parameters, template },
  });

  test.each([
    ['one by one', { a: { value: '1' }, b: { value: '2' } }, { a: '1', b: '2' }],
    ['chosen by an expression', { a: "[if(true(), createObject('value', '1'), null())]" }, { a: '1', b: 'own' }],
    ['computed together', "[createObject('a', createObject('value', '1'))]", { a: '1', b: 'own' }],
  ])('are read when they are given %s', (_, parameters, expected) => {
    const { resources } = evaluateText(templateText({ resources: [call(parameters)] }));
    expect(resources.map((resource) => sketch(resource.member('properties')))).toEqual([expected]);
  });
});

test('a scope that is named by type and name lies in the resource group of the deployment', () => {
  const scope = "[format('Microsoft.Network/virtualNetworks/{0}', 'vnet')]";
  const role = { type: 'Microsoft.Authorization/roleAssignments', name: 'r', scope, properties: {} };
  expect(evaluateText(templateText({ resources: [role] })).resources.map(({ id }) => sketch(id))).toEqual([
    `${path}/providers/Microsoft.Network/virtualNetworks/vnet/providers/Microsoft.Authorization/roleAssignments/r`,
  ]);
});

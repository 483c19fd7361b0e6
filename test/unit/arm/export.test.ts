import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseArm, recogniseArm } from '../../../src/arm/index.ts';
import type { Model } from '../../../src/model/model.ts';
import { analyse } from '../../../src/service/analysis.ts';
import { viewModel } from '../../../src/service/model-view.ts';
import { defaultSettings } from '../../../src/service/settings.ts';
import { fixturesFolder } from '../../support/fixtures.ts';
import { expectLinear } from '../../support/growth.ts';

const subscription = '/subscriptions/11111111-2222-3333-4444-555555555555';
const network = `${subscription}/resourcegroups/rg-network/providers/microsoft.network`;

function exported(name: string): string {
  return readFileSync(path.join(fixturesFolder, 'projects/arm-exported', name), 'utf8');
}

function modelOf(text: string): Model {
  const document = { uri: 'file:///export.json', languageId: 'json', version: 1, text };
  const analysis = analyse(document, defaultSettings, (rule, _, error) => {
    throw new Error(rule, { cause: error });
  });
  if (analysis === undefined) throw new Error('the text is not recognised');
  return analysis.model;
}

describe('recognising printed resources', () => {
  const id = `"id": "${subscription}/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/vnet"`;

  test.each([
    ['a resource', `{ "etag": null, "nested": { ${id} }, ${id} }`, 'resources'],
    ['an array', `[ { "name": "vnet", ${id} } ]`, 'resources'],
    ['a REST list', `{ "value": [ { "name": "vnet", ${id} } ], "nextLink": null }`, 'resources'],
    ['another spelling', `{ ${id.replace('Microsoft.Network', 'microsoft.network')} }`, 'resources'],
    ['a template that holds an id', `{ "x": 1, "resources": [ { ${id} } ] }`, undefined],
    ['an array of arrays', `[ [ { ${id} } ] ]`, undefined],
    ['an id inside a list of another name', `{ "values": [ { ${id} } ] }`, undefined],
    ['a resource of another provider', `{ ${id.replace('Microsoft.Network', 'Microsoft.Storage')} }`, undefined],
    [
      'an id that goes no further',
      '{ "id": "/subscriptions/a/resourceGroups/b/providers/Microsoft.Network/c" }',
      undefined,
    ],
    ['an id in a string', `{ "a": "{ ${id.replaceAll('"', '\\"')} }" }`, undefined],
  ])('tells what %s is', (_, text, kind) => {
    expect(recogniseArm(text)).toBe(kind);
  });

  test('costs no more than the length of a large file of another kind', () => {
    expectLinear(100_000, (count) => {
      const text = `{ "items": [${'{ "id": "/some/other/path", "value": [1, 2, 3] },'.repeat(count)} {}] }`;
      return () => expect(recogniseArm(text)).toBeUndefined();
    });
  });
});

describe('what the Azure CLI prints', () => {
  test('of a network, its subnets beside their names', () => {
    const { virtualNetworks, subnets } = viewModel(modelOf(exported('vnet-show.json')));
    expect(virtualNetworks).toMatchObject([
      {
        type: 'Microsoft.Network/virtualNetworks',
        name: { text: 'vnet-aks' },
        id: `${network}/virtualnetworks/vnet-aks`,
        addressPrefixes: { complete: true, items: [{ text: '10.20.0.0/16' }] },
        subnets: { complete: true },
      },
    ]);
    expect(subnets).toMatchObject([
      {
        id: `${network}/virtualnetworks/vnet-aks/subnets/snet-nodes`,
        addressPrefixes: { complete: true, items: [{ text: '10.20.0.0/24' }] },
        routeTable: { text: `${network}/routetables/rt-egress` },
      },
      { addressPrefixes: { complete: true, items: [{ text: '10.20.1.0/24' }] }, routeTable: { state: 'absent' } },
    ]);
  });

  test('of a route table', () => {
    expect(viewModel(modelOf(exported('route-table-show.json')))['routeTables']).toMatchObject([
      {
        id: `${network}/routetables/rt-egress`,
        routes: {
          complete: true,
          items: [
            {
              name: { text: 'default' },
              addressPrefix: { text: '0.0.0.0/0' },
              nextHopType: { text: 'VirtualAppliance' },
              nextHopIpAddress: { text: '10.0.1.4' },
            },
          ],
        },
      },
    ]);
  });

  test('of a cluster, whose nulls are properties that are not set', () => {
    expect(viewModel(modelOf(exported('aks-show.json')))['managedClusters']).toMatchObject([
      {
        id: `${subscription}/resourcegroups/rg-aks/providers/microsoft.containerservice/managedclusters/aks-prod`,
        networkProfile: {
          networkPlugin: { text: 'azure' },
          networkPluginMode: { state: 'absent' },
          serviceCidr: { text: '10.0.0.0/16' },
          dnsServiceIP: { text: '10.0.0.1' },
          podCidr: { state: 'absent' },
        },
      },
    ]);
  });

  test('of several networks', () => {
    const { virtualNetworks, subnets } = viewModel(modelOf(exported('vnet-list.json')));
    expect(virtualNetworks).toMatchObject([{ name: { text: 'vnet-a' } }, { name: { text: 'vnet-b' } }]);
    expect(subnets).toMatchObject([{ addressPrefixes: { items: [{ text: '10.31.0.0/24' }] } }]);
  });

  test('of a child, whose parent is told by its id', () => {
    const id = `${network}/virtualNetworks/vnet-aks/subnets/one`;
    const text = JSON.stringify({ addressPrefix: '10.20.2.0/24', id, name: 'one' });
    expect(viewModel(modelOf(text))['subnets']).toMatchObject([
      {
        name: { text: 'one' },
        virtualNetwork: `${network}/virtualnetworks/vnet-aks`,
        addressPrefixes: { items: [{ text: '10.20.2.0/24' }] },
      },
    ]);
  });

  test('of resources whose properties were not asked for, is no resource without properties', () => {
    const id = `${network}/virtualNetworks/vnet-aks`;
    const model = modelOf(JSON.stringify([{ id, name: 'vnet-aks', properties: null, type: 'x' }]));
    expect(model.virtualNetworks).toEqual([]);
    expect(model.unreadParts).toHaveLength(1);
  });
});

describe('what the REST API returns', () => {
  test('reads the properties where they are', () => {
    const { virtualNetworks, subnets } = viewModel(modelOf(exported('vnet-get.json')));
    expect(virtualNetworks).toMatchObject([
      { name: { text: 'vnet-raw' }, addressPrefixes: { items: [{ text: '10.40.0.0/16' }] } },
    ]);
    expect(subnets).toMatchObject([{ name: { text: 'AzureFirewallSubnet' } }]);
  });
});

test('text in square brackets is no expression there', () => {
  const id = `${network}/virtualNetworks/vnet-aks`;
  const text = JSON.stringify({ id, name: '[concat(', location: '[x]' });
  expect(parseArm(text).errors).toEqual([]);
});

test('every beginning of a printed resource is read without throwing', () => {
  const text = exported('cluster-and-network.json');
  for (let end = 0; end < text.length; end += 7) {
    const document = { uri: 'file:///export.json', languageId: 'json', version: 1, text: text.slice(0, end) };
    analyse(document, defaultSettings, (rule, _, error) => {
      throw new Error(rule, { cause: error });
    });
  }
});

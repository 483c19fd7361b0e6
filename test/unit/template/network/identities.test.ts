import { describe, expect, test } from 'vitest';
import type { Model } from '../../../../src/model/model.ts';
import { knownValue } from '../../../../src/model/value.ts';
import { templateText } from '../arm-evaluation.ts';
import { armModel, bicepModel, id, short, shortOfBoth, unknown } from './models.ts';

const identity = 'Microsoft.ManagedIdentity/userAssignedIdentities';
const assignment = 'Microsoft.Authorization/roleAssignments';
const cluster = 'Microsoft.ContainerService/managedClusters';
const network = 'Microsoft.Network/virtualNetworks';
const subnet = 'Microsoft.Network/virtualNetworks/subnets';
const contributor = '4d97b98b-1d4f-4787-a291-c67834d212e7';

const models: [string, () => Model][] = [
  [
    'Bicep',
    () =>
      bicepModel(`resource own '${identity}@2023-01-31' = {
  name: 'own'
}
resource old '${identity}@2023-01-31' existing = {
  name: 'old'
}
resource vnet '${network}@2024-05-01' existing = {
  name: 'vnet'
  resource nodes 'subnets' existing = {
    name: 'nodes'
  }
}
resource onSubnet '${assignment}@2022-04-01' = {
  name: guid('a')
  scope: vnet::nodes
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${contributor}')
    principalId: own.properties.principalId
  }
}
resource onGroup '${assignment}@2022-04-01' = {
  name: guid('b')
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${contributor}')
    principalId: old.properties.principalId
  }
}
resource aks '${cluster}@2025-01-01' = {
  name: 'aks'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '\${own.id}': {} } }
}
`),
  ],
  [
    'ARM',
    () => {
      const ownId = `resourceId('${identity}', 'own')`;
      const roleDefinitionId = `[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '${contributor}')]`;
      const principalOf = (name: string): string =>
        `[reference(resourceId('${identity}', '${name}'), '2023-01-31').principalId]`;
      return armModel(
        templateText({
          resources: [
            { type: identity, apiVersion: '2023-01-31', name: 'own' },
            {
              type: assignment,
              apiVersion: '2022-04-01',
              name: "[guid('a')]",
              scope: `[resourceId('${subnet}', 'vnet', 'nodes')]`,
              properties: { roleDefinitionId, principalId: principalOf('own') },
            },
            {
              type: assignment,
              apiVersion: '2022-04-01',
              name: "[guid('b')]",
              properties: { roleDefinitionId, principalId: principalOf('old') },
            },
            {
              type: cluster,
              apiVersion: '2025-01-01',
              name: 'aks',
              identity: { type: 'UserAssigned', userAssignedIdentities: { [`[format('{0}', ${ownId})]`]: {} } },
            },
          ],
        }),
      );
    },
  ],
];

describe.each(models)('identities in %s', (_, model) => {
  test('are found again in role assignments and clusters', () => {
    const { userAssignedIdentities, roleAssignments, managedClusters } = model();
    const own = userAssignedIdentities.find(({ id: text }) => text.endsWith('/own'))?.id;
    expect(own).toContain('userassignedidentities/own');
    expect(roleAssignments.map(({ principalId }) => knownValue(principalId)?.resourceId)).toEqual([
      own,
      own?.replace(/own$/, 'old'),
    ]);
    const [aks] = managedClusters;
    expect(aks?.identity.userAssignedIdentities.items.map((item) => knownValue(item)?.id)).toEqual([own]);
    expect(aks?.identity.userAssignedIdentities.isComplete).toBe(true);
  });

  test('get roles on a scope', () => {
    const { roleAssignments } = model();
    expect(roleAssignments.map(({ scopeId, roleName }) => [scopeId.split('/').at(-1), roleName])).toEqual([
      ['nodes', contributor],
      ['{resourcegroup().name}', contributor],
    ]);
  });
});

test('role assignments may name who gets the role, or not be known', () => {
  const [bicep, arm] = shortOfBoth('roleAssignments', [
    [
      assignment,
      { name: 'a', properties: { principalId: '5D97B98B-0000-0000-0000-C67834D212E7', roleDefinitionId: unknown } },
    ],
    [assignment, { name: 'b', properties: unknown }],
    [assignment, { name: 'c' }],
  ]);
  expect(bicep).toEqual([
    {
      name: 'a',
      scope: '/subscriptions/{subscription().subscriptionid}/resourcegroups/{resourcegroup().name}',
      roleDefinitionId: '?',
      principalId: '5d97b98b-0000-0000-0000-c67834d212e7',
    },
    {
      name: 'b',
      scope: '/subscriptions/{subscription().subscriptionid}/resourcegroups/{resourcegroup().name}',
      roleDefinitionId: '?',
      principalId: '?',
    },
    { name: 'c', scope: '/subscriptions/{subscription().subscriptionid}/resourcegroups/{resourcegroup().name}' },
  ]);
  expect(arm).toEqual(bicep);
});

test('private DNS zones have links', () => {
  const zone = 'Microsoft.Network/privateDnsZones';
  const link = 'Microsoft.Network/privateDnsZones/virtualNetworkLinks';
  const [bicep, arm] = shortOfBoth('privateDnsZones', [
    [zone, { name: 'privatelink.westeurope.azmk8s.io' }],
    [
      link,
      {
        name: 'privatelink.westeurope.azmk8s.io/hub',
        properties: { virtualNetwork: { id: id(network, 'hub') }, registrationEnabled: false },
      },
    ],
    [link, { name: 'privatelink.westeurope.azmk8s.io/dark', properties: unknown }],
    [zone, { name: 'bare' }],
  ]);
  expect(bicep).toEqual([
    {
      name: 'privatelink.westeurope.azmk8s.io',
      virtualNetworkLinks: [
        { name: 'hub', virtualNetwork: 'virtualnetworks/hub', registrationEnabled: 'false' },
        { name: 'dark', virtualNetwork: '?', registrationEnabled: '?' },
      ],
    },
    { name: 'bare' },
  ]);
  expect(arm).toEqual(bicep);
});

test('a next hop is found to be the address of a firewall', () => {
  const model = bicepModel(`resource firewall 'Microsoft.Network/azureFirewalls@2024-05-01' = {
  name: 'fw'
  properties: { ipConfigurations: [{ name: 'main', properties: {} }] }
}
resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt'
  properties: {
    routes: [
      {
        name: 'out'
        properties: {
          nextHopIpAddress: firewall.properties.ipConfigurations[0].properties.privateIPAddress
        }
      }
    ]
  }
}
`);
  expect(model.routeTables[0]?.routes.items[0]?.nextHopResourceId).toBe(model.azureFirewalls[0]?.id);
  expect(short(model, 'routeTables')).toEqual([{ name: 'rt', routes: [{ name: 'out', nextHopIpAddress: '?' }] }]);
});

import { describe, expect, it } from 'vitest';
import { armModel, bicepModel } from './network/models.ts';

const group = '/subscriptions/{subscription().subscriptionid}/resourcegroups/{resourcegroup().name}';
const networks = '/providers/microsoft.network/virtualnetworks';

const vnet = `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } }]
  }
}
`;

/** The id of the subnet of a pool that names it by this expression, and whether the files declare that subnet. */
function poolSubnet(expression: string, declarations = vnet): { id: string | undefined; isDeclared: boolean } {
  const model = bicepModel(`${declarations}
resource pool 'Microsoft.ContainerService/managedClusters/agentPools@2025-01-01' = {
  name: 'aks/system'
  properties: { count: 1, vnetSubnetID: ${expression} }
}
`);
  const reference = model.agentPools[0]?.vnetSubnetID;
  const id = reference?.kind === 'known' ? reference.value.id : undefined;
  return { id, isDeclared: model.subnets.some((subnet) => subnet.id === id) };
}

describe('the id of a subnet is the same, however it is written', () => {
  const nodes = `${group}${networks}/vnet/subnets/nodes`;

  it.each([
    ["'${vnet.id}/subnets/nodes'"],
    ["resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet', 'nodes')"],
    ["resourceId('Microsoft.Network/virtualNetworks/subnets', vnet.name, vnet.properties.subnets[0].name)"],
    ['vnet.properties.subnets[0].id'],
    ['first(vnet.properties.subnets)!.id'],
    ["filter(vnet.properties.subnets, s => s.name == 'nodes')[0].id"],
    ["format('{0}/subnets/{1}', vnet.id, 'nodes')"],
    [
      "'/subscriptions/${subscription().subscriptionId}/resourceGroups/${resourceGroup().name}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/nodes'",
    ],
    ["'${resourceGroup().id}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/NODES'"],
  ])('%s', (expression) => {
    expect(poolSubnet(expression)).toEqual({ id: nodes, isDeclared: true });
  });

  it.each([
    [
      'parent:',
      "resource nodes 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' existing = {\n  parent: vnet\n  name: 'nodes'\n}\n",
      'nodes.id',
    ],
    [
      'a name with a slash',
      "resource nodes 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' existing = {\n  name: 'vnet/nodes'\n}\n",
      'nodes.id',
    ],
    [
      'the name of the network in front',
      "resource nodes 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' existing = {\n  name: '${vnet.name}/nodes'\n}\n",
      'nodes.id',
    ],
    [
      'a network that exists',
      "resource same 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {\n  name: 'vnet'\n  resource nodes 'subnets' existing = {\n    name: 'nodes'\n  }\n}\n",
      'same::nodes.id',
    ],
  ])('of a resource declared with %s', (_, declaration, expression) => {
    expect(poolSubnet(expression, vnet + declaration)).toEqual({ id: nodes, isDeclared: true });
  });

  it('inside of a loop of networks', () => {
    const looped = vnet
      .replace("= {\n  name: 'vnet'", "= [for i in range(0, 3): {\n  name: 'vnet-${i}'")
      .replace(/\}\n$/, '}]\n');
    const { id, isDeclared } = poolSubnet('vnet[2].properties.subnets[0].id', looped);
    expect(id).toBe(`${group}${networks}/vnet-2/subnets/nodes`);
    expect(isDeclared).toBe(true);
    expect(poolSubnet("'${vnet[1].id}/subnets/nodes'", looped).isDeclared).toBe(true);
    expect(poolSubnet("'${vnet[3].id}/subnets/nodes'", looped).isDeclared).toBe(false);
  });

  it('of a loop of subnets', () => {
    const looped = `${vnet}
resource extra 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = [for (name, i) in ['a', 'b']: {
  parent: vnet
  name: name
  properties: { addressPrefix: cidrSubnet('10.1.0.0/16', 24, i + 1) }
}]
`;
    expect(poolSubnet('extra[1].id', looped)).toEqual({ id: `${group}${networks}/vnet/subnets/b`, isDeclared: true });
  });
});

describe('the id of a resource', () => {
  it('names the resource group of its scope', () => {
    const hub =
      "resource hub 'Microsoft.Network/virtualNetworks@2024-05-01' existing = {\n  scope: resourceGroup('rg-hub')\n  name: 'hub'\n}\n";
    const { id } = poolSubnet("'${hub.id}/subnets/nodes'", hub);
    expect(id).toBe(
      `/subscriptions/{subscription().subscriptionid}/resourcegroups/rg-hub${networks}/hub/subnets/nodes`,
    );
  });

  it('tells parameters without a value apart', () => {
    const parameters = 'param one string\nparam two string\n';
    const one = poolSubnet("'${one}/subnets/nodes'", parameters).id;
    expect(one).toBe('{parameters.one}/subnets/nodes');
    expect(poolSubnet("'${two}/subnets/nodes'", parameters).id).not.toBe(one);
  });

  it('is the same for all who name a resource whose name is made at deployment', () => {
    const hidden = `param suffix string = newGuid()\n${vnet.replace("'vnet'", "'vnet-${suffix}'")}`;
    for (const expression of [
      "'${vnet.id}/subnets/nodes'",
      'vnet.properties.subnets[0].id',
      "resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-${suffix}', 'nodes')",
    ]) {
      expect(poolSubnet(expression, hidden).isDeclared, expression).toBe(true);
    }
  });

  it('is not that of another resource whose name is made at deployment as well', () => {
    const { virtualNetworks } = bicepModel(
      `${vnet.replace("'vnet'", "'vnet-${newGuid()}'")}${vnet.replace('vnet ', 'other ').replace("'vnet'", "'vnet-${newGuid()}'")}`,
    );
    expect(new Set(virtualNetworks.map(({ id }) => id)).size).toBe(2);
  });

  it('goes nowhere when resources refer to themselves and to each other', () => {
    const { subnets } = bicepModel(`resource self 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = {
  parent: self
  name: self.name
  properties: { addressPrefix: self.properties.addressPrefix }
}
resource one 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = {
  parent: two
  name: two.id
  properties: two.properties
}
resource two 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = {
  parent: one
  name: one.id
  properties: one.properties
}
`);
    expect(subnets).toHaveLength(3);
    expect(subnets.every(({ name }) => name.kind === 'unknown' || name.kind === 'known')).toBe(true);
    expect(new Set(subnets.map(({ id }) => id)).size).toBe(3);
  });
});

describe('a child inside its parent', () => {
  const arm = (type: string, name: string): string =>
    JSON.stringify({
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      parameters: { network: { type: 'string' }, subnet: { type: 'string' } },
      resources: [
        {
          type: 'Microsoft.Network/virtualNetworks',
          apiVersion: '2024-05-01',
          name: "[parameters('network')]",
          properties: { addressSpace: { addressPrefixes: ['10.1.0.0/16'] } },
          resources: [{ type, apiVersion: '2024-05-01', name, properties: { addressPrefix: '10.1.0.0/24' } }],
        },
      ],
    });

  it.each([
    ['subnets', 'nodes', 'nodes'],
    ['subnets', "[parameters('subnet')]", '{parameters.subnet}'],
    ['subnets', "[concat(parameters('network'), '/nodes')]", 'nodes'],
    ['Microsoft.Network/virtualNetworks/subnets', "[format('{0}/{1}', parameters('network'), 'nodes')]", 'nodes'],
    ['Microsoft.Network/virtualNetworks/subnets', 'nodes', 'nodes'],
  ])('belongs to it: %s named %s', (type, name, expected) => {
    const { virtualNetworks, subnets } = armModel(arm(type, name));
    const [network] = virtualNetworks;
    expect(network?.subnets.items).toHaveLength(1);
    expect(network?.subnets.isComplete).toBe(true);
    expect(subnets.map(({ id, virtualNetworkId }) => [id, virtualNetworkId])).toEqual([
      [`${network?.id}/subnets/${expected}`, network?.id],
    ]);
  });

  it('shares the condition of its parent', () => {
    const { subnets } = bicepModel(`param deploy bool
resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = if (deploy) {
  name: 'vnet'
  resource nodes 'subnets' = {
    name: 'nodes'
    properties: { addressPrefix: '10.1.0.0/24' }
  }
}
`);
    expect(subnets.map(({ deployment }) => deployment)).toEqual([{ kind: 'conditional', key: '{parameters.deploy}' }]);
  });
});

describe('a condition', () => {
  const conditional = (condition: string): string => vnet.replace('= {', `= if (${condition}) {`);

  it('that is false leaves the resource out', () => {
    expect(bicepModel(`param deploy bool = false\n${conditional('deploy')}`).virtualNetworks).toEqual([]);
  });

  it('that is true is as good as none', () => {
    const [network] = bicepModel(conditional("'a' == 'a'")).virtualNetworks;
    expect(network?.deployment).toEqual({ kind: 'always' });
  });

  it('that is not known is the same for all who write it', () => {
    const { virtualNetworks } = bicepModel(
      `param deploy bool\nparam count int\n${conditional('deploy && count > 1')}${conditional('deploy && count > 1').replace('vnet ', 'other ')}`,
    );
    const keys = virtualNetworks.map(({ deployment }) => (deployment.kind === 'conditional' ? deployment.key : ''));
    expect(keys[0]).not.toBe('');
    expect(keys[0]).toBe(keys[1]);
  });
});

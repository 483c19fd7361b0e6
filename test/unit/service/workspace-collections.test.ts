import { describe, expect, test } from 'vitest';
import { Project } from './workspace-project.ts';

const subnet = `param name string
param prefix string
resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' existing = { name: 'vnet' }
resource subnet 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = {
  parent: vnet
  name: name
  properties: { addressPrefix: prefix }
}
output id string = subnet.id
output prefix string = prefix
`;

/** The prefixes of the network in a file whose address space is this expression. */
function spaces(expression: string, condition = '', declarations = ''): unknown {
  const main = `${declarations}module parts 'subnet.bicep' = [for (prefix, i) in ['10.1.0.0/24', '10.2.0.0/24', '10.3.0.0/24']: ${condition} {
  name: 'part-\${i}'
  params: { name: 'subnet-\${i}', prefix: prefix }
}]
resource space 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'space'
  properties: { addressSpace: { addressPrefixes: ${expression} } }
}
`;
  const project = new Project({ 'main.bicep': main, 'subnet.bicep': subnet });
  const networks = project.analyse('main.bicep').model.virtualNetworks;
  const network = networks.find(({ name }) => name.kind === 'known' && name.value === 'space');
  return network?.addressPrefixes.items.map((item) => (item.kind === 'known' ? item.value.text : item.reason.code));
}

describe('a looped module', () => {
  test.each([
    '[for part in parts: part.outputs.prefix]',
    'map(parts, part => part.outputs.prefix)',
    '[for i in range(0, length(parts)): parts[i].outputs.prefix]',
    '[parts[0].outputs.prefix, parts[1].outputs.prefix, last(parts).outputs.prefix]',
  ])('has the outputs of its rounds: %s', (expression) => {
    expect(spaces(expression)).toEqual(['10.1.0.0/24', '10.2.0.0/24', '10.3.0.0/24']);
  });

  test('has the names of its rounds', () => {
    expect(spaces("map(parts, part => '10.${last(split(part.name, '-'))}.0.0/16')")).toEqual([
      '10.0.0.0/16',
      '10.1.0.0/16',
      '10.2.0.0/16',
    ]);
  });

  test('keeps the places of its rounds where some are not deployed', () => {
    expect(spaces('[parts[0].outputs.prefix, parts[2].outputs.prefix]', 'if (i != 1)')).toEqual([
      '10.1.0.0/24',
      '10.3.0.0/24',
    ]);
    expect(spaces('[parts[1].outputs.prefix]', 'if (i != 1)')).toEqual(['module-output']);
  });
});

describe('a module with a condition', () => {
  const given = (condition: string): unknown =>
    spaces(
      "[only.?outputs.prefix ?? '10.9.0.0/24']",
      '',
      `param unset bool
module only 'subnet.bicep' = if (${condition}) {
  name: 'only'
  params: { name: 'only', prefix: '10.8.0.0/24' }
}
`,
    );

  test('gives its outputs to safe access where it is deployed, and nothing where it is not', () => {
    expect(given('true')).toEqual(['10.8.0.0/24']);
    expect(given('false')).toEqual(['10.9.0.0/24']);
    expect(given('unset')).toEqual(['unknown-condition']);
  });
});

describe('a looped resource', () => {
  test('gives its subnets to whoever asks for all of them', () => {
    const main = `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  properties: { addressSpace: { addressPrefixes: ['10.1.0.0/16'] } }
}
resource subs 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = [for i in range(0, 2): {
  parent: vnet
  name: 'pool-\${i}'
  properties: { addressPrefix: cidrSubnet('10.1.0.0/16', 28, i) }
}]
var ids = map(subs, s => s.id)
resource aks 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  properties: {
    agentPoolProfiles: [for (id, i) in ids: { name: 'pool\${i}', mode: 'System', count: 40, vnetSubnetID: id }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`;
    expect(new Project({ 'main.bicep': main }).findings('main.bicep')).toEqual([
      expect.stringContaining('subnet-too-small-nodes'),
      expect.stringContaining('subnet-too-small-nodes'),
    ]);
  });

  test('that loops over itself is not followed', () => {
    const main = `resource subs 'Microsoft.Network/virtualNetworks@2024-05-01' = [for s in subs: { name: s.name }]\n`;
    expect(new Project({ 'main.bicep': main }).findings('main.bicep')).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { Project, type ProjectFiles } from './workspace-project.ts';

const table = `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt'
  location: resourceGroup().location
  properties: {
    routes: [
      { name: 'all', properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.9.0.4' } }
    ]
  }
}
`;
const network = `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/22' } }]
  }
}
output subnetId string = vnet.properties.subnets[0].id
`;
const identity = `resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id'
  location: resourceGroup().location
}
`;

function cluster(subnetId: string, identityId = 'identity.id'): string {
  return `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  identity: { type: 'UserAssigned', userAssignedIdentities: { '\${${identityId}}': {} } }
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 1, vnetSubnetID: ${subnetId} }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', outboundType: 'userDefinedRouting' }
  }
}
`;
}

/** Titles of the fixes for the findings of a rule in a file; undefined where it finds nothing there. */
function fixesOf(files: ProjectFiles, path: string, rule: string): string[] | undefined {
  const project = new Project(files);
  project.analyse('main.bicep');
  const found = project.analyse(path).diagnostics.filter((diagnostic) => diagnostic.rule === rule);
  return found.length === 0 ? undefined : found.flatMap(({ fixes }) => fixes.map(({ title }) => title));
}

const own = 'vnet.properties.subnets[0].id';
const called = "module net 'network.bicep' = { name: 'net' }\n";

describe('a fix that refers to a resource', () => {
  test('is offered where the resource is declared in the file that changes', () => {
    const files = { 'main.bicep': identity + table + network + cluster(own) };
    expect(fixesOf(files, 'main.bicep', 'udr-route-table-missing')).toEqual(['Attach the route table "rt"']);
    expect(fixesOf(files, 'main.bicep', 'route-table-role-assignment')).toEqual([
      'Assign Network Contributor on "vnet" to the identity',
    ]);
  });

  test('is not offered where the resource is declared in another file', () => {
    const apart = {
      'main.bicep': identity + table + called + cluster('net.outputs.subnetId'),
      'network.bicep': network,
    };
    expect(fixesOf(apart, 'network.bicep', 'udr-route-table-missing')).toEqual([]);
    expect(fixesOf(apart, 'main.bicep', 'route-table-role-assignment')).toEqual([]);
    const together = { ...apart, 'main.bicep': identity + called + cluster('net.outputs.subnetId') };
    const files = { ...together, 'network.bicep': table + network };
    expect(fixesOf(files, 'network.bicep', 'udr-route-table-missing')).toEqual(['Attach the route table "rt"']);
  });

  test('is not offered in the arguments of a verified module, which have names of their own', () => {
    const verified = `module net 'br/public:avm/res/network/virtual-network:0.5.0' = {
  name: 'net'
  params: {
    name: 'vnet'
    addressPrefixes: ['10.1.0.0/16']
    subnets: [{ name: 'nodes', addressPrefix: '10.1.0.0/22' }]
  }
}
`;
    const files = { 'main.bicep': identity + table + verified + cluster('net.outputs.subnetResourceIds[0]') };
    expect(fixesOf(files, 'main.bicep', 'udr-route-table-missing')).toEqual([]);
    // The module takes roles as well, which are not looked at.
    expect(fixesOf(files, 'main.bicep', 'route-table-role-assignment')).toBeUndefined();
  });
});

import { describe, expect, test } from 'vitest';
import { Project } from './workspace-project.ts';

const cluster = (count: string): string => `param name string
param pods int = 110

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.0.0.0/24' } }]
  }
  resource apps 'subnets' = { name: 'apps', properties: { addressPrefix: '10.0.1.0/24' } }
}

resource aks 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: ${count}, maxPods: pods, vnetSubnetID: vnet.properties.subnets[0].id, upgradeSettings: { maxSurge: '0', maxUnavailable: '1' } }
    ]
    networkProfile: { networkPlugin: 'azure', serviceCidr: '10.1.0.0/16', dnsServiceIP: '10.1.0.10' }
  }
}
`;

/** Rule and line of the sizing findings and duplicates in the module. */
function found(main: string, module: string): string[] {
  const project = new Project({ 'main.bicep': main, 'module.bicep': module });
  return project
    .findings('main.bicep')
    .concat(project.findings('module.bicep'))
    .filter((finding) => /subnet-/.test(finding));
}

describe('a resource that several calls of a module declare', () => {
  test('is one, whether a loop calls the module or two places do', () => {
    const loop = `module all 'module.bicep' = [for round in ['init', 'idem']: {
  name: 'deploy-\${round}'
  params: { name: 'vnet' }
}]
`;
    const twice = ['one', 'two']
      .map((each) => `module ${each} 'module.bicep' = { name: '${each}', params: { name: 'vnet' } }\n`)
      .join('');
    for (const main of [loop, twice]) {
      expect(found(main, cluster('2'))).toEqual([]);
      // What is wrong with the one is still said.
      expect(found(main, cluster('3')).join()).toContain('subnet-too-small-azure-cni');
    }
  });

  test('counts as the last call declares it', () => {
    const calls = ([first, last]: readonly [number, number]): string =>
      [first, last]
        .map(
          (pods, index) =>
            `module m${index} 'module.bicep' = { name: 'm${index}', params: { name: 'vnet', pods: ${pods} } }\n`,
        )
        .join('');
    expect(found(calls([200, 100]), cluster('2'))).toEqual([]);
    expect(found(calls([100, 200]), cluster('2')).join()).toContain('subnet-too-small-azure-cni');
  });

  test('is several where names differ, and may be several where conditions do', () => {
    const named = ['a', 'b']
      .map((each) => `module ${each} 'module.bicep' = { name: '${each}', params: { name: '${each}' } }\n`)
      .join('');
    const conditional = `param which bool
module a 'module.bicep' = if (which) { name: 'a', params: { name: 'vnet', pods: 200 } }
module b 'module.bicep' = if (!which) { name: 'b', params: { name: 'vnet', pods: 100 } }
`;
    const networks = (main: string): number =>
      new Project({ 'main.bicep': main, 'module.bicep': cluster('2') }).analyse('main.bicep').model.virtualNetworks
        .length;
    expect(networks(named)).toBe(2);
    expect(networks(conditional)).toBe(2);
  });
});

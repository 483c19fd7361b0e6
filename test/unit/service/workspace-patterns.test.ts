import { describe, expect, test } from 'vitest';
import type { Property } from '../../../src/model/value.ts';
import { Project } from './workspace-project.ts';

function pattern(name: string, params: string): string {
  return `module it 'br/public:${name}:1.2.3' = {\n  name: 'it'\n  params: {\n${params}\n  }\n}\n`;
}

/** A known value as plain text, an id without what stands before its type. */
function text(property: Property<unknown>): unknown {
  if (property?.kind !== 'known') return property === undefined ? undefined : '?';
  const { value } = property;
  if (typeof value !== 'object' || value === null) return value;
  return 'text' in value ? value.text : 'id' in value ? String(value.id).replace(/^.*\/providers\//, '') : value;
}

const network = 'microsoft.network/virtualnetworks/';

describe('the arguments of the pattern', () => {
  const hub = pattern(
    'avm/ptn/network/hub-networking',
    `    hubVirtualNetworks: {
      west: {
        addressPrefixes: ['10.0.0.0/16']
        enableAzureFirewall: true
        enableBastion: false
        enablePeering: true
        peeringSettings: [{ remoteVirtualNetworkName: 'north', allowForwardedTraffic: true }]
        routes: [{ name: 'out', properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'Internet' } }]
        azureFirewallSettings: { azureSkuTier: 'Premium', firewallPolicyId: resourceId('Microsoft.Network/firewallPolicies', 'rules') }
        subnets: [
          { name: 'AzureFirewallSubnet', addressPrefix: '10.0.0.0/26' }
          { name: 'nodes', addressPrefix: '10.0.1.0/24' }
        ]
      }
      north: {
        addressPrefixes: ['10.1.0.0/16']
        enableAzureFirewall: false
        enableBastion: true
        enablePeering: true
        peeringSettings: [{ remoteVirtualNetworkName: 'west' }]
        subnets: [{ name: 'AzureBastionSubnet', addressPrefix: '10.1.0.0/26' }]
      }
    }`,
  );

  test('hub-networking', () => {
    const { model } = new Project({ 'main.bicep': hub }).analyse('main.bicep');
    expect(
      model.virtualNetworks.map(({ name, addressPrefixes }) => [text(name), addressPrefixes.items.map(text)]),
    ).toEqual([
      ['north', ['10.1.0.0/16']],
      ['west', ['10.0.0.0/16']],
    ]);
    expect(model.subnets.map(({ name, routeTable }) => [text(name), text(routeTable)])).toEqual([
      ['AzureBastionSubnet', undefined],
      ['AzureFirewallSubnet', 'microsoft.network/routetables/west'],
      ['nodes', undefined],
    ]);
    expect(
      model.virtualNetworkPeerings.map(({ virtualNetworkId, remoteVirtualNetwork }) => [
        virtualNetworkId.replace(/^.*\/providers\//, ''),
        text(remoteVirtualNetwork),
      ]),
    ).toEqual([
      [`${network}north`, `${network}west`],
      [`${network}west`, `${network}north`],
    ]);
    expect(model.azureFirewalls.map(({ name }) => text(name))).toEqual(['west']);
    expect(model.bastionHosts.map(({ name }) => text(name))).toEqual(['north']);
    expect(
      model.routeTables.map(({ name, routes }) => [
        text(name),
        routes.items.map(({ addressPrefix }) => text(addressPrefix)),
      ]),
    ).toEqual([
      ['north', ['10.0.0.0/16']],
      ['west', ['0.0.0.0/0', '10.1.0.0/16']],
    ]);
    expect(model.unreadParts).toEqual([]);
  });

  test('hub-networking, whose findings stand at what is passed', () => {
    const project = new Project({
      'main.bicep': hub.replace("'10.0.1.0/24'", "'10.0.0.32/27'").replace("'10.1.0.0/16'", "'10.1.0.9/16'"),
    });
    expect(project.findings('main.bicep')).toEqual(
      expect.arrayContaining(['subnet-overlap main.bicep:10.0.0.32/27', 'cidr-host-bits main.bicep:10.1.0.9/16']),
    );
    for (const { location, related } of project.analyse('main.bicep').diagnostics) {
      for (const place of [location, ...related.map((item) => item.location)])
        expect(place.uri).toMatch(/main\.bicep$/);
    }
  });

  test('azd/aks', () => {
    const { managedClusters, agentPools } = new Project({
      'main.bicep': pattern(
        'avm/ptn/azd/aks',
        `    name: 'aks'
    containerRegistryName: 'registry'
    keyVaultName: 'vault'
    principalId: 'x'
    monitoringWorkspaceResourceId: 'y'
    networkPluginMode: 'overlay'
    podCidr: '10.244.0.0/16'
    serviceCidr: '10.0.0.0/16'
    dnsServiceIP: '10.0.0.10'
    agentPoolSize: 'CostOptimised'`,
      ),
    }).analyse('main.bicep').model;
    expect(
      managedClusters.map(({ name, networkProfile: { networkPlugin, networkPluginMode } }) =>
        [name, networkPlugin, networkPluginMode].map(text),
      ),
    ).toEqual([['aks', 'azure', 'overlay']]);
    expect(agentPools.map(({ name, maxPods, maxCount }) => [name, maxPods, maxCount].map(text))).toEqual([
      ['npsystem', 30, 5],
      ['npuser', 30, 3],
    ]);
  });

  test('azd/aks-automatic-cluster', () => {
    const { managedClusters } = new Project({
      'main.bicep': pattern('avm/ptn/azd/aks-automatic-cluster', "    name: 'aks'"),
    }).analyse('main.bicep').model;
    expect(managedClusters.map(({ name, networkProfile: { outboundType } }) => [name, outboundType].map(text))).toEqual(
      [['aks', 'managedNATGateway']],
    );
  });

  test('never ask for a configuration beside the text that stands in', () => {
    const project = new Project({ 'main.bicep': hub });
    project.service.workspace.moduleCache = { root: 'file:///cache' };
    project.analyse('main.bicep');
    expect(project.asked.filter((path) => path.startsWith('aksnet'))).toEqual(['aksnet.jsonc']);
    expect(project.asked.filter((path) => path.startsWith('file:///cache'))).toHaveLength(1);
  });
});

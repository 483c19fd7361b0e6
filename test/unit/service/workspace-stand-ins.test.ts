import { describe, expect, test } from 'vitest';
import { lowerBicep, parseBicep, standInModules } from '../../../src/bicep/index.ts';
import type { Model } from '../../../src/model/model.ts';
import type { Collection, Property } from '../../../src/model/value.ts';
import { Project } from './workspace-project.ts';

/** A file that calls a verified module once. */
function call(module: string, params: string, rest = ''): string {
  return `module it 'br/public:avm/res/${module}:1.2.3' = {\n  name: 'it'\n  params: {\n${params}\n  }\n}\n${rest}`;
}

function modelOf(module: string, params: string, rest = ''): Model {
  return new Project({ 'main.bicep': call(module, params, rest) }).analyse('main.bicep').model;
}

function text(property: Property<unknown>): unknown {
  if (property?.kind !== 'known') return property === undefined ? undefined : '?';
  const { value } = property;
  if (typeof value !== 'object' || value === null) return value;
  return 'text' in value ? value.text : 'id' in value ? String(value.id).replace(/^.*\/providers\//, '') : value;
}

function texts(list: Collection<Property<unknown>> | undefined): unknown[] {
  return [...(list?.items.map(text) ?? []), ...(list?.isComplete === false ? ['...'] : [])];
}

const network = 'microsoft.network/virtualnetworks/';

describe('a stand-in', () => {
  test.each(Object.entries(standInModules))(
    'for %s is a Bicep file in which every name is declared',
    (name, source) => {
      const { errors } = parseBicep(source, 'bicep');
      expect(errors).toEqual([]);
      const template = lowerBicep(parseBicep(source, 'bicep'), `test:/${name}`);
      const declared = [...template.resources.filter(({ isExisting }) => !isExisting), ...template.modules];
      expect(declared.length).toBeGreaterThan(0);
      expect(template.outputs.map((output) => output.name)).toEqual(
        expect.arrayContaining(
          name.startsWith('avm/res/') ? ['name', 'resourceId', 'resourceGroupName', 'location'] : ['resourceGroupName'],
        ),
      );
      // Without arguments nothing is known, but whatever is asked for is found.
      const project = new Project({ 'main.bicep': call('x', '').replace('avm/res/x', name) });
      expect(project.analyse('main.bicep').model.unreadParts).toEqual([]);
      expect(JSON.stringify(project.model('main.bicep'))).not.toMatch(/not declared|needs /);
    },
  );

  test('lets findings stand at the literal in the file that calls it', () => {
    const project = new Project({
      'main.bicep': call(
        'network/virtual-network',
        `    name: 'hub'
    addressPrefixes: [space]
    subnets: [
      { name: 'nodes', addressPrefix: '10.0.0.0/24' }
      { name: 'pods', addressPrefix: '10.0.0.128/25' }
      { name: 'far', addressPrefix: cidrSubnet('10.9.0.0/16', 24, 0) }
    ]`,
        "param space string = '10.0.0.0/16'\n",
      ),
    });
    expect(project.findings('main.bicep')).toEqual([
      'subnet-overlap main.bicep:10.0.0.128/25',
      "subnet-outside-vnet main.bicep:cidrSubnet('10.9.0.0/16', 24, 0)",
    ]);
    const [overlap] = project.analyse('main.bicep').diagnostics;
    expect(overlap?.related.map(({ location }) => project.underlined(location))).toContain('10.0.0.0/24');
    expect(overlap?.fixes.every(({ changes }) => changes.every(({ kind }) => kind === 'set-value'))).toBe(true);
  });

  test('is found under whatever registry a copy of the module lies, and under no other name', () => {
    const source = (reference: string): string =>
      `module it '${reference}' = {\n  name: 'it'\n  params: { name: 'rt', routes: [] }\n}\n`;
    const tables = (reference: string): number =>
      new Project({ 'main.bicep': source(reference) }).analyse('main.bicep').model.routeTables.length;
    expect(tables('br/public:avm/res/network/route-table:0.4.0')).toBe(1);
    expect(tables('br:registry.example/bicep/avm/res/network/route-table:0.4.0')).toBe(1);
    expect(tables('br/public:network/route-table:1.0.0')).toBe(0);
    expect(tables('br/public:avm/res/network/route-table')).toBe(0);
    expect(tables('br/public:avm/res/network/constructor:1.0.0')).toBe(0);
  });

  test('gives its outputs to other modules', () => {
    const { subnets, routeTables } = modelOf(
      'network/route-table',
      "    name: 'rt'\n    routes: [{ name: 'out', properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'Internet' } }]",
      `module net 'br/public:avm/res/network/virtual-network:0.5.1' = {
  name: 'net'
  params: {
    name: 'hub'
    addressPrefixes: ['10.0.0.0/16']
    subnets: [{ name: 'nodes', addressPrefix: '10.0.0.0/24', routeTableResourceId: it.outputs.resourceId }]
  }
}
`,
    );
    expect(text(subnets[0]?.routeTable)).toBe('microsoft.network/routetables/rt');
    expect(routeTables[0]?.routes.items.map(({ nextHopType }) => text(nextHopType))).toEqual(['Internet']);
  });
});

describe('the arguments of', () => {
  test('virtual-network, subnet and peering', () => {
    const { virtualNetworks, subnets, virtualNetworkPeerings } = modelOf(
      'network/virtual-network',
      `    name: 'hub'
    addressPrefixes: ['10.0.0.0/16']
    dnsServers: ['10.0.0.4']
    peerings: [
      { remoteVirtualNetworkResourceId: resourceId('Microsoft.Network/virtualNetworks', 'spoke'), remotePeeringEnabled: true, allowGatewayTransit: true }
    ]
    subnets: [
      {
        name: 'nodes'
        addressPrefixes: ['10.0.0.0/24']
        networkSecurityGroupResourceId: resourceId('Microsoft.Network/networkSecurityGroups', 'nsg')
        natGatewayResourceId: resourceId('Microsoft.Network/natGateways', 'nat')
        delegation: 'Microsoft.ContainerService/managedClusters'
        serviceEndpoints: ['Microsoft.Storage']
        defaultOutboundAccess: false
      }
      { name: 'old', addressPrefix: '10.0.1.0/24', delegations: [{ name: 'd', properties: { serviceName: 'A/b' } }], serviceEndpoints: [{ service: 'Microsoft.Sql' }] }
    ]`,
      `module late 'br/public:avm/res/network/virtual-network/subnet:0.1.2' = {
  name: 'late'
  params: { virtualNetworkName: it.outputs.name, name: 'late', addressPrefix: '10.0.2.0/24' }
}
`,
    );
    expect(virtualNetworks).toHaveLength(1);
    expect(texts(virtualNetworks[0]?.addressPrefixes)).toEqual(['10.0.0.0/16']);
    expect(texts(virtualNetworks[0]?.dnsServers)).toEqual(['10.0.0.4']);
    expect(virtualNetworks[0]?.subnets.isComplete).toBe(true);
    expect(subnets.map(({ name }) => text(name))).toEqual(['nodes', 'old', 'late']);
    const [nodes, old] = subnets;
    expect(texts(nodes?.addressPrefixes)).toEqual(['10.0.0.0/24']);
    expect(text(nodes?.networkSecurityGroup)).toBe('microsoft.network/networksecuritygroups/nsg');
    expect(text(nodes?.natGateway)).toBe('microsoft.network/natgateways/nat');
    expect(nodes?.routeTable).toBeUndefined();
    expect(nodes?.delegations.items.map(({ serviceName }) => text(serviceName))).toEqual([
      'Microsoft.ContainerService/managedClusters',
    ]);
    expect(texts(nodes?.serviceEndpoints)).toEqual(['Microsoft.Storage']);
    expect(text(nodes?.defaultOutboundAccess)).toBe(false);
    expect(old?.delegations.items.map(({ serviceName }) => text(serviceName))).toEqual(['A/b']);
    expect(texts(old?.serviceEndpoints)).toEqual(['Microsoft.Sql']);
    expect(
      virtualNetworkPeerings.map((peering) => [
        peering.virtualNetworkId.replace(/^.*virtualnetworks\//, ''),
        text(peering.remoteVirtualNetwork),
        text(peering.allowForwardedTraffic),
        text(peering.allowGatewayTransit),
      ]),
    ).toEqual([
      ['hub', `${network}spoke`, true, true],
      ['spoke', `${network}hub`, true, false],
    ]);
  });

  test('network-security-group', () => {
    const { networkSecurityGroups } = modelOf(
      'network/network-security-group',
      `    name: 'nsg'
    securityRules: [
      { name: 'https', properties: { access: 'Allow', direction: 'Inbound', priority: 100, protocol: 'Tcp', sourceAddressPrefix: '*', destinationAddressPrefixes: ['10.0.0.0/24'], destinationPortRange: '443' } }
    ]`,
    );
    const [rule] = networkSecurityGroups[0]?.securityRules.items ?? [];
    expect([text(rule?.name), text(rule?.access), text(rule?.priority)]).toEqual(['https', 'Allow', 100]);
    expect(texts(rule?.sourceAddressPrefixes)).toEqual(['*']);
    expect(texts(rule?.destinationAddressPrefixes)).toEqual(['10.0.0.0/24']);
    expect(networkSecurityGroups[0]?.securityRules.isComplete).toBe(true);
  });

  test.each(['publicIPAddresses', 'publicIPAddressObjects'])('nat-gateway, its addresses as %s', (parameter) => {
    const { natGateways, publicIPAddresses } = modelOf(
      'network/nat-gateway',
      `    name: 'nat'\n    availabilityZone: 1\n    ${parameter}: [{ name: 'nat-ip' }]\n    publicIPPrefixResourceIds: [resourceId('Microsoft.Network/publicIPPrefixes', 'p')]`,
    );
    expect(texts(natGateways[0]?.zones)).toEqual(['1']);
    expect(texts(natGateways[0]?.publicIpAddresses)).toEqual(['microsoft.network/publicipaddresses/nat-ip']);
    expect(texts(natGateways[0]?.publicIpPrefixes)).toEqual(['microsoft.network/publicipprefixes/p']);
    expect(publicIPAddresses.map(({ skuName }) => text(skuName))).toEqual(['Standard']);
  });

  test('azure-firewall, in a network and in a hub', () => {
    const inNetwork = modelOf(
      'network/azure-firewall',
      `    name: 'fw'
    virtualNetworkResourceId: resourceId('Microsoft.Network/virtualNetworks', 'hub')
    firewallPolicyId: resourceId('Microsoft.Network/firewallPolicies', 'policy')
    azureSkuTier: 'Basic'`,
    ).azureFirewalls[0];
    expect(text(inNetwork?.skuName)).toBe('AZFW_VNet');
    expect(inNetwork?.ipConfigurations.items.map(({ subnet }) => text(subnet))).toEqual([
      `${network}hub/subnets/azurefirewallsubnet`,
    ]);
    expect(text(inNetwork?.managementIpConfiguration?.subnet)).toBe(
      `${network}hub/subnets/azurefirewallmanagementsubnet`,
    );
    expect(text(inNetwork?.firewallPolicy)).toBe('microsoft.network/firewallpolicies/policy');
    const inHub = modelOf('network/azure-firewall', "    name: 'fw'\n    virtualHubId: 'x'").azureFirewalls[0];
    expect(text(inHub?.skuName)).toBe('AZFW_Hub');
    expect(inHub?.ipConfigurations.items).toEqual([]);
  });

  test('firewall-policy', () => {
    const { firewallPolicies, firewallRuleSets } = modelOf(
      'network/firewall-policy',
      `    name: 'policy'
    enableProxy: true
    ruleCollectionGroups: [
      {
        name: 'group'
        priority: 200
        ruleCollections: [
          { action: { type: 'Allow' }, rules: [{ ruleType: 'ApplicationRule', name: 'mcr', targetFqdns: ['mcr.microsoft.com'] }] }
        ]
      }
    ]`,
    );
    expect(text(firewallPolicies[0]?.dnsProxyEnabled)).toBe(true);
    expect(text(firewallRuleSets[0]?.priority)).toBe(200);
    expect(firewallRuleSets[0]?.rules.items.flatMap(({ targetFqdns }) => texts(targetFqdns))).toEqual([
      'mcr.microsoft.com',
    ]);
  });

  test('public-ip-address and public-ip-prefix', () => {
    const address = modelOf('network/public-ip-address', "    name: 'ip'\n    zones: [1, 2]").publicIPAddresses[0];
    expect([text(address?.skuName), text(address?.publicIPAllocationMethod), texts(address?.zones)]).toEqual([
      'Standard',
      'Static',
      ['1', '2'],
    ]);
    // What it does when no zones are given has changed from version to version.
    expect(modelOf('network/public-ip-address', "    name: 'ip'").publicIPAddresses[0]?.zones.isComplete).toBe(false);
    const prefix = modelOf('network/public-ip-prefix', "    name: 'p'\n    prefixLength: 30").publicIPPrefixes[0];
    expect(text(prefix?.prefixLength)).toBe(30);
  });

  test('private-dns-zone', () => {
    const { privateDnsZones } = modelOf(
      'network/private-dns-zone',
      `    name: 'privatelink.westeurope.azmk8s.io'
    virtualNetworkLinks: [{ virtualNetworkResourceId: resourceId('Microsoft.Network/virtualNetworks', 'hub') }]`,
    );
    const [link] = privateDnsZones[0]?.virtualNetworkLinks.items ?? [];
    expect([text(link?.virtualNetwork), text(link?.registrationEnabled)]).toEqual([`${network}hub`, false]);
  });

  test.each(['virtualNetworkResourceId', 'vNetId'])('bastion-host, its network as %s', (parameter) => {
    const { bastionHosts } = modelOf(
      'network/bastion-host',
      `    name: 'bastion'\n    ${parameter}: resourceId('Microsoft.Network/virtualNetworks', 'hub')`,
    );
    expect(texts(bastionHosts[0]?.subnets)).toEqual([`${network}hub/subnets/azurebastionsubnet`]);
  });

  test.each([
    "virtualNetworkResourceId: id\n    clusterSettings: { clusterMode: 'activePassiveNoBgp' }",
    'vNetResourceId: id\n    activeActive: false\n    enableBgp: false',
  ])('virtual-network-gateway: %s', (params) => {
    const { virtualNetworkGateways } = modelOf(
      'network/virtual-network-gateway',
      `    name: 'gw'\n    gatewayType: 'Vpn'\n    ${params}`,
      "var id = resourceId('Microsoft.Network/virtualNetworks', 'hub')\n",
    );
    const [gateway] = virtualNetworkGateways;
    expect(texts(gateway?.subnets)).toEqual([`${network}hub/subnets/gatewaysubnet`]);
    expect([text(gateway?.activeActive), text(gateway?.enableBgp), text(gateway?.skuName)]).toEqual([
      false,
      false,
      '?',
    ]);
  });

  test.each([
    "localNetworkAddressSpace: { addressPrefixes: ['192.168.0.0/16'] }",
    "localAddressPrefixes: ['192.168.0.0/16']",
  ])('local-network-gateway: %s', (params) => {
    const { localNetworkGateways } = modelOf(
      'network/local-network-gateway',
      `    name: 'office'\n    localGatewayPublicIpAddress: '198.51.100.1'\n    ${params}`,
    );
    expect(texts(localNetworkGateways[0]?.addressPrefixes)).toEqual(['192.168.0.0/16']);
    expect(text(localNetworkGateways[0]?.gatewayIpAddress)).toBe('198.51.100.1');
  });

  test('application-gateway', () => {
    const { applicationGateways } = modelOf(
      'network/application-gateway',
      `    name: 'agw'
    sku: 'WAF_v2'
    gatewayIPConfigurations: [
      { name: 'c', properties: { subnet: { id: resourceId('Microsoft.Network/virtualNetworks/subnets', 'hub', 'agw') } } }
    ]`,
    );
    expect(text(applicationGateways[0]?.skuName)).toBe('WAF_v2');
    expect(texts(applicationGateways[0]?.subnets)).toEqual([`${network}hub/subnets/agw`]);
  });

  test('managed-cluster', () => {
    const { managedClusters, roleAssignments } = modelOf(
      'container-service/managed-cluster',
      `    name: 'aks'
    managedIdentities: { systemAssigned: true }
    networkPlugin: 'azure'
    serviceCidr: '10.100.0.0/16'
    primaryAgentPoolProfiles: [
      { name: 'system', count: 3, maxPods: 50, vnetSubnetResourceId: resourceId('Microsoft.Network/virtualNetworks/subnets', 'hub', 'nodes') }
    ]
    agentPools: [{ name: 'user', vnetSubnetID: resourceId('Microsoft.Network/virtualNetworks/subnets', 'hub', 'user') }]
    roleAssignments: [{ principalId: 'abc', roleDefinitionIdOrName: 'Network Contributor' }]`,
    );
    const [cluster] = managedClusters;
    const profile = cluster?.networkProfile;
    expect(text(profile?.networkPlugin)).toBe('azure');
    expect(text(profile?.serviceCidr)).toBe('10.100.0.0/16');
    // The module sets nothing in place of what is not given, but for the outbound type.
    expect([profile?.podCidr, profile?.dnsServiceIP, profile?.networkPluginMode]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(text(profile?.outboundType)).toBe('loadBalancer');
    expect(cluster?.agentPools.isComplete).toBe(true);
    expect(
      cluster?.agentPools.items.map((pool) => [
        text(pool.name),
        text(pool.count),
        text(pool.maxPods),
        text(pool.vnetSubnetID),
      ]),
    ).toEqual([
      ['system', 3, 50, `${network}hub/subnets/nodes`],
      ['user', 1, undefined, `${network}hub/subnets/user`],
    ]);
    expect(roleAssignments.map(({ roleName }) => roleName)).toEqual(['4d97b98b-1d4f-4787-a291-c67834d212e7']);
  });

  test('managed-cluster as its versions differ', () => {
    const old = modelOf(
      'container-service/managed-cluster',
      `    name: 'aks'
    networkDataplane: 'cilium'
    enablePrivateCluster: true
    privateDNSZone: 'none'
    primaryAgentPoolProfile: [{ name: 'system', vnetSubnetID: resourceId('Microsoft.Network/virtualNetworks/subnets', 'hub', 'nodes') }]`,
    ).managedClusters[0];
    expect(old?.agentPools.items.map((pool) => text(pool.vnetSubnetID))).toEqual([`${network}hub/subnets/nodes`]);
    expect(text(old?.networkProfile.networkPluginMode)).toBe('?');
    const access = old?.apiServerAccessProfile;
    expect([text(access?.enablePrivateCluster), text(access?.privateDNSZone)]).toEqual([true, 'none']);
    const now = modelOf(
      'container-service/managed-cluster',
      "    name: 'aks'\n    primaryAgentPoolProfiles: pools\n    apiServerAccessProfile: { enablePrivateCluster: true }",
      'param pools array\n',
    ).managedClusters[0];
    expect(text(now?.apiServerAccessProfile.enablePrivateCluster)).toBe(true);
    expect(now?.agentPools.isComplete).toBe(false);
    expect(now?.networkProfile.loadBalancerProfile.presence).toBe('unknown');
  });

  test('agent-pool and user-assigned-identity', () => {
    const { managedClusters, userAssignedIdentities } = modelOf(
      'container-service/managed-cluster/agent-pool',
      "    managedClusterName: cluster.name\n    name: 'user'\n    maxPods: 30\n    mode: 'User'",
      `resource cluster 'Microsoft.ContainerService/managedClusters@2024-05-01' = {
  name: 'aks'
  properties: {}
}
module identity 'br/public:avm/res/managed-identity/user-assigned-identity:0.4.0' = {
  name: 'identity'
  params: { name: 'id-aks' }
}
`,
    );
    const [pool] = managedClusters[0]?.agentPools.items ?? [];
    expect([text(pool?.name), text(pool?.maxPods), text(pool?.mode), text(pool?.osType)]).toEqual([
      'user',
      30,
      'User',
      'Linux',
    ]);
    expect(userAssignedIdentities.map(({ name }) => text(name))).toEqual(['id-aks']);
  });

  test('a module, when they are not known, prove nothing', () => {
    const { managedClusters, virtualNetworks } = modelOf(
      'container-service/managed-cluster',
      "    ...settings\n    name: 'aks'",
      `param settings object
module net 'br/public:avm/res/network/virtual-network:0.5.1' = {
  name: 'net'
  params: settings
}
`,
    );
    const profile = managedClusters[0]?.networkProfile;
    expect([text(profile?.serviceCidr), text(profile?.outboundType), text(profile?.podCidr)]).toEqual(['?', '?', '?']);
    expect(managedClusters[0]?.agentPools.isComplete).toBe(false);
    expect(virtualNetworks[0]?.subnets.isComplete).toBe(false);
    expect(virtualNetworks[0]?.addressPrefixes.isComplete).toBe(false);
  });
});

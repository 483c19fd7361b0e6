import { describe, expect, test } from 'vitest';
import { bicepModel, id, type ResourceSpec, short, shortOfBoth, unknown } from './models.ts';

const network = 'Microsoft.Network/virtualNetworks';
const subnet = 'Microsoft.Network/virtualNetworks/subnets';
const peering = 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings';

describe('virtual networks', () => {
  test('have an address space, DNS servers and encryption', () => {
    const [bicep, arm] = shortOfBoth('virtualNetworks', [
      [
        network,
        {
          name: 'full',
          location: 'westeurope',
          properties: {
            addressSpace: { addressPrefixes: ['10.0.0.0/16', unknown] },
            dhcpOptions: { dnsServers: ['10.9.0.4'] },
            encryption: { enabled: true },
          },
        },
      ],
      [network, { name: 'dark', location: unknown, properties: unknown }],
      [network, { name: 'bare' }],
    ]);
    expect(bicep).toEqual([
      {
        name: 'full',
        location: 'westeurope',
        addressPrefixes: ['10.0.0.0/16', '?'],
        dhcpOptions: { dnsServers: ['10.9.0.4'] },
        encryption: { enabled: 'true' },
      },
      {
        name: 'dark',
        location: '?',
        addressPrefixes: ['...'],
        subnets: ['...'],
        dhcpOptions: { dnsServers: ['...'] },
        encryption: { enabled: '?' },
      },
      { name: 'bare' },
    ]);
    expect(arm).toEqual(bicep);
  });

  test('leave their ranges open where an IP address manager adds to them', () => {
    const pools = [{ numberOfIpAddresses: '256' }];
    const resources: [string, ResourceSpec][] = [
      [network, { name: 'vnet', properties: { addressSpace: { ipamPoolPrefixAllocations: pools } } }],
      [subnet, { name: 'vnet/nodes', properties: { ipamPoolPrefixAllocations: pools } }],
    ];
    const [bicep, arm] = shortOfBoth('virtualNetworks', resources);
    expect(bicep).toEqual([
      { name: 'vnet', addressPrefixes: ['...'], subnets: ['virtualnetworks/vnet/subnets/nodes'] },
    ]);
    expect(arm).toEqual(bicep);
    const subnets = shortOfBoth('subnets', resources);
    expect(subnets[0]).toEqual([{ name: 'nodes', virtualNetwork: 'virtualnetworks/vnet', addressPrefixes: ['...'] }]);
    expect(subnets[1]).toEqual(subnets[0]);
  });
});

describe('subnets', () => {
  const full = {
    addressPrefixes: ['10.0.0.0/24', 'fd00::/64'],
    routeTable: { id: id('Microsoft.Network/routeTables', 'rt') },
    networkSecurityGroup: { id: id('Microsoft.Network/networkSecurityGroups', 'nsg') },
    natGateway: { id: id('Microsoft.Network/natGateways', 'nat') },
    delegations: [{ name: 'aks', properties: { serviceName: 'Microsoft.ContainerService/managedClusters' } }],
    serviceEndpoints: [{ service: 'Microsoft.Storage' }],
    privateEndpointNetworkPolicies: 'Disabled',
    defaultOutboundAccess: false,
  };

  test('are read inline and as resources, with all that hangs on them', () => {
    const [bicep, arm] = shortOfBoth('subnets', [
      [
        network,
        {
          name: 'vnet',
          properties: {
            subnets: [
              { name: 'full', properties: full },
              { name: 'bare', properties: {} },
            ],
          },
        },
      ],
      [subnet, { name: 'vnet/child', properties: full }],
      [subnet, { name: 'vnet/dark', properties: unknown }],
      [subnet, { name: 'other/stray', properties: { addressPrefix: '10.1.0.0/24' } }],
    ]);
    expect(bicep).toEqual([
      {
        name: 'full',
        virtualNetwork: 'virtualnetworks/vnet',
        addressPrefixes: ['10.0.0.0/24', 'fd00::/64'],
        routeTable: 'routetables/rt',
        networkSecurityGroup: 'networksecuritygroups/nsg',
        natGateway: 'natgateways/nat',
        delegations: [{ name: 'aks', serviceName: 'Microsoft.ContainerService/managedClusters' }],
        serviceEndpoints: ['Microsoft.Storage'],
        privateEndpointNetworkPolicies: 'Disabled',
        defaultOutboundAccess: 'false',
      },
      { name: 'bare', virtualNetwork: 'virtualnetworks/vnet' },
      {
        name: 'child',
        virtualNetwork: 'virtualnetworks/vnet',
        addressPrefixes: ['10.0.0.0/24', 'fd00::/64'],
        routeTable: 'routetables/rt',
        networkSecurityGroup: 'networksecuritygroups/nsg',
        natGateway: 'natgateways/nat',
        delegations: [{ name: 'aks', serviceName: 'Microsoft.ContainerService/managedClusters' }],
        serviceEndpoints: ['Microsoft.Storage'],
        privateEndpointNetworkPolicies: 'Disabled',
        defaultOutboundAccess: 'false',
      },
      {
        name: 'dark',
        virtualNetwork: 'virtualnetworks/vnet',
        addressPrefixes: ['?', '...'],
        routeTable: '?',
        networkSecurityGroup: '?',
        natGateway: '?',
        delegations: ['...'],
        serviceEndpoints: ['...'],
        privateEndpointNetworkPolicies: '?',
        defaultOutboundAccess: '?',
      },
      { name: 'stray', virtualNetwork: 'virtualnetworks/other', addressPrefixes: ['10.1.0.0/24'] },
    ]);
    expect(arm).toEqual(bicep);
  });
});

describe('peerings', () => {
  const full = {
    remoteVirtualNetwork: { id: id('Microsoft.Network/virtualNetworks', 'hub') },
    allowVirtualNetworkAccess: true,
    allowForwardedTraffic: true,
    allowGatewayTransit: false,
    useRemoteGateways: true,
    peerCompleteVnets: false,
    localSubnetNames: ['nodes'],
    remoteSubnetNames: ['firewall'],
    localAddressSpace: { addressPrefixes: ['10.1.0.0/24'] },
    remoteAddressSpace: { addressPrefixes: ['10.0.0.0/24'] },
  };

  test('are read inline and as resources', () => {
    const [bicep, arm] = shortOfBoth('virtualNetworkPeerings', [
      [network, { name: 'spoke', properties: { virtualNetworkPeerings: [{ name: 'hub', properties: full }] } }],
      [peering, { name: 'spoke/child', properties: full }],
      [peering, { name: 'spoke/dark', properties: unknown }],
      [peering, { name: 'other/bare', properties: {} }],
    ]);
    expect(bicep).toEqual([
      {
        name: 'hub',
        virtualNetwork: 'virtualnetworks/spoke',
        remoteVirtualNetwork: 'virtualnetworks/hub',
        allowVirtualNetworkAccess: 'true',
        allowForwardedTraffic: 'true',
        allowGatewayTransit: 'false',
        useRemoteGateways: 'true',
        peerCompleteVnets: 'false',
        localSubnetNames: ['nodes'],
        remoteSubnetNames: ['firewall'],
        localAddressSpace: ['10.1.0.0/24'],
        remoteAddressSpace: ['10.0.0.0/24'],
      },
      {
        name: 'child',
        virtualNetwork: 'virtualnetworks/spoke',
        remoteVirtualNetwork: 'virtualnetworks/hub',
        allowVirtualNetworkAccess: 'true',
        allowForwardedTraffic: 'true',
        allowGatewayTransit: 'false',
        useRemoteGateways: 'true',
        peerCompleteVnets: 'false',
        localSubnetNames: ['nodes'],
        remoteSubnetNames: ['firewall'],
        localAddressSpace: ['10.1.0.0/24'],
        remoteAddressSpace: ['10.0.0.0/24'],
      },
      {
        name: 'dark',
        virtualNetwork: 'virtualnetworks/spoke',
        remoteVirtualNetwork: '?',
        allowVirtualNetworkAccess: '?',
        allowForwardedTraffic: '?',
        allowGatewayTransit: '?',
        useRemoteGateways: '?',
        peerCompleteVnets: '?',
        localSubnetNames: ['...'],
        remoteSubnetNames: ['...'],
        localAddressSpace: ['...'],
        remoteAddressSpace: ['...'],
      },
      { name: 'bare', virtualNetwork: 'virtualnetworks/other' },
    ]);
    expect(arm).toEqual(bicep);
  });
});

test('existing resources are unknown in all their parts, not empty', () => {
  const model = bicepModel(`resource vnet '${network}@2024-05-01' existing = {
  name: 'vnet'
}
resource nodes '${subnet}@2024-05-01' existing = {
  parent: vnet
  name: 'nodes'
}
`);
  expect([short(model, 'virtualNetworks'), short(model, 'subnets')]).toEqual([
    [
      {
        name: 'vnet',
        location: '?',
        addressPrefixes: ['...'],
        subnets: ['virtualnetworks/vnet/subnets/nodes', '...'],
        dhcpOptions: { dnsServers: ['...'] },
        encryption: { enabled: '?' },
        existing: true,
      },
    ],
    [
      {
        name: 'nodes',
        virtualNetwork: 'virtualnetworks/vnet',
        addressPrefixes: ['?', '...'],
        routeTable: '?',
        networkSecurityGroup: '?',
        natGateway: '?',
        delegations: ['...'],
        serviceEndpoints: ['...'],
        privateEndpointNetworkPolicies: '?',
        defaultOutboundAccess: '?',
        existing: true,
      },
    ],
  ]);
});

test('a network that is named again as an existing one counts once, with its subnets', () => {
  const model = bicepModel(`resource again '${network}@2024-05-01' existing = { name: 'vnet' }
resource nodes '${subnet}@2024-05-01' = { parent: again, name: 'nodes', properties: { addressPrefix: '10.0.0.0/24' } }
resource vnet '${network}@2024-05-01' = { name: 'vnet', properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } } }
`);
  expect(model.virtualNetworks.map(({ isExisting, subnets }) => [isExisting, subnets.items.length])).toEqual([
    [false, 1],
  ]);
  expect(model.subnets).toHaveLength(1);
});

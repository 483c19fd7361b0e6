import { describe, expect, test } from 'vitest';
import { knownValue } from '../../../../src/model/value.ts';
import { bicepModel, id, modelsOf, shortOfBoth, unknown } from './models.ts';

const cluster = 'Microsoft.ContainerService/managedClusters';
const pool = 'Microsoft.ContainerService/managedClusters/agentPools';
const subnetId = id('Microsoft.Network/virtualNetworks/subnets', 'vnet', 'nodes');

describe('clusters', () => {
  test('have settings, identity and profiles', () => {
    const [bicep, arm] = shortOfBoth('managedClusters', [
      [
        cluster,
        {
          name: 'full',
          location: 'westeurope',
          sku: { name: 'Base', tier: 'Standard' },
          identity: { type: 'UserAssigned', userAssignedIdentities: { '/subscriptions/1/id': {} } },
          properties: {
            kubernetesVersion: '1.33',
            dnsPrefix: 'aks',
            fqdnSubdomain: 'sub',
            publicNetworkAccess: 'Disabled',
            nodeResourceGroup: 'mc',
            servicePrincipalProfile: { clientId: 'msi' },
            windowsProfile: { adminUsername: 'admin' },
            nodeProvisioningProfile: { mode: 'Auto' },
            ingressProfile: { webAppRouting: { enabled: true } },
            apiServerAccessProfile: {
              authorizedIPRanges: ['20.0.0.0/24', '20.0.1.1'],
              enablePrivateCluster: true,
              enablePrivateClusterPublicFQDN: false,
              privateDNSZone: 'System',
              enableVnetIntegration: true,
              subnetId,
              disableRunCommand: true,
            },
            bootstrapProfile: {
              artifactSource: 'Cache',
              containerRegistryId: id('Microsoft.ContainerRegistry/registries', 'acr'),
            },
            httpProxyConfig: { httpsProxy: 'http://10.0.0.4:3128' },
            addonProfiles: {
              ingressApplicationGateway: { enabled: true, config: { subnetCIDR: '10.2.0.0/24' } },
              aciConnectorLinux: { enabled: true, config: { SubnetName: 'virtual' } },
              httpApplicationRouting: { enabled: unknown },
            },
          },
        },
      ],
      [cluster, { name: 'dark', location: unknown, sku: unknown, identity: unknown, properties: unknown }],
      [cluster, { name: 'bare', properties: { apiServerAccessProfile: { privateDNSZone: unknown } } }],
    ]);
    expect(bicep).toEqual([
      {
        name: 'full',
        location: 'westeurope',
        sku: { name: 'Base', tier: 'Standard' },
        kubernetesVersion: '1.33',
        dnsPrefix: 'aks',
        fqdnSubdomain: 'sub',
        publicNetworkAccess: 'Disabled',
        nodeResourceGroup: 'mc',
        identity: { type: 'UserAssigned', userAssignedIdentities: ['/subscriptions/1/id'] },
        servicePrincipalProfile: {},
        windowsProfile: {},
        apiServerAccessProfile: {
          authorizedIPRanges: ['20.0.0.0/24', '20.0.1.1'],
          enablePrivateCluster: 'true',
          enablePrivateClusterPublicFQDN: 'false',
          privateDNSZone: 'system',
          enableVnetIntegration: 'true',
          subnetId: 'virtualnetworks/vnet/subnets/nodes',
          disableRunCommand: 'true',
        },
        bootstrapProfile: { artifactSource: 'Cache', containerRegistryId: 'registries/acr' },
        httpProxyConfig: {},
        addonProfiles: {
          ingressApplicationGateway: { enabled: 'true', config: { subnetCIDR: '10.2.0.0/24' } },
          httpApplicationRouting: { enabled: '?' },
          aciConnectorLinux: { enabled: 'true', config: { SubnetName: 'virtual' } },
        },
        nodeProvisioningProfile: { mode: 'Auto' },
        ingressProfile: { webAppRouting: { enabled: 'true' } },
      },
      {
        name: 'dark',
        location: '?',
        sku: { name: '?', tier: '?' },
        kubernetesVersion: '?',
        dnsPrefix: '?',
        fqdnSubdomain: '?',
        publicNetworkAccess: '?',
        nodeResourceGroup: '?',
        identity: '?',
        servicePrincipalProfile: '?',
        windowsProfile: '?',
        networkProfile: '?',
        apiServerAccessProfile: '?',
        bootstrapProfile: '?',
        httpProxyConfig: '?',
        addonProfiles: '?',
        nodeProvisioningProfile: { mode: '?' },
        ingressProfile: { webAppRouting: { enabled: '?' } },
        agentPoolProfiles: ['...'],
      },
      { name: 'bare', apiServerAccessProfile: { privateDNSZone: '?' } },
    ]);
    expect(arm).toEqual(bicep);
  });

  test('have a network profile', () => {
    const [bicep, arm] = shortOfBoth('managedClusters', [
      [
        cluster,
        {
          name: 'full',
          properties: {
            networkProfile: {
              networkPlugin: 'azure',
              networkPluginMode: 'overlay',
              networkPolicy: 'cilium',
              networkDataplane: 'cilium',
              networkMode: 'transparent',
              outboundType: 'loadBalancer',
              loadBalancerSku: 'standard',
              loadBalancerProfile: {
                managedOutboundIPs: { count: 2, countIPv6: 1 },
                outboundIPs: { publicIPs: [{ id: id('Microsoft.Network/publicIPAddresses', 'ip') }] },
                outboundIPPrefixes: { publicIPPrefixes: [{ id: unknown }] },
                allocatedOutboundPorts: 1024,
                idleTimeoutInMinutes: 30,
                backendPoolType: 'NodeIP',
              },
              natGatewayProfile: { managedOutboundIPProfile: { count: 3 }, idleTimeoutInMinutes: 4 },
              ipFamilies: ['IPv4', 'IPv6'],
              serviceCidr: '10.0.0.0/16',
              serviceCidrs: ['10.0.0.0/16', 'fd00::/108'],
              podCidr: '10.244.0.0/16',
              podCidrs: ['10.244.0.0/16'],
              dnsServiceIP: '10.0.0.10',
              dockerBridgeCidr: '172.17.0.1/16',
              advancedNetworking: { enabled: true },
              staticEgressGatewayProfile: { enabled: true },
            },
          },
        },
      ],
      [cluster, { name: 'empty', properties: { networkProfile: { dnsServiceIP: '', podCidr: '' } } }],
      [cluster, { name: 'dark', properties: { networkProfile: unknown } }],
    ]);
    expect(bicep).toEqual([
      {
        name: 'full',
        networkProfile: {
          networkPlugin: 'azure',
          networkPluginMode: 'overlay',
          networkPolicy: 'cilium',
          networkDataplane: 'cilium',
          networkMode: 'transparent',
          outboundType: 'loadBalancer',
          loadBalancerSku: 'standard',
          loadBalancerProfile: {
            managedOutboundIPs: { count: '2', countIPv6: '1' },
            outboundIPs: ['publicipaddresses/ip'],
            outboundIPPrefixes: ['?'],
            allocatedOutboundPorts: '1024',
            idleTimeoutInMinutes: '30',
            backendPoolType: 'NodeIP',
          },
          natGatewayProfile: { managedOutboundIPProfile: { count: '3' }, idleTimeoutInMinutes: '4' },
          ipFamilies: ['IPv4', 'IPv6'],
          serviceCidr: '10.0.0.0/16',
          serviceCidrs: ['10.0.0.0/16', 'fd00::/108'],
          podCidr: '10.244.0.0/16',
          podCidrs: ['10.244.0.0/16'],
          dnsServiceIP: '10.0.0.10',
          dockerBridgeCidr: '172.17.0.1/16',
          advancedNetworking: { enabled: 'true' },
          staticEgressGatewayProfile: { enabled: 'true' },
        },
      },
      { name: 'empty', networkProfile: {} },
      { name: 'dark', networkProfile: '?' },
    ]);
    expect(arm).toEqual(bicep);
  });
});

describe('pools', () => {
  const full = {
    mode: 'System',
    osType: 'Linux',
    osSKU: 'Ubuntu',
    vmSize: 'Standard_D4s_v5',
    type: 'VirtualMachineScaleSets',
    orchestratorVersion: '1.33',
    availabilityZones: ['1', '2'],
    scaleDownMode: 'Delete',
    count: 3,
    minCount: 3,
    maxCount: '5',
    enableAutoScaling: true,
    maxPods: 110,
    upgradeSettings: { maxSurge: '33%', maxUnavailable: 0 },
    enableNodePublicIP: false,
    nodePublicIPPrefixID: id('Microsoft.Network/publicIPPrefixes', 'prefix'),
    podIPAllocationMode: 'DynamicIndividual',
    vnetSubnetID: subnetId,
    podSubnetID: id('Microsoft.Network/virtualNetworks/subnets', 'vnet', 'pods'),
    localDNSProfile: {
      mode: 'Required',
      vnetDNSOverrides: {
        '.': {
          queryLogging: 'Log',
          protocol: 'PreferUDP',
          forwardDestination: 'VnetDNS',
          forwardPolicy: 'Random',
          serveStale: 'Verify',
        },
      },
      kubeDNSOverrides: unknown,
    },
  };

  test('are read inline and as resources', () => {
    const [bicep, arm] = shortOfBoth('managedClusters', [
      [
        cluster,
        {
          name: 'aks',
          properties: {
            agentPoolProfiles: [
              { name: 'inline', ...full },
              { name: 'bare' },
              { name: 'dark', count: unknown, vnetSubnetID: '' },
            ],
          },
        },
      ],
      [pool, { name: 'aks/child', properties: full }],
      [pool, { name: 'aks/unknown', properties: unknown }],
    ]);
    expect(bicep).toEqual([
      {
        name: 'aks',
        agentPoolProfiles: [
          {
            name: 'inline',
            managedCluster: 'managedclusters/aks',
            mode: 'System',
            osType: 'Linux',
            osSKU: 'Ubuntu',
            vmSize: 'Standard_D4s_v5',
            type: 'VirtualMachineScaleSets',
            orchestratorVersion: '1.33',
            availabilityZones: ['1', '2'],
            scaleDownMode: 'Delete',
            count: '3',
            minCount: '3',
            maxCount: '5',
            enableAutoScaling: 'true',
            maxPods: '110',
            upgradeSettings: { maxSurge: '33%', maxUnavailable: '0' },
            enableNodePublicIP: 'false',
            nodePublicIPPrefixID: 'publicipprefixes/prefix',
            podIPAllocationMode: 'DynamicIndividual',
            vnetSubnetID: 'virtualnetworks/vnet/subnets/nodes',
            podSubnetID: 'virtualnetworks/vnet/subnets/pods',
            localDNSProfile: {
              mode: 'Required',
              vnetDNSOverrides: [
                {
                  zone: '.',
                  queryLogging: 'Log',
                  protocol: 'PreferUDP',
                  forwardDestination: 'VnetDNS',
                  forwardPolicy: 'Random',
                  serveStale: 'Verify',
                },
              ],
              kubeDNSOverrides: ['...'],
            },
          },
          { name: 'bare', managedCluster: 'managedclusters/aks' },
          { name: 'dark', managedCluster: 'managedclusters/aks', count: '?' },
          {
            name: 'child',
            managedCluster: 'managedclusters/aks',
            mode: 'System',
            osType: 'Linux',
            osSKU: 'Ubuntu',
            vmSize: 'Standard_D4s_v5',
            type: 'VirtualMachineScaleSets',
            orchestratorVersion: '1.33',
            availabilityZones: ['1', '2'],
            scaleDownMode: 'Delete',
            count: '3',
            minCount: '3',
            maxCount: '5',
            enableAutoScaling: 'true',
            maxPods: '110',
            upgradeSettings: { maxSurge: '33%', maxUnavailable: '0' },
            enableNodePublicIP: 'false',
            nodePublicIPPrefixID: 'publicipprefixes/prefix',
            podIPAllocationMode: 'DynamicIndividual',
            vnetSubnetID: 'virtualnetworks/vnet/subnets/nodes',
            podSubnetID: 'virtualnetworks/vnet/subnets/pods',
            localDNSProfile: {
              mode: 'Required',
              vnetDNSOverrides: [
                {
                  zone: '.',
                  queryLogging: 'Log',
                  protocol: 'PreferUDP',
                  forwardDestination: 'VnetDNS',
                  forwardPolicy: 'Random',
                  serveStale: 'Verify',
                },
              ],
              kubeDNSOverrides: ['...'],
            },
          },
          {
            name: 'unknown',
            managedCluster: 'managedclusters/aks',
            mode: '?',
            osType: '?',
            osSKU: '?',
            vmSize: '?',
            type: '?',
            orchestratorVersion: '?',
            availabilityZones: ['...'],
            scaleDownMode: '?',
            count: '?',
            minCount: '?',
            maxCount: '?',
            enableAutoScaling: '?',
            maxPods: '?',
            upgradeSettings: { maxSurge: '?', maxUnavailable: '?' },
            enableNodePublicIP: '?',
            nodePublicIPPrefixID: '?',
            podIPAllocationMode: '?',
            vnetSubnetID: '?',
            podSubnetID: '?',
            localDNSProfile: '?',
          },
        ],
      },
    ]);
    expect(arm).toEqual(bicep);
  });

  test('are counted once where they stand in the cluster and as a resource', () => {
    const [bicep, arm] = modelsOf([
      [
        cluster,
        {
          name: 'aks',
          properties: {
            agentPoolProfiles: [
              { name: 'system', count: 3 },
              { name: 'user', count: 3 },
              { name: unknown, count: 1 },
            ],
          },
        },
      ],
      [pool, { name: 'aks/User', properties: { count: 5 } }],
    ]);
    const counts = [bicep, arm].map((model) => model.agentPools.map(({ count }) => knownValue(count)));
    expect(counts).toEqual([
      [3, 1, 5],
      [3, 1, 5],
    ]);
  });

  test('are counted once where the cluster is named again as an existing one', () => {
    const model = bicepModel(`resource again '${cluster}@2024-05-01' existing = { name: 'aks' }
resource first '${pool}@2024-05-01' = { parent: again, name: 'first', properties: { count: 1 } }
resource aks '${cluster}@2024-05-01' = { name: 'aks', properties: { kubernetesVersion: '1.33' } }
resource second '${pool}@2024-05-01' = { parent: aks, name: 'second', properties: { count: 2 } }
resource far '${cluster}@2024-05-01' existing = { name: 'far' }
resource farther '${cluster}@2024-05-01' existing = { name: 'far' }
resource third '${pool}@2024-05-01' = { parent: farther, name: 'third', properties: { count: 3 } }`);
    expect(model.managedClusters.map(({ name, isExisting }) => [knownValue(name), isExisting])).toEqual([
      ['aks', false],
      ['far', true],
    ]);
    expect(model.agentPools.map(({ count }) => knownValue(count))).toEqual([1, 2, 3]);
  });

  test('are read without their cluster', () => {
    const [bicep, arm] = shortOfBoth('agentPools', [[pool, { name: 'aks/stray', properties: { maxPods: 300 } }]]);
    expect(bicep).toEqual([{ name: 'stray', managedCluster: 'managedclusters/aks', maxPods: '300' }]);
    expect(arm).toEqual(bicep);
  });
});

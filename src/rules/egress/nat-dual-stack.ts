import type { NatGateway } from '../../model/edge.ts';
import { outboundType } from '../../model/effective.ts';
import { canCoexist, natGatewayOf } from '../../model/queries.ts';
import { deployedNodeSubnets, subnetPhrase } from '../../model/subnet-attachments.ts';
import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const natDualStack = defineRule({
  id: 'nat-dual-stack',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A dual-stack cluster goes out by a NAT gateway that carries IPv4 only.',
  condition:
    'Reports outbound type managedNATGateway, or userAssignedNATGateway with a NAT gateway of SKU Standard in the files, on a cluster whose ipFamilies name IPv6.',
  why: 'A Standard NAT gateway translates IPv4 alone, so IPv6 traffic of nodes and pods has no way out. StandardV2 carries both.',
  examples: [
    {
      language: 'bicep',
      bad: `resource ip 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-nat'
  location: resourceGroup().location
  sku: { name: 'Standard' }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource nat 'Microsoft.Network/natGateways@2025-01-01' = {
  name: 'nat'
  location: resourceGroup().location
  sku: { name: 'Standard' }
  properties: {
    publicIpAddresses: [{ id: ip.id }]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', natGateway: { id: nat.id } } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: '\${vnet.id}/subnets/nodes' }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      outboundType: 'userAssignedNATGateway'
      ipFamilies: ['IPv4', 'IPv6']
    }
  }
}
`,
      good: `resource ip 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-nat'
  location: resourceGroup().location
  sku: { name: 'StandardV2' }
  properties: {
    publicIPAllocationMethod: 'Static'
  }
}

resource nat 'Microsoft.Network/natGateways@2025-01-01' = {
  name: 'nat'
  location: resourceGroup().location
  sku: { name: 'StandardV2' }
  properties: {
    publicIpAddresses: [{ id: ip.id }]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', natGateway: { id: nat.id } } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: '\${vnet.id}/subnets/nodes' }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      outboundType: 'userAssignedNATGateway'
      ipFamilies: ['IPv4', 'IPv6']
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/nat-gateway',
    'https://learn.microsoft.com/azure/aks/azure-cni-overlay',
  ],
  messages: {
    managed: (_: Record<string, never>) =>
      'The NAT gateway of outbound type managedNATGateway carries IPv4 only, but ipFamilies asks for IPv6 too. Use managedNATGatewayV2 (preview) or loadBalancer.',
    userAssigned: (d: { subnet: string }) =>
      `The NAT gateway on ${d.subnet} has SKU Standard, which carries IPv4 only, but ipFamilies asks for IPv6 too. Use a NAT gateway with SKU StandardV2, or outbound type loadBalancer.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const outbound = outboundType(cluster);
      const second = cluster.networkProfile.ipFamilies.items.find(
        (family) => knownValue(family)?.toLowerCase() === 'ipv6',
      );
      if (outbound?.origin === undefined || second === undefined) continue;
      const related = [{ at: second.origin, text: 'IPv6 is asked for here.' }];
      if (outbound.value === 'managedNATGateway')
        report({ at: outbound.origin, message: 'managed', data: {}, related });
      if (outbound.value !== 'userAssignedNATGateway') continue;
      const found = deployedNodeSubnets(model, cluster)
        .map((subnet) => ({ subnet, gateway: natGatewayOf(model, subnet) }))
        .find(({ gateway }) => gateway !== undefined && canCoexist(gateway, cluster) && isStandard(gateway));
      if (found?.gateway === undefined) continue;
      report({
        at: outbound.origin,
        message: 'userAssigned',
        data: { subnet: subnetPhrase(found.subnet) },
        related: [...related, { at: found.gateway.header, text: 'The NAT gateway is here.' }],
      });
    }
  },
});

/** Azure takes Standard where no SKU is set. */
function isStandard({ skuName }: NatGateway): boolean {
  return skuName === undefined || knownValue(skuName)?.toLowerCase() === 'standard';
}

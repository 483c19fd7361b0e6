import type { Fix } from '../../model/change.ts';
import { outboundType } from '../../model/effective.ts';
import { poolWithOwnSubnet, subnetById } from '../../model/queries.ts';
import { type Origin, valueLocation } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

const managed: ReadonlySet<string> = new Set(['managedNATGateway', 'managedNATGatewayV2']);

export const natManagedCustomVnet = defineRule({
  id: 'nat-managed-custom-vnet',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A NAT gateway of AKS does not go with a subnet of your own.',
  condition: 'Reports outbound type managedNATGateway or managedNATGatewayV2 where a pool sets vnetSubnetID.',
  why: 'AKS attaches the NAT gateway that it manages only to a network that it manages too.',
  serviceError: 'ManagedNATGatewayWithCustomVNetNotAllowed',
  examples: [
    {
      language: 'bicep',
      bad: `resource ip 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-nat'
  location: resourceGroup().location
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource nat 'Microsoft.Network/natGateways@2024-05-01' = {
  name: 'nat-spoke'
  location: resourceGroup().location
  sku: { name: 'Standard' }
  properties: { publicIpAddresses: [{ id: ip.id }] }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', natGateway: { id: nat.id } } }]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', outboundType: 'managedNATGateway' }
  }
}
`,
      good: `resource ip 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-nat'
  location: resourceGroup().location
  sku: { name: 'Standard' }
  properties: { publicIPAllocationMethod: 'Static' }
}

resource nat 'Microsoft.Network/natGateways@2024-05-01' = {
  name: 'nat-spoke'
  location: resourceGroup().location
  sku: { name: 'Standard' }
  properties: { publicIpAddresses: [{ id: ip.id }] }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', natGateway: { id: nat.id } } }]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      outboundType: 'userAssignedNATGateway'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/nat-gateway',
    'https://learn.microsoft.com/azure/aks/egress-outboundtype',
  ],
  messages: {
    customNetwork: (d: { type: string; pool: string }) =>
      `Outbound type ${d.type} works only in a network of AKS, but ${d.pool} sets vnetSubnetID. Use userAssignedNATGateway with a NAT gateway on the subnet, or leave out the subnet.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const outbound = outboundType(cluster);
      if (outbound?.origin === undefined || !managed.has(outbound.value)) continue;
      const pool = poolWithOwnSubnet(cluster);
      if (pool?.vnetSubnetID === undefined) continue;
      const subnet = subnetById(model, pool.vnetSubnetID);
      // Without a NAT gateway on the subnet the other outbound type is refused just so.
      const hasGateway = subnet?.natGateway?.kind === 'known';
      report({
        at: outbound.origin,
        message: 'customNetwork',
        data: {
          type: outbound.value,
          pool: pool.name?.kind === 'known' ? `pool "${pool.name.value}"` : 'a pool',
        },
        related: [{ at: valueLocation(pool.vnetSubnetID.origin), text: 'The subnet of the pool is here.' }],
        fixes: hasGateway ? [userAssignedFix(outbound.origin)] : [],
      });
    }
  },
});

function userAssignedFix(outbound: Origin): Fix {
  return {
    title: 'Use outbound type userAssignedNATGateway with the NAT gateway of the subnet',
    applicability: 'unsafe',
    changes: [{ kind: 'set-value', target: outbound, to: 'userAssignedNATGateway' }],
  };
}

import type { Fix } from '../../model/change.ts';
import type { NatGateway } from '../../model/edge.ts';
import { outboundType } from '../../model/effective.ts';
import type { Model } from '../../model/model.ts';
import type { Subnet } from '../../model/network.ts';
import { areDifferent, canCoexist, natGatewayOf } from '../../model/queries.ts';
import { attachFix, deployedClusterSubnets, isProvenUnattached, subnetLabel } from '../../model/subnet-attachments.ts';
import { defineRule } from '../rule.ts';

export const natUserAssignedMissing = defineRule({
  id: 'nat-user-assigned-missing',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A subnet of a cluster that goes out by a NAT gateway has none, or one without a public address.',
  condition:
    'Reports a node or pod subnet in the files that certainly has no NAT gateway while its cluster has outbound type userAssignedNATGateway, and a NAT gateway there that has neither a public IP address nor a prefix.',
  why: 'With this outbound type AKS sets up no way out, and refuses a subnet that has none of its own.',
  serviceError: 'SubnetNotAssociatedWithNATGateway',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/22' } }]
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
    'https://github.com/Azure/AKS/blob/master/CHANGELOG.md',
  ],
  messages: {
    missing: (d: { subnet: string }) =>
      `${d.subnet} has no NAT gateway, but its cluster uses outbound type userAssignedNATGateway. Set natGateway to one with a public IP address.`,
    noAddress: (_: Record<string, never>) =>
      'This NAT gateway has neither a public IP address nor a prefix, so the cluster on its subnet has no way out. Set publicIpAddresses or publicIpPrefixes.',
  },

  check(model, report) {
    const reported = new Set<string>();
    for (const cluster of model.managedClusters) {
      const outbound = outboundType(cluster);
      if (outbound?.origin === undefined || outbound.value !== 'userAssignedNATGateway') continue;
      const related = [{ at: outbound.origin, text: 'The outbound type is here.' }];
      for (const subnet of deployedClusterSubnets(model, cluster)) {
        if (!reported.has(subnet.id) && isProvenUnattached(model, subnet, (each) => each.natGateway)) {
          reported.add(subnet.id);
          report({
            at: subnet.header,
            message: 'missing',
            data: { subnet: subnetLabel(subnet) },
            related,
            fixes: () => gatewayFix(model, subnet),
          });
        }
        const gateway = natGatewayOf(model, subnet);
        if (gateway === undefined || reported.has(gateway.id) || !canCoexist(gateway, cluster)) continue;
        if (!lacksAddress(model, gateway)) continue;
        reported.add(gateway.id);
        report({ at: gateway.header, message: 'noAddress', data: {}, related });
      }
    }
  },
});

function gatewayFix(model: Model, subnet: Subnet): Fix[] {
  const leadOut = model.natGateways.every((gateway) => !lacksAddress(model, gateway));
  return leadOut ? attachFix(model, subnet, { property: 'natGateway', label: 'NAT gateway' }, model.natGateways) : [];
}

function lacksAddress(model: Model, gateway: NatGateway): boolean {
  if (model.unreadParts.length > 0) return false;
  return model.natGateways.every((other) => {
    if (areDifferent(other.id, gateway.id)) return true;
    if (other.isExisting) return false;
    return [other.publicIpAddresses, other.publicIpPrefixes].every(
      ({ items, isComplete }) => isComplete && items.length === 0,
    );
  });
}

import { outboundType } from '../../model/effective.ts';
import { namedResource } from '../../model/queries.ts';
import { deployedNodeSubnets, subnetLabel } from '../../model/subnet-attachments.ts';
import { defineRule } from '../rule.ts';

export const natSubnetOutboundMismatch = defineRule({
  id: 'nat-subnet-outbound-mismatch',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Nodes stand in a subnet with a NAT gateway, but the cluster goes out by a load balancer.',
  condition:
    'Reports a NAT gateway on a node subnet in the files when the outbound type of the cluster is loadBalancer, set or by default.',
  why: 'Traffic leaves by the NAT gateway all the same, so that the addresses of the load balancer are paid for and never seen. AKS says that it makes no new cluster like this.',
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
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
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
    'https://github.com/Azure/AKS/issues/1653',
    'https://github.com/Azure/AKS/blob/master/CHANGELOG.md',
  ],
  messages: {
    mismatch: (d: { subnet: string }) =>
      `${d.subnet} has a NAT gateway, but its cluster uses outbound type loadBalancer. Set outboundType to userAssignedNATGateway.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const outbound = outboundType(cluster);
      if (outbound?.value !== 'loadBalancer' || cluster.isExisting) continue;
      const subnet = deployedNodeSubnets(model, cluster).find((each) => namedResource(each.natGateway) !== undefined);
      if (subnet?.natGateway === undefined) continue;
      const { body } = cluster.networkProfile;
      report({
        at: outbound.origin ?? cluster.header,
        message: 'mismatch',
        data: { subnet: subnetLabel(subnet) },
        related: [{ at: subnet.natGateway.origin, text: 'The NAT gateway of the subnet is here.' }],
        fixes:
          body === undefined
            ? []
            : [
                {
                  title: 'Use outbound type userAssignedNATGateway (a running cluster changes its outbound addresses)',
                  applicability: 'unsafe',
                  changes: [
                    { kind: 'set-property', object: body, path: ['outboundType'], to: 'userAssignedNATGateway' },
                  ],
                },
              ],
      });
    }
  },
});

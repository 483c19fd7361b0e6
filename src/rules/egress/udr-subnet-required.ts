import { outboundType } from '../../model/effective.ts';
import { usesManagedNetwork } from '../../model/queries.ts';
import { defineRule } from '../rule.ts';

const needsSubnet: ReadonlySet<string> = new Set(['userDefinedRouting', 'userAssignedNATGateway']);

export const udrSubnetRequired = defineRule({
  id: 'udr-subnet-required',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The outbound type needs subnets of your own, and no pool has one.',
  condition:
    'Reports a cluster with outbound type userDefinedRouting or userAssignedNATGateway of which no pool sets vnetSubnetID.',
  why: 'With these outbound types AKS leaves the way out to your route table or NAT gateway, and a network that AKS makes has neither.',
  serviceError: { withoutNatGateway: 'UserAssignedNATGatewayWithManagedVNetNotAllowed' },
  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', outboundType: 'userDefinedRouting' }
  }
}
`,
      good: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    disableBgpRoutePropagation: true
    routes: [
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
      {
        name: 'mcr'
        properties: { addressPrefix: 'MicrosoftContainerRegistry', nextHopType: 'Internet' }
      }
      {
        name: 'mcr-data'
        properties: { addressPrefix: 'AzureFrontDoor.FirstParty', nextHopType: 'Internet' }
      }
      { name: 'firewall', properties: { addressPrefix: '20.50.1.4/32', nextHopType: 'Internet' } }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', routeTable: { id: table.id } } }]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', outboundType: 'userDefinedRouting' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/egress-outboundtype',
    'https://learn.microsoft.com/azure/aks/egress-udr',
  ],
  messages: {
    withoutRouteTable: () =>
      'Outbound type userDefinedRouting needs pools in a subnet of your own, but no pool sets vnetSubnetID. Set it to a subnet with a route table, or choose another outbound type.',
    withoutNatGateway: () =>
      'Outbound type userAssignedNATGateway needs pools in a subnet of your own, but no pool sets vnetSubnetID. Set it to a subnet with a NAT gateway, or choose another outbound type.',
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const outbound = outboundType(cluster);
      if (outbound?.origin === undefined || !needsSubnet.has(outbound.value) || !usesManagedNetwork(cluster)) continue;
      report({
        at: outbound.origin,
        message: outbound.value === 'userDefinedRouting' ? 'withoutRouteTable' : 'withoutNatGateway',
        data: undefined,
        related: cluster.agentPools.items.map((pool) => ({
          at: pool.header,
          text: 'A pool without a subnet is here.',
        })),
      });
    }
  },
});

import type { Fix } from '../../model/change.ts';
import { usesUserDefinedRouting } from '../../model/effective.ts';
import { defaultRoute } from '../../model/egress.ts';
import { nodeRouteTables } from '../../model/subnet-attachments.ts';
import { knownValue, type Origin } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

const refused: ReadonlySet<string> = new Set(['internet', 'none', 'vnetlocal']);

export const udrDefaultRouteNextHop = defineRule({
  id: 'udr-default-route-next-hop',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The default route of a cluster with user-defined routing has a next hop that AKS refuses.',
  condition:
    'Reports the next hop types Internet, None and VnetLocal of the route for 0.0.0.0/0 in the route table of a node subnet, where the cluster has outbound type userDefinedRouting.',
  why: 'AKS takes only a default route to a virtual appliance or a virtual network gateway with this outbound type.',
  serviceError: 'RouteTableInvalidNextHop',
  examples: [
    {
      language: 'bicep',
      bad: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    routes: [{ name: 'default', properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'Internet' } }]
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
    'https://github.com/hashicorp/terraform-provider-azurerm/issues/8609',
  ],
  messages: {
    refused: (d: { type: string }) =>
      `With outbound type userDefinedRouting AKS refuses a default route with next hop ${d.type}. Use VirtualAppliance or VirtualNetworkGateway, or change the outbound type of the cluster.`,
  },

  check(model, report) {
    for (const { table, subnet, cluster } of nodeRouteTables(model, usesUserDefinedRouting)) {
      const outbound = cluster.networkProfile.outboundType;
      const nextHopType = defaultRoute(table)?.nextHopType;
      const type = knownValue(nextHopType);
      if (outbound === undefined || nextHopType === undefined || type === undefined) continue;
      if (!refused.has(type.toLowerCase())) continue;
      report({
        at: nextHopType.origin,
        message: 'refused',
        data: { type },
        related: [
          { at: outbound.origin, text: 'The outbound type is here.' },
          { at: subnet.header, text: 'The subnet of the nodes is here.' },
        ],
        fixes: type.toLowerCase() === 'internet' ? [loadBalancerFix(outbound.origin)] : [],
      });
    }
  },
});

function loadBalancerFix(outbound: Origin): Fix {
  return {
    title: 'Use outbound type loadBalancer, so that nodes leave through a public load balancer of AKS',
    applicability: 'unsafe',
    changes: [{ kind: 'set-value', target: outbound, to: 'loadBalancer' }],
  };
}

import { usesUserDefinedRouting } from '../../model/effective.ts';
import { defaultRoute } from '../../model/egress.ts';
import type { Model } from '../../model/model.ts';
import type { RouteTable } from '../../model/network.ts';
import { areDifferent } from '../../model/queries.ts';
import { nodeRouteTables, routeTableLabel } from '../../model/subnet-attachments.ts';
import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const udrMissingDefaultRoute = defineRule({
  id: 'udr-missing-default-route',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The route table of a cluster with user-defined routing has no default route.',
  condition:
    'Reports a route table in the files without a route for 0.0.0.0/0 on a node subnet of a cluster with outbound type userDefinedRouting, when all of its routes are known.',
  why: 'AKS sets up no way out with userDefinedRouting and asks for this route when it makes the cluster. It does not always check, as a gateway may announce the route as well; then nodes start only where it does.',
  serviceError: 'RouteTableMissingDefaultRouteError',
  examples: [
    {
      language: 'bicep',
      bad: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    routes: [
      {
        name: 'on-premises'
        properties: {
          addressPrefix: '10.100.0.0/16'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
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
    'https://github.com/Azure/AKS/issues/5112',
  ],
  messages: {
    missing: (d: { table: string }) =>
      `${d.table} has no route for 0.0.0.0/0, which outbound type userDefinedRouting asks for. Add one to your firewall or virtual network gateway.`,
  },

  check(model, report) {
    if (model.unreadParts.length > 0) return;
    for (const { table, subnet, cluster } of nodeRouteTables(model, usesUserDefinedRouting)) {
      const outbound = cluster.networkProfile.outboundType;
      if (outbound === undefined || !lacksDefaultRoute(model, table)) continue;
      report({
        at: table.header,
        message: 'missing',
        data: { table: routeTableLabel(table) },
        related: [
          { at: subnet.header, text: 'The subnet of the nodes is here.' },
          { at: outbound.origin, text: 'The outbound type is here.' },
        ],
      });
    }
  },
});

function lacksDefaultRoute(model: Model, table: RouteTable): boolean {
  return model.routeTables.every((other) => {
    if (other.id !== table.id) return areDifferent(other.id, table.id) || defaultRoute(other) === undefined;
    const { routes } = other;
    const areKnown = routes.items.every(({ addressPrefix }) => knownValue(addressPrefix) !== undefined);
    return !other.isExisting && routes.isComplete && areKnown && defaultRoute(other) === undefined;
  });
}

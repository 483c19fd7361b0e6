import type { Location } from '../../base/span.ts';
import type { Fix } from '../../model/change.ts';
import { defaultRoute, nextHopKind } from '../../model/egress.ts';
import { nodeRouteTables, routeTableLabel } from '../../model/subnet-attachments.ts';
import { defineRule } from '../rule.ts';

export const bgpPropagationAdvice = defineRule({
  id: 'bgp-propagation-advice',
  severity: 'information',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A route table for AKS nodes leaves open whether routes from on-premises count.',
  condition:
    'Notes a route table on a subnet of AKS nodes that sends 0.0.0.0/0 to a virtual appliance and does not set disableBgpRoutePropagation.',
  why: 'Unless propagation is disabled, a gateway adds the routes that it learns from on-premises, and those go around the appliance. Where it is disabled, nodes reach on-premises only by the routes of the table.',
  examples: [
    {
      language: 'bicep',
      bad: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    routes: [
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
      { name: 'firewall', properties: { addressPrefix: '20.50.1.4/32', nextHopType: 'Internet' } }
      { name: 'mcr', properties: { addressPrefix: 'MicrosoftContainerRegistry', nextHopType: 'Internet' } }
      { name: 'mcr-data', properties: { addressPrefix: 'AzureFrontDoor.FirstParty', nextHopType: 'Internet' } }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', routeTable: { id: table.id } } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: '\${vnet.id}/subnets/nodes' }]
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
      { name: 'firewall', properties: { addressPrefix: '20.50.1.4/32', nextHopType: 'Internet' } }
      { name: 'mcr', properties: { addressPrefix: 'MicrosoftContainerRegistry', nextHopType: 'Internet' } }
      { name: 'mcr-data', properties: { addressPrefix: 'AzureFrontDoor.FirstParty', nextHopType: 'Internet' } }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', routeTable: { id: table.id } } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: '\${vnet.id}/subnets/nodes' }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', outboundType: 'userDefinedRouting' }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview'],
  messages: {
    undecided: (d: { table: string }) =>
      `${d.table} sends everything to a virtual appliance, but routes from on-premises can still go around it. Set disableBgpRoutePropagation to true to stop them, or to false to keep them.`,
  },

  check(model, report) {
    for (const { table, subnet } of nodeRouteTables(model, () => true)) {
      if (table.isExisting || table.disableBgpRoutePropagation !== undefined) continue;
      if (nextHopKind(defaultRoute(table)) !== 'virtualappliance') continue;
      report({
        at: table.header,
        message: 'undecided',
        data: { table: routeTableLabel(table) },
        related: [{ at: subnet.header, text: 'The subnet of the nodes is here.' }],
        fixes:
          table.properties === undefined
            ? []
            : [
                propagationFix(
                  table.properties,
                  'Stop routes from on-premises (nodes reach it only through the appliance)',
                  true,
                ),
                propagationFix(table.properties, 'Keep routes from on-premises (they go around the appliance)', false),
              ],
      });
    }
  },
});

function propagationFix(properties: Location, title: string, disable: boolean): Fix {
  return {
    title,
    applicability: 'unsafe',
    changes: [{ kind: 'set-property', object: properties, path: ['disableBgpRoutePropagation'], to: disable }],
  };
}

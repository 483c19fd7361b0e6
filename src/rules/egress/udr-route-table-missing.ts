import type { Fix } from '../../model/change.ts';
import type { ManagedCluster } from '../../model/cluster.ts';
import { identityKind, usesUserDefinedRouting } from '../../model/effective.ts';
import { defaultRoute, nextHopKind } from '../../model/egress.ts';
import type { Model } from '../../model/model.ts';
import type { Subnet } from '../../model/network.ts';
import { attachFix, deployedNodeSubnets, isProvenUnattached, subnetLabel } from '../../model/subnet-attachments.ts';
import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const udrRouteTableMissing = defineRule({
  id: 'udr-route-table-missing',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The subnet of a cluster with user-defined routing has no route table.',
  condition:
    'Reports a subnet in the files that holds nodes of a cluster with outbound type userDefinedRouting and certainly has no route table.',
  why: 'With userDefinedRouting AKS sets up no way out and refuses a subnet that has no route table when the cluster is made.',
  serviceError: 'ExistingRouteTableNotAssociatedWithSubnet',
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
    missing: (d: { subnet: string }) =>
      `${d.subnet} has no route table, but its cluster uses outbound type userDefinedRouting. Set routeTable to a table with a route for 0.0.0.0/0.`,
  },

  check(model, report) {
    const reported = new Set<string>();
    for (const cluster of model.managedClusters) {
      const outbound = cluster.networkProfile.outboundType;
      if (outbound === undefined || !usesUserDefinedRouting(cluster)) continue;
      for (const subnet of deployedNodeSubnets(model, cluster)) {
        if (reported.has(subnet.id) || !isProvenUnattached(model, subnet, (each) => each.routeTable)) continue;
        reported.add(subnet.id);
        report({
          at: subnet.header,
          message: 'missing',
          data: { subnet: subnetLabel(subnet) },
          related: [{ at: outbound.origin, text: 'The outbound type is here.' }],
          fixes: () => (takesRouteTable(cluster) ? tableFix(model, subnet) : []),
        });
      }
    }
  },
});

/** A kubenet cluster needs rights on its table before it exists, which a system-assigned identity cannot have. */
function takesRouteTable(cluster: ManagedCluster): boolean {
  const isKubenet = knownValue(cluster.networkProfile.networkPlugin)?.toLowerCase() === 'kubenet';
  return !isKubenet || identityKind(cluster) !== 'SystemAssigned';
}

function tableFix(model: Model, subnet: Subnet): Fix[] {
  const hops = model.routeTables.map((table) => nextHopKind(defaultRoute(table)));
  const leadsOut = hops.every((hop) => hop === 'virtualappliance' || hop === 'virtualnetworkgateway');
  return leadsOut ? attachFix(model, subnet, { property: 'routeTable', label: 'route table' }, model.routeTables) : [];
}

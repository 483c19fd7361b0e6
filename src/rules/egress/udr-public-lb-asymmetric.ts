import { callOf, type Fix, referTo } from '../../model/change.ts';
import { applianceLabel, defaultRoute, isToInternet, nextHopKind, pinsRegistry } from '../../model/egress.ts';
import { firewallBehind } from '../../model/firewall-queries.ts';
import type { Model } from '../../model/model.ts';
import type { Route, RouteTable } from '../../model/network.ts';
import { addRoutes } from '../../model/new-routes.ts';
import { nodeRouteTables, subnetPhrase } from '../../model/subnet-attachments.ts';
import { knownValue } from '../../model/value.ts';
import { rangeKind } from '../../net/azure.ts';
import { parseCidr } from '../../net/cidr.ts';
import { defineRule } from '../rule.ts';

export const udrPublicLbAsymmetric = defineRule({
  id: 'udr-public-lb-asymmetric',
  severity: 'information',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Answers of public services leave through an appliance that saw no request.',
  condition:
    'Notes a default route to a virtual appliance on a subnet of AKS nodes, once for each route table, where no other route leads a public address to the internet. Services are not in the template, so whether any is public is for you to say.',
  why: 'Requests to a public LoadBalancer service reach the nodes directly, but answers follow the default route to the appliance, which drops them, as it knows no such connection.',
  examples: [
    {
      language: 'bicep',
      bad: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
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
  references: [
    'https://learn.microsoft.com/azure/aks/limit-egress-traffic',
    'https://github.com/Azure/AKS/issues/2334',
  ],
  messages: {
    asymmetric: (d: { subnet: string; hop: string }) =>
      `The default route of ${d.subnet} leads to ${d.hop}, so answers of public LoadBalancer services leave through it and are lost. Keep services internal and publish them by DNAT, with a route from the public address of the appliance (/32) to Internet.`,
  },

  check(model, report) {
    for (const { table, subnet, cluster } of nodeRouteTables(model, () => true)) {
      const route = defaultRoute(table);
      if (route?.addressPrefix === undefined || nextHopKind(route) !== 'virtualappliance') continue;
      if (mayReturnDirectly(table, route)) continue;
      report({
        at: route.addressPrefix.origin,
        message: 'asymmetric',
        data: { subnet: subnetPhrase(subnet), hop: applianceLabel(route) },
        related: [{ at: cluster.header, text: 'The cluster is here.' }],
        fixes: () => returnFix(model, table, route),
      });
    }
  },
});

/** Whether another route may lead a public address to the internet, for the answers of public services. */
function mayReturnDirectly({ routes }: RouteTable, forced: Route): boolean {
  return !routes.isComplete || routes.items.some((route) => route !== forced && mayLeadPublic(route));
}

function mayLeadPublic(route: Route): boolean {
  if (!isToInternet(route) || pinsRegistry(route)) return false;
  const prefix = knownValue(route.addressPrefix);
  return prefix === undefined || (prefix.cidr !== undefined && rangeKind(prefix.cidr) === 'public');
}

/** A route for the answers of what the firewall forwards by DNAT, where the files declare its public address. */
function returnFix(model: Model, table: RouteTable, forced: Route): Fix[] {
  const configurations = firewallBehind(model, forced)?.ipConfigurations.items ?? [];
  const ids = configurations.map(({ publicIPAddress }) => knownValue(publicIPAddress)?.id);
  const address = model.publicIPAddresses.find(({ id }) => ids.includes(id));
  if (address === undefined) return [];
  const literal = knownValue(address.ipAddress);
  if (literal !== undefined && !isPublicAddress(literal)) return [];
  const addressPrefix =
    literal === undefined ? callOf('format', '{0}/32', referTo(address, 'ipAddress')) : `${literal}/32`;
  const route = { name: 'firewall-public-address', properties: { addressPrefix, nextHopType: 'Internet' } };
  const changes = addRoutes(table, [route]);
  if (changes === undefined) return [];
  return [
    {
      title: 'Add a route from the public address of the firewall to Internet',
      applicability: 'unsafe',
      changes,
    },
  ];
}

function isPublicAddress(address: string): boolean {
  const parsed = parseCidr(`${address}/32`);
  return parsed.ok && rangeKind(parsed.cidr) === 'public';
}

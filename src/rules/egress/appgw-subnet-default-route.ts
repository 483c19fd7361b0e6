import type { ApplicationGateway } from '../../model/edge.ts';
import { defaultRoute } from '../../model/egress.ts';
import { canCoexist, routeTableOf, subnetById } from '../../model/queries.ts';
import { subnetLabel } from '../../model/subnet-attachments.ts';
import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const appgwSubnetDefaultRoute = defineRule({
  id: 'appgw-subnet-default-route',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The subnet of an Application Gateway sends everything to an appliance or a gateway.',
  condition:
    'Reports a route for 0.0.0.0/0 to a virtual appliance or a virtual network gateway in the route table on the subnet of an Application Gateway v2.',
  why: 'Without its network isolation feature an Application Gateway v2 must reach the internet directly: its health turns to unknown, and updates of it fail.',
  examples: [
    {
      language: 'bicep',
      bad: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-ingress'
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
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'ingress', properties: { addressPrefix: '10.1.8.0/24', routeTable: { id: table.id } } }
    ]
  }
}

resource gateway 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'agw'
  location: resourceGroup().location
  properties: {
    sku: { name: 'WAF_v2', tier: 'WAF_v2', capacity: 2 }
    gatewayIPConfigurations: [
      {
        name: 'default'
        properties: { subnet: { id: '\${vnet.id}/subnets/ingress' } }
      }
    ]
  }
}
`,
      good: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-ingress'
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
    subnets: [
      { name: 'ingress', properties: { addressPrefix: '10.1.8.0/24', routeTable: { id: table.id } } }
    ]
  }
}

resource gateway 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'agw'
  location: resourceGroup().location
  properties: {
    sku: { name: 'WAF_v2', tier: 'WAF_v2', capacity: 2 }
    gatewayIPConfigurations: [
      {
        name: 'default'
        properties: { subnet: { id: '\${vnet.id}/subnets/ingress' } }
      }
    ]
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure',
    'https://github.com/Azure/AKS/issues/2334',
  ],
  messages: {
    forced: (d: { subnet: string; hop: string }) =>
      `${d.subnet} holds an Application Gateway, but its default route leads to ${d.hop} instead of the internet. Give the subnet a table without this route, or enable network isolation on the gateway.`,
  },

  check(model, report) {
    const reported = new Set<string>();
    for (const gateway of model.applicationGateways) {
      if (!isVersion2(gateway)) continue;
      for (const reference of gateway.subnets.items) {
        const subnet = subnetById(model, reference);
        const table = subnet === undefined ? undefined : routeTableOf(model, subnet);
        if (subnet === undefined || table === undefined || reported.has(table.id)) continue;
        const hop = defaultRoute(table)?.nextHopType;
        if (hop?.kind !== 'known' || !isForced(hop.value) || !canCoexist(table, gateway)) continue;
        reported.add(table.id);
        report({
          at: hop.origin,
          message: 'forced',
          data: { subnet: subnetLabel(subnet), hop: hop.value },
          related: [
            { at: subnet.header, text: 'The subnet is here.' },
            { at: gateway.header, text: 'The Application Gateway is here.' },
          ],
        });
      }
    }
  },
});

function isVersion2({ skuName, skuTier }: ApplicationGateway): boolean {
  return [skuName, skuTier].some((sku) => knownValue(sku)?.toLowerCase().endsWith('_v2') === true);
}

function isForced(hop: string): boolean {
  return ['virtualappliance', 'virtualnetworkgateway'].includes(hop.toLowerCase());
}

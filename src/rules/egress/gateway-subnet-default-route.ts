import { defaultRoute } from '../../model/egress.ts';
import type { Model } from '../../model/model.ts';
import type { Subnet } from '../../model/network.ts';
import { canCoexist, routeTableOf } from '../../model/queries.ts';
import { subnetUsers } from '../../model/subnet-users.ts';
import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const gatewaySubnetDefaultRoute = defineRule({
  id: 'gateway-subnet-default-route',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The route table of a GatewaySubnet has a route that its gateway does not work with.',
  condition:
    'Reports a route for 0.0.0.0/0, or disableBgpRoutePropagation set to true, in a route table on a GatewaySubnet. An error where the files declare the gateway, whose deployment Azure blocks for the route; otherwise a warning.',
  why: 'Azure makes no VPN or ExpressRoute gateway in a subnet with a route for everything, and a gateway that learns no routes does not work.',
  examples: [
    {
      language: 'bicep',
      bad: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-gateway'
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
  name: 'vnet-hub'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [
      { name: 'GatewaySubnet', properties: { addressPrefix: '10.0.0.0/27', routeTable: { id: table.id } } }
    ]
  }
}

resource gateway 'Microsoft.Network/virtualNetworkGateways@2024-05-01' = {
  name: 'vpn'
  location: resourceGroup().location
  properties: {
    gatewayType: 'Vpn'
    vpnType: 'RouteBased'
    sku: { name: 'VpnGw1', tier: 'VpnGw1' }
    ipConfigurations: [
      {
        name: 'default'
        properties: {
          subnet: { id: '\${vnet.id}/subnets/GatewaySubnet' }
          publicIPAddress: { id: resourceId('Microsoft.Network/publicIPAddresses', 'pip-vpn') }
        }
      }
    ]
  }
}
`,
      good: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-gateway'
  location: resourceGroup().location
  properties: {
    routes: [
      {
        name: 'spoke'
        properties: {
          addressPrefix: '10.1.0.0/16'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-hub'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [
      { name: 'GatewaySubnet', properties: { addressPrefix: '10.0.0.0/27', routeTable: { id: table.id } } }
    ]
  }
}

resource gateway 'Microsoft.Network/virtualNetworkGateways@2024-05-01' = {
  name: 'vpn'
  location: resourceGroup().location
  properties: {
    gatewayType: 'Vpn'
    vpnType: 'RouteBased'
    sku: { name: 'VpnGw1', tier: 'VpnGw1' }
    ipConfigurations: [
      {
        name: 'default'
        properties: {
          subnet: { id: '\${vnet.id}/subnets/GatewaySubnet' }
          publicIPAddress: { id: resourceId('Microsoft.Network/publicIPAddresses', 'pip-vpn') }
        }
      }
    ]
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview'],
  messages: {
    defaultRoute: (d: { hop: string }) =>
      `The route for 0.0.0.0/0 to ${d.hop} is in the route table of a GatewaySubnet, where Azure makes no gateway with such a route. Route only the prefixes of your networks here.`,
    propagation: (_: Record<string, never>) =>
      'Route propagation is disabled on a GatewaySubnet, where the gateway does not work without it. Set disableBgpRoutePropagation to false.',
  },

  check(model, report) {
    const reported = new Set<string>();
    for (const subnet of model.subnets) {
      const table = isGatewaySubnet(subnet) ? routeTableOf(model, subnet) : undefined;
      if (table === undefined || reported.has(table.id) || !canCoexist(table, subnet)) continue;
      reported.add(table.id);
      const related = [{ at: subnet.header, text: 'The GatewaySubnet is here.' }];
      const route = defaultRoute(table);
      if (route?.addressPrefix !== undefined) {
        const data = { hop: knownValue(route.nextHopType) ?? 'any next hop' };
        const severity = hasGateway(model, subnet) ? 'error' : 'warning';
        report({ at: route.addressPrefix.origin, message: 'defaultRoute', data, severity, related });
      }
      const propagation = table.disableBgpRoutePropagation;
      if (propagation?.kind === 'known' && propagation.value)
        report({ at: propagation.origin, message: 'propagation', data: {}, severity: 'warning', related });
    }
  },
});

function isGatewaySubnet(subnet: Subnet): boolean {
  return knownValue(subnet.name)?.toLowerCase() === 'gatewaysubnet';
}

function hasGateway(model: Model, subnet: Subnet): boolean {
  return subnetUsers(model, subnet.id).some(
    (user) => user.kind === 'virtual-network-gateway' && canCoexist(user, subnet),
  );
}

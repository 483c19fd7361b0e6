import type { Location } from '../../base/span.ts';
import type { Model } from '../../model/model.ts';
import type { Subnet } from '../../model/network.ts';
import { type PoolDemand, poolDemand } from '../../model/pool-demand.ts';
import { clusterOf, coexisting } from '../../model/queries.ts';
import { nodePoolsIn } from '../../model/subnet-users.ts';
import { networkLimits } from '../../net/azure.ts';
import { plannedAddressesPerNode } from '../../net/sizing.ts';
import { defineRule } from '../rule.ts';

export const networkLimitsExceeded = defineRule({
  id: 'network-limits-exceeded',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A network resource has more parts than Azure documents.',
  condition:
    'Reports a virtual network with more than 3,000 subnets, 500 peerings or 20 DNS servers, a network security group with more than 1,000 rules, a rule with more than 4,000 addresses on one side, a route table with more than 400 routes, and a virtual network whose node pools can take more than 65,536 addresses for nodes and pods.',
  why: 'Azure refuses what goes beyond a limit, unless the limit was raised for the subscription. Some are higher today than the page says.',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    dhcpOptions: {
      dnsServers: ['10.9.0.1', '10.9.0.2', '10.9.0.3', '10.9.0.4', '10.9.0.5', '10.9.0.6', '10.9.0.7', '10.9.0.8', '10.9.0.9', '10.9.0.10', '10.9.0.11', '10.9.0.12', '10.9.0.13', '10.9.0.14', '10.9.0.15', '10.9.0.16', '10.9.0.17', '10.9.0.18', '10.9.0.19', '10.9.0.20', '10.9.0.21']
    }
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    dhcpOptions: {
      dnsServers: ['10.9.0.1', '10.9.0.2', '10.9.0.3', '10.9.0.4', '10.9.0.5', '10.9.0.6', '10.9.0.7', '10.9.0.8', '10.9.0.9', '10.9.0.10', '10.9.0.11', '10.9.0.12', '10.9.0.13', '10.9.0.14', '10.9.0.15', '10.9.0.16', '10.9.0.17', '10.9.0.18', '10.9.0.19', '10.9.0.20']
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits',
    'https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning',
  ],
  messages: {
    parts: (d: { what: string; count: number; noun: string; limit: number }) =>
      `This ${d.what} has ${number(d.count)} ${d.noun}, and the documented limit is ${number(d.limit)}. Use fewer, or ask Azure to raise the limit.`,
    addresses: (d: { count: number; limit: number }) =>
      `The node pools in this virtual network can take ${number(d.count)} addresses for nodes and pods, and the documented limit is ${number(d.limit)}. Lower maxPods or the number of nodes, or use Azure CNI Overlay.`,
  },

  check(model, report) {
    const judge = (at: Location, what: string, noun: string, count: number, limit: number): void => {
      if (count > limit) report({ at, message: 'parts', data: { what, count, noun, limit } });
    };
    for (const network of model.virtualNetworks) {
      const { header, subnets, virtualNetworkPeerings, dnsServers } = network;
      judge(header, 'virtual network', 'subnets', coexisting(subnets.items).length, networkLimits.subnetsPerNetwork);
      const peerings = coexisting(virtualNetworkPeerings.items).length;
      judge(header, 'virtual network', 'peerings', peerings, networkLimits.peeringsPerNetwork);
      judge(header, 'virtual network', 'DNS servers', dnsServers.items.length, networkLimits.dnsServersPerNetwork);
      const occupied = network.subnets.items.filter(({ id }) => nodePoolsIn(model, id).length > 0);
      const demands = coexisting(occupied.flatMap((subnet) => flatDemands(model, subnet)));
      const count = demands.reduce((total, demand) => total + addressesOf(demand), 0);
      const limit = networkLimits.privateAddressesPerNetwork;
      if (count > limit) report({ at: header, message: 'addresses', data: { count, limit } });
    }
    for (const { header, securityRules } of model.networkSecurityGroups) {
      const count = coexisting(securityRules.items).length;
      judge(header, 'network security group', 'rules', count, networkLimits.rulesPerSecurityGroup);
      for (const rule of securityRules.items) {
        const limit = networkLimits.addressesPerRuleSide;
        judge(rule.header, 'rule', 'source addresses', rule.sourceAddressPrefixes.items.length, limit);
        judge(rule.header, 'rule', 'destination addresses', rule.destinationAddressPrefixes.items.length, limit);
      }
    }
    for (const { header, routes } of model.routeTables) {
      judge(header, 'route table', 'routes', routes.items.length, networkLimits.routesPerTable);
    }
  },
});

/** The pools of the subnet whose pods take addresses of it. */
function flatDemands(model: Model, subnet: Subnet): PoolDemand[] {
  return nodePoolsIn(model, subnet.id).flatMap((pool) => {
    const cluster = clusterOf(model, pool);
    const demand = cluster === undefined ? undefined : poolDemand(cluster, pool);
    return demand?.mode === 'node-subnet' ? [demand] : [];
  });
}

function addressesOf({ largestNodes, maxPods }: PoolDemand): number {
  return largestNodes === undefined || maxPods === undefined ? 0 : largestNodes * plannedAddressesPerNode(maxPods);
}

function number(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

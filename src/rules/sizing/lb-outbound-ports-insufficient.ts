import type { Change, Fix } from '../../model/change.ts';
import type { LoadBalancerProfile, ManagedCluster } from '../../model/cluster.ts';
import { outboundType } from '../../model/effective.ts';
import type { Model } from '../../model/model.ts';
import { clusterDemands, sumOf } from '../../model/pool-demand.ts';
import { plannedNodes } from '../../model/subnet-needs.ts';
import { type KnownValue, knownValue } from '../../model/value.ts';
import { outboundPorts } from '../../net/aks.ts';
import { defineRule } from '../rule.ts';

export const lbOutboundPortsInsufficient = defineRule({
  id: 'lb-outbound-ports-insufficient',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The outbound addresses of a cluster have fewer ports than its nodes are given.',
  condition:
    'Reports `allocatedOutboundPorts` that, times the nodes, are more than 64,000 for each outbound address of the load balancer; a warning where only the largest size of the pools and the nodes that an upgrade adds are too many. Also ports above 64,000 or that are no multiple of 8. Pools whose numbers are not known count nothing.',
  why: 'Each node gets its ports when it is added: AKS refuses the setting, or scaling and upgrades stop.',
  serviceError: {
    invalid: 'LoadBalancerProfileAllocatedOutboundPortsMustBeMultipleOfEight',
    tooFew: 'InvalidLoadBalancerProfileAllocatedOutboundPorts',
    cannotGrow: 'InvalidLoadBalancerProfileAllocatedOutboundPorts',
  },
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 9, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      loadBalancerProfile: { managedOutboundIPs: { count: 1 }, allocatedOutboundPorts: 8000 }
    }
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 9, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      loadBalancerProfile: { managedOutboundIPs: { count: 2 }, allocatedOutboundPorts: 8000 }
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/invalidloadbalancerprofileallocatedoutboundports-error',
    'https://learn.microsoft.com/azure/aks/load-balancer-standard',
  ],
  messages: {
    invalid: (d: { ports: number; better: number }) =>
      `allocatedOutboundPorts is a multiple of ${outboundPorts.step} up to ${outboundPorts.most}, and this is ${d.ports}. Use ${d.better}.`,
    tooFew: (d: Shortage) =>
      `${d.nodes} nodes with ${d.ports} ports each need ${d.needed} ports, but ${addresses(d.count)} ${d.count === 1 ? 'has' : 'have'} ${d.available}. Use ${addresses(d.enough)}, or fewer ports.`,
    cannotGrow: (d: Shortage) =>
      `At their largest size and during an upgrade the pools have ${d.nodes} nodes, which with ${d.ports} ports each need ${d.needed} ports, but ${addresses(d.count)} ${d.count === 1 ? 'has' : 'have'} ${d.available}. Use ${addresses(d.enough)}, or fewer ports.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const profile = cluster.networkProfile.loadBalancerProfile;
      const ports = profile.allocatedOutboundPorts;
      // Zero lets AKS choose.
      if (ports?.kind !== 'known' || ports.value <= 0 || outboundType(cluster)?.value !== 'loadBalancer') continue;
      const better = validPorts(ports.value);
      if (better !== ports.value) {
        report({
          at: ports.origin,
          message: 'invalid',
          data: { ports: ports.value, better },
          fixes: [portsFix(ports, better)],
        });
        continue;
      }
      const count = outboundAddresses(model, profile);
      if (count === undefined) continue;
      const demands = clusterDemands(cluster);
      const now = sumOf(demands, ({ nodes }) => nodes);
      const largest = sumOf(demands, plannedNodes);
      const available = outboundPorts.perAddress * count;
      if (Math.max(now, largest) * ports.value <= available) continue;
      const isRefused = now * ports.value > available;
      const nodes = isRefused ? now : largest;
      const enough = Math.ceil((Math.max(now, largest) * ports.value) / outboundPorts.perAddress);
      report({
        at: ports.origin,
        message: isRefused ? 'tooFew' : 'cannotGrow',
        data: { nodes, ports: ports.value, needed: nodes * ports.value, available, count, enough },
        severity: isRefused ? 'error' : 'warning',
        related: demands.map(({ pool }) => ({ at: pool.header, text: 'A node pool of the cluster is here.' })),
        fixes: () => addressFix(cluster, enough),
      });
    }
  },
});

interface Shortage {
  readonly nodes: number;
  readonly ports: number;
  readonly needed: number;
  readonly available: number;
  readonly count: number;
  readonly enough: number;
}

function addresses(count: number): string {
  return count === 1 ? '1 outbound address' : `${count} outbound addresses`;
}

function validPorts(ports: number): number {
  const { step, most } = outboundPorts;
  return Math.min(Math.ceil(ports / step) * step, most);
}

function portsFix(ports: KnownValue<number>, to: number): Fix {
  return {
    title: `Use ${to} ports`,
    applicability: 'unsafe',
    changes: [{ kind: 'set-value', target: ports.origin, to }],
  };
}

/** The outbound IPv4 addresses of the load balancer: managed, one where none are set, or your own; undefined if not known. */
function outboundAddresses(model: Model, profile: LoadBalancerProfile): number | undefined {
  const { managedOutboundIPs, managedOutboundIPsCount, outboundIPs, outboundIPPrefixes } = profile;
  const isManaged = outboundIPs.items.length === 0 && outboundIPPrefixes.items.length === 0;
  if (!outboundIPs.isComplete || !outboundIPPrefixes.isComplete) return undefined;
  if (isManaged) {
    if (managedOutboundIPs.presence === 'unknown') return undefined;
    return managedOutboundIPsCount === undefined ? 1 : knownValue(managedOutboundIPsCount);
  }
  if (managedOutboundIPs.presence !== 'absent') return undefined;
  let count = outboundIPs.items.length;
  for (const item of outboundIPPrefixes.items) {
    const id = knownValue(item)?.id;
    const length = knownValue(model.publicIPPrefixes.find((prefix) => prefix.id === id)?.prefixLength);
    if (length === undefined) return undefined;
    count += 2 ** (32 - length);
  }
  return count;
}

/** More managed addresses; addresses of your own are not made up. */
function addressFix(cluster: ManagedCluster, count: number): Fix[] {
  const profile = cluster.networkProfile.loadBalancerProfile;
  const { managedOutboundIPsCount, outboundIPs, outboundIPPrefixes, body } = profile;
  if (count > outboundPorts.mostAddresses || outboundIPs.items.length > 0 || outboundIPPrefixes.items.length > 0)
    return [];
  const change: Change | undefined =
    managedOutboundIPsCount !== undefined
      ? { kind: 'set-value', target: managedOutboundIPsCount.origin, to: count }
      : body === undefined
        ? undefined
        : { kind: 'set-property', object: body, path: ['managedOutboundIPs', 'count'], to: count };
  if (change === undefined) return [];
  return [{ title: `Use ${count} managed outbound addresses`, applicability: 'unsafe', changes: [change] }];
}

import type { Fix } from '../../model/change.ts';
import { podRanges } from '../../model/effective.ts';
import { podRangeFix } from '../../model/pod-range-fix.ts';
import { clusterDemands, type PoolDemand } from '../../model/pool-demand.ts';
import { cidrSize } from '../../net/cidr.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import { podCidrAddressesPerNode, smallestPodCidrLength } from '../../net/sizing.ts';
import type { RelatedPlace } from '../rule.ts';
import { defineRule } from '../rule.ts';

export const podCidrTooSmall = defineRule({
  id: 'pod-cidr-too-small',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The pod range of a cluster has too few addresses for its nodes.',
  condition:
    'Reports an overlay or kubenet cluster whose node pools, each at its largest size, need more blocks of 256 addresses than its pod range has, and as a warning one that has no block left for the nodes that an upgrade adds. Pools whose sizes are not known count as none.',
  why: 'Every node takes a /24 of the pod range, however few pods it runs. AKS refuses a range that is too small for all nodes, and the size of a block cannot be changed.',
  serviceError: 'InsufficientSubnetSize',
  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 5 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      podCidr: '10.244.0.0/22'
    }
  }
}
`,
      good: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 5 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      podCidr: '10.244.0.0/20'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning',
    'https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay',
    'https://learn.microsoft.com/azure/aks/configure-kubenet',
  ],
  messages: {
    tooSmall: (d: { range: string; room: number; nodes: number; proposal: string }) =>
      `The pod range ${d.range} has room for ${plural(d.room, 'node')}, as each takes a /24, but the pools can grow to ${plural(d.nodes, 'node')}. ${d.proposal}`,
    noRoomForUpgrade: (d: { range: string; room: number; nodes: number; surge: number; proposal: string }) =>
      `The pod range ${d.range} has room for ${plural(d.room, 'node')}, as each takes a /24, but an upgrade of the ${plural(d.nodes, 'node')} adds up to ${d.surge}. ${d.proposal}`,
    noBlock: (d: { range: string }) =>
      `The pod range ${d.range} is smaller than the /24 that every node takes. Use a range that is a /24 for each node, such as a /16 for 256.`,
    defaultTooSmall: (d: { range: string; room: number; nodes: number; proposal: string }) =>
      `No pod range is set, so AKS uses ${d.range} with room for ${plural(d.room, 'node')}, as each takes a /24, but the pools can grow to ${plural(d.nodes, 'node')}. ${d.proposal}`,
  },

  check(model, report, settings) {
    for (const cluster of model.managedClusters) {
      const range = podRanges(cluster).find(({ cidr }) => cidr.family === 4);
      if (range === undefined || cluster.isExisting) continue;
      const demands = clusterDemands(cluster);
      const nodes = sum(demands.map((demand) => demand.largestNodes ?? 0));
      const surge = sum(demands.map((demand) => demand.surgeNodes ?? 0));
      const room = Math.floor(Number(cidrSize(range.cidr)) / podCidrAddressesPerNode);
      const at = range.origin ?? cluster.header;
      const length = smallestPodCidrLength(Math.max(nodes + surge, 1));
      const fixes = (): Fix[] =>
        length === undefined ? [] : podRangeFix(model, cluster, takenPrefixes(settings), length);
      const proposal = length === undefined ? 'Use fewer nodes.' : `Use a /${length} or larger.`;
      if (room === 0) report({ at, message: 'noBlock', data: { range: range.text }, fixes });
      else if (nodes > room) {
        const message = range.origin === undefined ? 'defaultTooSmall' : 'tooSmall';
        report({ at, message, data: { range: range.text, room, nodes, proposal }, related: pools(demands), fixes });
      } else if (nodes + surge > room) {
        const data = { range: range.text, room, nodes, surge, proposal };
        report({ at, message: 'noRoomForUpgrade', data, severity: 'warning', related: pools(demands), fixes });
      }
    }
  },
});

function pools(demands: readonly PoolDemand[]): RelatedPlace[] {
  return demands.flatMap(({ pool, largestNodes }) =>
    largestNodes === undefined || largestNodes === 0
      ? []
      : [{ at: pool.header, text: `This pool can grow to ${plural(largestNodes, 'node')}.` }],
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

import type { ManagedCluster } from '../../model/cluster.ts';
import { type ConnectedRange, connectedRanges } from '../../model/connected-networks.ts';
import { podRanges } from '../../model/effective.ts';
import type { Model } from '../../model/model.ts';
import { overlappingSubnet } from '../../model/overlapping-subnets.ts';
import { podRangeFix } from '../../model/pod-range-fix.ts';
import { canCoexist, clusterNetworks } from '../../model/queries.ts';
import { overlaps } from '../../net/cidr.ts';
import { statedPrefixes, takenPrefixes } from '../../net/named-ranges.ts';
import { defineRule } from '../rule.ts';

export const podCidrOverlapVnetOrPeer = defineRule({
  id: 'pod-cidr-overlap-vnet-or-peer',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The pod range of a cluster is used by its virtual network or by one that is connected with it.',
  condition:
    'Reports the pod range of an overlay or kubenet cluster, set or 10.244.0.0/16 by default, that overlaps the address space of the virtual network of the nodes, a network peered with it, the ranges of a local network gateway, or a range that the configuration names as reserved or peered. Where a declared subnet of the network uses the addresses, it is an error of another rule.',
  why: 'AKS compares the range with subnets only, so it takes the cluster. Pods take the addresses for other pods, so the hosts there cannot be reached from the cluster.',
  examples: [
    {
      language: 'bicep',
      bad: `resource hub 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'hub'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.240.0.0/16'] }
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.9.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.9.0.0/22' } }
    ]
  }
}

resource peering 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2024-05-01' = {
  parent: vnet
  name: 'to-hub'
  properties: { remoteVirtualNetwork: { id: hub.id } }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      podCidr: '10.240.0.0/16'
    }
  }
}
`,
      good: `resource hub 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'hub'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.240.0.0/16'] }
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.9.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.9.0.0/22' } }
    ]
  }
}

resource peering 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2024-05-01' = {
  parent: vnet
  name: 'to-hub'
  properties: { remoteVirtualNetwork: { id: hub.id } }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      podCidr: '10.244.0.0/16'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay',
    'https://learn.microsoft.com/azure/aks/azure-cni-overlay',
    'https://learn.microsoft.com/azure/aks/configure-kubenet',
  ],
  messages: {
    overlap: (d: { pods: string; range: string; owner: string }) =>
      `The pod range ${d.pods} overlaps ${d.range} of ${d.owner}, whose hosts pods then cannot reach. Choose a pod range that no connected network uses.`,
    defaultOverlap: (d: { pods: string; range: string; owner: string }) =>
      `No pod range is set, so AKS uses ${d.pods}, which overlaps ${d.range} of ${d.owner}, whose hosts pods then cannot reach. Set podCidr to a range that no connected network uses.`,
  },

  check(model, report, settings) {
    const stated = statedPrefixes(settings);
    for (const cluster of model.managedClusters) {
      const ranges = podRanges(cluster);
      if (ranges.length === 0) continue;
      const around = [...ownRanges(model, cluster), ...connectedRanges(model, cluster, stated)];
      for (const range of ranges) {
        if (overlappingSubnet(model, cluster, range.cidr) !== undefined) continue;
        const hit = around.find(({ cidr }) => overlaps(cidr, range.cidr));
        if (hit === undefined) continue;
        report({
          at: range.origin ?? cluster.header,
          message: range.origin === undefined ? 'defaultOverlap' : 'overlap',
          data: { pods: range.text, range: hit.text, owner: hit.owner },
          related: hit.origin === undefined ? [] : [{ at: hit.origin, text: 'The network is here.' }],
          fixes: () => podRangeFix(model, cluster, takenPrefixes(settings)),
        });
      }
    }
  },
});

function ownRanges(model: Model, cluster: ManagedCluster): ConnectedRange[] {
  return clusterNetworks(model, cluster).flatMap((network) =>
    network.addressPrefixes.items.flatMap((prefix) => {
      if (prefix.kind !== 'known' || prefix.value.cidr === undefined || !canCoexist(network, cluster)) return [];
      const { cidr, text } = prefix.value;
      return [{ cidr, text, owner: 'the virtual network of the nodes', origin: prefix.origin }];
    }),
  );
}

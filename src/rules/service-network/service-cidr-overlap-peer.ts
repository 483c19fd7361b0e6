import { connectedRanges } from '../../model/connected-networks.ts';
import { serviceRanges } from '../../model/effective.ts';
import { serviceRangeFix } from '../../model/service-range-fix.ts';
import { overlaps } from '../../net/cidr.ts';
import { statedPrefixes, takenPrefixes } from '../../net/named-ranges.ts';
import { defineRule } from '../rule.ts';

export const serviceCidrOverlapPeer = defineRule({
  id: 'service-cidr-overlap-peer',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The service range of a cluster is used by a network that its virtual network is connected with.',
  condition:
    'Reports a service range, set or 10.0.0.0/16 by default, that overlaps a network peered with that of the nodes, the ranges of a local network gateway, or a range that the configuration names as reserved or peered.',
  why: 'AKS does not look at connected networks. Pods take every address of the service range for a service, so the hosts there cannot be reached from the cluster.',
  examples: [
    {
      language: 'bicep',
      bad: `resource hub 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'hub'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['172.20.0.0/16'] }
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
      serviceCidr: '172.20.128.0/20'
      dnsServiceIP: '172.20.128.10'
    }
  }
}
`,
      good: `resource hub 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'hub'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['172.20.0.0/16'] }
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
      serviceCidr: '172.16.0.0/16'
      dnsServiceIP: '172.16.0.10'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning',
    'https://learn.microsoft.com/azure/aks/configure-kubenet',
    'https://learn.microsoft.com/azure/aks/concepts-network-cni-overview',
  ],
  messages: {
    overlap: (d: { service: string; range: string; owner: string }) =>
      `The service range ${d.service} overlaps ${d.range} of ${d.owner}, whose hosts pods then cannot reach. Choose a service range that no connected network uses.`,
    defaultOverlap: (d: { service: string; range: string; owner: string }) =>
      `No service range is set, so AKS uses ${d.service}, which overlaps ${d.range} of ${d.owner}, whose hosts pods then cannot reach. Set serviceCidr and dnsServiceIP to a range that no connected network uses.`,
  },

  check(model, report, settings) {
    const stated = statedPrefixes(settings);
    for (const cluster of model.managedClusters) {
      const connected = connectedRanges(model, cluster, stated);
      for (const range of serviceRanges(cluster.networkProfile)) {
        const hit = connected.find(({ cidr }) => overlaps(cidr, range.cidr));
        if (hit === undefined) continue;
        report({
          at: range.origin ?? cluster.header,
          message: range.origin === undefined ? 'defaultOverlap' : 'overlap',
          data: { service: range.text, range: hit.text, owner: hit.owner },
          related: hit.origin === undefined ? [] : [{ at: hit.origin, text: 'The connected network is here.' }],
          fixes: () => serviceRangeFix(model, cluster, takenPrefixes(settings)),
        });
      }
    }
  },
});

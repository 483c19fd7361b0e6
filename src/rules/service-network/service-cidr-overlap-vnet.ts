import { serviceRanges } from '../../model/effective.ts';
import { overlappingSubnet } from '../../model/overlapping-subnets.ts';
import { canCoexist, clusterNetworks } from '../../model/queries.ts';
import { serviceRangeFix } from '../../model/service-range-fix.ts';
import { knownValue } from '../../model/value.ts';
import { type Cidr, overlaps } from '../../net/cidr.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import { defineRule } from '../rule.ts';

export const serviceCidrOverlapVnet = defineRule({
  id: 'service-cidr-overlap-vnet',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The service range of a cluster lies in the address space of its virtual network.',
  condition:
    'Reports a service range, set or 10.0.0.0/16 by default, that overlaps the address space of the virtual network of the nodes while no declared subnet uses these addresses yet. Where one does, it is an error of another rule.',
  why: 'AKS compares the range with subnets only, so it takes the cluster. The first subnet in that part of the network breaks the next upgrade, and traffic of pods to it never leaves the node.',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.8.0.0/14'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.9.0.0/22' } }
    ]
  }
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
      serviceCidr: '10.10.0.0/16'
      dnsServiceIP: '10.10.0.10'
    }
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.8.0.0/14'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.9.0.0/22' } }
    ]
  }
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
    'https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/servicecidroverlapexistingsubnetscidr-error',
    'https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning',
  ],
  messages: {
    overlap: (d: { service: string; network: string }) =>
      `The service range ${d.service} overlaps ${d.network} of the virtual network of the nodes, where a later subnet could collide with it. Choose a range outside of the network.`,
    defaultOverlap: (d: { service: string; network: string }) =>
      `No service range is set, so AKS uses ${d.service}, which overlaps ${d.network} of the virtual network of the nodes. Set serviceCidr and dnsServiceIP to a range outside of the network.`,
  },

  check(model, report, settings) {
    for (const cluster of model.managedClusters) {
      const networks = clusterNetworks(model, cluster).filter((network) => canCoexist(network, cluster));
      for (const range of serviceRanges(cluster.networkProfile)) {
        if (overlappingSubnet(model, cluster, range.cidr) !== undefined) continue;
        const hit = networks
          .flatMap((network) => network.addressPrefixes.items)
          .find((prefix) => isOverlap(knownValue(prefix)?.cidr, range.cidr));
        if (hit?.kind !== 'known') continue;
        report({
          at: range.origin ?? cluster.header,
          message: range.origin === undefined ? 'defaultOverlap' : 'overlap',
          data: { service: range.text, network: hit.value.text },
          related: [{ at: hit.origin, text: 'The address space is here.' }],
          fixes: () => serviceRangeFix(model, cluster, takenPrefixes(settings)),
        });
      }
    }
  },
});

function isOverlap(prefix: Cidr | undefined, range: Cidr): boolean {
  return prefix !== undefined && overlaps(prefix, range);
}

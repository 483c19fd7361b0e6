import { podRanges } from '../../model/effective.ts';
import { overlappingSubnet } from '../../model/overlapping-subnets.ts';
import { podRangeFix } from '../../model/pod-range-fix.ts';
import { describeSubnet } from '../../model/subnet-prefixes.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import { defineRule } from '../rule.ts';

export const podCidrOverlapSubnet = defineRule({
  id: 'pod-cidr-overlap-subnet',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The pod range of a cluster overlaps a subnet of its virtual network.',
  condition:
    'Reports the pod range of an overlay or kubenet cluster that overlaps any declared subnet of the virtual network that holds the nodes. Where neither podCidr nor podCidrs is set, that is 10.244.0.0/16.',
  why: 'AKS compares the pod range with the subnets of the network when the cluster is created; pods could not tell the machines of such a subnet from other pods.',
  serviceError: 'PodCidrOverlapExistingSubnetsCidr',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/22' } }
      { name: 'apps', properties: { addressPrefix: '10.1.64.0/24' } }
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
      podCidr: '10.1.64.0/18'
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
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/22' } }
      { name: 'apps', properties: { addressPrefix: '10.1.64.0/24' } }
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
      podCidr: '10.244.0.0/16'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay',
    'https://github.com/Azure/AKS/blob/master/CHANGELOG.md',
  ],
  messages: {
    overlap: (d: { pods: string; subnet: string }) =>
      `The pod range ${d.pods} overlaps ${d.subnet} in the virtual network of the nodes. Choose a pod range that no subnet uses.`,
    defaultOverlap: (d: { pods: string; subnet: string }) =>
      `No pod range is set, so AKS uses ${d.pods}, which overlaps ${d.subnet}. Set podCidr to a range that no subnet uses.`,
  },

  check(model, report, settings) {
    for (const cluster of model.managedClusters) {
      const ranges = podRanges(cluster);
      if (ranges.length === 0) continue;
      for (const range of ranges) {
        const hit = overlappingSubnet(model, cluster, range.cidr);
        if (hit === undefined) continue;
        report({
          at: range.origin ?? cluster.header,
          message: range.origin === undefined ? 'defaultOverlap' : 'overlap',
          data: { pods: range.text, subnet: describeSubnet(hit.subnet, hit.text) },
          related: [{ at: hit.origin, text: 'The subnet is here.' }],
          fixes: () => podRangeFix(model, cluster, takenPrefixes(settings)),
        });
      }
    }
  },
});

import { serviceRanges } from '../../model/effective.ts';
import { overlappingSubnet } from '../../model/overlapping-subnets.ts';
import { serviceRangeFix } from '../../model/service-range-fix.ts';
import { describeSubnet } from '../../model/subnet-prefixes.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import { defineRule } from '../rule.ts';

export const serviceCidrOverlapSubnet = defineRule({
  id: 'service-cidr-overlap-subnet',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The service range of a cluster overlaps a subnet of its virtual network.',
  condition:
    'Reports a known serviceCidr, or item of serviceCidrs, that overlaps any declared subnet of the virtual network that holds the nodes, not only the subnet of the nodes.',
  why: 'AKS compares the service range with every subnet of the network when the cluster is created, and again before an upgrade.',
  serviceError: 'ServiceCidrOverlapExistingSubnetsCidr',
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
      serviceCidr: '10.1.2.0/24'
      dnsServiceIP: '10.1.2.10'
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
  ],
  messages: {
    overlap: (d: { service: string; subnet: string }) =>
      `The service range ${d.service} overlaps ${d.subnet} in the virtual network of the nodes. Choose a service range that no subnet uses.`,
  },

  check(model, report, settings) {
    for (const cluster of model.managedClusters) {
      for (const range of serviceRanges(cluster.networkProfile)) {
        if (range.origin === undefined) continue;
        const hit = overlappingSubnet(model, cluster, range.cidr);
        if (hit === undefined) continue;
        report({
          at: range.origin,
          message: 'overlap',
          data: { service: range.text, subnet: describeSubnet(hit.subnet, hit.text) },
          related: [{ at: hit.origin, text: 'The subnet is here.' }],
          fixes: () => serviceRangeFix(model, cluster, takenPrefixes(settings)),
        });
      }
    }
  },
});

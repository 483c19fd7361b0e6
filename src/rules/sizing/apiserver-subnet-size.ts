import { hasApiServerInSubnet } from '../../model/effective.ts';
import { apiServerSubnet, canCoexist, nameInId } from '../../model/queries.ts';
import { onlyPrefix, resizeFixes } from '../../model/subnet-resize-fix.ts';
import { limits } from '../../net/aks.ts';
import { findSpecialSubnet, longestSubnetLength } from '../../net/azure.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import { defineRule } from '../rule.ts';

export const apiserverSubnetSize = defineRule({
  id: 'apiserver-subnet-size',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The subnet of an API server is smaller than a /28.',
  condition:
    'Reports a subnet smaller than a /28 that holds the API server of a cluster with API Server VNet Integration.',
  why: 'AKS keeps at least 9 addresses of the subnet for each cluster, and refuses a smaller one.',
  serviceError: 'ApiserverSubnetConfigError',
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
      { name: 'api', properties: { addressPrefix: '10.1.1.0/29', delegations: [{ name: 'aks', properties: { serviceName: 'Microsoft.ContainerService/managedClusters' } }] } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    apiServerAccessProfile: { enableVnetIntegration: true, subnetId: vnet.properties.subnets[1].id }
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
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
      { name: 'api', properties: { addressPrefix: '10.1.1.0/28', delegations: [{ name: 'aks', properties: { serviceName: 'Microsoft.ContainerService/managedClusters' } }] } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    apiServerAccessProfile: { enableVnetIntegration: true, subnetId: vnet.properties.subnets[1].id }
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/api-server-vnet-integration'],
  messages: {
    tooSmall: (d: { prefix: string; length: number }) =>
      `The API server needs a subnet of at least a /${d.length}, and ${d.prefix} is smaller. Enlarge it before the cluster is made.`,
  },

  check(model, report, settings) {
    const length = limits.apiServerSubnetLength;
    const reported = new Set<string>();
    for (const cluster of model.managedClusters) {
      const subnet = apiServerSubnet(model, cluster);
      if (subnet === undefined || reported.has(subnet.id) || !canCoexist(subnet, cluster)) continue;
      // What no subnet may be is for subnet-prefix-size, and subnets of other services are for node-subnet-reserved-name.
      const prefix = findSpecialSubnet(nameInId(subnet.id) ?? '') === undefined ? onlyPrefix(subnet) : undefined;
      const size = prefix?.cidr.length ?? length;
      if (prefix === undefined || size <= length || size > longestSubnetLength || !hasApiServerInSubnet(cluster))
        continue;
      reported.add(subnet.id);
      report({
        at: prefix.origin,
        message: 'tooSmall',
        data: { prefix: prefix.text, length },
        related: [{ at: cluster.header, text: 'The cluster of the API server is here.' }],
        fixes: () => resizeFixes(model, prefix, length, takenPrefixes(settings)),
      });
    }
  },
});

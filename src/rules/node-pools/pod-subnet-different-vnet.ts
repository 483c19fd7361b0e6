import { areDifferent, namedResource, networkIdOf, networkLabel } from '../../model/queries.ts';
import { defineRule } from '../rule.ts';

export const podSubnetDifferentVnet = defineRule({
  id: 'pod-subnet-different-vnet',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The pods of a pool are in another virtual network than its nodes, or in the same subnet.',
  condition:
    'Reports a `podSubnetID` in another virtual network than `vnetSubnetID`, and one that names the same subnet.',
  why: 'AKS gives pods addresses of a second subnet beside that of the nodes, and refuses any other.',
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
      { name: 'pods', properties: { addressPrefix: '10.1.4.0/22' } }
    ]
  }
}

resource pods 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-pods'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.2.0.0/16'] }
    subnets: [
      { name: 'pods', properties: { addressPrefix: '10.2.0.0/22' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id, podSubnetID: pods.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure' }
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
      { name: 'pods', properties: { addressPrefix: '10.1.4.0/22' } }
    ]
  }
}

resource pods 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-pods'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.2.0.0/16'] }
    subnets: [
      { name: 'pods', properties: { addressPrefix: '10.2.0.0/22' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id, podSubnetID: vnet.properties.subnets[1].id }
    ]
    networkProfile: { networkPlugin: 'azure' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/configure-azure-cni-dynamic-ip-allocation',
    'https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-pod-subnet',
  ],
  messages: {
    otherNetwork: (d: { pods: string; nodes: string }) =>
      `The pods of this pool are in ${d.pods}, and its nodes are in ${d.nodes}. Use a pod subnet in the virtual network of the nodes.`,
    sameSubnet: () =>
      'The pods of this pool are in the subnet of its nodes. Use a subnet of their own for the pods, or remove podSubnetID.',
  },

  check(model, report) {
    for (const { vnetSubnetID, podSubnetID } of model.agentPools) {
      const [nodes, pods] = [namedResource(vnetSubnetID), namedResource(podSubnetID)];
      if (nodes === undefined || pods === undefined || vnetSubnetID === undefined || podSubnetID === undefined)
        continue;
      const [nodeNetwork, podNetwork] = [networkIdOf(nodes), networkIdOf(pods)];
      if (nodeNetwork === undefined || podNetwork === undefined) continue;
      const at = podSubnetID.origin.at;
      const related = [{ at: vnetSubnetID.origin.at, text: 'The subnet of the nodes is here.' }];
      if (nodes === pods) report({ at, message: 'sameSubnet', data: undefined, related });
      else if (areDifferent(nodeNetwork, podNetwork)) {
        const data = {
          pods: networkLabel(podNetwork, 'one virtual network'),
          nodes: networkLabel(nodeNetwork, 'another'),
        };
        report({ at, message: 'otherNetwork', data, related });
      }
    }
  },
});

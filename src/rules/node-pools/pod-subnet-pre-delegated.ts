import { canCoexist } from '../../model/queries.ts';
import { subnetUsers } from '../../model/subnet-users.ts';
import { knownValue } from '../../model/value.ts';
import { subnetDelegation } from '../../net/aks.ts';
import { defineRule } from '../rule.ts';

export const podSubnetPreDelegated = defineRule({
  id: 'pod-subnet-pre-delegated',
  severity: 'information',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A pod subnet is delegated to AKS in the template, although AKS delegates it itself.',
  condition:
    'Reports a delegation to Microsoft.ContainerService/managedClusters on a subnet that holds pods and neither nodes nor an API server.',
  why: 'AKS adds the delegation with the first pool, and making a cluster has failed over one that was there before.',
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
      { name: 'pods', properties: { addressPrefix: '10.1.4.0/22', delegations: [{ name: 'aks', properties: { serviceName: 'Microsoft.ContainerService/managedClusters' } }] } }
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
    'https://github.com/Azure/ARO-HCP/pull/469',
  ],
  messages: {
    delegated: (d: { service: string }) =>
      `AKS delegates a pod subnet to ${d.service} itself, and new clusters have failed where that was done before. Leave the delegation to AKS.`,
  },

  check(model, report) {
    for (const subnet of model.subnets) {
      if (subnet.delegations.items.length === 0) continue;
      const users = subnetUsers(model, subnet.id);
      const pods = users.find((user) => user.kind === 'pods' && canCoexist(user, subnet));
      if (pods === undefined || users.some(({ kind }) => kind === 'nodes' || kind === 'api-server')) continue;
      for (const { serviceName } of subnet.delegations.items) {
        const service = knownValue(serviceName);
        if (serviceName === undefined || service?.toLowerCase() !== subnetDelegation.toLowerCase()) continue;
        report({
          at: serviceName.origin,
          message: 'delegated',
          data: { service },
          related: [{ at: pods.header, text: 'A node pool with pods in this subnet is here.' }],
        });
      }
    }
  },
});

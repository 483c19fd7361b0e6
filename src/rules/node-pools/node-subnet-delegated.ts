import { canCoexist } from '../../model/queries.ts';
import { nodePoolsIn } from '../../model/subnet-users.ts';
import { knownValue } from '../../model/value.ts';
import { subnetDelegation } from '../../net/aks.ts';
import { defineRule } from '../rule.ts';

export const nodeSubnetDelegated = defineRule({
  id: 'node-subnet-delegated',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Nodes are in a subnet that is delegated to a service.',
  condition:
    'Reports a known delegation of a subnet that holds nodes. A delegation to Microsoft.ContainerService/managedClusters is a warning, as sources disagree about it.',
  why: 'Azure lets only the named service put resources into a delegated subnet, so AKS refuses the node pool.',
  serviceError: 'SubnetIsDelegated',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24', delegations: [{ name: 'd', properties: { serviceName: 'Microsoft.Web/serverFarms' } }] } }
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
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/subnetisdelegated-error',
    'https://learn.microsoft.com/azure/aks/concepts-network-cni-overview',
  ],
  messages: {
    delegated: (d: { service: string }) =>
      `This subnet is delegated to ${d.service}, so no nodes can be in it. Give the node pool another subnet, or remove the delegation.`,
    toClusters: (d: { service: string }) =>
      `This subnet holds nodes and is delegated to ${d.service}, which pod and API server subnets are; AKS has refused node subnets with it. Give the nodes another subnet, or remove the delegation.`,
  },

  check(model, report) {
    for (const subnet of model.subnets) {
      const pools = nodePoolsIn(model, subnet.id).filter((pool) => canCoexist(pool, subnet));
      if (pools.length === 0) continue;
      for (const { serviceName } of subnet.delegations.items) {
        const service = knownValue(serviceName);
        if (serviceName === undefined || service === undefined || service === '') continue;
        const isClusters = service.toLowerCase() === subnetDelegation.toLowerCase();
        report({
          at: serviceName.origin,
          message: isClusters ? 'toClusters' : 'delegated',
          data: { service },
          severity: isClusters ? 'warning' : 'error',
          related: pools.map(({ header }) => ({ at: header, text: 'A node pool in this subnet is here.' })),
        });
      }
    }
  },
});

import { canCoexist, namedResource, nameInId } from '../../model/queries.ts';
import { type SubnetUser, subnetUsers } from '../../model/subnet-users.ts';
import { findSpecialSubnet } from '../../net/azure.ts';
import { defineRule } from '../rule.ts';

export const nodeSubnetSharedWithService = defineRule({
  id: 'node-subnet-shared-with-service',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Nodes or pods share a subnet with a service that needs one of its own.',
  condition:
    'Reports a pool whose nodes or pods are in the subnet of an application gateway, a bastion host, a firewall, a virtual network gateway or the API server. Subnets that Azure reserves by name are left to node-subnet-reserved-name, and resources under different conditions are not compared.',
  why: 'These services refuse a subnet with anything else in it, and AKS refuses a subnet with them.',
  serviceError: 'SubnetWithExternalResourcesCannotBeUsedByOtherResources',
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
      { name: 'gateway', properties: { addressPrefix: '10.1.1.0/24' } }
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

resource gateway 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'appgw'
  location: resourceGroup().location
  properties: {
    sku: { name: 'Standard_v2', tier: 'Standard_v2' }
    gatewayIPConfigurations: [
      { name: 'ip', properties: { subnet: { id: vnet.properties.subnets[0].id } } }
    ]
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
      { name: 'gateway', properties: { addressPrefix: '10.1.1.0/24' } }
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

resource gateway 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'appgw'
  location: resourceGroup().location
  properties: {
    sku: { name: 'Standard_v2', tier: 'Standard_v2' }
    gatewayIPConfigurations: [
      { name: 'ip', properties: { subnet: { id: vnet.properties.subnets[1].id } } }
    ]
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/subnetwithexternalresourcescannotbeusedbyotherresources-error',
    'https://learn.microsoft.com/azure/application-gateway/configuration-infrastructure',
    'https://learn.microsoft.com/azure/aks/api-server-vnet-integration',
  ],
  messages: {
    shared: (d: { what: string; service: string }) =>
      `The ${d.what} of this pool are in the same subnet as ${d.service}, which needs a subnet to itself. Give the pool another subnet.`,
  },

  check(model, report) {
    for (const pool of model.agentPools) {
      for (const [what, reference] of [['nodes', pool.vnetSubnetID] as const, ['pods', pool.podSubnetID] as const]) {
        const id = namedResource(reference);
        if (reference === undefined || id === undefined) continue;
        if (findSpecialSubnet(nameInId(id) ?? '') !== undefined) continue;
        for (const user of subnetUsers(model, id)) {
          const service = serviceNames[user.kind];
          if (service === undefined || !canCoexist(pool, user)) continue;
          report({
            at: reference.origin.at,
            message: 'shared',
            data: { what, service },
            related: [{ at: user.origin.at, text: `The subnet of ${service} is named here.` }],
          });
          break;
        }
      }
    }
  },
});

const serviceNames: Readonly<Record<SubnetUser['kind'], string | undefined>> = {
  nodes: undefined,
  pods: undefined,
  'api-server': 'an API server',
  'application-gateway': 'an application gateway',
  bastion: 'a bastion host',
  firewall: 'a firewall',
  'virtual-network-gateway': 'a virtual network gateway',
};

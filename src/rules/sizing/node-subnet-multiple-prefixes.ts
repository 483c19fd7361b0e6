import { canCoexist } from '../../model/queries.ts';
import { knownSubnetPrefixes } from '../../model/subnet-prefixes.ts';
import { subnetUsers } from '../../model/subnet-users.ts';
import { defineRule } from '../rule.ts';

export const nodeSubnetMultiplePrefixes = defineRule({
  id: 'node-subnet-multiple-prefixes',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A subnet of nodes or pods has more than one IPv4 prefix.',
  condition: 'Reports the second IPv4 prefix of a subnet that holds nodes or pods of a cluster.',
  why: 'AKS has refused such subnets, and no page says that it counts the addresses of the second prefix.',
  serviceError: 'MultipleAddressPrefixesSubnetNotSupported',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefixes: ['10.1.0.0/24', '10.1.1.0/24'] } }
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
      { name: 'nodes', properties: { addressPrefixes: ['10.1.0.0/23'] } }
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
  references: ['https://learn.microsoft.com/azure/aks/concepts-network-cni-overview'],
  messages: {
    several: (d: { first: string; second: string }) =>
      `This subnet holds nodes or pods and has a second IPv4 prefix, ${d.second} beside ${d.first}, which AKS has refused. Use one prefix that is large enough.`,
  },

  check(model, report) {
    for (const subnet of model.subnets) {
      if (subnet.addressPrefixes.items.length < 2) continue;
      const [first, second] = knownSubnetPrefixes([subnet]).filter(({ cidr }) => cidr.family === 4);
      if (first === undefined || second === undefined) continue;
      const user = subnetUsers(model, subnet.id).find(
        (each) => (each.kind === 'nodes' || each.kind === 'pods') && canCoexist(each, subnet),
      );
      if (user === undefined) continue;
      report({
        at: second.origin,
        message: 'several',
        data: { first: first.text, second: second.text },
        related: [{ at: user.header, text: 'A node pool in this subnet is here.' }],
      });
    }
  },
});

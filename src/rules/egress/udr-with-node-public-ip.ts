import { outboundType } from '../../model/effective.ts';
import { canCoexist } from '../../model/queries.ts';
import { defineRule } from '../rule.ts';

export const udrWithNodePublicIp = defineRule({
  id: 'udr-with-node-public-ip',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Nodes of a cluster with user-defined routing have public addresses.',
  condition: 'Reports enableNodePublicIP true on a pool of a cluster with outbound type userDefinedRouting.',
  why: 'What comes in at the address of a node would go out through the firewall of the route table, which knows nothing of the connection. AKS has an error for the combination.',
  serviceError: 'UDRWithNodePublicIPNotAllowed',
  examples: [
    {
      language: 'bicep',
      bad: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    disableBgpRoutePropagation: true
    routes: [
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
      {
        name: 'mcr'
        properties: { addressPrefix: 'MicrosoftContainerRegistry', nextHopType: 'Internet' }
      }
      {
        name: 'mcr-data'
        properties: { addressPrefix: 'AzureFrontDoor.FirstParty', nextHopType: 'Internet' }
      }
      { name: 'firewall', properties: { addressPrefix: '20.50.1.4/32', nextHopType: 'Internet' } }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', routeTable: { id: table.id } } }]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        count: 3
        vnetSubnetID: vnet.properties.subnets[0].id
        enableNodePublicIP: true
      }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', outboundType: 'userDefinedRouting' }
  }
}
`,
      good: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    disableBgpRoutePropagation: true
    routes: [
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
      {
        name: 'mcr'
        properties: { addressPrefix: 'MicrosoftContainerRegistry', nextHopType: 'Internet' }
      }
      {
        name: 'mcr-data'
        properties: { addressPrefix: 'AzureFrontDoor.FirstParty', nextHopType: 'Internet' }
      }
      { name: 'firewall', properties: { addressPrefix: '20.50.1.4/32', nextHopType: 'Internet' } }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', routeTable: { id: table.id } } }]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        count: 3
        vnetSubnetID: vnet.properties.subnets[0].id
        enableNodePublicIP: false
      }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', outboundType: 'userDefinedRouting' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/egress-outboundtype',
    'https://learn.microsoft.com/azure/aks/use-node-public-ips',
  ],
  messages: {
    both: (_: Record<string, never>) =>
      'Public addresses of nodes do not go with outbound type userDefinedRouting, which sends answers elsewhere. Set enableNodePublicIP to false, or change the outbound type.',
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const outbound = outboundType(cluster);
      if (outbound?.origin === undefined || outbound.value !== 'userDefinedRouting') continue;
      for (const pool of cluster.agentPools.items) {
        const { enableNodePublicIP } = pool;
        if (enableNodePublicIP?.kind !== 'known' || !enableNodePublicIP.value || !canCoexist(pool, cluster)) continue;
        report({
          at: enableNodePublicIP.origin,
          message: 'both',
          data: {},
          related: [{ at: outbound.origin, text: 'The outbound type is here.' }],
          fixes: [
            {
              title: 'Set enableNodePublicIP to false',
              applicability: 'unsafe',
              changes: [{ kind: 'set-value', target: enableNodePublicIP.origin, to: false }],
            },
          ],
        });
      }
    }
  },
});

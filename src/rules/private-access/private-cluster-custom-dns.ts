import { customDnsServers, declaredZone, privateKubenetConflict, privateZone } from '../../model/private-dns.ts';
import { clusterNetworkIds } from '../../model/queries.ts';
import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const privateClusterCustomDns = defineRule({
  id: 'private-cluster-custom-dns',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The DNS servers of a private cluster cannot know the name of its API server.',
  condition:
    'Reports a private cluster in a network whose dnsServers all stand in other networks, when AKS makes the private DNS zone itself, or when the files make the zone and link it with no other network. DNS servers in the network of the cluster may ask Azure, and with API Server VNet Integration nodes need no name, so neither is reported.',
  why: 'A private DNS zone answers only in networks that it is linked with, and the zone that AKS makes is linked with that of the cluster alone. DNS servers elsewhere do not see it, nodes never find the API server, and their set-up ends with exit status 52.',
  serviceError: 'VMExtensionError_K8SAPIServerDNSLookupFail',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    dhcpOptions: { dnsServers: ['10.0.0.4', '10.0.0.5'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: 'westeurope'
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        count: 3
        vnetSubnetID: resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-spoke', 'nodes')
      }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
    apiServerAccessProfile: { enablePrivateCluster: true }
  }
}
`,
      good: `resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: 'privatelink.westeurope.azmk8s.io'
  location: 'global'
}

resource hubLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = {
  parent: zone
  name: 'hub'
  location: 'global'
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: resourceId('Microsoft.Network/virtualNetworks', 'vnet-hub') }
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    dhcpOptions: { dnsServers: ['10.0.0.4', '10.0.0.5'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: 'westeurope'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '\${resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'id-aks')}': {} }
  }
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        count: 3
        vnetSubnetID: resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-spoke', 'nodes')
      }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
    apiServerAccessProfile: {
      enablePrivateCluster: true
      privateDNSZone: resourceId('Microsoft.Network/privateDnsZones', 'privatelink.westeurope.azmk8s.io')
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/private-clusters',
    'https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/vmextensionerror-k8sapiserverdnslookupfail',
  ],
  messages: {
    system: (d: { servers: string }) =>
      `AKS links the private DNS zone that it makes with the network of the cluster only, and the DNS servers ${d.servers} stand elsewhere, so nodes cannot look the API server up. Set privateDNSZone to a zone of your own that is linked with the network of the DNS servers.`,
    unlinked: (d: { servers: string }) =>
      `No virtualNetworkLinks lead from this private DNS zone to the network of the DNS servers ${d.servers}, so nodes cannot look the API server up. Link the zone with that network.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const { enablePrivateCluster, enableVnetIntegration } = cluster.apiServerAccessProfile;
      const zone = privateZone(cluster);
      const servers = customDnsServers(model, cluster);
      if (zone === undefined || servers?.areElsewhere !== true || enablePrivateCluster === undefined) continue;
      if (enableVnetIntegration !== undefined && knownValue(enableVnetIntegration) !== false) continue;
      if (privateKubenetConflict(model, cluster) !== undefined) continue;
      const data = { servers: servers.addresses.join(' and ') };
      const related = [{ at: servers.origin, text: 'The DNS servers are named here.' }];
      if (zone.kind === 'system') {
        const { privateDNSZone } = cluster.apiServerAccessProfile;
        report({ at: (privateDNSZone ?? enablePrivateCluster).origin, message: 'system', data, related });
      }
      if (zone.kind !== 'named' || model.unreadParts.length > 0) continue;
      const links = declaredZone(model, zone.id, cluster)?.virtualNetworkLinks;
      const own: readonly (string | undefined)[] = clusterNetworkIds(cluster);
      const isOwnOnly = links?.items.every(({ virtualNetwork }) => own.includes(knownValue(virtualNetwork)?.id));
      if (links?.isComplete === true && isOwnOnly === true)
        report({ at: zone.origin, message: 'unlinked', data, related });
    }
  },
});

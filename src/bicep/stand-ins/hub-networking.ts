/**
 * Stands in for `avm/ptn/network/hub-networking`. `azureFirewallSettings.virtualHub` became `virtualHubResourceId` in
 * version 0.5. The module counts peerings as if each hub had one, and gives the firewall's subnet the route table and
 * nothing else.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/ptn/network/hub-networking
 */
export const hubNetworking = `
param location string = resourceGroup().location
param hubVirtualNetworks object?

var hubs = items(hubVirtualNetworks ?? {})
var peerings = flatten(map(hubs, hub => hub.value.?peeringSettings ?? []))
var firewallSubnet = 'AzureFirewallSubnet'

module network 'br/public:avm/res/network/virtual-network:0.7.0' = [for hub in hubs: {
  name: hub.key
  params: {
    name: hub.key
    location: hub.value.?location ?? location
    addressPrefixes: hub.value.addressPrefixes
    ddosProtectionPlanResourceId: hub.value.?ddosProtectionPlanResourceId
    dnsServers: hub.value.?dnsServers
    roleAssignments: hub.value.?roleAssignments
    subnets: map(hub.value.?subnets ?? [], subnet => (hub.value.?enableAzureFirewall ?? false) && subnet.name == firewallSubnet
      ? {
          name: firewallSubnet
          addressPrefix: subnet.?addressPrefix
          addressPrefixes: subnet.?addressPrefixes
          routeTableResourceId: resourceId('Microsoft.Network/routeTables', hub.value.?routeTableName ?? hub.key)
        }
      : subnet)
    vnetEncryption: hub.value.?vnetEncryption ?? false
    vnetEncryptionEnforcement: hub.value.?vnetEncryptionEnforcement ?? unmodelled()
  }
}]

resource peering 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2024-05-01' = [for (peer, index) in peerings: {
  name: '\${hubs[index].key}/\${hubs[index].key}-to-\${peer.remoteVirtualNetworkName}-peering'
  properties: {
    allowForwardedTraffic: peer.?allowForwardedTraffic ?? false
    allowGatewayTransit: peer.?allowGatewayTransit ?? false
    allowVirtualNetworkAccess: peer.?allowVirtualNetworkAccess ?? true
    useRemoteGateways: peer.?useRemoteGateways ?? false
    remoteVirtualNetwork: { id: resourceId('Microsoft.Network/virtualNetworks', peer.remoteVirtualNetworkName) }
  }
}]

module routeTable 'br/public:avm/res/network/route-table:0.4.1' = [for hub in hubs: {
  name: hub.key
  params: {
    name: hub.value.?routeTableName ?? hub.key
    location: hub.value.?location ?? location
    disableBgpRoutePropagation: true
    roleAssignments: hub.value.?roleAssignments
    routes: hub.value.?routes
  }
}]

resource route 'Microsoft.Network/routeTables/routes@2024-05-01' = [for (peer, index) in peerings: {
  name: '\${hubs[index].key}/\${hubs[index].key}-to-\${peer.remoteVirtualNetworkName}-route'
  properties: {
    addressPrefix: hubVirtualNetworks[?peer.remoteVirtualNetworkName].?addressPrefixes[0] ?? unmodelled()
    nextHopType: 'VirtualAppliance'
    nextHopIpAddress: firewall[index].outputs.privateIp
  }
}]

module bastion 'br/public:avm/res/network/bastion-host:0.6.1' = [for (hub, index) in hubs: if (hub.value.?enableBastion ?? false) {
  name: hub.key
  params: {
    name: hub.value.?bastionHost.?bastionHostName ?? hub.key
    location: hub.value.?location ?? location
    virtualNetworkResourceId: network[index].outputs.resourceId
    roleAssignments: hub.value.?roleAssignments
    skuName: hub.value.?bastionHost.?skuName ?? 'Standard'
  }
}]

module firewall 'br/public:avm/res/network/azure-firewall:0.7.1' = [for (hub, index) in hubs: if (hub.value.?enableAzureFirewall ?? false) {
  name: hub.key
  params: {
    name: hub.value.?azureFirewallSettings.?azureFirewallName ?? hub.key
    location: hub.value.?location ?? location
    hubIPAddresses: hub.value.?azureFirewallSettings.?hubIpAddresses
    virtualHubResourceId: hub.value.?azureFirewallSettings.?virtualHubResourceId ?? hub.value.?azureFirewallSettings.?virtualHub ?? ''
    virtualNetworkResourceId: network[index].outputs.resourceId
    additionalPublicIpConfigurations: hub.value.?azureFirewallSettings.?additionalPublicIpConfigurations ?? []
    applicationRuleCollections: hub.value.?azureFirewallSettings.?applicationRuleCollections
    azureSkuTier: hub.value.?azureFirewallSettings.?azureSkuTier ?? 'Standard'
    firewallPolicyId: hub.value.?azureFirewallSettings.?firewallPolicyId ?? ''
    managementIPAddressObject: hub.value.?azureFirewallSettings.?managementIPAddressObject ?? {}
    managementIPResourceID: hub.value.?azureFirewallSettings.?managementIPResourceID ?? ''
    natRuleCollections: hub.value.?azureFirewallSettings.?natRuleCollections
    networkRuleCollections: hub.value.?azureFirewallSettings.?networkRuleCollections
    publicIPAddressObject: hub.value.?azureFirewallSettings.?publicIPAddressObject ?? {
      name: '\${hub.value.?azureFirewallSettings.?azureFirewallName ?? hub.key}-pip'
    }
    publicIPResourceID: hub.value.?azureFirewallSettings.?publicIPResourceID ?? ''
    roleAssignments: hub.value.?roleAssignments
    threatIntelMode: hub.value.?azureFirewallSettings.?threatIntelMode ?? unmodelled()
    zones: hub.value.?azureFirewallSettings.?zones
  }
}]

output hubVirtualNetworks array = [for (hub, index) in hubs: {
  resourceGroupName: resourceGroup().name
  location: hub.value.?location ?? location
  name: hub.key
  resourceId: network[index].outputs.resourceId
}]
output hubBastions array = [for (hub, index) in hubs: hub.value.?enableBastion ?? false
  ? {
      resourceGroupName: resourceGroup().name
      location: hub.value.?location ?? location
      name: bastion[index].outputs.name
      resourceId: bastion[index].outputs.resourceId
    }
  : {}]
output hubAzureFirewalls array = [for (hub, index) in hubs: hub.value.?enableAzureFirewall ?? false
  ? {
      resourceGroupName: resourceGroup().name
      location: hub.value.?location ?? location
      name: firewall[index].outputs.name
      resourceId: firewall[index].outputs.resourceId
      privateIp: firewall[index].outputs.privateIp
    }
  : {}]
output hubVirtualNetworkSubnets array = [for (hub, index) in hubs: network[index].outputs.subnetNames]
output resourceGroupName string = resourceGroup().name
`;

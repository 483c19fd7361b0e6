import { commonOutputs, roleAssignments } from './shared.ts';

/** The properties of a subnet from an object or from parameters: `of` stands before each name. */
function subnetProperties(of: string): string {
  return `{
    ...unmodelled()
    addressPrefix: ${of}addressPrefix
    addressPrefixes: ${of}addressPrefixes
    ipamPoolPrefixAllocations: ${of}ipamPoolPrefixAllocations
    applicationGatewayIPConfigurations: ${of}applicationGatewayIPConfigurations
    networkSecurityGroup: empty(${of}networkSecurityGroupResourceId) ? null : {
      id: ${of}networkSecurityGroupResourceId
    }
    routeTable: empty(${of}routeTableResourceId) ? null : { id: ${of}routeTableResourceId }
    natGateway: empty(${of}natGatewayResourceId) ? null : { id: ${of}natGatewayResourceId }
    delegations: !empty(${of}delegation)
      ? [{ name: ${of}delegation, properties: { serviceName: ${of}delegation } }]
      : ${of}delegations
    serviceEndpoints: map(${of}serviceEndpoints ?? [], item => startsWith(string(item), '{') ? item : { service: item })
    serviceEndpointPolicies: ${of}serviceEndpointPolicies
    privateEndpointNetworkPolicies: ${of}privateEndpointNetworkPolicies
    privateLinkServiceNetworkPolicies: ${of}privateLinkServiceNetworkPolicies
    defaultOutboundAccess: ${of}defaultOutboundAccess
    sharingScope: ${of}sharingScope
  }`;
}

/**
 * Stands in for `avm/res/network/virtual-network`. Until version 0.2 it took `delegations` and objects as
 * `serviceEndpoints`.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/virtual-network
 */
export const virtualNetwork = `
param name string
param location string = resourceGroup().location
param addressPrefixes array
param ipamPoolNumberOfIpAddresses string?
param subnets array?
param dnsServers array?
param peerings array?
param ddosProtectionPlanResourceId string?
param vnetEncryption bool = false
param vnetEncryptionEnforcement string = 'AllowUnencrypted'

var poolMark = '/Microsoft.Network/networkManagers/'

resource virtualNetwork 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: name
  location: location
  properties: {
    ...unmodelled()
    addressSpace: {
      addressPrefixes: filter(addressPrefixes, prefix => !contains(prefix, poolMark))
      ipamPoolPrefixAllocations: contains(addressPrefixes[0], poolMark)
        ? [{ pool: { id: addressPrefixes[0] }, numberOfIpAddresses: ipamPoolNumberOfIpAddresses }]
        : null
    }
    ddosProtectionPlan: empty(ddosProtectionPlanResourceId) ? null : { id: ddosProtectionPlanResourceId }
    dhcpOptions: empty(dnsServers) ? null : { dnsServers: dnsServers }
    encryption: vnetEncryption ? { enabled: vnetEncryption, enforcement: vnetEncryptionEnforcement } : null
    subnets: null
    virtualNetworkPeerings: null
  }
}

resource subnet 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' = [for item in subnets ?? []: {
  parent: virtualNetwork
  name: item.name
  properties: ${subnetProperties('item.?')}
}]

resource peering 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2024-07-01' = [for item in peerings ?? []: {
  parent: virtualNetwork
  name: item.?name ?? 'peer-\${name}-\${last(split(item.remoteVirtualNetworkResourceId, '/'))}'
  properties: {
    allowForwardedTraffic: item.?allowForwardedTraffic ?? true
    allowGatewayTransit: item.?allowGatewayTransit ?? false
    allowVirtualNetworkAccess: item.?allowVirtualNetworkAccess ?? true
    useRemoteGateways: item.?useRemoteGateways ?? false
    remoteVirtualNetwork: { id: item.remoteVirtualNetworkResourceId }
  }
}]

resource remotePeering 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2024-07-01' = [
  for item in peerings ?? []: if (item.?remotePeeringEnabled ?? false) {
    parent: item.remoteVirtualNetworkResourceId
    name: item.?remotePeeringName ?? 'peer-\${last(split(item.remoteVirtualNetworkResourceId, '/'))}-\${name}'
    properties: {
      allowForwardedTraffic: item.?remotePeeringAllowForwardedTraffic ?? true
      allowGatewayTransit: item.?remotePeeringAllowGatewayTransit ?? false
      allowVirtualNetworkAccess: item.?remotePeeringAllowVirtualNetworkAccess ?? true
      useRemoteGateways: item.?remotePeeringUseRemoteGateways ?? false
      remoteVirtualNetwork: { id: virtualNetwork.id }
    }
  }
]
${roleAssignments('virtualNetwork')}${commonOutputs('virtualNetwork')}
output subnetNames array = [for item in subnets ?? []: item.name]
output subnetResourceIds array = [for item in subnets ?? []: '\${virtualNetwork.id}/subnets/\${item.name}']
`;

/**
 * Stands in for `avm/res/network/virtual-network/subnet`.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/virtual-network/subnet
 */
export const subnet = `
param virtualNetworkName string
param name string
param location string = resourceGroup().location
param addressPrefix string?
param addressPrefixes array?
param ipamPoolPrefixAllocations array?
param applicationGatewayIPConfigurations array?
param networkSecurityGroupResourceId string?
param routeTableResourceId string?
param natGatewayResourceId string?
param delegation string?
param delegations array?
param serviceEndpoints array?
param serviceEndpointPolicies array?
param privateEndpointNetworkPolicies string?
param privateLinkServiceNetworkPolicies string?
param defaultOutboundAccess bool?
param sharingScope string?

resource subnet 'Microsoft.Network/virtualNetworks/subnets@2024-07-01' = {
  parent: resourceId('Microsoft.Network/virtualNetworks', virtualNetworkName)
  name: name
  properties: ${subnetProperties('')}
}
${roleAssignments('subnet')}${commonOutputs('subnet')}
output addressPrefix string = addressPrefix ?? ''
output addressPrefixes array = addressPrefixes ?? []
`;

/**
 * Stands in for `avm/res/network/virtual-network/virtual-network-peering`.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/virtual-network/virtual-network-peering
 */
export const virtualNetworkPeering = `
param localVnetName string
param remoteVirtualNetworkResourceId string
param name string = 'peer-\${localVnetName}-\${last(split(remoteVirtualNetworkResourceId, '/'))}'
param location string = resourceGroup().location
param allowForwardedTraffic bool = true
param allowGatewayTransit bool = false
param allowVirtualNetworkAccess bool = true
param useRemoteGateways bool = false

resource peering 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2024-07-01' = {
  parent: resourceId('Microsoft.Network/virtualNetworks', localVnetName)
  name: name
  properties: {
    allowForwardedTraffic: allowForwardedTraffic
    allowGatewayTransit: allowGatewayTransit
    allowVirtualNetworkAccess: allowVirtualNetworkAccess
    useRemoteGateways: useRemoteGateways
    remoteVirtualNetwork: { id: remoteVirtualNetworkResourceId }
  }
}
${commonOutputs('peering')}`;

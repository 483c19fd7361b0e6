import { commonOutputs, roleAssignments } from './shared.ts';

/**
 * Stands in for `avm/res/network/private-dns-zone`; records are left out.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/private-dns-zone
 */
export const privateDnsZone = `
param name string
param location string = 'global'
param virtualNetworkLinks array?

resource privateDnsZone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: name
  location: location
}

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [for item in virtualNetworkLinks ?? []: {
  parent: privateDnsZone
  name: item.?name ?? '\${last(split(item.virtualNetworkResourceId, '/'))}-vnetlink'
  location: item.?location ?? 'global'
  properties: {
    registrationEnabled: item.?registrationEnabled ?? false
    virtualNetwork: { id: item.virtualNetworkResourceId }
    resolutionPolicy: item.?resolutionPolicy
  }
}]
${roleAssignments('privateDnsZone')}${commonOutputs('privateDnsZone')}`;

/**
 * Stands in for `avm/res/network/private-dns-zone/virtual-network-link`.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/private-dns-zone/virtual-network-link
 */
export const virtualNetworkLink = `
param privateDnsZoneName string
param virtualNetworkResourceId string
param name string = '\${last(split(virtualNetworkResourceId, '/'))}-vnetlink'
param location string = 'global'
param registrationEnabled bool = false
param resolutionPolicy string?

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = {
  parent: resourceId('Microsoft.Network/privateDnsZones', privateDnsZoneName)
  name: name
  location: location
  properties: {
    registrationEnabled: registrationEnabled
    virtualNetwork: { id: virtualNetworkResourceId }
    resolutionPolicy: resolutionPolicy
  }
}
${commonOutputs('link')}`;

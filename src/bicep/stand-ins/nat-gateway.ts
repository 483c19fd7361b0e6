import { commonOutputs, roleAssignments } from './shared.ts';

/**
 * Stands in for `avm/res/network/nat-gateway`. Version 2 renamed `publicIPAddressObjects` and `publicIPPrefixObjects`,
 * and `zones` became `zone` and then `availabilityZone`.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/nat-gateway
 */
export const natGateway = `
param name string
param location string = resourceGroup().location
param availabilityZone int?
param zone int?
param zones array?
param idleTimeoutInMinutes int = 5
param natGatewaySku string = 'Standard'
param publicIpResourceIds array = []
param publicIpResourceIdsV6 array = []
param publicIPPrefixResourceIds array = []
param publicIPPrefixResourceIdsV6 array = []
param publicIPAddresses array?
param publicIPAddressObjects array?
param publicIPAddressesV6 array?
param publicIPPrefixes array?
param publicIPPrefixObjects array?
param publicIPPrefixesV6 array?

var addresses = publicIPAddresses ?? publicIPAddressObjects ?? []
var prefixes = publicIPPrefixes ?? publicIPPrefixObjects ?? []
var ownZone = availabilityZone ?? zone

resource address 'Microsoft.Network/publicIPAddresses@2024-07-01' = [for item in addresses: {
  name: item.?name ?? '\${name}-pip'
  location: location
  sku: { name: item.?skuName ?? natGatewaySku, tier: item.?skuTier ?? 'Regional' }
  zones: unmodelled()
  properties: {
    ...unmodelled()
    publicIPAddressVersion: item.?publicIPAddressVersion ?? 'IPv4'
    publicIPAllocationMethod: 'Static'
    publicIPPrefix: empty(item.?publicIPPrefixResourceId) ? null : { id: item.publicIPPrefixResourceId }
  }
}]

resource addressV6 'Microsoft.Network/publicIPAddresses@2024-07-01' = [for item in publicIPAddressesV6 ?? []: {
  name: item.?name ?? '\${name}-pipv6'
  location: location
  sku: { name: item.?skuName ?? natGatewaySku, tier: item.?skuTier ?? 'Regional' }
  zones: unmodelled()
  properties: { ...unmodelled(), publicIPAddressVersion: 'IPv6', publicIPAllocationMethod: 'Static' }
}]

resource prefix 'Microsoft.Network/publicIPPrefixes@2024-07-01' = [for item in prefixes: {
  name: item.?name ?? '\${name}-pip'
  location: location
  sku: { name: item.?skuName ?? natGatewaySku, tier: unmodelled() }
  zones: unmodelled()
  properties: {
    ...unmodelled()
    prefixLength: item.prefixLength
    publicIPAddressVersion: item.?publicIPAddressVersion ?? 'IPv4'
  }
}]

resource prefixV6 'Microsoft.Network/publicIPPrefixes@2024-07-01' = [for item in publicIPPrefixesV6 ?? []: {
  name: item.?name ?? '\${name}-pipv6'
  location: location
  sku: { name: item.?skuName ?? natGatewaySku, tier: unmodelled() }
  zones: unmodelled()
  properties: { ...unmodelled(), prefixLength: item.prefixLength, publicIPAddressVersion: 'IPv6' }
}]

resource natGateway 'Microsoft.Network/natGateways@2024-07-01' = {
  name: name
  location: location
  sku: { name: natGatewaySku }
  zones: ownZone != null ? (ownZone == -1 || ownZone == 0 ? null : [string(ownZone)]) : map(zones ?? [], item => string(item))
  properties: {
    idleTimeoutInMinutes: idleTimeoutInMinutes
    publicIpAddresses: concat(
      map(range(0, length(addresses)), index => { id: address[index].id }),
      map(publicIpResourceIds, id => { id: id }))
    publicIpAddressesV6: concat(
      map(range(0, length(publicIPAddressesV6 ?? [])), index => { id: addressV6[index].id }),
      map(publicIpResourceIdsV6, id => { id: id }))
    publicIpPrefixes: concat(
      map(range(0, length(prefixes)), index => { id: prefix[index].id }),
      map(publicIPPrefixResourceIds, id => { id: id }))
    publicIpPrefixesV6: concat(
      map(range(0, length(publicIPPrefixesV6 ?? [])), index => { id: prefixV6[index].id }),
      map(publicIPPrefixResourceIdsV6, id => { id: id }))
  }
}
${roleAssignments('natGateway')}${commonOutputs('natGateway')}`;

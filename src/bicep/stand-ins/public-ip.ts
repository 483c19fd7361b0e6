import { commonOutputs, roleAssignments } from './shared.ts';

/**
 * Stands in for `avm/res/network/public-ip-address`. `zones` became `availabilityZones` in version 0.9; the default of
 * neither held in all versions.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/public-ip-address
 */
export const publicIPAddress = `
param name string
param location string = resourceGroup().location
param publicIpPrefixResourceId string?
param publicIPAllocationMethod string = 'Static'
param publicIPAddressVersion string = 'IPv4'
param skuName string = 'Standard'
param skuTier string = 'Regional'
param availabilityZones array?
param zones array?

resource publicIPAddress 'Microsoft.Network/publicIPAddresses@2024-07-01' = {
  name: name
  location: location
  sku: { name: skuName, tier: skuTier }
  zones: availabilityZones == null && zones == null ? unmodelled() : map(availabilityZones ?? zones, zone => string(zone))
  properties: {
    ...unmodelled()
    publicIPAddressVersion: publicIPAddressVersion
    publicIPAllocationMethod: publicIPAllocationMethod
    publicIPPrefix: empty(publicIpPrefixResourceId) ? null : { id: publicIpPrefixResourceId }
  }
}
${roleAssignments('publicIPAddress')}${commonOutputs('publicIPAddress')}
output ipAddress string = publicIPAddress.properties.ipAddress
`;

/**
 * Stands in for `avm/res/network/public-ip-prefix`.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/public-ip-prefix
 */
export const publicIPPrefix = `
param name string
param location string = resourceGroup().location
param prefixLength int
param publicIPAddressVersion string?
param skuName string = 'Standard'
param tier string?
param availabilityZones array?
param zones array?

resource publicIPPrefix 'Microsoft.Network/publicIPPrefixes@2024-07-01' = {
  name: name
  location: location
  sku: { name: skuName, tier: tier ?? unmodelled() }
  zones: availabilityZones == null && zones == null ? unmodelled() : map(availabilityZones ?? zones, zone => string(zone))
  properties: {
    ...unmodelled()
    prefixLength: prefixLength
    publicIPAddressVersion: publicIPAddressVersion ?? 'IPv4'
  }
}
${roleAssignments('publicIPPrefix')}${commonOutputs('publicIPPrefix')}`;

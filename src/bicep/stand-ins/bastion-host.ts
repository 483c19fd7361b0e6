import { commonOutputs, roleAssignments } from './shared.ts';

/**
 * Stands in for `avm/res/network/bastion-host`. `vNetId` became `virtualNetworkResourceId` in version 0.2.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/bastion-host
 */
export const bastionHost = `
param name string
param location string = resourceGroup().location
param virtualNetworkResourceId string?
param vNetId string?
param bastionSubnetPublicIpResourceId string = ''
param publicIPAddressObject object = { name: '\${name}-pip' }
param skuName string = 'Basic'
param enablePrivateOnlyBastion bool = false

var networkId = virtualNetworkResourceId ?? vNetId
var ownsAddress = empty(bastionSubnetPublicIpResourceId) && skuName != 'Developer' && !enablePrivateOnlyBastion

resource address 'Microsoft.Network/publicIPAddresses@2024-07-01' = if (ownsAddress) {
  name: publicIPAddressObject.name
  location: location
  sku: { name: publicIPAddressObject.?skuName ?? 'Standard', tier: publicIPAddressObject.?skuTier ?? 'Regional' }
  zones: unmodelled()
  properties: {
    ...unmodelled()
    publicIPAddressVersion: publicIPAddressObject.?publicIPAddressVersion ?? 'IPv4'
    publicIPPrefix: empty(publicIPAddressObject.?publicIPPrefixResourceId) ? null : {
      id: publicIPAddressObject.publicIPPrefixResourceId
    }
    publicIPAllocationMethod: publicIPAddressObject.?publicIPAllocationMethod ?? 'Static'
  }
}

resource bastionHost 'Microsoft.Network/bastionHosts@2024-07-01' = {
  name: name
  location: location
  sku: { name: skuName }
  properties: {
    ...unmodelled()
    virtualNetwork: skuName == 'Developer' ? { id: networkId } : null
    ipConfigurations: skuName == 'Developer' ? [] : [
      {
        name: 'IpConfAzureBastionSubnet'
        properties: {
          subnet: { id: '\${networkId}/subnets/AzureBastionSubnet' }
          publicIPAddress: enablePrivateOnlyBastion ? null : {
            id: empty(bastionSubnetPublicIpResourceId) ? address.id : bastionSubnetPublicIpResourceId
          }
        }
      }
    ]
  }
}
${roleAssignments('bastionHost')}${commonOutputs('bastionHost')}`;

import { commonOutputs, roleAssignments } from './shared.ts';

/**
 * Stands in for `avm/res/network/azure-firewall`. `virtualHubId` became `virtualHubResourceId` (for one version with a
 * letter missing), and `enableForcedTunneling` became `enableManagementNic`.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/azure-firewall
 */
export const azureFirewall = `
param name string
param location string = resourceGroup().location
param azureSkuTier string = 'Standard'
param virtualNetworkResourceId string = ''
param publicIPResourceID string = ''
param additionalPublicIpConfigurations array = []
param firewallPrivateIpAddress string = ''
param publicIPAddressObject object = { name: '\${name}-pip' }
param managementIPResourceID string = ''
param managementIPAddressObject object = {}
param applicationRuleCollections array?
param networkRuleCollections array?
param natRuleCollections array?
param firewallPolicyId string = ''
param hubIPAddresses object?
param virtualHubResourceId string = ''
param virtualHubResoureId string = ''
param virtualHubId string = ''
param threatIntelMode string = 'Deny'
param availabilityZones array?
param zones array?
param enableManagementNic bool = false
param enableForcedTunneling bool = false
param additionalProperties object?

var isInNetwork = !empty(virtualNetworkResourceId)
var needsManagement = azureSkuTier == 'Basic' || enableManagementNic || enableForcedTunneling
var hubId = !empty(virtualHubResourceId) ? virtualHubResourceId : !empty(virtualHubId) ? virtualHubId : virtualHubResoureId

resource address 'Microsoft.Network/publicIPAddresses@2024-07-01' = if (isInNetwork && empty(publicIPResourceID)) {
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

resource managementAddress 'Microsoft.Network/publicIPAddresses@2024-07-01' = if (isInNetwork && needsManagement && empty(managementIPResourceID)) {
  name: managementIPAddressObject.?name ?? '\${name}-mip'
  location: location
  sku: { name: managementIPAddressObject.?skuName ?? 'Standard', tier: managementIPAddressObject.?skuTier ?? 'Regional' }
  zones: unmodelled()
  properties: {
    ...unmodelled()
    publicIPAddressVersion: 'IPv4'
    publicIPPrefix: empty(managementIPAddressObject.?managementIPPrefixResourceId) ? null : {
      id: managementIPAddressObject.managementIPPrefixResourceId
    }
    publicIPAllocationMethod: managementIPAddressObject.?managementIPAllocationMethod ?? 'Static'
  }
}

var ipConfigurations = concat([
  {
    name: !empty(publicIPResourceID) ? last(split(publicIPResourceID, '/')) : address.name
    properties: {
      subnet: isInNetwork ? { id: '\${virtualNetworkResourceId}/subnets/AzureFirewallSubnet' } : null
      publicIPAddress: { id: !empty(publicIPResourceID) ? publicIPResourceID : address.id }
      privateIPAddress: isInNetwork && !empty(firewallPrivateIpAddress) ? firewallPrivateIpAddress : null
    }
  }
], additionalPublicIpConfigurations)

resource azureFirewall 'Microsoft.Network/azureFirewalls@2024-07-01' = {
  name: name
  location: location
  zones: availabilityZones == null && zones == null ? unmodelled() : map(availabilityZones ?? zones, zone => string(zone))
  properties: {
    ...unmodelled()
    sku: { name: isInNetwork ? 'AZFW_VNet' : 'AZFW_Hub', tier: azureSkuTier }
    firewallPolicy: empty(firewallPolicyId) ? null : { id: firewallPolicyId }
    ipConfigurations: isInNetwork ? ipConfigurations : !empty(publicIPResourceID) ? unmodelled() : null
    managementIpConfiguration: isInNetwork && needsManagement
      ? {
          name: !empty(managementIPResourceID) ? last(split(managementIPResourceID, '/')) : managementAddress.name
          properties: {
            subnet: { id: '\${virtualNetworkResourceId}/subnets/AzureFirewallManagementSubnet' }
            publicIPAddress: { id: !empty(managementIPResourceID) ? managementIPResourceID : managementAddress.id }
          }
        }
      : null
    applicationRuleCollections: isInNetwork ? applicationRuleCollections : null
    networkRuleCollections: isInNetwork ? networkRuleCollections : null
    natRuleCollections: isInNetwork ? natRuleCollections : null
    threatIntelMode: isInNetwork ? threatIntelMode : null
    additionalProperties: additionalProperties
    hubIPAddresses: isInNetwork ? null : hubIPAddresses
    virtualHub: isInNetwork || empty(hubId) ? null : { id: hubId }
  }
}
${roleAssignments('azureFirewall')}${commonOutputs('azureFirewall')}
output privateIp string = !isInNetwork ? '' : !empty(firewallPrivateIpAddress) ? firewallPrivateIpAddress : azureFirewall.properties.ipConfigurations[0].properties.privateIPAddress
output applicationRuleCollections array = applicationRuleCollections ?? []
output networkRuleCollections array = networkRuleCollections ?? []
output natRuleCollections array = natRuleCollections ?? []
`;

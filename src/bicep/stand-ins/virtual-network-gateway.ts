import { commonOutputs, roleAssignments } from './shared.ts';

/**
 * Stands in for `avm/res/network/virtual-network-gateway`. `vNetResourceId` became `virtualNetworkResourceId` in version
 * 0.6; until version 0.3 `activeActive` and `enableBgp` stood in place of `clusterSettings`. Public addresses that the
 * module creates are left out: their number hangs on much, and nothing of the network rests on them.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/virtual-network-gateway
 */
export const virtualNetworkGateway = `
param name string
param location string = resourceGroup().location
param gatewayType string
param skuName string?
param vpnType string = 'RouteBased'
param virtualNetworkResourceId string?
param vNetResourceId string?
param clusterSettings object?
param activeActive bool = true
param enableBgp bool = true
param vpnClientAddressPoolPrefix string = ''

var networkId = virtualNetworkResourceId ?? vNetResourceId
var isExpressRoute = gatewayType == 'ExpressRoute'
var mode = clusterSettings.?clusterMode
var isActiveActive = !isExpressRoute && (mode == null ? activeActive : startsWith(mode, 'activeActive'))
var isBgp = !isExpressRoute && (mode == null ? enableBgp : mode == 'activeActiveBgp' || mode == 'activePassiveBgp')
var count = !isActiveActive ? 1 : empty(vpnClientAddressPoolPrefix) ? 2 : 3

resource virtualNetworkGateway 'Microsoft.Network/virtualNetworkGateways@2024-07-01' = {
  name: name
  location: location
  properties: {
    ...unmodelled()
    gatewayType: gatewayType
    vpnType: isExpressRoute ? 'RouteBased' : vpnType
    sku: { name: skuName ?? unmodelled(), tier: skuName ?? unmodelled() }
    activeActive: isActiveActive
    enableBgp: isBgp
    ipConfigurations: map(range(1, count), number => {
      name: 'vNetGatewayConfig\${number}'
      properties: {
        privateIPAllocationMethod: 'Dynamic'
        subnet: { id: '\${networkId}/subnets/GatewaySubnet' }
        publicIPAddress: unmodelled()
      }
    })
    vpnClientConfiguration: empty(vpnClientAddressPoolPrefix) ? null : {
      ...unmodelled()
      vpnClientAddressPool: { addressPrefixes: [vpnClientAddressPoolPrefix] }
    }
  }
}
${roleAssignments('virtualNetworkGateway')}${commonOutputs('virtualNetworkGateway')}
output activeActive bool = isActiveActive
`;

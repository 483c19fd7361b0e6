import { commonOutputs, roleAssignments } from './shared.ts';

/**
 * Stands in for `avm/res/network/local-network-gateway`. `localAddressPrefixes` became `localNetworkAddressSpace` in
 * version 0.4.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/local-network-gateway
 */
export const localNetworkGateway = `
param name string
param location string = resourceGroup().location
param localGatewayPublicIpAddress string
param localNetworkAddressSpace object?
param localAddressPrefixes array?
param fqdn string?

resource localNetworkGateway 'Microsoft.Network/localNetworkGateways@2024-07-01' = {
  name: name
  location: location
  properties: {
    ...unmodelled()
    localNetworkAddressSpace: localNetworkAddressSpace ?? { addressPrefixes: localAddressPrefixes }
    gatewayIpAddress: localGatewayPublicIpAddress
    fqdn: fqdn
  }
}
${roleAssignments('localNetworkGateway')}${commonOutputs('localNetworkGateway')}`;

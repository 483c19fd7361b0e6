import { commonOutputs, roleAssignments } from './shared.ts';

/**
 * Stands in for `avm/res/network/application-gateway`. Its `sku` has had more than one default.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/application-gateway
 */
export const applicationGateway = `
param name string
param location string = resourceGroup().location
param sku string?
param gatewayIPConfigurations array = []

resource applicationGateway 'Microsoft.Network/applicationGateways@2024-07-01' = {
  name: name
  location: location
  properties: {
    ...unmodelled()
    sku: { ...unmodelled(), name: sku ?? unmodelled(), tier: sku ?? unmodelled() }
    gatewayIPConfigurations: gatewayIPConfigurations
  }
}
${roleAssignments('applicationGateway')}${commonOutputs('applicationGateway')}`;

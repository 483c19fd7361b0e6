/**
 * Stands in for `avm/res/network/virtual-network`.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/virtual-network
 */
export const virtualNetwork = `
param name string
param addressPrefixes array
param subnets array?
param dnsServers array?
param peerings array?

resource virtualNetwork 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  properties: {
    addressSpace: { addressPrefixes: addressPrefixes }
    dhcpOptions: { dnsServers: dnsServers }
    subnets: map(subnets ?? [], subnet => {
      name: subnet.name
      properties: {
        addressPrefix: subnet.?addressPrefix
        addressPrefixes: subnet.?addressPrefixes
        networkSecurityGroup: { id: subnet.?networkSecurityGroupResourceId }
        routeTable: { id: subnet.?routeTableResourceId }
        natGateway: { id: subnet.?natGatewayResourceId }
        delegations: subnet.?delegation == null ? [] : [
          { name: subnet.delegation, properties: { serviceName: subnet.delegation } }
        ]
        privateEndpointNetworkPolicies: subnet.?privateEndpointNetworkPolicies
        defaultOutboundAccess: subnet.?defaultOutboundAccess
      }
    })
  }
}

output name string = virtualNetwork.name
output resourceId string = virtualNetwork.id
output subnetNames array = map(subnets ?? [], subnet => subnet.name)
output subnetResourceIds array = map(subnets ?? [], subnet => '\${virtualNetwork.id}/subnets/\${subnet.name}')
`;

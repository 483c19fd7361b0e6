import { commonOutputs, roleAssignments } from './shared.ts';

/**
 * Stands in for `avm/res/network/network-security-group`.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/network-security-group
 */
export const networkSecurityGroup = `
param name string
param location string = resourceGroup().location
param securityRules array?

resource networkSecurityGroup 'Microsoft.Network/networkSecurityGroups@2024-07-01' = {
  name: name
  location: location
  properties: {
    securityRules: map(securityRules ?? [], rule => {
      name: rule.name
      properties: {
        access: rule.properties.access
        direction: rule.properties.direction
        priority: rule.properties.priority
        protocol: rule.properties.protocol
        sourceAddressPrefix: rule.properties.?sourceAddressPrefix
        sourceAddressPrefixes: rule.properties.?sourceAddressPrefixes
        sourceApplicationSecurityGroups: rule.properties.?sourceApplicationSecurityGroups ?? map(
          rule.properties.?sourceApplicationSecurityGroupResourceIds ?? [], id => { id: id })
        sourcePortRange: rule.properties.?sourcePortRange
        sourcePortRanges: rule.properties.?sourcePortRanges
        destinationAddressPrefix: rule.properties.?destinationAddressPrefix
        destinationAddressPrefixes: rule.properties.?destinationAddressPrefixes
        destinationApplicationSecurityGroups: rule.properties.?destinationApplicationSecurityGroups ?? map(
          rule.properties.?destinationApplicationSecurityGroupResourceIds ?? [], id => { id: id })
        destinationPortRange: rule.properties.?destinationPortRange
        destinationPortRanges: rule.properties.?destinationPortRanges
      }
    })
  }
}
${roleAssignments('networkSecurityGroup')}${commonOutputs('networkSecurityGroup')}`;

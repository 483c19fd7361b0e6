import { commonOutputs, roleAssignments } from './shared.ts';

/**
 * Stands in for `avm/res/network/firewall-policy`.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/firewall-policy
 */
export const firewallPolicy = `
param name string
param location string = resourceGroup().location
param basePolicyResourceId string?
param enableProxy bool = false
param servers array?
param tier string = 'Standard'
param ruleCollectionGroups array?

resource firewallPolicy 'Microsoft.Network/firewallPolicies@2024-07-01' = {
  name: name
  location: location
  properties: {
    ...unmodelled()
    basePolicy: empty(basePolicyResourceId) ? null : { id: basePolicyResourceId }
    dnsSettings: enableProxy || servers != null ? { enableProxy: enableProxy, servers: servers } : null
    sku: { tier: tier }
  }
}

resource group 'Microsoft.Network/firewallPolicies/ruleCollectionGroups@2024-07-01' = [
  for item in ruleCollectionGroups ?? []: {
    parent: firewallPolicy
    name: item.name
    properties: {
      priority: item.priority
      ruleCollections: item.?ruleCollections
    }
  }
]
${roleAssignments('firewallPolicy')}${commonOutputs('firewallPolicy')}`;

/**
 * Stands in for `avm/res/network/firewall-policy/rule-collection-group`.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/firewall-policy/rule-collection-group
 */
export const ruleCollectionGroup = `
param firewallPolicyName string
param name string
param location string = resourceGroup().location
param priority int
param ruleCollections array?

resource group 'Microsoft.Network/firewallPolicies/ruleCollectionGroups@2024-07-01' = {
  parent: resourceId('Microsoft.Network/firewallPolicies', firewallPolicyName)
  name: name
  properties: {
    priority: priority
    ruleCollections: ruleCollections
  }
}
${commonOutputs('group')}`;

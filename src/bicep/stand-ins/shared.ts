/** What every module gives back about its resource, `symbol`. */
export function commonOutputs(symbol: string): string {
  return `
output name string = ${symbol}.name
output resourceId string = ${symbol}.id
output resourceGroupName string = resourceGroup().name
output location string = location
`;
}

/**
 * The roles that a module grants on its resource, `symbol`. Of the built-in roles those are known by name that matter to
 * networks; an id is taken as it is.
 * https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
 */
export function roleAssignments(symbol: string): string {
  return `
param roleAssignments array?

var roleIds = {
  Contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c'
  'Managed Identity Operator': 'f1a07417-d97a-45cb-824c-7a7467783830'
  'Network Contributor': '4d97b98b-1d4f-4787-a291-c67834d212e7'
  Owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'
  'Private DNS Zone Contributor': 'b12aa53e-6015-4669-85d0-8515ebb3ae7f'
  Reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
}

resource roleAssignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for item in roleAssignments ?? []: {
  scope: ${symbol}
  name: item.?name ?? guid(${symbol}.id, item.principalId, item.roleDefinitionIdOrName)
  properties: {
    principalId: item.principalId
    principalType: item.?principalType
    roleDefinitionId: contains(roleIds, item.roleDefinitionIdOrName)
      ? subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds[item.roleDefinitionIdOrName])
      : contains(item.roleDefinitionIdOrName, '/')
        ? item.roleDefinitionIdOrName
        : length(split(item.roleDefinitionIdOrName, '-')) == 5
          ? subscriptionResourceId('Microsoft.Authorization/roleDefinitions', item.roleDefinitionIdOrName)
          : unmodelled()
  }
}]
`;
}

import { commonOutputs, roleAssignments } from './shared.ts';

/**
 * Stands in for `avm/res/managed-identity/user-assigned-identity`.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/managed-identity/user-assigned-identity
 */
export const userAssignedIdentity = `
param name string
param location string = resourceGroup().location

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
}
${roleAssignments('identity')}${commonOutputs('identity')}
output principalId string = identity.properties.principalId
output clientId string = identity.properties.clientId
`;

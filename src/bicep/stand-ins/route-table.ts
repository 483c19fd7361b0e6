import { commonOutputs, roleAssignments } from './shared.ts';

/**
 * Stands in for `avm/res/network/route-table`.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/route-table
 */
export const routeTable = `
param name string
param location string = resourceGroup().location
param routes array?
param disableBgpRoutePropagation bool = false

resource routeTable 'Microsoft.Network/routeTables@2024-07-01' = {
  name: name
  location: location
  properties: {
    routes: routes
    disableBgpRoutePropagation: disableBgpRoutePropagation
  }
}
${roleAssignments('routeTable')}${commonOutputs('routeTable')}`;

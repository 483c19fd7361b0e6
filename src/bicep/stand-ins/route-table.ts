/**
 * Stands in for `avm/res/network/route-table`.
 * https://github.com/Azure/bicep-registry-modules/tree/main/avm/res/network/route-table
 */
export const routeTable = `
param name string
param routes array?
param disableBgpRoutePropagation bool = false

resource routeTable 'Microsoft.Network/routeTables@2024-05-01' = {
  name: name
  properties: {
    routes: routes ?? []
    disableBgpRoutePropagation: disableBgpRoutePropagation
  }
}

output name string = routeTable.name
output resourceId string = routeTable.id
`;

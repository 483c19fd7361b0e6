param prefix string

resource spoke 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: [prefix] }
  }
}

resource spoke 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.1/16'] }
  }
}

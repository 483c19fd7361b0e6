param location string = resourceGroup().location

resource hub 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'hub'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.240.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.240.0.0/24' } }
      { name: 'pods', properties: { addressPrefix: '10.240.0.128/25' } }
      { name: 'jump', properties: { addressPrefix: '10.240.4.7/24' } }
    ]
  }
}

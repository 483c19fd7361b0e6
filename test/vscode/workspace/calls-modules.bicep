module spoke 'modules/network.bicep' = {
  name: 'spoke'
  params: { prefix: '10.1.0.1/16' }
}

module other 'modules/missing.bicep' = {
  name: 'other'
}

module hub 'br:registry.example/net/network:1.0' = {
  name: 'hub'
  params: { prefix: '10.2.0.1/16' }
}

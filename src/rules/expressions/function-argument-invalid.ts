import { defineRule } from '../rule.ts';

export const functionArgumentInvalid = defineRule({
  id: 'function-argument-invalid',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A template function gets an argument that it refuses.',
  condition:
    'Reports an argument of cidrSubnet(), cidrHost() or parseCidr() with which the function is certain to fail: not a prefix, a length shorter than that of the network, an index behind the last block or address. In ARM templates also the name of a parameter or variable that nothing declares, where a value of the network needs it.',
  why: 'Resource Manager evaluates these functions, not the compiler: the template builds and the deployment stops.',
  examples: [
    {
      language: 'bicep',
      bad: `var space = '10.1.0.0/24'

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: [space] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: cidrSubnet(space, 26, 4) } }
    ]
  }
}
`,
      good: `var space = '10.1.0.0/24'

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: [space] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: cidrSubnet(space, 26, 3) } }
    ]
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-cidr'],
  messages: {
    refused: (d: { message: string }) => d.message,
  },

  check(model, report) {
    for (const problem of model.expressionProblems) {
      report({ at: problem.origin, message: 'refused', data: { message: problem.message } });
    }
  },
});

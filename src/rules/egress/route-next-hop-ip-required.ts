import { defineRule } from '../rule.ts';

export const routeNextHopIpRequired = defineRule({
  id: 'route-next-hop-ip-required',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A route to a virtual appliance does not say which one.',
  condition: 'Reports a route with next hop type VirtualAppliance on which nextHopIpAddress is certainly not set.',
  why: 'VirtualAppliance is the one next hop type that needs an address; Azure refuses the route without it.',
  examples: [
    {
      language: 'bicep',
      bad: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    routes: [
      {
        name: 'to-on-premises'
        properties: { addressPrefix: '10.100.0.0/16', nextHopType: 'VirtualAppliance' }
      }
    ]
  }
}
`,
      good: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    routes: [
      {
        name: 'to-on-premises'
        properties: { addressPrefix: '10.100.0.0/16', nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.0.1.4' }
      }
    ]
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview'],
  messages: {
    missing: (_: Record<string, never>) =>
      'A route to a VirtualAppliance needs the address of the appliance. Set nextHopIpAddress to its private IP address.',
  },

  check(model, report) {
    for (const table of model.routeTables) {
      for (const route of table.routes.items) {
        const { nextHopType } = route;
        if (nextHopType?.kind !== 'known' || nextHopType.value.toLowerCase() !== 'virtualappliance') continue;
        if (route.nextHopIpAddress === undefined) report({ at: nextHopType.origin, message: 'missing', data: {} });
      }
    }
  },
});

import { defineRule } from '../rule.ts';

/** Next hop types that take no address. A type that does not exist is wrong itself, and may be a misspelt VirtualAppliance. */
const withoutAddress: ReadonlySet<string> = new Set(['virtualnetworkgateway', 'vnetlocal', 'internet', 'none']);

export const routeNextHopIpForbidden = defineRule({
  id: 'route-next-hop-ip-forbidden',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A route has a next hop address that its next hop type does not take.',
  condition:
    'Reports a known nextHopIpAddress on a route whose next hop type is VirtualNetworkGateway, VnetLocal, Internet or None.',
  why: 'Only a route to a virtual appliance may name an address; Azure refuses any other route that does.',
  examples: [
    {
      language: 'bicep',
      bad: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    routes: [
      {
        name: 'storage'
        properties: {
          addressPrefix: 'Storage.WestEurope'
          nextHopType: 'Internet'
          nextHopIpAddress: '10.0.1.4'
        }
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
        name: 'storage'
        properties: {
          addressPrefix: 'Storage.WestEurope'
          nextHopType: 'Internet'
        }
      }
    ]
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview'],
  messages: {
    forbidden: (d: { type: string; address: string }) =>
      `A route with next hop type ${d.type} takes no nextHopIpAddress, but ${d.address} is set. Remove it, or make the next hop type VirtualAppliance.`,
  },

  check(model, report) {
    for (const table of model.routeTables) {
      for (const { nextHopType: type, nextHopIpAddress: address, properties } of table.routes.items) {
        if (type?.kind !== 'known' || address?.kind !== 'known' || !withoutAddress.has(type.value.toLowerCase()))
          continue;
        report({
          at: address.origin.at,
          message: 'forbidden',
          data: { type: type.value, address: address.value },
          fixes:
            properties === undefined
              ? []
              : [
                  {
                    title: 'Remove nextHopIpAddress',
                    applicability: 'safe',
                    changes: [{ kind: 'remove-property', object: properties, key: 'nextHopIpAddress' }],
                  },
                ],
        });
      }
    }
  },
});

import type { Fix } from '../../model/change.ts';
import type { KnownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

/** The types that a route can have; VirtualApplianceEcmp is new in the network API. */
const types = ['VirtualNetworkGateway', 'VnetLocal', 'Internet', 'VirtualAppliance', 'VirtualApplianceEcmp', 'None'];

/** How the portal and the command line call types. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['virtualnetwork', 'VnetLocal'],
  ['vnet', 'VnetLocal'],
]);

/** Types of system routes, which Azure makes itself. */
const systemTypes: ReadonlySet<string> = new Set([
  'virtualnetworkpeering',
  'vnetpeering',
  'virtualnetworkserviceendpoint',
]);

export const routeNextHopType = defineRule({
  id: 'route-next-hop-type',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A route has a next hop type that does not exist.',
  condition:
    'Reports a known nextHopType other than VirtualNetworkGateway, VnetLocal, Internet, VirtualAppliance, VirtualApplianceEcmp and None, in any spelling of case.',
  why: 'Azure refuses a route table with any other next hop type. Some names that the portal shows belong to routes that only Azure itself can make.',
  examples: [
    {
      language: 'bicep',
      bad: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    routes: [
      {
        name: 'local'
        properties: { addressPrefix: '10.1.0.0/16', nextHopType: 'VirtualNetwork' }
      }
    ]
  }
}
`,
      good: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    routes: [{ name: 'local', properties: { addressPrefix: '10.1.0.0/16', nextHopType: 'VnetLocal' } }]
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview'],
  messages: {
    unknownType: (d: { type: string }) =>
      `${d.type} is not a next hop type. Use VirtualAppliance, VirtualNetworkGateway, VnetLocal, Internet or None.`,
    alias: (d: { type: string; right: string }) =>
      `${d.type} is not a next hop type. Use ${d.right}, which means the same.`,
    systemType: (d: { type: string }) =>
      `Only Azure itself makes routes with next hop type ${d.type}. Remove the route, or choose another next hop type.`,
  },

  check(model, report) {
    for (const table of model.routeTables) {
      for (const { nextHopType } of table.routes.items) {
        if (nextHopType?.kind !== 'known') continue;
        const type = nextHopType.value;
        const folded = type.toLowerCase();
        if (types.some((name) => name.toLowerCase() === folded)) continue;
        const right = aliases.get(folded);
        const at = nextHopType.origin;
        if (right !== undefined)
          report({ at, message: 'alias', data: { type, right }, fixes: [aliasFix(nextHopType, right)] });
        else report({ at, message: systemTypes.has(folded) ? 'systemType' : 'unknownType', data: { type } });
      }
    }
  },
});

function aliasFix({ origin }: KnownValue<string>, right: string): Fix {
  return {
    title: `Use ${right}`,
    applicability: 'safe',
    changes: [{ kind: 'set-value', target: origin, to: right }],
  };
}

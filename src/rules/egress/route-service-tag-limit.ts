import type { KnownValue } from '../../model/value.ts';
import { parseAddress } from '../../net/address.ts';
import { networkLimits } from '../../net/azure.ts';
import type { Prefix } from '../../net/prefix.ts';
import { defineRule } from '../rule.ts';

export const routeServiceTagLimit = defineRule({
  id: 'route-service-tag-limit',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A route table has more routes to service tags than Azure takes.',
  condition: 'Reports the twenty-sixth route of a table whose address prefix is the name of a service tag.',
  why: 'Azure takes at most 25 routes with service tags in one table.',
  examples: [
    {
      language: 'bicep',
      bad: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    routes: [
      {
        name: 'storage-1'
        properties: { addressPrefix: 'Storage.WestEurope', nextHopType: 'Internet' }
      }
      {
        name: 'storage-2'
        properties: { addressPrefix: 'Storage.NorthEurope', nextHopType: 'Internet' }
      }
      {
        name: 'storage-3'
        properties: { addressPrefix: 'Storage.EastUS', nextHopType: 'Internet' }
      }
      {
        name: 'storage-4'
        properties: { addressPrefix: 'Storage.EastUS2', nextHopType: 'Internet' }
      }
      {
        name: 'storage-5'
        properties: { addressPrefix: 'Storage.WestUS', nextHopType: 'Internet' }
      }
      {
        name: 'storage-6'
        properties: { addressPrefix: 'Storage.WestUS2', nextHopType: 'Internet' }
      }
      {
        name: 'storage-7'
        properties: { addressPrefix: 'Storage.WestUS3', nextHopType: 'Internet' }
      }
      {
        name: 'storage-8'
        properties: { addressPrefix: 'Storage.CentralUS', nextHopType: 'Internet' }
      }
      {
        name: 'storage-9'
        properties: { addressPrefix: 'Storage.NorthCentralUS', nextHopType: 'Internet' }
      }
      {
        name: 'storage-10'
        properties: { addressPrefix: 'Storage.SouthCentralUS', nextHopType: 'Internet' }
      }
      {
        name: 'storage-11'
        properties: { addressPrefix: 'Storage.CanadaCentral', nextHopType: 'Internet' }
      }
      {
        name: 'storage-12'
        properties: { addressPrefix: 'Storage.CanadaEast', nextHopType: 'Internet' }
      }
      {
        name: 'storage-13'
        properties: { addressPrefix: 'Storage.BrazilSouth', nextHopType: 'Internet' }
      }
      {
        name: 'storage-14'
        properties: { addressPrefix: 'Storage.UKSouth', nextHopType: 'Internet' }
      }
      {
        name: 'storage-15'
        properties: { addressPrefix: 'Storage.UKWest', nextHopType: 'Internet' }
      }
      {
        name: 'storage-16'
        properties: { addressPrefix: 'Storage.FranceCentral', nextHopType: 'Internet' }
      }
      {
        name: 'storage-17'
        properties: { addressPrefix: 'Storage.GermanyWestCentral', nextHopType: 'Internet' }
      }
      {
        name: 'storage-18'
        properties: { addressPrefix: 'Storage.SwitzerlandNorth', nextHopType: 'Internet' }
      }
      {
        name: 'storage-19'
        properties: { addressPrefix: 'Storage.NorwayEast', nextHopType: 'Internet' }
      }
      {
        name: 'storage-20'
        properties: { addressPrefix: 'Storage.SwedenCentral', nextHopType: 'Internet' }
      }
      {
        name: 'storage-21'
        properties: { addressPrefix: 'Storage.JapanEast', nextHopType: 'Internet' }
      }
      {
        name: 'storage-22'
        properties: { addressPrefix: 'Storage.JapanWest', nextHopType: 'Internet' }
      }
      {
        name: 'storage-23'
        properties: { addressPrefix: 'Storage.KoreaCentral', nextHopType: 'Internet' }
      }
      {
        name: 'storage-24'
        properties: { addressPrefix: 'Storage.SoutheastAsia', nextHopType: 'Internet' }
      }
      {
        name: 'storage-25'
        properties: { addressPrefix: 'Storage.EastAsia', nextHopType: 'Internet' }
      }
      {
        name: 'storage-26'
        properties: { addressPrefix: 'Storage.AustraliaEast', nextHopType: 'Internet' }
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
        name: 'storage-1'
        properties: { addressPrefix: 'Storage.WestEurope', nextHopType: 'Internet' }
      }
      {
        name: 'storage-2'
        properties: { addressPrefix: 'Storage.NorthEurope', nextHopType: 'Internet' }
      }
      {
        name: 'storage-3'
        properties: { addressPrefix: 'Storage.EastUS', nextHopType: 'Internet' }
      }
      {
        name: 'storage-4'
        properties: { addressPrefix: 'Storage.EastUS2', nextHopType: 'Internet' }
      }
      {
        name: 'storage-5'
        properties: { addressPrefix: 'Storage.WestUS', nextHopType: 'Internet' }
      }
      {
        name: 'storage-6'
        properties: { addressPrefix: 'Storage.WestUS2', nextHopType: 'Internet' }
      }
      {
        name: 'storage-7'
        properties: { addressPrefix: 'Storage.WestUS3', nextHopType: 'Internet' }
      }
      {
        name: 'storage-8'
        properties: { addressPrefix: 'Storage.CentralUS', nextHopType: 'Internet' }
      }
      {
        name: 'storage-9'
        properties: { addressPrefix: 'Storage.NorthCentralUS', nextHopType: 'Internet' }
      }
      {
        name: 'storage-10'
        properties: { addressPrefix: 'Storage.SouthCentralUS', nextHopType: 'Internet' }
      }
      {
        name: 'storage-11'
        properties: { addressPrefix: 'Storage.CanadaCentral', nextHopType: 'Internet' }
      }
      {
        name: 'storage-12'
        properties: { addressPrefix: 'Storage.CanadaEast', nextHopType: 'Internet' }
      }
      {
        name: 'storage-13'
        properties: { addressPrefix: 'Storage.BrazilSouth', nextHopType: 'Internet' }
      }
      {
        name: 'storage-14'
        properties: { addressPrefix: 'Storage.UKSouth', nextHopType: 'Internet' }
      }
      {
        name: 'storage-15'
        properties: { addressPrefix: 'Storage.UKWest', nextHopType: 'Internet' }
      }
      {
        name: 'storage-16'
        properties: { addressPrefix: 'Storage.FranceCentral', nextHopType: 'Internet' }
      }
      {
        name: 'storage-17'
        properties: { addressPrefix: 'Storage.GermanyWestCentral', nextHopType: 'Internet' }
      }
      {
        name: 'storage-18'
        properties: { addressPrefix: 'Storage.SwitzerlandNorth', nextHopType: 'Internet' }
      }
      {
        name: 'storage-19'
        properties: { addressPrefix: 'Storage.NorwayEast', nextHopType: 'Internet' }
      }
      {
        name: 'storage-20'
        properties: { addressPrefix: 'Storage.SwedenCentral', nextHopType: 'Internet' }
      }
      {
        name: 'storage-21'
        properties: { addressPrefix: 'Storage.JapanEast', nextHopType: 'Internet' }
      }
      {
        name: 'storage-22'
        properties: { addressPrefix: 'Storage.JapanWest', nextHopType: 'Internet' }
      }
      {
        name: 'storage-23'
        properties: { addressPrefix: 'Storage.KoreaCentral', nextHopType: 'Internet' }
      }
      {
        name: 'storage-24'
        properties: { addressPrefix: 'Storage.SoutheastAsia', nextHopType: 'Internet' }
      }
      {
        name: 'storage-25'
        properties: { addressPrefix: 'Storage.EastAsia', nextHopType: 'Internet' }
      }
    ]
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview'],
  messages: {
    tooMany: (d: { count: number; limit: number }) =>
      `This table has ${d.count} routes to service tags, and Azure takes ${d.limit}. Join regional tags into one for the whole service, or remove some.`,
  },

  check(model, report) {
    const limit = networkLimits.serviceTagRoutesPerTable;
    for (const table of model.routeTables) {
      const tags = new Map<string, KnownValue<Prefix>>();
      for (const { addressPrefix } of table.routes.items) {
        if (addressPrefix?.kind !== 'known' || !isTag(addressPrefix.value)) continue;
        tags.set(addressPrefix.value.text.toLowerCase(), addressPrefix);
      }
      const first = [...tags.values()][limit];
      if (first === undefined) continue;
      report({ at: first.origin, message: 'tooMany', data: { count: tags.size, limit } });
    }
  },
});

/** Text that reads like a tag: malformed prefixes are another defect. */
function isTag({ text, problem }: Prefix): boolean {
  return problem === 'not-an-address' && /^[A-Za-z][A-Za-z0-9.]*$/.test(text) && parseAddress(text) === undefined;
}

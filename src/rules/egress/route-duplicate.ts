import { encloses } from '../../base/span.ts';
import type { Fix } from '../../model/change.ts';
import type { Route, RouteTable } from '../../model/network.ts';
import { type KnownValue, knownValue } from '../../model/value.ts';
import { formatCidr, hasHostBits } from '../../net/cidr.ts';
import type { Prefix } from '../../net/prefix.ts';
import { defineRule } from '../rule.ts';

export const routeDuplicate = defineRule({
  id: 'route-duplicate',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Two routes of a table are for the same prefix or have the same name.',
  condition:
    'Reports a route in the routes of a table when an earlier one has the same address prefix or service tag, or the same name.',
  why: 'Azure takes one route for each prefix and name of a table and refuses the rest.',
  serviceError: { prefix: 'RouteConflict' },
  examples: [
    {
      language: 'bicep',
      bad: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    routes: [
      {
        name: 'a'
        properties: {
          addressPrefix: '10.100.0.0/16'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
      {
        name: 'b'
        properties: { addressPrefix: '10.100.0.0/16', nextHopType: 'VirtualNetworkGateway' }
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
        name: 'a'
        properties: {
          addressPrefix: '10.100.0.0/16'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
      {
        name: 'b'
        properties: { addressPrefix: '10.101.0.0/16', nextHopType: 'VirtualNetworkGateway' }
      }
    ]
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview',
    'https://github.com/kubernetes-sigs/cloud-provider-azure/issues/657',
  ],
  messages: {
    prefix: (d: { prefix: string; other: string }) =>
      `${d.other} of this table is for ${d.prefix} as well, and Azure takes one route for each prefix. Remove one of them.`,
    name: (d: { name: string }) =>
      `Two routes of this table are named "${d.name}", and Azure takes each name once. Rename or remove one of them.`,
  },

  check(model, report) {
    for (const table of model.routeTables) {
      // One declared as a resource of its own may stand for the same route.
      const routes = table.routes.items.filter(({ isInline }) => isInline);
      const [byPrefix, byName] = [new Map<string, Route>(), new Map<string, Route>()];
      for (const route of routes) {
        const { addressPrefix, name } = route;
        const key = prefixKey(route);
        const samePrefix = key === undefined ? undefined : byPrefix.get(key);
        const nameKey = knownValue(name)?.toLowerCase();
        const sameName = nameKey === undefined ? undefined : byName.get(nameKey);
        if (samePrefix !== undefined && addressPrefix?.kind === 'known') {
          report({
            at: addressPrefix.origin,
            message: 'prefix',
            data: { prefix: addressPrefix.value.text, other: label(samePrefix) },
            related: [{ at: samePrefix.header, text: 'The other route is here.' }],
            fixes: () => removeFix(table, route, samePrefix),
          });
        } else if (sameName !== undefined && name?.kind === 'known') {
          report({
            at: name.origin,
            message: 'name',
            data: { name: name.value },
            related: [{ at: sameName.header, text: 'The other route is here.' }],
          });
        }
        if (key !== undefined && samePrefix === undefined) byPrefix.set(key, route);
        if (nameKey !== undefined && sameName === undefined) byName.set(nameKey, route);
      }
    }
  },
});

/** Equal for prefixes that Azure takes as one; undefined for malformed ones, which are another defect. */
function prefixKey({ addressPrefix }: Route): string | undefined {
  const prefix = addressPrefix?.kind === 'known' ? (addressPrefix satisfies KnownValue<Prefix>).value : undefined;
  if (prefix === undefined || prefix.text === '') return undefined;
  if (prefix.cidr !== undefined) return hasHostBits(prefix.cidr) ? undefined : formatCidr(prefix.cidr);
  return /^[A-Za-z]/.test(prefix.text) && prefix.problem === 'not-an-address' ? prefix.text.toLowerCase() : undefined;
}

function label({ name }: Route): string {
  return name?.kind === 'known' ? `Route "${name.value}"` : 'Another route';
}

/** Removing the later of two routes that lead to the same place changes nothing. */
function removeFix({ routes }: RouteTable, route: Route, other: Route): Fix[] {
  const type = knownValue(route.nextHopType)?.toLowerCase();
  const [hop, otherHop] = [route.nextHopIpAddress, other.nextHopIpAddress];
  // What is written elsewhere may be in other tables as well, and the items of a loop share one body.
  const own = routes.origin?.from;
  if (route.body === undefined || route.body.uri !== own?.uri || !encloses(own.span, route.body.span)) return [];
  if (route.body.span.start === other.body?.span.start) return [];
  if (type === undefined || knownValue(other.nextHopType)?.toLowerCase() !== type) return [];
  if (hop?.kind === 'unknown' || otherHop?.kind === 'unknown' || knownValue(hop) !== knownValue(otherHop)) return [];
  return [
    {
      title: 'Remove this route, the other one leads to the same place',
      applicability: 'safe',
      changes: [{ kind: 'remove-item', item: route.body }],
    },
  ];
}

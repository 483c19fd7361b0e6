import type { Change, Fix } from '../../model/change.ts';
import { missingRegistryTags, pinsRegistry, registryTags } from '../../model/egress.ts';
import type { Route, RouteTable } from '../../model/network.ts';
import { addRoutes } from '../../model/new-routes.ts';
import { defineRule } from '../rule.ts';

export const staleMcrIpRoute = defineRule({
  id: 'stale-mcr-ip-route',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A route pins the Microsoft Container Registry to one address.',
  condition:
    'Reports a route with next hop Internet to 204.79.197.219/32, or to any single address in a route whose name has "mcr" in it.',
  why: 'No page publishes fixed addresses for mcr.microsoft.com. The one that older guides give covers neither the registry of today nor the endpoint that its layers come from, so nodes fail to start with exit status 50.',
  serviceError: 'VMExtensionError_OutboundConnFail',
  examples: [
    {
      language: 'bicep',
      bad: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    routes: [
      { name: 'McrMicrosoftCom', properties: { addressPrefix: '204.79.197.219/32', nextHopType: 'Internet' } }
    ]
  }
}
`,
      good: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    routes: [
      { name: 'mcr', properties: { addressPrefix: 'MicrosoftContainerRegistry', nextHopType: 'Internet' } }
      { name: 'mcr-data', properties: { addressPrefix: 'AzureFrontDoor.FirstParty', nextHopType: 'Internet' } }
    ]
  }
}
`,
    },
  ],
  references: [
    'https://github.com/microsoft/containerregistry/blob/main/docs/client-firewall-rules.md',
    'https://learn.microsoft.com/azure/virtual-network/service-tags-overview',
    'https://learn.microsoft.com/azure/aks/outbound-rules-control-egress',
  ],
  messages: {
    pinned: (d: { prefix: string }) =>
      `${d.prefix} pins mcr.microsoft.com to one address, which Microsoft may change and which does not serve the image layers. Route the service tags MicrosoftContainerRegistry and AzureFrontDoor.FirstParty instead.`,
  },

  check(model, report) {
    for (const table of model.routeTables) {
      for (const route of table.routes.items) {
        const { addressPrefix } = route;
        if (addressPrefix?.kind !== 'known' || !pinsRegistry(route)) continue;
        report({
          at: addressPrefix.origin,
          message: 'pinned',
          data: { prefix: addressPrefix.value.text },
          fixes: replaceFix(table, route),
        });
      }
    }
  },
});

function replaceFix(table: RouteTable, route: Route): Fix[] {
  const { addressPrefix, body } = route;
  const missing = missingRegistryTags(table);
  const [first] = missing;
  if (addressPrefix === undefined || table.routes.origin?.from === undefined || body === undefined) return [];
  if (first === undefined) {
    const changes: Change[] = [{ kind: 'remove-item', item: body }];
    return [{ title: 'Remove the route, the service tags have routes of their own', applicability: 'unsafe', changes }];
  }
  const added = addRoutes(
    table,
    missing.map((tag) => tag.route),
  );
  if (added === undefined) return [];
  // The route that is there leads to the first of them.
  const changes: Change[] = [{ kind: 'set-value', target: addressPrefix.origin, to: first.tag }, ...added.slice(1)];
  const isPair = missing.length === registryTags.length;
  return [
    {
      title: `Replace by ${isPair ? 'the two service tags' : 'the service tag'} of the registry`,
      applicability: 'unsafe',
      changes,
    },
  ];
}

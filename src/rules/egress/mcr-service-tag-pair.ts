import type { Change, Fix } from '../../model/change.ts';
import { defaultRoute, missingRegistryTags, routesReachRegistry } from '../../model/egress.ts';
import {
  allowsEndpoint,
  firewallsAllowRegistry,
  holdsPort,
  layersEndpoint,
  registryEndpoint,
  rulesAllow,
} from '../../model/firewall-egress.ts';
import { rulesOfPolicies } from '../../model/firewall-queries.ts';
import type { Model } from '../../model/model.ts';
import type { NetworkSecurityGroup, Route, RouteTable, SecurityRule } from '../../model/network.ts';
import { addRoutes } from '../../model/new-routes.ts';
import { forcedHop, tablesWithoutRegistry } from '../../model/registry-routes.ts';
import { type Collection, knownValue, type Value } from '../../model/value.ts';
import { containerRegistry } from '../../net/aks.ts';
import { rangeKind } from '../../net/azure.ts';
import type { Prefix } from '../../net/prefix.ts';
import { defineRule } from '../rule.ts';

export const mcrServiceTagPair = defineRule({
  id: 'mcr-service-tag-pair',
  severity: 'warning',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The service tag of the container registry is used without the one that its layers come from.',
  condition:
    'Reports the service tag MicrosoftContainerRegistry in a route around a forced default route, in an outbound rule of a network security group that denies the rest of the internet, and in a network rule of a firewall policy, when all routes or rules are known and none of them covers AzureFrontDoor.FirstParty. Where mcr-route-missing reports the route table, that is enough.',
  why: 'The registry answers from one set of addresses and hands out image layers from another, Azure Front Door. With the first alone, pulls begin and never end.',
  examples: [
    {
      language: 'bicep',
      bad: `resource policy 'Microsoft.Network/firewallPolicies@2024-05-01' = {
  name: 'fwp'
  location: resourceGroup().location
  properties: {
    sku: { tier: 'Standard' }
  }
}

resource rules 'Microsoft.Network/firewallPolicies/ruleCollectionGroups@2024-05-01' = {
  name: 'fwp/aks'
  properties: {
    priority: 200
    ruleCollections: [
      {
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
        name: 'network'
        priority: 200
        action: { type: 'Allow' }
        rules: [
          {
            ruleType: 'NetworkRule'
            name: 'registry'
            sourceAddresses: ['10.1.0.0/22']
            destinationAddresses: ['MicrosoftContainerRegistry']
            destinationPorts: ['443']
            ipProtocols: ['TCP']
          }
        ]
      }
    ]
  }
}
`,
      good: `resource policy 'Microsoft.Network/firewallPolicies@2024-05-01' = {
  name: 'fwp'
  location: resourceGroup().location
  properties: {
    sku: { tier: 'Standard' }
  }
}

resource rules 'Microsoft.Network/firewallPolicies/ruleCollectionGroups@2024-05-01' = {
  name: 'fwp/aks'
  properties: {
    priority: 200
    ruleCollections: [
      {
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
        name: 'network'
        priority: 200
        action: { type: 'Allow' }
        rules: [
          {
            ruleType: 'NetworkRule'
            name: 'registry'
            sourceAddresses: ['10.1.0.0/22']
            destinationAddresses: ['MicrosoftContainerRegistry', 'AzureFrontDoor.FirstParty']
            destinationPorts: ['443']
            ipProtocols: ['TCP']
          }
        ]
      }
    ]
  }
}
`,
    },
  ],
  references: [
    'https://github.com/microsoft/containerregistry/blob/main/docs/client-firewall-rules.md',
    'https://learn.microsoft.com/azure/virtual-network/service-tags-overview',
  ],
  messages: {
    route: (d: { tag: string; twin: string }) =>
      `The route to ${d.tag} leads around the default route, but image layers come from ${d.twin}, which has no such route. Add one.`,
    rule: (d: { tag: string; twin: string }) =>
      `${d.tag} is allowed, but image layers come from ${d.twin}, which is not. Allow both.`,
  },

  check(model, report, settings) {
    for (const { route, table } of loneRoutes(model, settings.egressNextHops)) {
      if (route.addressPrefix?.kind !== 'known') continue;
      const missing = missingRegistryTags(table).map((tag) => tag.route);
      const changes = addRoutes(table, missing) ?? [];
      report({
        at: route.addressPrefix.origin,
        message: 'route',
        data: { tag: route.addressPrefix.value.text, twin },
        fixes: changes.map(twinFix),
      });
    }
    for (const group of model.networkSecurityGroups) {
      const destinations = group.isExisting ? undefined : loneDestinations(group);
      if (destinations !== undefined) reportRule(destinations, (prefix) => prefix.text);
    }
    for (const set of model.firewallRuleSets) {
      const rules = set.policyId === undefined ? set.rules : rulesOfPolicies(model, set.policyId);
      if (rulesAllow([rules], layersEndpoint) !== 'no') continue;
      for (const rule of set.rules.items) {
        if (allowsEndpoint(rule, registryEndpoint) === 'yes') reportRule(rule.destinationAddresses, (text) => text);
      }
    }

    function reportRule<T>(destinations: Collection<Value<T>>, textOf: (value: T) => string): void {
      const found = destinations.items.find((item) => item.kind === 'known' && isRegistryTag(textOf(item.value)));
      if (found?.kind !== 'known') return;
      const array = destinations.origin?.from;
      report({
        at: found.origin,
        message: 'rule',
        data: { tag: textOf(found.value), twin },
        fixes: array === undefined ? [] : [twinFix({ kind: 'append-item', array, item: twin })],
      });
    }
  },
});

const [registryTag, twin] = containerRegistry.serviceTags;

/** The tag of the registry, of all regions or of one. */
function isRegistryTag(text: string): boolean {
  return text.toLowerCase().split('.')[0] === registryTag.toLowerCase();
}

/** Routes to the tag around a default route that leads elsewhere, in tables where nothing else leads to the layers. */
function loneRoutes(
  model: Model,
  openHops: readonly string[],
): { readonly route: Route; readonly table: RouteTable }[] {
  if (model.unreadParts.length > 0 || firewallsAllowRegistry(model) !== 'no') return [];
  const reported = new Set(tablesWithoutRegistry(model, openHops).map(({ table }) => table));
  return model.routeTables.flatMap((table) => {
    const forced = table.isExisting ? undefined : defaultRoute(table);
    if (forced === undefined || forcedHop(forced, openHops) === undefined || reported.has(table)) return [];
    const missing = missingRegistryTags(table).map(({ tag }) => tag);
    if (missing.length !== 1 || missing[0] !== twin || routesReachRegistry(table) !== 'no') return [];
    const route = table.routes.items.find(({ addressPrefix }) => isRegistryTag(knownValue(addressPrefix)?.text ?? ''));
    return route === undefined ? [] : [{ route, table }];
  });
}

/** The destinations of the rule that allows the registry, in a group that denies the rest and allows no layers. */
function loneDestinations({ securityRules }: NetworkSecurityGroup): Collection<Value<Prefix>> | undefined {
  const outbound = securityRules.items.filter(({ direction }) => knownValue(direction)?.toLowerCase() !== 'inbound');
  const allowing = outbound.filter(({ access }) => knownValue(access)?.toLowerCase() !== 'deny');
  const areKnown = allowing.every(
    ({ destinationAddressPrefixes: { items, isComplete } }) =>
      isComplete && items.every(({ kind }) => kind === 'known'),
  );
  if (!securityRules.isComplete || !areKnown || !outbound.some(deniesInternet)) return undefined;
  const destinations = allowing.map(({ destinationAddressPrefixes }) => destinationAddressPrefixes);
  if (destinations.some(({ items }) => items.some((item) => mayHoldLayers(knownValue(item))))) return undefined;
  return destinations.find(({ items }) => items.some((item) => isRegistryTag(knownValue(item)?.text ?? '')));
}

function deniesInternet(rule: SecurityRule): boolean {
  const isDenied = knownValue(rule.access)?.toLowerCase() === 'deny' && knownValue(rule.direction) !== undefined;
  const protocol = knownValue(rule.protocol)?.toLowerCase() ?? '';
  return (
    isDenied &&
    ['*', 'tcp'].includes(protocol) &&
    rule.destinationAddressPrefixes.items.some((item) =>
      /^(?:\*|internet|0\.0\.0\.0\/0)$/i.test(knownValue(item)?.text ?? ''),
    ) &&
    rule.destinationPortRanges.items.some((item) => item.kind === 'known' && holdsPort(item.value, layersEndpoint.port))
  );
}

function mayHoldLayers(prefix: Prefix | undefined): boolean {
  if (prefix?.cidr !== undefined) return rangeKind(prefix.cidr) !== 'private';
  return /^(?:\*|internet|azurecloud|azurefrontdoor)/i.test(prefix?.text ?? '*');
}

function twinFix(change: Change): Fix {
  return { title: `Add ${twin}`, applicability: 'safe', changes: [change] };
}

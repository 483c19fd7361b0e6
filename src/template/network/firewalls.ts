import type {
  ApplicationProtocol,
  AzureFirewall,
  FirewallIpConfiguration,
  FirewallPolicy,
  FirewallRule,
  FirewallRuleSet,
} from '../../model/firewall.ts';
import type { Collection, Property, Value } from '../../model/value.ts';
import type { Data } from '../data.ts';
import type { EvaluatedResource } from '../resources.ts';
import {
  itemHeader,
  joinCollections,
  leaveOpen,
  literalObject,
  readBoolean,
  readCollection,
  readMember,
  readNumber,
  readPath,
  readReference,
  readString,
  readStrings,
  readTexts,
} from './reader.ts';
import { parentOf, readResource, resourcesOfType } from './resource.ts';

/** Azure Firewalls with their classic rules. */
export function readAzureFirewalls(resources: readonly EvaluatedResource[]): AzureFirewall[] {
  return resourcesOfType(resources, 'microsoft.network/azurefirewalls').map((resource) => {
    const properties = resource.member('properties');
    const read = (name: string): Data | undefined => readMember(properties, name);
    const management = read('managementIpConfiguration');
    return {
      ...readResource(resource, properties),
      skuName: readString(readMember(read('sku'), 'name')),
      skuTier: readString(readMember(read('sku'), 'tier')),
      firewallPolicy: readReference(readMember(read('firewallPolicy'), 'id')),
      ipConfigurations: readCollection(read('ipConfigurations'), (item) =>
        item.kind === 'object' ? readConfiguration(item) : undefined,
      ),
      managementIpConfiguration: management === undefined ? undefined : readConfiguration(management),
      rules: readClassicRules(properties),
      dnsProxyEnabled: readBoolean(readMember(read('additionalProperties'), 'Network.DNS.EnableProxy')),
    };
  });
}

/** Firewall policies without their rules, which stand in rule collection groups. */
export function readFirewallPolicies(resources: readonly EvaluatedResource[]): FirewallPolicy[] {
  return resourcesOfType(resources, 'microsoft.network/firewallpolicies').map((resource) => {
    const properties = resource.member('properties');
    return {
      ...readResource(resource, properties),
      skuTier: readString(readPath(properties, 'sku', 'tier')),
      basePolicy: readReference(readPath(properties, 'basePolicy', 'id')),
      dnsProxyEnabled: readBoolean(readPath(properties, 'dnsSettings', 'enableProxy')),
      dnsServers: readStrings(readPath(properties, 'dnsSettings', 'servers')),
    };
  });
}

/** Rule collection groups of firewall policies, and the classic rules of firewalls. */
export function readFirewallRuleSets(
  resources: readonly EvaluatedResource[],
  firewalls: readonly AzureFirewall[],
): FirewallRuleSet[] {
  const classic = firewalls.map(({ skuName: _, skuTier, firewallPolicy, ipConfigurations, ...firewall }) => ({
    ...firewall,
    policyId: undefined,
    priority: undefined,
    ruleCollections: undefined,
  }));
  const groups = ['rulecollectiongroups', 'rulegroups'].flatMap((kind) =>
    resourcesOfType(resources, `microsoft.network/firewallpolicies/${kind}`),
  );
  return [
    ...classic,
    ...groups.map((resource) => {
      const properties = resource.member('properties');
      const common = readResource(resource, properties);
      return {
        ...common,
        policyId: parentOf(common.id),
        priority: readNumber(readMember(properties, 'priority')),
        rules: readPolicyRules(properties),
        ruleCollections: readCollection(readMember(properties, 'ruleCollections'), (item) => item).origin?.from,
      };
    }),
  ];
}

function readConfiguration(item: Data): FirewallIpConfiguration {
  const properties = readMember(item, 'properties');
  return {
    header: itemHeader(item),
    name: readString(readMember(item, 'name')),
    subnet: readReference(readPath(properties, 'subnet', 'id')),
    publicIPAddress: readReference(readPath(properties, 'publicIPAddress', 'id')),
    privateIPAddress: readString(readMember(properties, 'privateIPAddress')),
  };
}

/** `applicationRuleCollections` and `networkRuleCollections`: `{ properties: { priority, action: { type }, rules: [] } }`. */
function readClassicRules(properties: Data | undefined): Collection<FirewallRule> {
  const kinds = [
    ['applicationRuleCollections', 'application'],
    ['networkRuleCollections', 'network'],
  ] as const;
  return joinCollections(
    ...kinds.map(([name, kind]) =>
      flatten(readMember(properties, name), (collection) => {
        const inner = readMember(collection, 'properties');
        return readRules(inner, () => kind);
      }),
    ),
  );
}

/** `ruleCollections: [{ priority, action: { type }, rules: [] }]`; NAT collections hold no way out. */
function readPolicyRules(properties: Data | undefined): Collection<FirewallRule> {
  return flatten(readMember(properties, 'ruleCollections'), (collection) => {
    const type = readString(readMember(collection, 'ruleCollectionType'));
    if (type?.kind === 'known' && type.value.toLowerCase() === 'firewallpolicynatrulecollection') {
      return { items: [], isComplete: true };
    }
    return readRules(collection, policyRuleKind);
  });
}

function policyRuleKind(rule: Data): FirewallRule['kind'] {
  const type = readString(readMember(rule, 'ruleType'));
  switch (type?.kind === 'known' ? type.value.toLowerCase() : '') {
    case 'applicationrule':
      return 'application';
    case 'networkrule':
      return 'network';
    default:
      return 'unknown';
  }
}

function flatten(data: Data | undefined, read: (item: Data) => Collection<FirewallRule>): Collection<FirewallRule> {
  const collections = readCollection(data, (item) => (item.kind === 'object' ? read(item) : undefined));
  return {
    items: collections.items.flatMap((collection) => collection.items),
    isComplete: collections.isComplete && collections.items.every((collection) => collection.isComplete),
  };
}

/** The rules of a collection; classic rules and those of policies differ only in the name of the network protocols. */
function readRules(
  collection: Data | undefined,
  kindOf: (rule: Data) => FirewallRule['kind'],
): Collection<FirewallRule> {
  const action = readString(readPath(collection, 'action', 'type'));
  const priority = readNumber(readMember(collection, 'priority'));
  return readCollection(readMember(collection, 'rules'), (rule) => {
    if (rule.kind !== 'object') return undefined;
    const read = (name: string): Data | undefined => readMember(rule, name);
    const kind = kindOf(rule);
    return {
      header: rule.origin.at,
      body: literalObject(rule),
      kind,
      name: readString(read('name')),
      action,
      priority,
      sourceAddresses: readAddresses(rule, 'source'),
      targetFqdns: readStrings(read('targetFqdns')),
      fqdnTags: readStrings(read('fqdnTags')),
      applicationProtocols: kind === 'application' ? readCollection(read('protocols'), readProtocol) : none,
      destinationAddresses: readAddresses(rule, 'destination'),
      destinationFqdns: readStrings(read('destinationFqdns')),
      destinationPorts: readTexts(read('destinationPorts')),
      networkProtocols:
        kind === 'network' ? joinCollections(readStrings(read('ipProtocols')), readStrings(read('protocols'))) : none,
    };
  });
}

const none: Collection<never> = { items: [], isComplete: true };

/** Addresses that are written out; groups of addresses are resources of their own and add to them. */
function readAddresses(rule: Data, side: 'source' | 'destination'): Collection<Value<string>> {
  const addresses = readStrings(readMember(rule, `${side}Addresses`));
  const groups = readStrings(readMember(rule, `${side}IpGroups`));
  return groups.isComplete && groups.items.length === 0 ? addresses : leaveOpen(addresses);
}

function readProtocol(item: Data): ApplicationProtocol | undefined {
  if (item.kind !== 'object') return undefined;
  const port: Property<number> = readNumber(readMember(item, 'port'));
  return { protocolType: readString(readMember(item, 'protocolType')), port };
}

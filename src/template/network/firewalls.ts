import type { FirewallRule, FirewallRuleSet } from '../../model/network.ts';
import type { Collection } from '../../model/value.ts';
import type { Data } from '../data.ts';
import type { EvaluatedResource } from '../resources.ts';
import { joinCollections, readCollection, readMember, readPath, readString, readStrings } from './reader.ts';
import { readResource } from './resource.ts';

/** Azure Firewalls with classic rules, and rule collection groups of firewall policies. */
export function readFirewallRuleSets(resources: readonly EvaluatedResource[]): FirewallRuleSet[] {
  return resources.flatMap((resource): FirewallRuleSet[] => {
    switch (resource.type.toLowerCase()) {
      case 'microsoft.network/azurefirewalls':
        return [{ ...readResource(resource), rules: readClassicRules(resource.member('properties')) }];
      case 'microsoft.network/firewallpolicies/rulecollectiongroups':
      case 'microsoft.network/firewallpolicies/rulegroups':
        return [{ ...readResource(resource), rules: readPolicyRules(resource.member('properties')) }];
      default:
        return [];
    }
  });
}

/** `applicationRuleCollections` and `networkRuleCollections`: `{ properties: { action: { type }, rules: [] } }`. */
function readClassicRules(properties: Data | undefined): Collection<FirewallRule> {
  return joinCollections(
    ...['applicationRuleCollections', 'networkRuleCollections'].map((name) =>
      flatten(readMember(properties, name), (collection) => {
        const inner = readMember(collection, 'properties');
        return readRules(readMember(inner, 'rules'), readPath(inner, 'action', 'type'));
      }),
    ),
  );
}

/** `ruleCollections: [{ action: { type }, rules: [] }]`; NAT collections hold no way out. */
function readPolicyRules(properties: Data | undefined): Collection<FirewallRule> {
  return flatten(readMember(properties, 'ruleCollections'), (collection) =>
    readRules(readMember(collection, 'rules'), readPath(collection, 'action', 'type')),
  );
}

function flatten(data: Data | undefined, read: (item: Data) => Collection<FirewallRule>): Collection<FirewallRule> {
  const collections = readCollection(data, (item) => (item.kind === 'object' ? read(item) : undefined));
  return {
    items: collections.items.flatMap((collection) => collection.items),
    isComplete: collections.isComplete && collections.items.every((collection) => collection.isComplete),
  };
}

function readRules(rules: Data | undefined, action: Data | undefined): Collection<FirewallRule> {
  return readCollection(rules, (rule) => {
    if (rule.kind !== 'object') return undefined;
    return {
      header: rule.origin.at,
      action: readString(action),
      targetFqdns: readStrings(readMember(rule, 'targetFqdns')),
      fqdnTags: readStrings(readMember(rule, 'fqdnTags')),
      destinationAddresses: readStrings(readMember(rule, 'destinationAddresses')),
      destinationFqdns: readStrings(readMember(rule, 'destinationFqdns')),
    };
  });
}

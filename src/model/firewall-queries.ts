import { parseAddress } from '../net/address.ts';
import { containsAddress } from '../net/cidr.ts';
import type { AzureFirewall, FirewallPolicy, FirewallRule } from './firewall.ts';
import type { Model } from './model.ts';
import { modelIndex } from './model-index.ts';
import type { ResourceReference, Route } from './network.ts';
import { subnetById } from './queries.ts';
import { type Collection, knownValue, type Property } from './value.ts';

/** Policies of a chain of base policies that are followed. */
const maxPolicies = 16;

/**
 * The rules that a firewall applies: its classic ones and those of its policy and the base policies. Not complete where
 * a policy is not in the files, only referred to (`existing`), or may have rule collection groups that are not known.
 */
export function rulesOfFirewall(model: Model, firewall: AzureFirewall): Collection<FirewallRule> {
  const { firewallPolicy, rules } = firewall;
  const chain = rulesOfPolicies(model, policyIdOf(firewallPolicy));
  return { items: [...rules.items, ...chain.items], isComplete: rules.isComplete && chain.isComplete };
}

/** The rules of a firewall policy and of its base policies, complete as {@link rulesOfFirewall} says. */
export function rulesOfPolicies(model: Model, policyId: string | undefined): Collection<FirewallRule> {
  const items: FirewallRule[] = [];
  let isComplete = model.unreadParts.length === 0;
  let id = policyId;
  for (let depth = 0; id !== undefined; depth++) {
    const policy: FirewallPolicy | undefined = modelIndex(model).firewallPolicies.get(id);
    if (policy === undefined || depth >= maxPolicies) return { items, isComplete: false };
    for (const set of modelIndex(model).ruleSetsByPolicy.get(policy.id) ?? []) {
      items.push(...set.rules.items);
      isComplete &&= set.rules.isComplete;
    }
    isComplete &&= !policy.isExisting;
    id = policyIdOf(policy.basePolicy);
  }
  return { items, isComplete: isComplete && !hasStrayRuleSet(model) };
}

/** The id of a policy that is referred to; one that is not known is the id of none. */
function policyIdOf(reference: Property<ResourceReference>): string | undefined {
  return reference === undefined ? undefined : (knownValue(reference)?.id ?? '');
}

/**
 * The declared firewall that a route leads to: because the route reads the address from it, by its private address, or
 * because the address lies in its subnet.
 */
export function firewallBehind(model: Model, route: Route): AzureFirewall | undefined {
  const named = modelIndex(model).firewalls.get(route.nextHopResourceId ?? '');
  if (named !== undefined) return named;
  const hop = parseAddress(knownValue(route.nextHopIpAddress) ?? '');
  if (hop === undefined) return undefined;
  return model.azureFirewalls.find((firewall) =>
    firewall.ipConfigurations.items.some((configuration) => {
      const own = parseAddress(knownValue(configuration.privateIPAddress) ?? '');
      if (own !== undefined) return own.family === hop.family && own.value === hop.value;
      const prefixes = subnetById(model, configuration.subnet)?.addressPrefixes.items ?? [];
      return prefixes.some((prefix) => {
        const cidr = knownValue(prefix)?.cidr;
        return cidr !== undefined && containsAddress(cidr, hop);
      });
    }),
  );
}

/** Whether a rule collection group may belong to any policy. */
function hasStrayRuleSet(model: Model): boolean {
  const { firewallPolicies } = modelIndex(model);
  return model.firewallRuleSets.some(
    ({ policyId }) => policyId !== undefined && !firewallPolicies.has(policyId) && policyId.includes('{'),
  );
}

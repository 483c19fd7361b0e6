import type {
  AzureFirewall,
  FirewallIpConfiguration,
  FirewallPolicy,
  FirewallRule,
  FirewallRuleSet,
} from '../model/firewall.ts';
import type { PrivateDnsZone, RoleAssignment } from '../model/identity.ts';
import { absent, type View, viewList, viewReference, viewResource, viewTexts, viewValue } from './view-values.ts';

/** An Azure Firewall; its classic rules stand among the rule sets. */
export function viewAzureFirewall(firewall: AzureFirewall): View {
  const { managementIpConfiguration: management } = firewall;
  return {
    ...viewResource(firewall),
    sku: { name: viewValue(firewall.skuName), tier: viewValue(firewall.skuTier) },
    firewallPolicy: viewReference(firewall.firewallPolicy),
    ipConfigurations: viewList(firewall.ipConfigurations, viewIpConfiguration),
    managementIpConfiguration: management === undefined ? absent : viewIpConfiguration(management),
    dnsSettings: { enableProxy: viewValue(firewall.dnsProxyEnabled) },
  };
}

function viewIpConfiguration(configuration: FirewallIpConfiguration): View {
  return {
    name: viewValue(configuration.name),
    subnet: viewReference(configuration.subnet),
    publicIPAddress: viewReference(configuration.publicIPAddress),
    privateIPAddress: viewValue(configuration.privateIPAddress),
  };
}

/** A firewall policy; its rules stand among the rule sets. */
export function viewFirewallPolicy(policy: FirewallPolicy): View {
  return {
    ...viewResource(policy),
    sku: { tier: viewValue(policy.skuTier) },
    basePolicy: viewReference(policy.basePolicy),
    dnsSettings: { enableProxy: viewValue(policy.dnsProxyEnabled), servers: viewTexts(policy.dnsServers) },
  };
}

/** The classic rules of a firewall, or a rule collection group. */
export function viewFirewallRuleSet(set: FirewallRuleSet): View {
  return {
    ...viewResource(set),
    firewallPolicy: set.policyId === undefined ? absent : { state: 'known', text: set.policyId },
    priority: viewValue(set.priority),
    rules: viewList(set.rules, viewFirewallRule),
  };
}

function viewFirewallRule(rule: FirewallRule): View {
  return {
    name: viewValue(rule.name),
    kind: rule.kind,
    action: viewValue(rule.action),
    priority: viewValue(rule.priority),
    sourceAddresses: viewTexts(rule.sourceAddresses),
    targetFqdns: viewTexts(rule.targetFqdns),
    fqdnTags: viewTexts(rule.fqdnTags),
    protocols: viewList(rule.applicationProtocols, (protocol) => ({
      protocolType: viewValue(protocol.protocolType),
      port: viewValue(protocol.port),
    })),
    ipProtocols: viewTexts(rule.networkProtocols),
    destinationAddresses: viewTexts(rule.destinationAddresses),
    destinationFqdns: viewTexts(rule.destinationFqdns),
    destinationPorts: viewTexts(rule.destinationPorts),
  };
}

/** A private DNS zone with its links. */
export function viewPrivateDnsZone(zone: PrivateDnsZone): View {
  return {
    ...viewResource(zone),
    virtualNetworkLinks: viewList(zone.virtualNetworkLinks, (link) => ({
      name: viewValue(link.name),
      virtualNetwork: viewReference(link.virtualNetwork),
      registrationEnabled: viewValue(link.registrationEnabled),
    })),
  };
}

/** A role assignment. */
export function viewRoleAssignment(assignment: RoleAssignment): View {
  return {
    ...viewResource(assignment),
    scope: assignment.scopeId,
    roleDefinitionId: viewReference(assignment.roleDefinitionId),
    principalId: viewValue(assignment.principalId, ({ objectId, resourceId }) => objectId ?? resourceId ?? ''),
  };
}

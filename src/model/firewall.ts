import type { Location } from '../base/span.ts';
import type { Resource, ResourceReference } from './network.ts';
import type { Collection, Property, Value } from './value.ts';

export interface AzureFirewall extends Resource {
  /** `AZFW_VNet` or `AZFW_Hub`. */
  readonly skuName: Property<string>;
  readonly skuTier: Property<string>;
  readonly firewallPolicy: Property<ResourceReference>;
  readonly ipConfigurations: Collection<FirewallIpConfiguration>;
  readonly managementIpConfiguration: FirewallIpConfiguration | undefined;
  /** Classic rules, without a policy. They are also in `Model.firewallRuleSets`, under the id of the firewall. */
  readonly rules: Collection<FirewallRule>;
  /** DNS proxy of classic rules: `additionalProperties['Network.DNS.EnableProxy']`. */
  readonly dnsProxyEnabled: Property<boolean>;
}

export interface FirewallIpConfiguration {
  readonly header: Location;
  readonly name: Property<string>;
  readonly subnet: Property<ResourceReference>;
  readonly publicIPAddress: Property<ResourceReference>;
  /** Chosen by Azure where it is not set. */
  readonly privateIPAddress: Property<string>;
}

export interface FirewallPolicy extends Resource {
  readonly skuTier: Property<string>;
  readonly basePolicy: Property<ResourceReference>;
  /** `dnsSettings.enableProxy`. */
  readonly dnsProxyEnabled: Property<boolean>;
  /** `dnsSettings.servers`. */
  readonly dnsServers: Collection<Value<string>>;
}

/** Classic rules of an Azure Firewall, or a rule collection group of a firewall policy. */
export interface FirewallRuleSet extends Resource {
  /** Canonical id of the policy; undefined for the classic rules of a firewall. */
  readonly policyId: string | undefined;
  /** Of the rule collection group. */
  readonly priority: Property<number>;
  readonly rules: Collection<FirewallRule>;
  /** The array literal of the collections of a group, for fixes that add one; undefined for classic rules. */
  readonly ruleCollections: Location | undefined;
}

/** An application or network rule; rules for incoming traffic (NAT) are left out. */
export interface FirewallRule {
  readonly header: Location;
  /** The object literal of the rule. */
  readonly body: Location | undefined;
  readonly kind: 'application' | 'network' | 'unknown';
  readonly name: Property<string>;
  /** `Allow` or `Deny`, of the collection. */
  readonly action: Property<string>;
  /** Of the collection. */
  readonly priority: Property<number>;
  /** Not complete where IP groups add to it. */
  readonly sourceAddresses: Collection<Value<string>>;
  readonly targetFqdns: Collection<Value<string>>;
  readonly fqdnTags: Collection<Value<string>>;
  /** Application rules. */
  readonly applicationProtocols: Collection<ApplicationProtocol>;
  /** Network rules: addresses, prefixes and service tags. Not complete where IP groups add to it. */
  readonly destinationAddresses: Collection<Value<string>>;
  readonly destinationFqdns: Collection<Value<string>>;
  /** Network rules: `443`, `8000-8080` or `*`. */
  readonly destinationPorts: Collection<Value<string>>;
  /** Network rules: `TCP`, `UDP`, `ICMP` or `Any`. */
  readonly networkProtocols: Collection<Value<string>>;
}

export interface ApplicationProtocol {
  /** `Http`, `Https` or `Mssql`. */
  readonly protocolType: Property<string>;
  readonly port: Property<number>;
}

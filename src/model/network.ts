import type { Location } from '../base/span.ts';
import type { Prefix } from '../net/prefix.ts';
import type { Collection, Origin, Property, Value } from './value.ts';

/** Whether a resource is deployed: always, or only when a condition holds that cannot be computed. */
export type Deployment =
  | { readonly kind: 'always' }
  /** `key` is the condition's canonical text: resources with equal keys are deployed together. */
  | { readonly kind: 'conditional'; readonly key: string };

/** What every resource of the model has. */
export interface Resource {
  readonly type: string;
  readonly name: Value<string>;
  /**
   * Canonical resource id in lower case; parts that are known only at deployment stand in it as `{...}` with the text
   * of their expression. Equal ids mean the same resource; different ids prove nothing while either holds a `{`.
   */
  readonly id: string;
  /** What to underline when something about the whole resource is missing: its symbolic name or its name. */
  readonly header: Location;
  /** The object literal of the resource, for fixes that add to it; undefined where it is not written as one. */
  readonly body: Location | undefined;
  /** Declared elsewhere (`existing`): only its name is known, all properties are unknown rather than absent. */
  readonly isExisting: boolean;
  readonly deployment: Deployment;
}

export interface VirtualNetwork extends Resource {
  readonly addressPrefixes: Collection<Value<Prefix>>;
  /** Inline subnets and child resources, one entry per name. */
  readonly subnets: Collection<Subnet>;
}

export interface Subnet extends Resource {
  /** `addressPrefix`, or the items of `addressPrefixes`. */
  readonly addressPrefixes: Collection<Value<Prefix>>;
  readonly routeTable: Property<ResourceReference>;
  /** Canonical id of the virtual network that holds the subnet. */
  readonly virtualNetworkId: string;
}

/** A resource named by its id. */
export interface ResourceReference {
  /** In the form of {@link Resource.id}. */
  readonly id: string;
}

export interface RouteTable extends Resource {
  /** Inline routes and child resources. */
  readonly routes: Collection<Route>;
}

export interface Route {
  readonly name: Property<string>;
  readonly header: Location;
  readonly body: Location | undefined;
  /** An address prefix or the name of a service tag. */
  readonly addressPrefix: Property<Prefix>;
  readonly nextHopType: Property<string>;
  readonly nextHopIpAddress: Property<string>;
  /** The object literal that holds `nextHopType`: the route's `properties`. */
  readonly properties: Location | undefined;
}

export interface ManagedCluster extends Resource {
  readonly networkProfile: NetworkProfile;
  /** Pools in `agentPoolProfiles` and pools declared as child resources. */
  readonly agentPools: Collection<AgentPool>;
  /** `bootstrapProfile.artifactSource`: `Cache` means that nodes pull from a private registry instead of MCR. */
  readonly artifactSource: Property<string>;
  /** The object literal `properties`, for fixes that add a network profile. */
  readonly properties: Location | undefined;
}

/**
 * `properties.networkProfile`. Without one every property is absent; where it cannot be computed every property
 * is unknown.
 */
export interface NetworkProfile {
  /** The object literal, where one is written. */
  readonly body: Location | undefined;
  readonly origin: Origin;
  readonly isSet: boolean;
  readonly networkPlugin: Property<string>;
  readonly networkPluginMode: Property<string>;
  readonly networkDataplane: Property<string>;
  readonly outboundType: Property<string>;
  readonly serviceCidr: Property<Prefix>;
  readonly serviceCidrs: Collection<Value<Prefix>>;
  readonly podCidr: Property<Prefix>;
  readonly podCidrs: Collection<Value<Prefix>>;
  readonly dnsServiceIP: Property<string>;
  readonly dockerBridgeCidr: Property<Prefix>;
}

export interface AgentPool {
  readonly name: Property<string>;
  readonly header: Location;
  readonly body: Location | undefined;
  readonly deployment: Deployment;
  readonly count: Property<number>;
  readonly minCount: Property<number>;
  readonly maxCount: Property<number>;
  readonly enableAutoScaling: Property<boolean>;
  readonly maxPods: Property<number>;
  readonly osType: Property<string>;
  readonly vnetSubnetID: Property<ResourceReference>;
  readonly podSubnetID: Property<ResourceReference>;
}

/** Rules of Azure Firewalls, firewall policies and rule collection groups, as far as egress from AKS needs them. */
export interface FirewallRuleSet extends Resource {
  readonly rules: Collection<FirewallRule>;
}

export interface FirewallRule {
  readonly header: Location;
  readonly action: Property<string>;
  readonly targetFqdns: Collection<Value<string>>;
  readonly fqdnTags: Collection<Value<string>>;
  /** Network rules: addresses, prefixes and service tags. */
  readonly destinationAddresses: Collection<Value<string>>;
  readonly destinationFqdns: Collection<Value<string>>;
}

/** A prefix at a place that takes one, with what is needed to judge how it is written. */
export interface PrefixSite {
  readonly role: 'virtual-network' | 'subnet' | 'route' | 'service-cidr' | 'pod-cidr' | 'docker-bridge';
  readonly value: Value<Prefix>;
}

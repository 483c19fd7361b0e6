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
  /** As written, such as `2024-05-01` or `2024-05-02-preview`; undefined where the file names none. */
  readonly apiVersion: string | undefined;
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
  /** The object literal `properties`, for fixes that add to it; undefined where it is not written as one. */
  readonly properties: Location | undefined;
  /** Declared elsewhere (`existing`): only its name is known, all properties are unknown rather than absent. */
  readonly isExisting: boolean;
  readonly deployment: Deployment;
}

/**
 * An object of a resource that groups properties. Where it is absent all of them are absent; where it cannot be computed
 * all of them are unknown.
 */
export interface Section {
  /** `set` and `absent` are proven. */
  readonly presence: 'set' | 'absent' | 'unknown';
  /** The object literal, where one is written: fixes add to it. */
  readonly body: Location | undefined;
  /** Where the object is written; the header of its owner where it is absent. */
  readonly origin: Origin;
}

/** A resource named by its id. */
export interface ResourceReference {
  /** In the form of {@link Resource.id}. */
  readonly id: string;
}

export interface VirtualNetwork extends Resource {
  readonly location: Property<string>;
  /** Not complete while a pool of the IP address manager adds to it (`ipamPoolPrefixAllocations`). */
  readonly addressPrefixes: Collection<Value<Prefix>>;
  /** Inline subnets and child resources, one entry per name. */
  readonly subnets: Collection<Subnet>;
  /** `dhcpOptions.dnsServers`. */
  readonly dnsServers: Collection<Value<string>>;
  /** Inline peerings and child resources. */
  readonly virtualNetworkPeerings: Collection<VirtualNetworkPeering>;
  /** `encryption.enabled`. */
  readonly encryptionEnabled: Property<boolean>;
}

export interface VirtualNetworkPeering {
  readonly name: Property<string>;
  readonly header: Location;
  readonly body: Location | undefined;
  readonly properties: Location | undefined;
  readonly deployment: Deployment;
  /** Canonical id of the virtual network that holds the peering. */
  readonly virtualNetworkId: string;
  readonly remoteVirtualNetwork: Property<ResourceReference>;
  readonly allowVirtualNetworkAccess: Property<boolean>;
  readonly allowForwardedTraffic: Property<boolean>;
  readonly allowGatewayTransit: Property<boolean>;
  readonly useRemoteGateways: Property<boolean>;
  /** `false`: only the named subnets or address spaces are peered. */
  readonly peerCompleteVnets: Property<boolean>;
  readonly localSubnetNames: Collection<Value<string>>;
  readonly remoteSubnetNames: Collection<Value<string>>;
  readonly localAddressSpace: Collection<Value<Prefix>>;
  readonly remoteAddressSpace: Collection<Value<Prefix>>;
}

export interface Subnet extends Resource {
  /** Whether it stands in `subnets` of its network rather than as a resource of its own. */
  readonly isInline: boolean;
  /** `addressPrefix`, or the items of `addressPrefixes`; not complete while an IP address manager adds to it. */
  readonly addressPrefixes: Collection<Value<Prefix>>;
  readonly routeTable: Property<ResourceReference>;
  readonly networkSecurityGroup: Property<ResourceReference>;
  readonly natGateway: Property<ResourceReference>;
  readonly delegations: Collection<Delegation>;
  /** Service names such as `Microsoft.Storage`. */
  readonly serviceEndpoints: Collection<Value<string>>;
  readonly privateEndpointNetworkPolicies: Property<string>;
  readonly defaultOutboundAccess: Property<boolean>;
  /** Canonical id of the virtual network that holds the subnet. */
  readonly virtualNetworkId: string;
}

/** An item of a subnet's `delegations`. */
export interface Delegation {
  readonly header: Location;
  readonly name: Property<string>;
  /** Such as `Microsoft.ContainerService/managedClusters`. */
  readonly serviceName: Property<string>;
}

export interface RouteTable extends Resource {
  /** Inline routes and child resources. */
  readonly routes: Collection<Route>;
  readonly disableBgpRoutePropagation: Property<boolean>;
}

export interface Route {
  readonly name: Property<string>;
  readonly header: Location;
  readonly body: Location | undefined;
  /** False for one that is declared as a resource of its own, which may stand for an inline one of the same name. */
  readonly isInline: boolean;
  /** An address prefix or the name of a service tag. */
  readonly addressPrefix: Property<Prefix>;
  readonly nextHopType: Property<string>;
  readonly nextHopIpAddress: Property<string>;
  /** Canonical id of the resource whose address the next hop is, where the file reads it from one: a firewall. */
  readonly nextHopResourceId: string | undefined;
  /** The object literal that holds `nextHopType`: the route's `properties`. */
  readonly properties: Location | undefined;
}

export interface NetworkSecurityGroup extends Resource {
  /** Inline rules and child resources; the default rules of Azure are not among them. */
  readonly securityRules: Collection<SecurityRule>;
}

/**
 * A rule of a network security group. Each list joins the property in the singular with the one in the plural
 * (`sourceAddressPrefix`, `sourceAddressPrefixes`).
 */
export interface SecurityRule {
  readonly name: Property<string>;
  readonly header: Location;
  readonly body: Location | undefined;
  /** False for one that is declared as a resource of its own, which may stand for an inline one of the same name. */
  readonly isInline: boolean;
  readonly properties: Location | undefined;
  readonly deployment: Deployment;
  readonly direction: Property<string>;
  readonly access: Property<string>;
  readonly priority: Property<number>;
  readonly protocol: Property<string>;
  /** Address prefixes, plain addresses, service tags or `*`; only the first kind has a `cidr`. */
  readonly sourceAddressPrefixes: Collection<Value<Prefix>>;
  readonly destinationAddressPrefixes: Collection<Value<Prefix>>;
  /** `443`, `8000-8080` or `*`. */
  readonly sourcePortRanges: Collection<Value<string>>;
  readonly destinationPortRanges: Collection<Value<string>>;
  readonly sourceApplicationSecurityGroups: Collection<Value<ResourceReference>>;
  readonly destinationApplicationSecurityGroups: Collection<Value<ResourceReference>>;
}

import type { Prefix } from '../net/prefix.ts';
import type { Resource, ResourceReference } from './network.ts';
import type { Collection, Property, Value } from './value.ts';

export interface NatGateway extends Resource {
  /** `Standard` or `StandardV2`. */
  readonly skuName: Property<string>;
  readonly zones: Collection<Value<string>>;
  /** Both families. */
  readonly publicIpAddresses: Collection<Value<ResourceReference>>;
  /** Both families. */
  readonly publicIpPrefixes: Collection<Value<ResourceReference>>;
  readonly idleTimeoutInMinutes: Property<number>;
}

export interface PublicIPAddress extends Resource {
  readonly skuName: Property<string>;
  readonly skuTier: Property<string>;
  /** `Static` or `Dynamic`. */
  readonly publicIPAllocationMethod: Property<string>;
  readonly publicIPAddressVersion: Property<string>;
  /** Rarely written: Azure chooses it. */
  readonly ipAddress: Property<string>;
  readonly zones: Collection<Value<string>>;
  readonly publicIPPrefix: Property<ResourceReference>;
}

export interface PublicIPPrefix extends Resource {
  readonly skuName: Property<string>;
  readonly prefixLength: Property<number>;
  readonly publicIPAddressVersion: Property<string>;
  /** Rarely written: Azure chooses it. */
  readonly ipPrefix: Property<Prefix>;
  readonly zones: Collection<Value<string>>;
}

export interface ApplicationGateway extends Resource {
  /** Such as `Standard_v2` or `WAF_v2`. */
  readonly skuName: Property<string>;
  readonly skuTier: Property<string>;
  /** The subnets of `gatewayIPConfigurations`. */
  readonly subnets: Collection<Value<ResourceReference>>;
}

export interface BastionHost extends Resource {
  readonly skuName: Property<string>;
  /** The subnets of `ipConfigurations`. */
  readonly subnets: Collection<Value<ResourceReference>>;
}

export interface VirtualNetworkGateway extends Resource {
  /** `Vpn` or `ExpressRoute`. */
  readonly gatewayType: Property<string>;
  readonly vpnType: Property<string>;
  readonly skuName: Property<string>;
  readonly enableBgp: Property<boolean>;
  readonly activeActive: Property<boolean>;
  /** The subnets of `ipConfigurations`. */
  readonly subnets: Collection<Value<ResourceReference>>;
}

export interface LocalNetworkGateway extends Resource {
  /** `localNetworkAddressSpace.addressPrefixes`: what is on premises. */
  readonly addressPrefixes: Collection<Value<Prefix>>;
  readonly gatewayIpAddress: Property<string>;
}

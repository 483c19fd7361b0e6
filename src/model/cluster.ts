import type { Location } from '../base/span.ts';
import type { Prefix } from '../net/prefix.ts';
import type { Deployment, Resource, ResourceReference, Section } from './network.ts';
import type { Collection, Property, Value } from './value.ts';

export interface ManagedCluster extends Resource {
  readonly location: Property<string>;
  /** `sku.name`: `Base` or `Automatic`. */
  readonly skuName: Property<string>;
  readonly skuTier: Property<string>;
  readonly kubernetesVersion: Property<string>;
  readonly dnsPrefix: Property<string>;
  readonly fqdnSubdomain: Property<string>;
  readonly publicNetworkAccess: Property<string>;
  readonly nodeResourceGroup: Property<string>;
  readonly identity: ClusterIdentity;
  readonly servicePrincipalProfile: Section;
  readonly windowsProfile: Section;
  readonly networkProfile: NetworkProfile;
  readonly apiServerAccessProfile: ApiServerAccessProfile;
  readonly bootstrapProfile: BootstrapProfile;
  /** Where it is set, nodes reach the internet through a proxy. */
  readonly httpProxyConfig: Section;
  readonly addonProfiles: AddonProfiles;
  /** `nodeProvisioningProfile.mode`: `Auto` means node auto-provisioning. */
  readonly nodeProvisioningMode: Property<string>;
  /** `ingressProfile.webAppRouting.enabled`: the application routing add-on. */
  readonly webAppRoutingEnabled: Property<boolean>;
  /** Pools in `agentPoolProfiles` and pools declared as child resources. */
  readonly agentPools: Collection<AgentPool>;
}

export interface ClusterIdentity extends Section {
  /** `SystemAssigned`, `UserAssigned` or `None`. */
  readonly type: Property<string>;
  /** The identities named as keys of `userAssignedIdentities`. */
  readonly userAssignedIdentities: Collection<Value<ResourceReference>>;
}

/** `properties.networkProfile`. */
export interface NetworkProfile extends Section {
  readonly networkPlugin: Property<string>;
  readonly networkPluginMode: Property<string>;
  readonly networkPolicy: Property<string>;
  readonly networkDataplane: Property<string>;
  readonly networkMode: Property<string>;
  readonly outboundType: Property<string>;
  readonly loadBalancerSku: Property<string>;
  readonly loadBalancerProfile: LoadBalancerProfile;
  readonly natGatewayProfile: NatGatewayProfile;
  readonly ipFamilies: Collection<Value<string>>;
  readonly serviceCidr: Property<Prefix>;
  readonly serviceCidrs: Collection<Value<Prefix>>;
  readonly podCidr: Property<Prefix>;
  readonly podCidrs: Collection<Value<Prefix>>;
  readonly dnsServiceIP: Property<string>;
  readonly dockerBridgeCidr: Property<Prefix>;
  /** `advancedNetworking.enabled`. */
  readonly advancedNetworkingEnabled: Property<boolean>;
  /** `staticEgressGatewayProfile.enabled`. */
  readonly staticEgressGatewayEnabled: Property<boolean>;
}

export interface LoadBalancerProfile extends Section {
  readonly managedOutboundIPs: Section;
  /** `managedOutboundIPs.count`. */
  readonly managedOutboundIPsCount: Property<number>;
  /** `managedOutboundIPs.countIPv6`. */
  readonly managedOutboundIPsCountIPv6: Property<number>;
  /** `outboundIPs.publicIPs`. */
  readonly outboundIPs: Collection<Value<ResourceReference>>;
  /** `outboundIPPrefixes.publicIPPrefixes`. */
  readonly outboundIPPrefixes: Collection<Value<ResourceReference>>;
  readonly allocatedOutboundPorts: Property<number>;
  readonly idleTimeoutInMinutes: Property<number>;
  readonly backendPoolType: Property<string>;
}

export interface NatGatewayProfile extends Section {
  /** `managedOutboundIPProfile.count`. */
  readonly managedOutboundIPCount: Property<number>;
  readonly idleTimeoutInMinutes: Property<number>;
}

export interface ApiServerAccessProfile extends Section {
  /** Address prefixes, or plain addresses, which have no `cidr`. */
  readonly authorizedIPRanges: Collection<Value<Prefix>>;
  readonly enablePrivateCluster: Property<boolean>;
  readonly enablePrivateClusterPublicFQDN: Property<boolean>;
  /** The id of a zone, or `system` or `none` (in lower case). */
  readonly privateDNSZone: Property<ResourceReference>;
  readonly enableVnetIntegration: Property<boolean>;
  readonly subnetId: Property<ResourceReference>;
  readonly disableRunCommand: Property<boolean>;
}

export interface BootstrapProfile extends Section {
  /** `Cache` means that nodes pull from a private registry instead of MCR. */
  readonly artifactSource: Property<string>;
  readonly containerRegistryId: Property<ResourceReference>;
}

/** The add-ons that matter to the network. */
export interface AddonProfiles extends Section {
  readonly ingressApplicationGateway: AddonProfile;
  readonly httpApplicationRouting: AddonProfile;
  readonly aciConnectorLinux: AddonProfile;
  readonly azurepolicy: AddonProfile;
}

export interface AddonProfile extends Section {
  readonly enabled: Property<boolean>;
  /** `config.applicationGatewayId`. */
  readonly applicationGatewayId: Property<ResourceReference>;
  /** `config.subnetId`. */
  readonly subnetId: Property<ResourceReference>;
  /** `config.subnetCIDR`, or the older `config.subnetPrefix`. */
  readonly subnetCIDR: Property<Prefix>;
  /** `config.SubnetName`: a name, not an id. */
  readonly subnetName: Property<string>;
}

export interface AgentPool {
  readonly name: Property<string>;
  readonly header: Location;
  /** The object literal that holds `vnetSubnetID`: the item of `agentPoolProfiles`, or `properties` of a child. */
  readonly body: Location | undefined;
  readonly deployment: Deployment;
  /** Whether it stands in `agentPoolProfiles` rather than as a resource of its own. */
  readonly isInline: boolean;
  /** Canonical id of the cluster, declared or not. */
  readonly clusterId: string;
  /** `System`, `User` or `Gateway`. */
  readonly mode: Property<string>;
  readonly osType: Property<string>;
  readonly osSKU: Property<string>;
  readonly vmSize: Property<string>;
  /** `VirtualMachineScaleSets`, `AvailabilitySet` or `VirtualMachines`. */
  readonly type: Property<string>;
  readonly orchestratorVersion: Property<string>;
  readonly availabilityZones: Collection<Value<string>>;
  readonly scaleDownMode: Property<string>;
  readonly count: Property<number>;
  readonly minCount: Property<number>;
  readonly maxCount: Property<number>;
  readonly enableAutoScaling: Property<boolean>;
  readonly maxPods: Property<number>;
  /** A number or a percentage, both as text: `upgradeSettings.maxSurge`. */
  readonly maxSurge: Property<string>;
  readonly maxUnavailable: Property<string>;
  readonly enableNodePublicIP: Property<boolean>;
  readonly nodePublicIPPrefixID: Property<ResourceReference>;
  readonly podIPAllocationMode: Property<string>;
  readonly vnetSubnetID: Property<ResourceReference>;
  readonly podSubnetID: Property<ResourceReference>;
  readonly localDNSProfile: LocalDnsProfile;
}

export interface LocalDnsProfile extends Section {
  /** `Preferred`, `Required` or `Disabled`. */
  readonly mode: Property<string>;
  readonly vnetDNSOverrides: Collection<LocalDnsOverride>;
  readonly kubeDNSOverrides: Collection<LocalDnsOverride>;
}

/** The settings of one zone; `zone` is the key that they stand under. */
export interface LocalDnsOverride extends Section {
  readonly zone: string;
  readonly queryLogging: Property<string>;
  readonly protocol: Property<string>;
  readonly forwardDestination: Property<string>;
  readonly forwardPolicy: Property<string>;
  readonly serveStale: Property<string>;
}

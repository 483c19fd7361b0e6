import type { Location } from '../base/span.ts';
import type { AgentPool, LocalDnsProfile, ManagedCluster } from './cluster.ts';
import type { ConfigMap, Corefile } from './dns.ts';
import type {
  ApplicationGateway,
  BastionHost,
  LocalNetworkGateway,
  NatGateway,
  PublicIPAddress,
  PublicIPPrefix,
  VirtualNetworkGateway,
} from './edge.ts';
import type { AzureFirewall, FirewallPolicy, FirewallRuleSet } from './firewall.ts';
import type { PrivateDnsZone, RoleAssignment, UserAssignedIdentity } from './identity.ts';
import type { NetworkSecurityGroup, RouteTable, Subnet, VirtualNetwork, VirtualNetworkPeering } from './network.ts';
import type { Origin } from './value.ts';

/** Everything that is known about the network that one entry file and its references describe. Immutable plain data. */
export interface Model {
  readonly virtualNetworks: readonly VirtualNetwork[];
  /** Every subnet, those of networks that are not in the analysed files included. */
  readonly subnets: readonly Subnet[];
  /** Every peering, those of networks that are not in the analysed files included. */
  readonly virtualNetworkPeerings: readonly VirtualNetworkPeering[];
  readonly routeTables: readonly RouteTable[];
  readonly networkSecurityGroups: readonly NetworkSecurityGroup[];
  readonly natGateways: readonly NatGateway[];
  readonly publicIPAddresses: readonly PublicIPAddress[];
  readonly publicIPPrefixes: readonly PublicIPPrefix[];
  readonly applicationGateways: readonly ApplicationGateway[];
  readonly bastionHosts: readonly BastionHost[];
  readonly virtualNetworkGateways: readonly VirtualNetworkGateway[];
  readonly localNetworkGateways: readonly LocalNetworkGateway[];
  readonly azureFirewalls: readonly AzureFirewall[];
  readonly firewallPolicies: readonly FirewallPolicy[];
  readonly firewallRuleSets: readonly FirewallRuleSet[];
  readonly managedClusters: readonly ManagedCluster[];
  /** Every agent pool, those of clusters that are not in the analysed files included. */
  readonly agentPools: readonly AgentPool[];
  /** LocalDNS configurations in files of their own; those of agent pools are theirs. */
  readonly localDnsProfiles: readonly LocalDnsProfile[];
  readonly privateDnsZones: readonly PrivateDnsZone[];
  readonly userAssignedIdentities: readonly UserAssignedIdentity[];
  readonly roleAssignments: readonly RoleAssignment[];
  readonly configMaps: readonly ConfigMap[];
  /** Corefiles that stand in a file of their own. */
  readonly corefiles: readonly Corefile[];
  /** Modules, nested and linked deployments that were not read: what they declare is not in the model. */
  readonly unreadParts: readonly Location[];
  /** References to files that lead nowhere. */
  readonly referenceProblems: readonly ReferenceProblem[];
  /** Arguments of template functions that Resource Manager would refuse. */
  readonly expressionProblems: readonly ExpressionProblem[];
}

/** A path to a file that does not exist, or that leads back to the file it stands in. */
export interface ReferenceProblem {
  readonly kind: 'missing' | 'cycle';
  readonly location: Location;
  readonly path: string;
}

/** An argument that a template function refuses; `message` is one or two sentences, ready to show. */
export interface ExpressionProblem {
  readonly location: Location;
  /** Where the value of the argument comes from, and the calls that lead there. */
  readonly origin: Origin;
  readonly message: string;
}

export const emptyModel: Model = {
  virtualNetworks: [],
  subnets: [],
  virtualNetworkPeerings: [],
  routeTables: [],
  networkSecurityGroups: [],
  natGateways: [],
  publicIPAddresses: [],
  publicIPPrefixes: [],
  applicationGateways: [],
  bastionHosts: [],
  virtualNetworkGateways: [],
  localNetworkGateways: [],
  azureFirewalls: [],
  firewallPolicies: [],
  firewallRuleSets: [],
  managedClusters: [],
  agentPools: [],
  localDnsProfiles: [],
  privateDnsZones: [],
  userAssignedIdentities: [],
  roleAssignments: [],
  configMaps: [],
  corefiles: [],
  unreadParts: [],
  referenceProblems: [],
  expressionProblems: [],
};

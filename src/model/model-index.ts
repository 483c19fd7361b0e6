import { groupBy } from '../base/group.ts';
import { LastEntry } from '../base/last-entry.ts';
import type { AgentPool, ManagedCluster } from './cluster.ts';
import type { NatGateway } from './edge.ts';
import type { AzureFirewall, FirewallPolicy, FirewallRuleSet } from './firewall.ts';
import type { Model } from './model.ts';
import type {
  NetworkSecurityGroup,
  ResourceReference,
  RouteTable,
  Subnet,
  VirtualNetwork,
  VirtualNetworkPeering,
} from './network.ts';
import { knownValue, type Property } from './value.ts';

/** The resources of a model by id, and the subnets by what they use. Of several resources with one id the first counts. */
export interface ModelIndex {
  readonly virtualNetworks: ReadonlyMap<string, VirtualNetwork>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly subnetsByNetwork: ReadonlyMap<string, readonly Subnet[]>;
  readonly subnetsByRouteTable: ReadonlyMap<string, readonly Subnet[]>;
  readonly subnetsBySecurityGroup: ReadonlyMap<string, readonly Subnet[]>;
  readonly subnetsByNatGateway: ReadonlyMap<string, readonly Subnet[]>;
  /** By the network that holds them. */
  readonly peerings: ReadonlyMap<string, readonly VirtualNetworkPeering[]>;
  /** By the network that they lead to. */
  readonly peeringsByRemote: ReadonlyMap<string, readonly VirtualNetworkPeering[]>;
  readonly routeTables: ReadonlyMap<string, RouteTable>;
  readonly networkSecurityGroups: ReadonlyMap<string, NetworkSecurityGroup>;
  readonly natGateways: ReadonlyMap<string, NatGateway>;
  readonly clusters: ReadonlyMap<string, ManagedCluster>;
  readonly poolsByNodeSubnet: ReadonlyMap<string, readonly AgentPool[]>;
  readonly firewalls: ReadonlyMap<string, AzureFirewall>;
  readonly firewallPolicies: ReadonlyMap<string, FirewallPolicy>;
  readonly ruleSetsByPolicy: ReadonlyMap<string, readonly FirewallRuleSet[]>;
}

const indexes = new LastEntry<Model, ModelIndex>();

/** The index of a model, built once. */
export function modelIndex(model: Model): ModelIndex {
  const known = indexes.get(model);
  if (known !== undefined) return known;
  const built = buildIndex(model);
  indexes.set(model, built);
  return built;
}

function buildIndex(model: Model): ModelIndex {
  const { subnets, agentPools, virtualNetworkPeerings } = model;
  return {
    virtualNetworks: byId(model.virtualNetworks),
    subnets: byId(subnets),
    subnetsByNetwork: groupBy(subnets, (subnet) => subnet.virtualNetworkId),
    subnetsByRouteTable: byReference(subnets, (subnet) => subnet.routeTable),
    subnetsBySecurityGroup: byReference(subnets, (subnet) => subnet.networkSecurityGroup),
    subnetsByNatGateway: byReference(subnets, (subnet) => subnet.natGateway),
    peerings: groupBy(virtualNetworkPeerings, (peering) => peering.virtualNetworkId),
    peeringsByRemote: byReference(virtualNetworkPeerings, (peering) => peering.remoteVirtualNetwork),
    routeTables: byId(model.routeTables),
    networkSecurityGroups: byId(model.networkSecurityGroups),
    natGateways: byId(model.natGateways),
    clusters: byId(model.managedClusters),
    poolsByNodeSubnet: byReference(agentPools, (pool) => pool.vnetSubnetID),
    firewalls: byId(model.azureFirewalls),
    firewallPolicies: byId(model.firewallPolicies),
    ruleSetsByPolicy: groupBy(
      model.firewallRuleSets.filter((set) => set.policyId !== undefined),
      (set) => set.policyId ?? '',
    ),
  };
}

function byId<T extends { readonly id: string }>(items: readonly T[]): Map<string, T> {
  const map = new Map<string, T>();
  for (const item of items) {
    if (!map.has(item.id)) map.set(item.id, item);
  }
  return map;
}

function byReference<T>(items: readonly T[], referenceOf: (item: T) => Property<ResourceReference>): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const item of items) {
    const id = knownValue(referenceOf(item))?.id;
    if (id === undefined) continue;
    const group = map.get(id);
    if (group === undefined) map.set(id, [item]);
    else group.push(item);
  }
  return map;
}

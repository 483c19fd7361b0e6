import type { ConfigMap, Corefile } from './dns.ts';
import type { FirewallRuleSet, ManagedCluster, RouteTable, Subnet, VirtualNetwork } from './network.ts';

/** Everything that is known about the network that one entry file and its references describe. Immutable plain data. */
export interface Model {
  readonly virtualNetworks: readonly VirtualNetwork[];
  /** Every subnet, those of networks that are not in the analysed files included. */
  readonly subnets: readonly Subnet[];
  readonly routeTables: readonly RouteTable[];
  readonly managedClusters: readonly ManagedCluster[];
  readonly firewallRuleSets: readonly FirewallRuleSet[];
  readonly configMaps: readonly ConfigMap[];
  /** Corefiles that stand in a file of their own. */
  readonly corefiles: readonly Corefile[];
}

export const emptyModel: Model = {
  virtualNetworks: [],
  subnets: [],
  routeTables: [],
  managedClusters: [],
  firewallRuleSets: [],
  configMaps: [],
  corefiles: [],
};

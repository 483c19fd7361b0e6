import type { Location } from '../base/span.ts';
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
  readonly message: string;
}

export const emptyModel: Model = {
  virtualNetworks: [],
  subnets: [],
  routeTables: [],
  managedClusters: [],
  firewallRuleSets: [],
  configMaps: [],
  corefiles: [],
  unreadParts: [],
  referenceProblems: [],
  expressionProblems: [],
};

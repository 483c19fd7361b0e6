import { containsCidr, parseCidr } from '../net/cidr.ts';
import type { AgentPool, ManagedCluster } from './cluster.ts';
import { peersOf } from './connected-networks.ts';
import { networkMode, podRanges } from './effective.ts';
import { defaultRoute, type Verdict } from './egress.ts';
import type { Model } from './model.ts';
import type { NetworkSecurityGroup, SecurityRule, Subnet } from './network.ts';
import { canCoexist, networkSecurityGroupOf, routeTableOf, subnetById, virtualNetworkOf } from './queries.ts';
import { decideFlow, type Flow } from './security-decision.ts';
import { type FlowEnd, hostEnd, networkEnd, podRangeEnd } from './security-ends.ts';
import { isProvenUnattached } from './subnet-attachments.ts';
import { onlyPrefix } from './subnet-resize-fix.ts';
import { knownValue } from './value.ts';

/** A flow that a cluster needs, with the declared security group that judges it. */
export interface NeededFlow {
  readonly group: NetworkSecurityGroup;
  readonly flow: Flow;
}

/** A rule that denies flows that a cluster needs. */
export interface DenyingRule {
  readonly group: NetworkSecurityGroup;
  readonly rule: SecurityRule;
  readonly flows: readonly Flow[];
}

/** The rules that are proven to deny flows, in the order of the flows. */
export function denyingRules(model: Model, flows: readonly NeededFlow[]): DenyingRule[] {
  const denied = new Map<SecurityRule, DenyingRule>();
  for (const { group, flow } of flows) {
    const decision = decideFlow(model, group, flow);
    if (decision.access !== 'deny' || decision.rule === undefined) continue;
    const { rule } = decision;
    denied.set(rule, { group, rule, flows: [...(denied.get(rule)?.flows ?? []), flow] });
  }
  return [...denied.values()];
}

/** The declared security group of a subnet, where it exists together with the cluster. */
export function groupAround(
  model: Model,
  cluster: ManagedCluster,
  subnet: Subnet | undefined,
): NetworkSecurityGroup | undefined {
  const group = subnet === undefined ? undefined : networkSecurityGroupOf(model, subnet);
  return group !== undefined && canCoexist(group, cluster) ? group : undefined;
}

/** Nodes, pods or a server of a subnet as one end of flows. */
export function subnetEnd(who: string, subnet: Subnet): FlowEnd {
  const range = onlyPrefix(subnet);
  return networkEnd(range === undefined ? who : `${who} (${range.text})`, range?.cidr);
}

/**
 * What nodes and pods say to each other in any cluster: the kubelet of each node answers the system pool, and each pod
 * asks the DNS service there. Pools are compared with the system pool alone, as those are what every pool needs.
 */
export function intraClusterFlows(model: Model, cluster: ManagedCluster): NeededFlow[] {
  const pools = cluster.agentPools.items;
  const system = pools.find(({ mode }) => knownValue(mode)?.toLowerCase() === 'system') ?? pools[0];
  const hub = system === undefined ? undefined : sidesOf(model, cluster, system);
  if (hub === undefined) return [];
  const flows: NeededFlow[] = [];
  const add = (protocol: Flow['protocol'], port: number, from: Side | undefined, to: Side | undefined): void => {
    if (from === undefined || to === undefined) return;
    const both = { protocol, port, source: from.end, destination: to.end };
    if (from.group !== undefined) flows.push({ group: from.group, flow: { ...both, direction: 'outbound' } });
    if (to.group !== undefined) flows.push({ group: to.group, flow: { ...both, direction: 'inbound' } });
  };
  const seen = new Set<string>();
  for (const pool of pools) {
    const place = [pool.vnetSubnetID, pool.podSubnetID].map((reference) => knownValue(reference)?.id).join(' ');
    if (seen.has(place)) continue;
    seen.add(place);
    const sides = sidesOf(model, cluster, pool);
    add('tcp', kubeletPort, hub.nodes, sides.nodes);
    add('udp', dnsPort, sides.pods, hub.pods);
  }
  return flows;
}

/** The port of the DNS service, and of DNS servers. */
export const dnsPort = 53;
/** https://learn.microsoft.com/azure/aks/concepts-network-cni-overview */
const kubeletPort = 10_250;

/** Nodes or pods, and the security group around them; undefined where no group of the files judges them. */
interface Side {
  readonly end: FlowEnd;
  readonly group: NetworkSecurityGroup | undefined;
}

function sidesOf(
  model: Model,
  cluster: ManagedCluster,
  pool: AgentPool,
): { readonly nodes: Side | undefined; readonly pods: Side | undefined } {
  const nodeSubnet = subnetById(model, pool.vnetSubnetID);
  const podSubnet = subnetById(model, pool.podSubnetID);
  const nodeGroup = groupAround(model, cluster, nodeSubnet);
  const nodes = nodeSubnet === undefined ? undefined : { end: subnetEnd('the nodes', nodeSubnet), group: nodeGroup };
  switch (networkMode(cluster, pool)) {
    case 'node-subnet':
      return { nodes, pods: nodeSubnet && { end: subnetEnd('pods', nodeSubnet), group: nodeGroup } };
    case 'pod-subnet':
      return {
        nodes,
        pods: podSubnet && { end: subnetEnd('pods', podSubnet), group: groupAround(model, cluster, podSubnet) },
      };
    case 'overlay':
    case 'kubenet':
    case 'overlay-or-kubenet': {
      const range = podRanges(cluster).find((pods) => pods.cidr.family === 4);
      return { nodes, pods: range && { end: podRangeEnd(`pods (${range.text})`, range.cidr), group: nodeGroup } };
    }
    default:
      return { nodes, pods: undefined };
  }
}

/**
 * Whether the service tag VirtualNetwork holds public addresses for a subnet: it takes the prefixes of its routes in,
 * those of the user and those that a gateway announces.
 * https://learn.microsoft.com/azure/virtual-network/service-tags-overview
 */
export function networkTagHoldsInternet(model: Model, subnet: Subnet): Verdict {
  const network = virtualNetworkOf(model, subnet);
  if (network === undefined || network.isExisting || model.virtualNetworkGateways.length > 0) return 'unknown';
  const mayLearnRoutes = peersOf(model, network.id).some(
    ({ peering: { useRemoteGateways } }) => useRemoteGateways !== undefined && knownValue(useRemoteGateways) !== false,
  );
  if (mayLearnRoutes) return 'unknown';
  if (isProvenUnattached(model, subnet, ({ routeTable }) => routeTable)) return 'no';
  const table = routeTableOf(model, subnet);
  if (table === undefined || table.isExisting || !table.routes.isComplete || defaultRoute(table) !== undefined)
    return 'unknown';
  const isPlain = table.routes.items.every(({ addressPrefix }) => {
    const range = knownValue(addressPrefix)?.cidr;
    return range !== undefined && range.length > shortestPlainRoute;
  });
  return isPlain ? 'no' : 'unknown';
}

/** Routes for larger blocks than this are default routes in pieces. */
const shortestPlainRoute = 7;

/** The DNS servers that a virtual network names as known addresses, and whether these are all. */
export function namedDnsServers(
  model: Model,
  subnet: Subnet,
): { readonly servers: readonly FlowEnd[]; readonly areAll: boolean } {
  const network = virtualNetworkOf(model, subnet);
  if (network === undefined || network.isExisting) return { servers: [], areAll: false };
  const { items, isComplete } = network.dnsServers;
  const spaces = network.addressPrefixes.items.flatMap((prefix) => knownValue(prefix)?.cidr ?? []);
  const servers = items.flatMap((item) => {
    const address = knownValue(item);
    const host = parseCidr(`${address}/32`);
    if (!host.ok || host.cidr.family !== 4) return [];
    const isInside = spaces.some((space) => containsCidr(space, host.cidr));
    return [hostEnd(`the DNS server ${address}`, host.cidr, isInside ? 'yes' : 'unknown')];
  });
  return { servers, areAll: isComplete && servers.length === items.length };
}

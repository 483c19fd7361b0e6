import { addressBits, type Family, formatAddress } from './address.ts';
import { defaults, managedNetwork, reservedRanges } from './aks.ts';
import { forbiddenRanges, type RangeKind, rangeKind, reservedAddresses, reservedPerSubnet } from './azure.ts';
import { type Cidr, cidr, countSubnets, formatCidr, hasHostBits, makeCidr, overlaps, subnetAt } from './cidr.ts';
import {
  checkedAddressesPerNode,
  dynamicPodAddressesPerNode,
  type NetworkMode,
  plannedAddressesPerNode,
  podCidrAddressesPerNode,
  podSubnetBatch,
  smallestPrefixLength,
  staticPodAddressesPerNode,
  surgeNodes,
  usesPodCidr,
} from './sizing.ts';

/** Everything there is to say about an address prefix, as plain data. */
export interface CidrDescription {
  /** Without host bits. */
  readonly cidr: string;
  /** The address as written, where it is not the first of the block. */
  readonly hostAddress: string | undefined;
  readonly family: Family;
  readonly length: number;
  readonly netmask: string;
  readonly wildcard: string;
  readonly first: string;
  readonly last: string;
  /** IPv4 only, and only where the block has room for one. */
  readonly broadcast: string | undefined;
  /** Exact for IPv4; for IPv6 it is two to the power of `hostBits`. */
  readonly addressCount: number;
  readonly hostBits: number;
  /** Addresses for resources when the block is a subnet in Azure; exact for IPv4. */
  readonly usableInAzure: number;
  /** The first and last address that a resource in an Azure subnet can have; undefined where there is none. */
  readonly firstUsableInAzure: string | undefined;
  readonly lastUsableInAzure: string | undefined;
  readonly reservedInAzure: readonly {
    readonly address: string;
    readonly purpose: 'network' | 'gateway' | 'dns' | 'broadcast';
  }[];
  readonly kind: RangeKind;
  readonly conflicts: readonly RangeConflict[];
  /** The block of twice the size around it; undefined for the whole address space. */
  readonly parent: string | undefined;
  /** Its two halves; empty for a single address. */
  readonly halves: readonly string[];
}

/** A range that AKS or Azure uses and the prefix touches. */
export interface RangeConflict {
  readonly cidr: string;
  readonly with: 'service-cidr' | 'pod-cidr' | 'managed-network' | 'aks-reserved' | 'azure-forbidden';
  /** What the range is, for `azure-forbidden`. */
  readonly name: string | undefined;
}

/** Describes a prefix. */
export function describeCidr(prefix: Cidr): CidrDescription {
  const { family, length } = prefix;
  const hostBits = addressBits(family) - length;
  const text = (value: bigint): string => formatAddress({ family, value });
  const wildcard = (1n << BigInt(hostBits)) - 1n;
  const all = (1n << BigInt(addressBits(family))) - 1n;
  const addressCount = 2 ** hostBits;
  const hasUsable = addressCount > reservedPerSubnet;
  return {
    cidr: formatCidr(prefix),
    hostAddress: hasHostBits(prefix) ? text(prefix.address) : undefined,
    family,
    length,
    netmask: text(all - wildcard),
    wildcard: text(wildcard),
    first: text(prefix.first),
    last: text(prefix.last),
    broadcast: family === 4 && hostBits >= 2 ? text(prefix.last) : undefined,
    addressCount,
    hostBits,
    usableInAzure: Math.max(0, addressCount - reservedPerSubnet),
    firstUsableInAzure: hasUsable ? text(prefix.first + 4n) : undefined,
    lastUsableInAzure: hasUsable ? text(prefix.last - 1n) : undefined,
    reservedInAzure: reservedAddresses(prefix).map(({ address, purpose }) => ({
      address: formatAddress(address),
      purpose,
    })),
    kind: rangeKind(prefix),
    conflicts: findConflicts(prefix),
    parent: length === 0 ? undefined : formatCidr(makeCidr({ family, value: prefix.first }, length - 1)),
    halves: hostBits === 0 ? [] : [0, 1].flatMap((index) => block(prefix, length + 1, index)),
  };
}

/** Ranges that AKS or Azure uses and the prefix touches; what is refused comes first. */
export function findConflicts(prefix: Cidr): RangeConflict[] {
  const known: { readonly range: Cidr; readonly with: RangeConflict['with']; readonly name?: string }[] = [
    ...forbiddenRanges.map(({ cidr: range, name }) => ({ range, with: 'azure-forbidden' as const, name })),
    ...reservedRanges.map((range) => ({ range, with: 'aks-reserved' as const })),
    { range: cidr(defaults.serviceCidr), with: 'service-cidr' },
    { range: cidr(defaults.podCidr), with: 'pod-cidr' },
    { range: managedNetwork.nodeSubnet, with: 'managed-network' },
  ];
  return known
    .filter(({ range }) => overlaps(range, prefix))
    .map(({ range, with: owner, name }) => ({ cidr: formatCidr(range), with: owner, name }));
}

/** A prefix cut into equal blocks. */
export interface CidrSplit {
  readonly length: number;
  /** How many blocks there are; exact up to 2^53. */
  readonly count: number;
  /** The first blocks, at most as many as were asked for. */
  readonly blocks: readonly string[];
}

/** The blocks of `length` inside a prefix, or undefined when they would be larger than it. */
export function splitByLength(prefix: Cidr, length: number, limit = 256): CidrSplit | undefined {
  if (!Number.isInteger(length)) return undefined;
  const count = Number(countSubnets(prefix, length));
  if (count === 0) return undefined;
  const blocks = Array.from({ length: Math.min(count, limit) }, (_, index) => block(prefix, length, index)).flat();
  return { length, count, blocks };
}

/** The prefix cut into the fewest equal blocks that are at least `parts`, or undefined when it has fewer addresses. */
export function splitByCount(prefix: Cidr, parts: number, limit = 256): CidrSplit | undefined {
  if (!(parts >= 1)) return undefined;
  return splitByLength(prefix, prefix.length + Math.ceil(Math.log2(parts)), limit);
}

function block(prefix: Cidr, length: number, index: number): string[] {
  const found = subnetAt(prefix, length, index);
  return found === undefined ? [] : [formatCidr(found)];
}

/** An agent pool to plan for. */
export interface PlannedPool {
  /** The most nodes it will have: the larger of `count` and `maxCount`. */
  readonly nodes: number;
  readonly maxPods: number;
  /** As in `upgradeSettings.maxSurge`: `2`, `33%`; undefined for the default. */
  readonly maxSurge?: string;
  readonly osType?: 'Linux' | 'Windows';
}

/** What to plan: the pools that share the ranges. */
export interface PlanRequest {
  readonly mode: NetworkMode;
  readonly pools: readonly PlannedPool[];
  /** How a pod subnet hands out addresses; dynamic by default. */
  readonly podAllocation?: 'dynamic' | 'static';
}

/** The ranges that a cluster needs. */
export interface NetworkPlan {
  readonly nodes: number;
  readonly surge: number;
  readonly ranges: readonly RangeNeed[];
}

/** How large one range has to be. */
export interface RangeNeed {
  readonly range: 'node-subnet' | 'pod-subnet' | 'pod-cidr';
  /** Below this AKS refuses the cluster. */
  readonly required: SizedNeed;
  /** With this every pool can be full and be upgraded. */
  readonly recommended: SizedNeed;
}

/** A number of addresses with the way it was computed. */
export interface SizedNeed {
  readonly addresses: number;
  /** One product for each pool, joined by plus signs: `(2 + 1) × (250 + 1) + 3 × 31`. */
  readonly formula: string;
  /** The smallest block with that room, or undefined when none is large enough. */
  readonly prefixLength: number | undefined;
  /** Addresses that stay free in a block of that length. */
  readonly spare: number | undefined;
}

/** The ranges that pools need. A `maxSurge` that cannot be read counts as the default. */
export function planNetwork(request: PlanRequest): NetworkPlan {
  const pools = request.pools.map((pool) => ({
    ...pool,
    surge: surgeNodes(pool.nodes, pool.maxSurge) ?? surgeNodes(pool.nodes, undefined) ?? 0,
  }));
  const total = (count: (pool: SizedPool) => number): number => pools.reduce((sum, pool) => sum + count(pool), 0);
  return { nodes: total((pool) => pool.nodes), surge: total((pool) => pool.surge), ranges: rangesOf(request, pools) };
}

interface SizedPool extends PlannedPool {
  readonly surge: number;
}

/** Addresses for each node, and how they come about. */
interface PerNode {
  readonly addresses: number;
  readonly formula: string;
}

function rangesOf(request: PlanRequest, pools: readonly SizedPool[]): RangeNeed[] {
  const one = (): PerNode => ({ addresses: 1, formula: '1' });
  if (request.mode === 'node-subnet') {
    return [
      need(
        'node-subnet',
        pools,
        (pool) => checkedPerNode(pool),
        (pool) => plannedPerNode(pool),
      ),
    ];
  }
  const nodes = need('node-subnet', pools, one, one);
  if (request.mode === 'pod-subnet') return [nodes, podSubnetNeed(request, pools)];
  if (!usesPodCidr(request.mode)) return [nodes];
  const slash24 = (): PerNode => ({ addresses: podCidrAddressesPerNode, formula: String(podCidrAddressesPerNode) });
  return [nodes, need('pod-cidr', pools, slash24, slash24)];
}

function checkedPerNode({ maxPods, osType }: SizedPool): PerNode {
  const addresses = checkedAddressesPerNode(maxPods, osType);
  return { addresses, formula: osType === 'Windows' ? `(${maxPods} + 1)` : `(${maxPods} − 1)` };
}

function plannedPerNode({ maxPods }: SizedPool): PerNode {
  return { addresses: plannedAddressesPerNode(maxPods), formula: `(${maxPods} + 1)` };
}

function podSubnetNeed(request: PlanRequest, pools: readonly SizedPool[]): RangeNeed {
  const batches = (addresses: number): PerNode => ({
    addresses,
    formula: addresses === podSubnetBatch ? `${podSubnetBatch}` : `${podSubnetBatch} × ${addresses / podSubnetBatch}`,
  });
  if (request.podAllocation === 'static') {
    const blocks = (pool: SizedPool): PerNode => batches(staticPodAddressesPerNode(pool.maxPods));
    return need('pod-subnet', pools, blocks, blocks);
  }
  return need(
    'pod-subnet',
    pools,
    () => batches(podSubnetBatch),
    (pool) => batches(dynamicPodAddressesPerNode(pool.maxPods)),
  );
}

function need(
  range: RangeNeed['range'],
  pools: readonly SizedPool[],
  required: (pool: SizedPool) => PerNode,
  recommended: (pool: SizedPool) => PerNode,
): RangeNeed {
  return {
    range,
    required: sized(
      range,
      pools.map((pool) => product(String(pool.nodes), pool.nodes, required(pool))),
    ),
    recommended: sized(
      range,
      pools.map((pool) => {
        const nodes = pool.surge === 0 ? `${pool.nodes}` : `(${pool.nodes} + ${pool.surge})`;
        return product(nodes, pool.nodes + pool.surge, recommended(pool));
      }),
    ),
  };
}

function product(nodes: string, count: number, perNode: PerNode): PerNode {
  return { addresses: count * perNode.addresses, formula: `${nodes} × ${perNode.formula}` };
}

function sized(range: RangeNeed['range'], terms: readonly PerNode[]): SizedNeed {
  const addresses = terms.reduce((sum, term) => sum + term.addresses, 0);
  const formula = terms.map((term) => term.formula).join(' + ');
  const reserved = range === 'pod-cidr' ? 0 : reservedPerSubnet;
  const prefixLength = smallestPrefixLength(addresses, range === 'pod-cidr' ? { reserved, longest: 24 } : { reserved });
  const spare = prefixLength === undefined ? undefined : 2 ** (32 - prefixLength) - reserved - addresses;
  return { addresses, formula: formula === '' ? '0' : formula, prefixLength, spare };
}

import { addressBits, type Family } from './address.ts';
import { longestSubnetLength, reservedPerSubnet } from './azure.ts';

/**
 * Where pods of an agent pool get their addresses. `overlay-or-kubenet`: no plugin is set, which older API versions
 * take as kubenet and newer ones as overlay; both are sized alike. `byo-cni`: AKS installs no network plugin.
 */
export type NetworkMode = 'overlay' | 'pod-subnet' | 'node-subnet' | 'kubenet' | 'byo-cni' | 'overlay-or-kubenet';

/** The settings that decide the mode; undefined means proven not to be set. */
export interface NetworkSettings {
  readonly networkPlugin: string | undefined;
  readonly networkPluginMode: string | undefined;
  /** Whether the pool has a `podSubnetID`. */
  readonly podSubnet: boolean;
}

/**
 * The mode of a pool, or undefined for combinations that AKS does not offer.
 * https://learn.microsoft.com/azure/aks/concepts-network-cni-overview,
 * for no plugin: https://learn.microsoft.com/azure/aks/azure-cni-overlay against the API's former default kubenet
 */
export function effectiveNetworkMode(settings: NetworkSettings): NetworkMode | undefined {
  const plugin = settings.networkPlugin?.toLowerCase();
  const mode = settings.networkPluginMode?.toLowerCase();
  if (mode !== undefined && mode !== 'overlay') return undefined;
  switch (plugin) {
    case 'azure':
      if (mode === 'overlay') return settings.podSubnet ? undefined : 'overlay';
      return settings.podSubnet ? 'pod-subnet' : 'node-subnet';
    case 'kubenet':
      return mode === undefined && !settings.podSubnet ? 'kubenet' : undefined;
    case 'none':
      return mode === undefined ? 'byo-cni' : undefined;
    case undefined:
      if (settings.podSubnet) return undefined;
      return mode === 'overlay' ? 'overlay' : 'overlay-or-kubenet';
    default:
      return undefined;
  }
}

/** Whether pods take their addresses from `podCidr`, which AKS routes itself. */
export function usesPodCidr(mode: NetworkMode): boolean {
  return mode === 'overlay' || mode === 'kubenet' || mode === 'overlay-or-kubenet';
}

/**
 * `maxPods` where a pool does not set it; undefined where sources disagree or AKS has no say. Pod subnets: 110 in
 * https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning, 250 in
 * https://learn.microsoft.com/azure/aks/configure-azure-cni-dynamic-ip-allocation
 */
export function defaultMaxPods(mode: NetworkMode): number | undefined {
  switch (mode) {
    case 'overlay':
      return 250;
    case 'node-subnet':
      return 30;
    case 'kubenet':
      return 110;
    case 'pod-subnet':
    case 'byo-cni':
    case 'overlay-or-kubenet':
      return undefined;
  }
}

/**
 * Addresses of the node subnet that AKS takes for each node before it accepts a pool of Azure CNI in node-subnet mode:
 * `maxPods - 1` on Linux, the node and its pods without the two that share the node's address. Seen in refusals such as
 * "Pre-allocated IPs 498 exceeds IPs available 251" for two nodes of 250 pods; since the release of 2022-01-07 in
 * https://github.com/Azure/AKS/blob/master/CHANGELOG.md. For Windows, `maxPods + 1` is not confirmed for today.
 */
export function checkedAddressesPerNode(maxPods: number, osType: 'Linux' | 'Windows' = 'Linux'): number {
  return osType === 'Linux' ? maxPods - 1 : maxPods + 1;
}

/**
 * Addresses to plan for each node of Azure CNI in node-subnet mode: the node and `maxPods` pods.
 * https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
 */
export function plannedAddressesPerNode(maxPods: number): number {
  return maxPods + 1;
}

/**
 * Addresses of `podCidr` that each node takes in overlay and kubenet: a /24, whatever `maxPods` is. No addresses are
 * reserved in this range. https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay
 */
export const podCidrAddressesPerNode = 256;

/**
 * Addresses that pod subnets hand out at once.
 * https://learn.microsoft.com/azure/aks/configure-azure-cni-dynamic-ip-allocation and
 * https://learn.microsoft.com/azure/aks/configure-azure-cni-static-block-allocation
 */
export const podSubnetBatch = 16;

/** Free addresses below which a node asks for the next batch, see {@link dynamicPodAddressesPerNode}. */
const batchMargin = 8;

/**
 * The most addresses of a pod subnet that a full node holds with dynamic allocation: it takes batches of 16 and asks
 * for another when fewer than 8 are free. The upper bound follows from those two numbers in
 * https://learn.microsoft.com/azure/aks/configure-azure-cni-dynamic-ip-allocation
 */
export function dynamicPodAddressesPerNode(maxPods: number): number {
  return podSubnetBatch * Math.ceil((maxPods + batchMargin) / podSubnetBatch);
}

/**
 * Addresses of a pod subnet that each node takes with static blocks: as many blocks of 16 as hold `maxPods` and one
 * more.
 * https://learn.microsoft.com/azure/aks/configure-azure-cni-static-block-allocation
 */
export function staticPodAddressesPerNode(maxPods: number): number {
  return podSubnetBatch * Math.ceil((maxPods + 1) / podSubnetBatch);
}

/**
 * Nodes that an upgrade adds to a pool: `maxSurge` as a number or as a percentage rounded up. Unset, the API says 10 %
 * and older pages say one node; the larger of both counts here, which is for warnings only. Undefined for a text that
 * is neither. https://learn.microsoft.com/azure/aks/upgrade-aks-cluster
 */
export function surgeNodes(nodes: number, maxSurge: string | undefined): number | undefined {
  if (maxSurge === undefined) return nodes === 0 ? 0 : Math.max(1, Math.ceil(nodes / 10));
  const match = /^(\d{1,4})(%?)$/.exec(maxSurge.trim());
  if (match === null) return undefined;
  const amount = Number(match[1]);
  return match[2] === '%' ? Math.ceil((nodes * amount) / 100) : amount;
}

/** What a range must leave room for. */
export interface PrefixNeed {
  /** Addresses that are no one's to use: 5 in a subnet, 0 in a pod range. */
  readonly reserved?: number;
  /** The longest prefix allowed: /29 for a subnet. */
  readonly longest?: number;
  readonly family?: Family;
}

/**
 * The longest prefix, so the smallest block, with room for as many addresses. By default that of a subnet in Azure.
 * Undefined when not even the whole address space is enough.
 */
export function smallestPrefixLength(addresses: number, need: PrefixNeed = {}): number | undefined {
  const { reserved = reservedPerSubnet, longest = longestSubnetLength, family = 4 } = need;
  for (let length = longest; length >= 0; length--) {
    if (2 ** (addressBits(family) - length) - reserved >= addresses) return length;
  }
  return undefined;
}

/** The longest prefix of a pod range for as many nodes of overlay or kubenet. */
export function smallestPodCidrLength(nodes: number): number | undefined {
  return smallestPrefixLength(nodes * podCidrAddressesPerNode, { reserved: 0, longest: 24 });
}

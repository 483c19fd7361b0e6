import { addressBits, parseAddress } from '../net/address.ts';
import { isPrivate, wireServer } from '../net/azure.ts';
import { type Cidr, cidr, containsCidr, formatCidr, makeCidr, overlaps } from '../net/cidr.ts';
import type { Prefix } from '../net/prefix.ts';
import type { Verdict } from './egress.ts';

/** One end of a flow of traffic: who sends or receives it. */
export interface FlowEnd {
  /** As messages name it: `the nodes (10.1.0.0/24)`. */
  readonly label: string;
  /** The addresses; undefined while they are not known. */
  readonly cidr: Cidr | undefined;
  /** What a rule for it says; undefined where no single text does. */
  readonly ruleText: string | undefined;
  /** Whether the addresses are known to be none of a private range. */
  readonly isPublic: boolean;
  /** Whether a service tag, in lower case, holds all of the addresses. */
  hasTag(tag: string): Verdict;
}

/** Addresses that belong to the virtual network, such as those of a subnet. */
export function networkEnd(label: string, addresses: Cidr | undefined): FlowEnd {
  // The other tags hold public addresses, of which a network may use some as its own.
  const isOrdinary = addresses !== undefined && isPrivate(addresses);
  return {
    label,
    cidr: addresses,
    ruleText: addresses === undefined ? undefined : formatCidr(addresses),
    isPublic: false,
    hasTag: (tag) => (tag === 'virtualnetwork' ? 'yes' : isOrdinary ? 'no' : 'unknown'),
  };
}

/**
 * Addresses of a pod range. Whether VirtualNetwork holds them is not documented; AKS asks for rules that name them.
 * https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay
 */
export function podRangeEnd(label: string, addresses: Cidr): FlowEnd {
  return {
    label,
    cidr: addresses,
    ruleText: formatCidr(addresses),
    isPublic: false,
    hasTag: (tag) => (isPrivate(addresses) && tag !== 'virtualnetwork' && tag !== 'internet' ? 'no' : 'unknown'),
  };
}

/** The address of a single host; `isInNetwork`: whether VirtualNetwork holds it. */
export function hostEnd(label: string, host: Cidr, isInNetwork: Verdict): FlowEnd {
  return {
    label,
    cidr: host,
    ruleText: undefined,
    isPublic: !isPrivate(host),
    hasTag: (tag) => (tag === 'virtualnetwork' ? isInNetwork : 'unknown'),
  };
}

/**
 * The Microsoft Container Registry, whose addresses no page lists; `isInNetwork`: whether VirtualNetwork holds public
 * addresses. Its own tag holds only a part of what it needs.
 * https://learn.microsoft.com/azure/virtual-network/service-tags-overview
 */
export function registryEnd(label: string, isInNetwork: Verdict): FlowEnd {
  return {
    label,
    cidr: undefined,
    ruleText: undefined,
    isPublic: true,
    hasTag: (tag) => {
      if (tag === 'internet') return 'yes';
      if (tag === 'virtualnetwork') return isInNetwork;
      return /^(?:azurecloud|azurefrontdoor|microsoftcontainerregistry)/.test(tag) ? 'unknown' : 'no';
    },
  };
}

/** The health probes of Azure load balancers, which come from an address of the host. */
export const loadBalancerEnd: FlowEnd = {
  label: 'the Azure load balancer',
  cidr: cidr(`${wireServer}/32`),
  ruleText: 'AzureLoadBalancer',
  isPublic: true,
  hasTag: (tag) => (tag === 'azureloadbalancer' ? 'yes' : 'unknown'),
};

const allIPv4 = cidr('0.0.0.0/0');

/** Whether an address prefix, a plain address, a service tag or `*` holds all addresses of an IPv4 end. */
export function holdsEnd({ text, cidr: prefix }: Prefix, end: FlowEnd): Verdict {
  if (text === '*') return 'yes';
  const host = prefix === undefined ? parseAddress(text) : undefined;
  const range = host === undefined ? prefix : makeCidr(host, addressBits(host.family));
  if (range === undefined) return end.hasTag(text.toLowerCase());
  if (range.family !== allIPv4.family) return 'no';
  if (containsCidr(range, allIPv4)) return 'yes';
  if (end.cidr === undefined) return end.isPublic && isPrivate(range) ? 'no' : 'unknown';
  if (containsCidr(range, end.cidr)) return 'yes';
  return overlaps(range, end.cidr) ? 'unknown' : 'no';
}

import { type Address, addressBits } from './address.ts';
import { type Cidr, cidr, cidrSize, containsCidr, overlaps } from './cidr.ts';

/**
 * Addresses that Azure keeps in every subnet: the first four and the last.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq
 */
export const reservedPerSubnet = 5;

/**
 * The longest prefix of an IPv4 subnet or virtual network.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq
 */
export const longestSubnetLength = 29;

/** The only length of an IPv6 subnet. https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq */
export const ipv6SubnetLength = 64;

/**
 * The largest address space that AKS plans with. Azure itself takes larger ones.
 * https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning
 */
export const shortestPlannedNetworkLength = 8;

/**
 * Azure's DNS, DHCP and health probe address.
 * https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
export const wireServer = '168.63.129.16';

/** Addresses of a subnet that resources can have; exact for IPv4. */
export function usableAddresses(subnet: Cidr): number {
  return Math.max(0, Number(cidrSize(subnet)) - reservedPerSubnet);
}

/** What Azure keeps an address of a subnet for. */
export interface ReservedAddress {
  readonly address: Address;
  readonly purpose: 'network' | 'gateway' | 'dns' | 'broadcast';
}

/**
 * The addresses that Azure keeps in a subnet, in order; fewer than five where the subnet is smaller.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq
 */
export function reservedAddresses(subnet: Cidr): ReservedAddress[] {
  const purposes = ['network', 'gateway', 'dns', 'dns'] as const;
  const result: ReservedAddress[] = [];
  purposes.forEach((purpose, index) => {
    const value = subnet.first + BigInt(index);
    if (value < subnet.last || index === 0) result.push({ address: { family: subnet.family, value }, purpose });
  });
  if (addressBits(subnet.family) > subnet.length) {
    result.push({ address: { family: subnet.family, value: subnet.last }, purpose: 'broadcast' });
  }
  return result;
}

/** A range with a meaning, by a name for messages. */
export interface NamedRange {
  readonly cidr: Cidr;
  readonly name: string;
}

/**
 * Ranges that no virtual network or subnet may touch.
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq
 */
export const forbiddenRanges: readonly NamedRange[] = [
  { cidr: cidr('224.0.0.0/4'), name: 'multicast' },
  { cidr: cidr('255.255.255.255/32'), name: 'broadcast' },
  { cidr: cidr('127.0.0.0/8'), name: 'loopback' },
  { cidr: cidr('169.254.0.0/16'), name: 'link-local' },
  { cidr: cidr('168.63.129.16/32'), name: 'Azure DNS' },
];

/** Whether a prefix shares an address with one of {@link forbiddenRanges}. */
export function touchesForbiddenRange(prefix: Cidr): boolean {
  return forbiddenRanges.some((range) => overlaps(range.cidr, prefix));
}

/**
 * Ranges that are meant for private networks: RFC 1918, RFC 6598 (shared address space) and RFC 4193 (IPv6).
 * https://learn.microsoft.com/azure/virtual-network/virtual-networks-faq
 */
export const privateRanges: readonly Cidr[] = [
  cidr('10.0.0.0/8'),
  cidr('172.16.0.0/12'),
  cidr('192.168.0.0/16'),
  cidr('100.64.0.0/10'),
  cidr('fc00::/7'),
];

/** Whether all of the prefix lies in one range for private networks. */
export function isPrivate(prefix: Cidr): boolean {
  return privateRanges.some((range) => containsCidr(range, prefix));
}

/** What a range of addresses is for. `mixed`: parts of it are for different things. */
export type RangeKind =
  | 'private'
  | 'shared'
  | 'loopback'
  | 'link-local'
  | 'multicast'
  | 'documentation'
  | 'reserved'
  | 'public'
  | 'mixed';

/**
 * Ranges that are not public unicast space.
 * https://www.iana.org/assignments/iana-ipv4-special-registry and .../iana-ipv6-special-registry
 */
const specialRanges: readonly { readonly cidr: Cidr; readonly kind: RangeKind }[] = [
  { cidr: cidr('10.0.0.0/8'), kind: 'private' },
  { cidr: cidr('172.16.0.0/12'), kind: 'private' },
  { cidr: cidr('192.168.0.0/16'), kind: 'private' },
  { cidr: cidr('100.64.0.0/10'), kind: 'shared' },
  { cidr: cidr('127.0.0.0/8'), kind: 'loopback' },
  { cidr: cidr('169.254.0.0/16'), kind: 'link-local' },
  { cidr: cidr('224.0.0.0/4'), kind: 'multicast' },
  { cidr: cidr('192.0.2.0/24'), kind: 'documentation' },
  { cidr: cidr('198.51.100.0/24'), kind: 'documentation' },
  { cidr: cidr('203.0.113.0/24'), kind: 'documentation' },
  { cidr: cidr('0.0.0.0/8'), kind: 'reserved' },
  { cidr: cidr('192.0.0.0/24'), kind: 'reserved' },
  { cidr: cidr('198.18.0.0/15'), kind: 'reserved' },
  { cidr: cidr('240.0.0.0/4'), kind: 'reserved' },
  { cidr: cidr('fc00::/7'), kind: 'private' },
  { cidr: cidr('::1/128'), kind: 'loopback' },
  { cidr: cidr('fe80::/10'), kind: 'link-local' },
  { cidr: cidr('ff00::/8'), kind: 'multicast' },
  { cidr: cidr('2001:db8::/32'), kind: 'documentation' },
  { cidr: cidr('::/128'), kind: 'reserved' },
  { cidr: cidr('::ffff:0:0/96'), kind: 'reserved' },
];

/** What the addresses of a prefix are for. */
export function rangeKind(prefix: Cidr): RangeKind {
  const around = specialRanges.find((range) => containsCidr(range.cidr, prefix));
  if (around !== undefined) return around.kind;
  return specialRanges.some((range) => overlaps(range.cidr, prefix)) ? 'mixed' : 'public';
}

/** A subnet that Azure knows by its name or use. */
export interface SpecialSubnet {
  readonly name: string;
  /** The longest prefix that works. */
  readonly longestLength: number;
  /** The longest prefix that is recommended, where it is shorter. */
  readonly recommendedLength?: number;
  /** The page that states the size. */
  readonly source: string;
}

/** Subnets with fixed names, which belong to one service alone: no cluster may use them. */
export const specialSubnets: readonly SpecialSubnet[] = [
  {
    name: 'AzureBastionSubnet',
    longestLength: 26,
    source: 'https://learn.microsoft.com/azure/bastion/configuration-settings',
  },
  {
    name: 'AzureFirewallSubnet',
    longestLength: 26,
    source: 'https://learn.microsoft.com/azure/firewall/firewall-faq',
  },
  {
    name: 'AzureFirewallManagementSubnet',
    longestLength: 26,
    source: 'https://learn.microsoft.com/azure/firewall/forced-tunneling',
  },
  {
    name: 'GatewaySubnet',
    longestLength: 29,
    recommendedLength: 27,
    source: 'https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings',
  },
  {
    name: 'RouteServerSubnet',
    longestLength: 27,
    source: 'https://learn.microsoft.com/azure/route-server/',
  },
];

/** The special subnet of that name, in any spelling of case. */
export function findSpecialSubnet(name: string): SpecialSubnet | undefined {
  return specialSubnetsByName.get(name.toLowerCase());
}

const specialSubnetsByName = new Map(specialSubnets.map((subnet) => [subnet.name.toLowerCase(), subnet]));

/**
 * Documented limits of Azure networking. Azure raises some of them on request, so going beyond is a warning at most.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/azure-subscription-service-limits
 */
export const networkLimits = {
  subnetsPerNetwork: 3_000,
  peeringsPerNetwork: 500,
  dnsServersPerNetwork: 20,
  privateAddressesPerNetwork: 65_536,
  addressesPerInterface: 256,
  rulesPerSecurityGroup: 1_000,
  /** Addresses and ranges on one side of a rule. */
  addressesPerRuleSide: 4_000,
  /** Later third-party texts say 600 or 1,000. */
  routesPerTable: 400,
  routeTablesPerRegion: 200,
  /** https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview */
  serviceTagRoutesPerTable: 25,
  subnetNameLength: 80,
} as const;

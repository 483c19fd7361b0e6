import { formatAddress, parseAddress } from '../net/address.ts';
import { suggestDnsServiceIP } from '../net/aks.ts';
import { reservedPerSubnet, usableAddresses } from '../net/azure.ts';
import { type Cidr, cidrSize, formatCidr, parseCidr } from '../net/cidr.ts';
import { smallestPrefixLength } from '../net/sizing.ts';
import { firstMatches } from './explain-matches.ts';

/** A message of Azure that is recognised by its words, with or without its code. */
export interface AzureMessage {
  readonly code: string;
  readonly pattern: RegExp;
  /** What the values of the message say, in a sentence. */
  tell(values: readonly string[]): string;
}

/** A prefix as Azure writes it into messages. */
const prefix = String.raw`"?'?([\d.:a-fA-F]+/\d{1,3})'?"?`;
/** A name or resource id, without the full stop behind it. */
const name = String.raw`'?"?([\w./()-]*[\w)])'?"?`;

/** Every message whose values can be explained. No pattern goes back more than a few hundred characters. */
export const azureMessages: readonly AzureMessage[] = [
  message(
    'InsufficientSubnetSize',
    String.raw`Pre-allocated IPs (\d{1,9}) exceeds IPs available (\d{1,9})(?: in Subnet Cidr ${prefix},? Subnet Name ${name})?`,
    ([need = '', have = '', range, subnet]) => tellSubnetSize(Number(need), Number(have), range, subnet),
  ),
  message(
    'SubnetIsFull',
    `subnet ${name} with address prefix ${prefix} (?:doesn't|does not) have enough capacity`,
    ([subnet = '', range = '']) => `${subnet} (${range}) has no free address left${usableOf(range)}.`,
  ),
  message(
    'ServiceCidrOverlapExistingSubnetsCidr',
    `service CIDR ${prefix} is conflicted with an existing subnet CIDR ${prefix}`,
    ([service = '', subnet = '']) =>
      `${tellOverlap('The service range', service, 'the subnet', subnet)}${defaultRange(service)}`,
  ),
  message(
    'DnsServiceIpOutOfServiceCidr',
    String.raw`DNS service IP ([\d.]+) is out of the range defined by service CIDR ${prefix}`,
    ([address = '', range = '']) => {
      const read = parseCidr(range);
      const better = read.ok ? suggestDnsServiceIP(read.cidr) : undefined;
      return `${address} is not in ${range}${boundsOf(range)}.${better === undefined ? '' : ` Set dnsServiceIP to ${better}.`}`;
    },
  ),
  message(
    'NetworkProfileCIDROverlapVNET',
    String.raw`NetworkProfile CIDR ${prefix}[^\n]{0,80}? overlaps with reserved VNET CIDR ${prefix}`,
    ([range = '', network = '']) => tellOverlap('The range of the cluster', range, 'the network', network),
  ),
  message(
    'InvalidAddressPrefixFormat',
    String.raw`Address prefix ${name} [^\n]{0,200}?not formatted correctly`,
    ([text = '']) =>
      parseAddress(text) === undefined
        ? `"${text}" is no address prefix. Write one such as 10.0.0.0/24.`
        : `"${text}" has no length. Write one such as ${text}/32.`,
  ),
  message(
    'InvalidCIDRNotation',
    String.raw`address prefix ${prefix} in resource ${name} has an invalid CIDR notation[^\n]{0,120}?should be ${prefix}`,
    ([text = '', resource = '', better = '']) =>
      `${text} in ${shortName(resource)} lies inside a block that starts earlier. Write ${better}.`,
  ),
  message(
    'NetcfgSubnetRangeOutsideVnet',
    `Subnet ${name} is not valid because its IP address range is outside the IP address range of virtual network ${name}`,
    ([subnet = '', network = '']) =>
      `The subnet ${subnet} has addresses outside of the addressSpace of ${shortName(network)}.`,
  ),
  message(
    'NetcfgSubnetRangesOverlap',
    `Subnet ${name} is not valid because its IP address range overlaps with that of an existing subnet in virtual network ${name}`,
    ([subnet = '', network = '']) => `The subnet ${subnet} overlaps another subnet of ${shortName(network)}.`,
  ),
  message(
    'NetcfgInvalidSubnet',
    `Subnet ${name} is not valid in virtual network ${name}`,
    ([subnet = '', network = '']) => `The range of subnet ${subnet} does not fit into ${shortName(network)}.`,
  ),
  message('VnetAddressSpacesOverlap', 'cannot be peered because their address spaces overlap', () => ''),
  message(
    'VnetAddressSpaceOverlapsWithAlreadyPeeredVnet',
    'cannot be peered because address space of the first virtual network overlaps with address space of virtual network',
    () => '',
  ),
  message(
    'SubnetIsDelegated',
    `subnet with id ${name} cannot be used as it'?s a delegated subnet`,
    ([subnet = '']) => `${shortName(subnet)} has a delegation. Remove it, or give the pool another subnet.`,
  ),
  message(
    'ExistingRouteTableNotAssociatedWithSubnet',
    `existing route table has not been associated with subnet ${name}`,
    ([subnet = '']) => `${shortName(subnet)} needs a routeTable.`,
  ),
  message(
    'RouteTableMissingDefaultRouteError',
    String.raw`Default route 0\.0\.0\.0/0 missing from route table ${name}`,
    ([table = '']) => `${shortName(table)} needs a route for 0.0.0.0/0 to an appliance or gateway.`,
  ),
  message(
    'RouteTableInvalidNextHop',
    String.raw`has a next hop of (\w{1,40}) but only next hops of`,
    ([hop = '']) =>
      `The default route has nextHopType ${hop}. Set VirtualAppliance and the address of the firewall, or VirtualNetworkGateway.`,
  ),
  message(
    'RouteConflict',
    `Route: ${name} conflicts with Route: ${name}`,
    ([later = '', earlier = '']) => `The routes ${later} and ${earlier} are for one prefix. Remove one of them.`,
  ),
  message(
    'ManagedNATGatewayWithCustomVNetNotAllowed',
    `Outbound type is managedNATGateway but agent pool ${name} is using custom VNet`,
    ([pool = '']) => `The pool ${pool} has a vnetSubnetID.`,
  ),
  message(
    'SubnetNotAssociatedWithNATGateway',
    `Subnet ${name} must have a NAT gateway associated`,
    ([subnet = '']) => `${shortName(subnet)} needs a natGateway.`,
  ),
  message(
    'InvalidLoadBalancerProfileAllocatedOutboundPorts',
    String.raw`Total node count (\d{1,9}) requires (\d{1,12}) ports but only (\d{1,12}) ports are available given (\d{1,9}) outbound`,
    ([nodes = '', ports = '', available = '', addresses = '']) =>
      `${nodes} nodes ask for ${ports} ports, and ${addresses} outbound ${addresses === '1' ? 'address has' : 'addresses have'} ${available}. Set managedOutboundIPs.count to ${Math.ceil(Number(ports) / 64_000)} or more, or allocate fewer ports to each node.`,
  ),
  message(
    'CustomRouteTableMissingPermission',
    `permission to read and write to custom route table ${name}`,
    ([table = '']) =>
      `The route table is ${shortName(table)}${groupOf(table)}. Assign Network Contributor on it to the identity of the cluster.`,
  ),
  message(
    'CustomRouteTableWithUnsupportedMSIType',
    'managed identity type SystemAssigned do not support bringing your own route table',
    () => 'Set identity.type to UserAssigned.',
  ),
  message(
    'CiliumDataplaneRequiresNetworkPolicyCilium',
    'Cilium dataplane requires network policy cilium',
    () => 'Set networkPolicy to cilium.',
  ),
  message(
    'AgentPoolsWithEmptySubnetError',
    `Agentpool ${name} does not have subnet defined`,
    ([pool = '']) => `The pool ${pool} has no vnetSubnetID.`,
  ),
];

/** Every value that a message of the text names: what places of a template are compared with. */
export function namedValues(text: string): ReadonlySet<string> {
  const found = azureMessages.flatMap(({ pattern }) => firstMatches(text, pattern).map(([, ...values]) => values));
  const texts = found.flat().filter((value) => value !== undefined && !/^\d*$/.test(value));
  return new Set(texts.flatMap((value) => [value, shortName(value)]));
}

function message(code: string, pattern: string, tell: AzureMessage['tell']): AzureMessage {
  return { code, pattern: new RegExp(pattern, 'gi'), tell };
}

/** Max pods that are in use, largest first: what `need` is a multiple of shows how it came about. */
const usualMaxPods = [250, 110, 30];

function tellSubnetSize(need: number, have: number, range: string | undefined, subnet: string | undefined): string {
  const read = range === undefined ? undefined : parseCidr(range);
  const cidr = read?.ok === true ? read.cidr : undefined;
  const place = subnet === undefined ? 'the subnet' : `${subnet} (${range})`;
  const maxPods = usualMaxPods.find((pods) => need % (pods - 1) === 0);
  const nodes = maxPods === undefined ? 0 : need / (maxPods - 1);
  const sentences = [
    `The node pools reserve ${need} addresses, and ${place} has ${have} free${cidr === undefined ? '' : freeOf(cidr, have)}.`,
    maxPods === undefined
      ? ''
      : `${need} is what ${nodes === 1 ? 'one node' : `${nodes} nodes`} with ${maxPods} max pods take: AKS counts ${maxPods} - 1 for each.`,
    `A /${smallestPrefixLength(need)} has room for them.`,
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function freeOf(cidr: Cidr, have: number): string {
  const size = Number(cidrSize(cidr));
  const taken = size - reservedPerSubnet - have;
  return `: ${size} less the ${reservedPerSubnet} that Azure keeps${taken > 0 ? ` and ${taken} that are taken` : ''}`;
}

function usableOf(range: string): string {
  const read = parseCidr(range);
  return read.ok && read.cidr.family === 4 ? ` of its ${usableAddresses(read.cidr)}` : '';
}

function tellOverlap(first: string, a: string, second: string, b: string): string {
  const [x, y] = [parseCidr(a), parseCidr(b)];
  if (!x.ok || !y.ok) return `${first} ${a} overlaps ${second} ${b}.`;
  const smaller = x.cidr.length >= y.cidr.length ? x.cidr : y.cidr;
  return `${first} ${a} and ${second} ${b} share ${formatCidr(smaller)}${boundsOf(formatCidr(smaller))}.`;
}

function defaultRange(service: string): string {
  return service === '10.0.0.0/16' ? ' 10.0.0.0/16 is what AKS takes where no serviceCidr is written.' : '';
}

function boundsOf(range: string): string {
  const read = parseCidr(range);
  if (!read.ok) return '';
  const { family, first, last } = read.cidr;
  return ` (${formatAddress({ family, value: first })} to ${formatAddress({ family, value: last })})`;
}

/** The last segment of a resource id, which people know. */
function shortName(id: string): string {
  return id.includes('/providers/') ? id.slice(id.lastIndexOf('/') + 1) : id;
}

function groupOf(id: string): string {
  const group = /\/resourceGroups\/([^/]+)/i.exec(id)?.[1];
  return group === undefined ? '' : ` in resource group ${group}`;
}

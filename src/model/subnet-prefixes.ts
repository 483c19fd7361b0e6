import { groupBy } from '../base/group.ts';
import type { Cidr } from '../net/cidr.ts';
import type { Model } from './model.ts';
import type { Subnet, VirtualNetwork } from './network.ts';
import type { Origin } from './value.ts';

/** A known prefix of a subnet. */
export interface SubnetPrefix {
  readonly subnet: Subnet;
  readonly cidr: Cidr;
  readonly text: string;
  readonly origin: Origin;
}

const prefixesBySubnets = new WeakMap<readonly Subnet[], readonly SubnetPrefix[]>();

/** The known prefixes of subnets, in the order of the files. */
export function knownSubnetPrefixes(subnets: readonly Subnet[]): readonly SubnetPrefix[] {
  const known = prefixesBySubnets.get(subnets);
  if (known !== undefined) return known;
  const prefixes: SubnetPrefix[] = [];
  for (const subnet of subnets) addPrefixes(subnet, prefixes);
  prefixesBySubnets.set(subnets, prefixes);
  return prefixes;
}

/** The known prefixes of one subnet. */
export function prefixesOf(subnet: Subnet): readonly SubnetPrefix[] {
  const prefixes: SubnetPrefix[] = [];
  addPrefixes(subnet, prefixes);
  return prefixes;
}

function addPrefixes(subnet: Subnet, prefixes: SubnetPrefix[]): void {
  for (const prefix of subnet.addressPrefixes.items) {
    if (prefix.kind !== 'known' || prefix.value.cidr === undefined) continue;
    prefixes.push({ subnet, cidr: prefix.value.cidr, text: prefix.value.text, origin: prefix.origin });
  }
}

/** Subnets that lie in one virtual network; `network` is undefined where the files do not declare it. */
export interface SubnetGroup {
  readonly network: VirtualNetwork | undefined;
  readonly subnets: readonly Subnet[];
}

/** The subnets of each declared network, and after them those of each network that is only named. */
export function subnetGroups(model: Model): SubnetGroup[] {
  const declared = new Set(model.virtualNetworks.map((network) => network.id));
  const strangers = model.subnets.filter((subnet) => !declared.has(subnet.virtualNetworkId));
  return [
    ...model.virtualNetworks.map((network) => ({ network, subnets: network.subnets.items })),
    ...[...groupBy(strangers, (subnet) => subnet.virtualNetworkId).values()].map((subnets) => ({
      network: undefined,
      subnets,
    })),
  ];
}

/** The address space of a network, or undefined while a part of it is not known. */
export function knownAddressSpace(network: VirtualNetwork): Cidr[] | undefined {
  const { addressPrefixes } = network;
  if (!addressPrefixes.isComplete || addressPrefixes.items.length === 0) return undefined;
  const prefixes: Cidr[] = [];
  for (const item of addressPrefixes.items) {
    if (item.kind !== 'known' || item.value.cidr === undefined) return undefined;
    prefixes.push(item.value.cidr);
  }
  return prefixes;
}

/** The known part of the address space of a network. */
export function knownPrefixes(network: VirtualNetwork): Cidr[] {
  return network.addressPrefixes.items.flatMap((item) =>
    item.kind === 'known' && item.value.cidr !== undefined ? [item.value.cidr] : [],
  );
}

/** A subnet as messages name it: `Subnet "nodes" (10.0.0.0/24)`, or the prefix alone while the name is not known. */
export function describeSubnet(subnet: Subnet, text: string): string {
  return subnet.name.kind === 'known' ? `subnet "${subnet.name.value}" (${text})` : `a subnet (${text})`;
}

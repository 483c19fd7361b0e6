import type { Model } from '../model/model.ts';
import type { VirtualNetwork } from '../model/network.ts';
import { knownValue } from '../model/value.ts';
import { defaults, managedNetwork, proposedRanges, reservedRanges } from '../net/aks.ts';
import { type Cidr, cidr } from '../net/cidr.ts';
import { findFree } from '../net/sets.ts';

/** A virtual network of the open file, as far as its ranges are known. */
export interface KnownNetwork {
  readonly name: string;
  readonly prefixes: readonly Cidr[];
  readonly subnets: readonly { readonly name: string; readonly cidr: Cidr }[];
  /** Whether every range of it is known: only then a free block is certainly free. */
  readonly isComplete: boolean;
}

/** A free block with the words that say where. */
export interface Proposal {
  readonly cidr: Cidr;
  readonly title: string;
}

/** The virtual networks of a model that have a known range. */
export function knownNetworks(model: Model): KnownNetwork[] {
  return model.virtualNetworks.flatMap((network) => {
    const prefixes = knownPrefixes(network);
    return prefixes.length === 0 ? [] : [{ ...knownSubnets(model, network), prefixes, name: nameOf(network) }];
  });
}

/**
 * A free block of `length` in each network, or else one of the private ranges that nothing in the file and no default
 * of AKS uses. Blocks of `given` count as taken. Pod ranges are never inside a network.
 */
export function proposeFree(
  length: number,
  networks: readonly KnownNetwork[],
  use: 'subnet' | 'pod-cidr',
  given: readonly Cidr[] = [],
): Proposal[] {
  const found = use === 'pod-cidr' ? [] : networks.flatMap((network) => proposeIn(network, length, given));
  if (found.length > 0) return found;
  const taken = [...given, ...networks.flatMap((network) => network.prefixes), ...rangesOfAks];
  const defaultPodRange = cidr(defaults.podCidr);
  const containers = use === 'pod-cidr' ? [defaultPodRange, ...proposedRanges] : proposedRanges;
  const block =
    findFree(
      containers,
      length,
      use === 'pod-cidr' ? taken.filter((range) => range.first !== defaultPodRange.first) : taken,
    ) ??
    // Blocks larger than the proposed ranges have to come from the largest private one.
    findFree(
      [cidr('10.0.0.0/8')],
      length,
      taken.filter((range) => range.length > 8),
    );
  if (block === undefined) return [];
  return [
    {
      cidr: block,
      title:
        networks.length === 0 || use === 'pod-cidr'
          ? 'not used by AKS itself'
          : 'no room in the networks of this file, free outside',
    },
  ];
}

function proposeIn(network: KnownNetwork, length: number, given: readonly Cidr[]): Proposal[] {
  const taken = [...network.subnets.map((subnet) => subnet.cidr), ...given];
  const block = findFree(network.prefixes, length, taken);
  if (block === undefined) return [];
  return [
    {
      cidr: block,
      title: network.isComplete
        ? `free in ${network.name}`
        : `free in ${network.name}, as far as its subnets are known`,
    },
  ];
}

const rangesOfAks: readonly Cidr[] = [
  ...reservedRanges,
  cidr(defaults.serviceCidr),
  cidr(defaults.podCidr),
  managedNetwork.addressSpace,
];

function knownPrefixes(network: VirtualNetwork): Cidr[] {
  return network.addressPrefixes.items.flatMap((item) => knownValue(item)?.cidr ?? []);
}

function knownSubnets(model: Model, network: VirtualNetwork): Pick<KnownNetwork, 'subnets' | 'isComplete'> {
  let isComplete = network.subnets.isComplete;
  const subnets = model.subnets
    .filter((subnet) => subnet.virtualNetworkId === network.id)
    .flatMap((subnet) => {
      if (!subnet.addressPrefixes.isComplete) isComplete = false;
      return subnet.addressPrefixes.items.flatMap((item) => {
        const prefix = knownValue(item)?.cidr;
        if (prefix === undefined) isComplete = false;
        return prefix === undefined ? [] : [{ name: nameOf(subnet), cidr: prefix }];
      });
    });
  return { subnets, isComplete };
}

function nameOf(resource: Pick<VirtualNetwork, 'name'>): string {
  const name = knownValue(resource.name);
  return name === undefined ? '(name not known)' : name.slice(name.lastIndexOf('/') + 1);
}

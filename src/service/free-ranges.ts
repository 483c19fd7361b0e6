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
 * A free block of `length` in each network, or else outside of them one of the private ranges that no default of AKS
 * uses. Blocks of `given` count as taken.
 */
export function proposeSubnet(
  length: number,
  networks: readonly KnownNetwork[],
  given: readonly Cidr[] = [],
): Proposal[] {
  const inside = networks.flatMap((network) => proposeIn(network, length, given));
  if (inside.length > 0) return inside;
  const title =
    networks.length === 0 ? 'free of the ranges of AKS' : 'no room in the networks of this file; free outside';
  return proposeOutside(proposedRanges, length, [...takenOutside(networks, given), defaultPodRange], title);
}

/** A range for pods, which is in no network: in the default one of AKS where that is free and large enough. */
export function proposePodRange(
  length: number,
  networks: readonly KnownNetwork[],
  given: readonly Cidr[] = [],
): Proposal[] {
  const taken = takenOutside(networks, given);
  const usual = proposeOutside([defaultPodRange], length, taken, 'in the default pod range of AKS');
  return usual.length > 0 ? usual : proposeOutside(proposedRanges, length, taken, 'free of the ranges of AKS');
}

function proposeOutside(ranges: readonly Cidr[], length: number, taken: readonly Cidr[], title: string): Proposal[] {
  // Blocks larger than the proposed ranges have to come from the largest private one.
  const block = findFree(length < 16 ? [largestPrivateRange] : ranges, length, taken);
  return block === undefined ? [] : [{ cidr: block, title }];
}

function takenOutside(networks: readonly KnownNetwork[], given: readonly Cidr[]): Cidr[] {
  return [...given, ...networks.flatMap((network) => network.prefixes), ...rangesOfAks];
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

const defaultPodRange = cidr(defaults.podCidr);
const largestPrivateRange = cidr('10.0.0.0/8');

/** What AKS reserves or uses unasked, the default pod range apart. */
const rangesOfAks: readonly Cidr[] = [...reservedRanges, cidr(defaults.serviceCidr), managedNetwork.addressSpace];

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

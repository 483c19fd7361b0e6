import { reservedRanges } from '../net/aks.ts';
import { forbiddenRanges } from '../net/azure.ts';
import { type Cidr, formatCidr } from '../net/cidr.ts';
import { findFree } from '../net/sets.ts';
import type { Fix } from './change.ts';
import { onPremisesRanges, peersOf } from './connected-networks.ts';
import { podRanges, serviceRanges } from './effective.ts';
import type { Model } from './model.ts';
import { spellsOneSubnet } from './prefix-sites.ts';
import { knownPrefixes, type SubnetPrefix } from './subnet-prefixes.ts';

/** Every known range outside of a network that it may not touch: of peers, of places on premises, of clusters and of AKS. */
export function rangesAround(model: Model, networkId: string, elsewhere: readonly Cidr[]): Cidr[] {
  return [
    ...peersOf(model, networkId).flatMap(({ network }) => (network === undefined ? [] : knownPrefixes(network))),
    ...onPremisesRanges(model).map(({ cidr }) => cidr),
    ...model.managedClusters
      .flatMap((cluster) => [...serviceRanges(cluster.networkProfile), ...podRanges(cluster)])
      .map(({ cidr }) => cidr),
    ...reservedRanges,
    ...forbiddenRanges.map(({ cidr }) => cidr),
    ...elsewhere,
  ];
}

/**
 * The fixes that move subnets of one network into a free range of its `space`, each of its own size. Ranges that are taken
 * `elsewhere` are left alone. Each length is searched once, however many subnets ask: whoever asks may be among the
 * subnets of the network, as blocks of one length are equal or apart.
 */
export function subnetMover(
  model: Model,
  networkId: string,
  space: readonly Cidr[],
  prefixes: readonly SubnetPrefix[],
  elsewhere: readonly Cidr[],
): (prefix: SubnetPrefix) => Fix[] {
  const found = new Map<number, Cidr | undefined>();
  let taken: readonly Cidr[] | undefined;
  return ({ cidr: { length }, origin }) => {
    taken ??= [...prefixes.map(({ cidr }) => cidr), ...rangesAround(model, networkId, elsewhere)];
    if (!found.has(length)) found.set(length, findFree(space, length, taken));
    const free = found.get(length);
    if (free === undefined || !spellsOneSubnet(model, origin)) return [];
    const to = formatCidr(free);
    return [
      {
        title: `Move to the free range ${to}`,
        applicability: 'unsafe',
        changes: [{ kind: 'set-value', target: origin, to }],
      },
    ];
  };
}

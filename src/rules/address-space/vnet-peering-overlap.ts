import { type Peer, peersOf } from '../../model/connected-networks.ts';
import type { Model } from '../../model/model.ts';
import type { VirtualNetwork, VirtualNetworkPeering } from '../../model/network.ts';
import { areDifferent, canCoexist, virtualNetworkById } from '../../model/queries.ts';
import { knownValue, type Origin } from '../../model/value.ts';
import { type Cidr, overlaps } from '../../net/cidr.ts';
import { findOverlaps } from '../../net/sets.ts';
import { defineRule } from '../rule.ts';

export const vnetPeeringOverlap = defineRule({
  id: 'vnet-peering-overlap',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Two peered virtual networks have addresses in common.',
  condition:
    'Reports two peered virtual networks whose known address spaces overlap, and two networks that one and the same network peers with. It is a warning where the peering names parts of the networks, or where the shared network has not yet both of its peerings in the files.',
  why: 'A network that is peered with two others could not tell them apart, so Azure refuses the peering.',
  serviceError: { overlap: 'VnetAddressSpacesOverlap', hub: 'VnetAddressSpaceOverlapsWithAlreadyPeeredVnet' },
  examples: [
    {
      language: 'bicep',
      bad: `resource hub 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'hub'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
  }
}

resource spoke 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.0.128.0/17'] }
  }
}

resource toHub 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2024-05-01' = {
  parent: spoke
  name: 'to-hub'
  properties: { remoteVirtualNetwork: { id: hub.id } }
}
`,
      good: `resource hub 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'hub'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
  }
}

resource spoke 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
  }
}

resource toHub 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings@2024-05-01' = {
  parent: spoke
  name: 'to-hub'
  properties: { remoteVirtualNetwork: { id: hub.id } }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/virtual-network/virtual-network-peering-overview'],
  messages: {
    overlap: (d: { later: string; laterNetwork: string; earlier: string; earlierNetwork: string }) =>
      `${d.later} of ${d.laterNetwork} overlaps ${d.earlier} of ${d.earlierNetwork}, and the two networks are peered. Give one of them other addresses.`,
    hub: (d: { later: string; laterNetwork: string; earlier: string; earlierNetwork: string }) =>
      `${d.later} of ${d.laterNetwork} overlaps ${d.earlier} of ${d.earlierNetwork}, and both are peered with the same network. Give one of them other addresses.`,
  },

  check(model, report) {
    const order = new Map(model.virtualNetworks.map((network, index) => [network, index]));
    const position = (network: VirtualNetwork): number => order.get(network) ?? 0;
    const reported = new Set<string>();
    const judge = (pair: readonly Peer[], message: 'overlap' | 'hub', isCertain: boolean): void => {
      const [a, b] = pair.flatMap(({ network }) => network ?? []).sort((x, y) => position(x) - position(y));
      const hit = a === undefined || b === undefined || !canCoexist(a, b) ? undefined : firstOverlap(a, b);
      const key = `${a?.id} ${b?.id}`;
      if (a === undefined || b === undefined || hit === undefined || reported.has(key)) return;
      reported.add(key);
      const { earlier, later } = hit;
      const peerings = [...new Set(pair.map(({ peering }) => peering))];
      report({
        at: later.origin,
        message,
        data: { later: later.text, laterNetwork: describe(b), earlier: earlier.text, earlierNetwork: describe(a) },
        severity: isCertain ? 'error' : 'warning',
        related: [
          { at: earlier.origin, text: 'The other address space is here.' },
          ...peerings.map((peering) => ({ at: peering.header, text: 'The peering is here.' })),
        ],
      });
    };
    for (const peering of model.virtualNetworkPeerings) {
      const own = virtualNetworkById(model, peering.virtualNetworkId);
      const remoteId = knownValue(peering.remoteVirtualNetwork)?.id ?? '';
      const remote = virtualNetworkById(model, remoteId);
      if (own === undefined || remote === undefined || own === remote) continue;
      if (!canCoexist(peering, own) || !canCoexist(peering, remote)) continue;
      const ends = [own, remote].map((network) => ({ peering, network, networkId: network.id }));
      judge(ends, 'overlap', isComplete(peering));
    }
    for (const hub of hubIds(model)) {
      const peers = peersOf(model, hub).filter(({ network }) => network !== undefined);
      for (const { earlier, later } of overlappingPeers(peers)) {
        const both = [earlier, later];
        judge(
          both,
          'hub',
          both.every(({ peering }) => isComplete(peering) && peering.virtualNetworkId === hub),
        );
      }
    }
  },
});

interface NetworkPrefix {
  readonly cidr: Cidr;
  readonly text: string;
  readonly origin: Origin;
}

function prefixesOf(network: VirtualNetwork | undefined): NetworkPrefix[] {
  return (network?.addressPrefixes.items ?? []).flatMap((prefix) =>
    prefix.kind === 'known' && prefix.value.cidr !== undefined
      ? [{ cidr: prefix.value.cidr, text: prefix.value.text, origin: prefix.origin }]
      : [],
  );
}

function firstOverlap(
  a: VirtualNetwork,
  b: VirtualNetwork,
): { readonly earlier: NetworkPrefix; readonly later: NetworkPrefix } | undefined {
  const ranges = prefixesOf(a);
  for (const later of prefixesOf(b)) {
    const earlier = ranges.find((range) => overlaps(range.cidr, later.cidr));
    if (earlier !== undefined) return { earlier, later };
  }
  return undefined;
}

/** Networks that several others are peered with, declared or not. */
function hubIds(model: Model): string[] {
  const ids = model.virtualNetworkPeerings.flatMap((peering) => [
    peering.virtualNetworkId,
    knownValue(peering.remoteVirtualNetwork)?.id ?? [],
  ]);
  return [...new Set(ids.flat())];
}

/** Pairs of peers that overlap, are certain to be two networks, and may be peered at once. */
function overlappingPeers(peers: readonly Peer[]): { readonly earlier: Peer; readonly later: Peer }[] {
  const ranges = peers.flatMap((peer) => prefixesOf(peer.network).map(({ cidr }) => ({ peer, cidr })));
  return findOverlaps(ranges, ({ cidr }) => cidr).flatMap(({ earlier, later }) => {
    const [a, b] = [earlier.peer, later.peer];
    const isProven = a !== b && areDifferent(a.networkId, b.networkId) && canCoexist(a.peering, b.peering);
    return isProven ? [{ earlier: a, later: b }] : [];
  });
}

/** Whether whole networks are peered, not only parts that are named. */
function isComplete({ peerCompleteVnets }: VirtualNetworkPeering): boolean {
  return peerCompleteVnets === undefined || knownValue(peerCompleteVnets) === true;
}

function describe({ name }: VirtualNetwork): string {
  return name.kind === 'known' ? `"${name.value}"` : 'one network';
}

import type { Deployment, VirtualNetworkPeering } from '../../model/network.ts';
import type { Collection } from '../../model/value.ts';
import type { Data } from '../data.ts';
import type { EvaluatedResource } from '../resources.ts';
import {
  itemHeader,
  joinCollections,
  literalObject,
  readBoolean,
  readCollection,
  readMember,
  readPrefixes,
  readReference,
  readString,
  readStrings,
} from './reader.ts';
import { canonicalId, groupChildren, parentOf, resourcesOfType } from './resource.ts';

const peeringType = 'microsoft.network/virtualnetworks/virtualnetworkpeerings';

/** The peerings of a template. */
export interface Peerings {
  /** The peerings in the properties of a network, and those declared as its child resources. */
  of(network: EvaluatedResource, properties: Data | undefined): Collection<VirtualNetworkPeering>;
  /** Those of networks that the files do not declare. */
  readonly strangers: readonly VirtualNetworkPeering[];
}

/** Reads the peerings; those declared as resources belong to one of `networks` or to a network declared elsewhere. */
export function readPeerings(
  resources: readonly EvaluatedResource[],
  networks: readonly EvaluatedResource[],
): Peerings {
  const children = groupChildren(resources, peeringType);
  const ownIds = new Set(networks.map(canonicalId));
  return {
    of: (network, properties) => {
      const id = canonicalId(network);
      const inline = readCollection(readMember(properties, 'virtualNetworkPeerings'), (item) =>
        readInlinePeering(item, id, network.deployment),
      );
      const items = children.of(id).map(readChildPeering);
      return joinCollections(inline, { items, isComplete: children.areComplete(id) });
    },
    strangers: resourcesOfType(resources, peeringType)
      .map(readChildPeering)
      .filter((peering) => !ownIds.has(peering.virtualNetworkId)),
  };
}

function readInlinePeering(
  item: Data,
  virtualNetworkId: string,
  deployment: Deployment,
): VirtualNetworkPeering | undefined {
  if (item.kind !== 'object') return undefined;
  return {
    name: readString(readMember(item, 'name')),
    header: itemHeader(item),
    body: literalObject(item),
    deployment,
    virtualNetworkId,
    ...readPeeringProperties(readMember(item, 'properties')),
  };
}

function readChildPeering(resource: EvaluatedResource): VirtualNetworkPeering {
  return {
    name: readString(resource.name),
    header: resource.header,
    body: resource.body,
    deployment: resource.deployment,
    virtualNetworkId: parentOf(canonicalId(resource)),
    ...readPeeringProperties(resource.member('properties')),
  };
}

function readPeeringProperties(
  properties: Data | undefined,
): Omit<VirtualNetworkPeering, 'name' | 'header' | 'body' | 'deployment' | 'virtualNetworkId'> {
  const read = (name: string): Data | undefined => readMember(properties, name);
  return {
    properties: literalObject(properties),
    remoteVirtualNetwork: readReference(readMember(read('remoteVirtualNetwork'), 'id')),
    allowVirtualNetworkAccess: readBoolean(read('allowVirtualNetworkAccess')),
    allowForwardedTraffic: readBoolean(read('allowForwardedTraffic')),
    allowGatewayTransit: readBoolean(read('allowGatewayTransit')),
    useRemoteGateways: readBoolean(read('useRemoteGateways')),
    peerCompleteVnets: readBoolean(read('peerCompleteVnets')),
    localSubnetNames: readStrings(read('localSubnetNames')),
    remoteSubnetNames: readStrings(read('remoteSubnetNames')),
    localAddressSpace: readPrefixes(readMember(read('localAddressSpace'), 'addressPrefixes')),
    remoteAddressSpace: readPrefixes(readMember(read('remoteAddressSpace'), 'addressPrefixes')),
  };
}

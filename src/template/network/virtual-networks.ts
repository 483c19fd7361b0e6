import { groupBy } from '../../base/group.ts';
import type { Subnet, VirtualNetwork } from '../../model/network.ts';
import { type Collection, unknown, type Value } from '../../model/value.ts';
import type { Prefix } from '../../net/prefix.ts';
import { type Data, identityOf } from '../data.ts';
import { childId } from '../resource-ids.ts';
import type { EvaluatedResource } from '../resources.ts';
import {
  literalObject,
  readCollection,
  readMember,
  readPath,
  readPrefixes,
  readPrefixProperty,
  readReference,
  readString,
} from './reader.ts';
import { canonicalId, parentOf, readResource } from './resource.ts';

const networkType = 'microsoft.network/virtualnetworks';
const subnetType = 'microsoft.network/virtualnetworks/subnets';

/** Virtual networks with their subnets, and every subnet there is, those of networks declared elsewhere included. */
export function readVirtualNetworks(resources: readonly EvaluatedResource[]): {
  readonly virtualNetworks: VirtualNetwork[];
  readonly subnets: Subnet[];
} {
  const children = resources.filter((resource) => resource.type.toLowerCase() === subnetType).map(readChildSubnet);
  const byNetwork = groupBy(children, (subnet) => subnet.virtualNetworkId);
  const networks = resources.filter((resource) => resource.type.toLowerCase() === networkType);
  const ownIds = new Set(networks.map(canonicalId));
  // A child whose network cannot be told may belong to any of them.
  const hasStray = children.some(
    (subnet) => !ownIds.has(subnet.virtualNetworkId) && subnet.virtualNetworkId.includes('{'),
  );
  const virtualNetworks = networks.map((network) => readVirtualNetwork(network, byNetwork, hasStray));
  const strangers = children.filter((subnet) => !ownIds.has(subnet.virtualNetworkId));
  return {
    virtualNetworks,
    subnets: withoutExistingTwins([...virtualNetworks.flatMap((network) => network.subnets.items), ...strangers]),
  };
}

function readVirtualNetwork(
  network: EvaluatedResource,
  children: ReadonlyMap<string, readonly Subnet[]>,
  hasStray: boolean,
): VirtualNetwork {
  const resource = readResource(network);
  const properties = network.member('properties');
  const inline = readCollection(readMember(properties, 'subnets'), (item) => readInlineSubnet(item, network));
  const own = children.get(resource.id) ?? [];
  const isComplete = inline.isComplete && !hasStray && own.every((subnet) => !subnet.id.includes('@'));
  const items = withoutExistingTwins([
    ...inline.items.filter((subnet) => !own.some((child) => !child.isExisting && child.id === subnet.id)),
    ...own,
  ]);
  const subnets: Collection<Subnet> =
    inline.origin === undefined ? { items, isComplete } : { items, isComplete, origin: inline.origin };
  return {
    ...resource,
    addressPrefixes: readPrefixes(readPath(properties, 'addressSpace', 'addressPrefixes')),
    subnets,
  };
}

function readInlineSubnet(item: Data, network: EvaluatedResource): Subnet | undefined {
  if (item.kind !== 'object') return undefined;
  const name = readMember(item, 'name');
  const id = name === undefined ? undefined : identityOf(childId(network.id, 'subnets', name, item.origin));
  const header = name?.origin.from ?? name?.origin.at ?? item.origin.at;
  return {
    type: 'Microsoft.Network/virtualNetworks/subnets',
    name: readString(name) ?? unknown({ code: 'wrong-type', text: 'the subnet has no name' }, item.origin),
    id: (id ?? `{subnet@${header.uri}#${header.span.start}}`).toLowerCase(),
    header,
    body: literalObject(item),
    isExisting: false,
    deployment: network.deployment,
    virtualNetworkId: canonicalId(network),
    ...readSubnetProperties(readMember(item, 'properties')),
  };
}

function readChildSubnet(resource: EvaluatedResource): Subnet {
  const common = readResource(resource);
  return { ...common, virtualNetworkId: parentOf(common.id), ...readSubnetProperties(resource.member('properties')) };
}

function readSubnetProperties(properties: Data | undefined): Pick<Subnet, 'addressPrefixes' | 'routeTable'> {
  return {
    addressPrefixes: readSubnetPrefixes(properties),
    routeTable: readReference(readPath(properties, 'routeTable', 'id')),
  };
}

function readSubnetPrefixes(properties: Data | undefined): Collection<Value<Prefix>> {
  const single = readPrefixProperty(readMember(properties, 'addressPrefix'));
  const list = readPrefixes(readMember(properties, 'addressPrefixes'));
  if (single === undefined) return list;
  return { items: [single, ...list.items], isComplete: single.kind === 'known' && list.isComplete };
}

/** `existing` is only another name for a subnet that the files declare as well. */
function withoutExistingTwins(subnets: readonly Subnet[]): Subnet[] {
  const declared = new Set(subnets.filter((subnet) => !subnet.isExisting).map((subnet) => subnet.id));
  return subnets.filter((subnet) => !subnet.isExisting || !declared.has(subnet.id));
}

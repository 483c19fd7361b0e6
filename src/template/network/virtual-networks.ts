import { groupBy } from '../../base/group.ts';
import type { Delegation, Subnet, VirtualNetwork, VirtualNetworkPeering } from '../../model/network.ts';
import { type Collection, unknown, type Value } from '../../model/value.ts';
import type { Prefix } from '../../net/prefix.ts';
import { type Data, identityOf } from '../data.ts';
import { childId } from '../resource-ids.ts';
import type { EvaluatedResource } from '../resources.ts';
import { type Peerings, readPeerings } from './peerings.ts';
import {
  itemHeader,
  leaveOpen,
  literalObject,
  readBoolean,
  readCollection,
  readMember,
  readPath,
  readPrefixes,
  readPrefixProperty,
  readReference,
  readString,
  readStrings,
} from './reader.ts';
import {
  type Children,
  canonicalId,
  groupChildren,
  ownId,
  parentOf,
  readResource,
  resourcesOfType,
  withoutExistingTwins,
} from './resource.ts';

const subnetType = 'microsoft.network/virtualnetworks/subnets';

/** What {@link readVirtualNetworks} finds; the flat lists hold those of networks declared elsewhere as well. */
export interface VirtualNetworkParts {
  readonly virtualNetworks: VirtualNetwork[];
  readonly subnets: Subnet[];
  readonly virtualNetworkPeerings: VirtualNetworkPeering[];
}

/** Virtual networks with their subnets and peerings. */
export function readVirtualNetworks(resources: readonly EvaluatedResource[]): VirtualNetworkParts {
  const children = groupChildren(resources, subnetType);
  const childSubnets = resourcesOfType(resources, subnetType).map((subnet) => subnet.once(readChildSubnet));
  const byNetwork = groupBy(childSubnets, (subnet) => subnet.virtualNetworkId);
  const networks = resourcesOfType(resources, 'microsoft.network/virtualnetworks');
  const ownIds = new Set(networks.map(canonicalId));
  const peerings = readPeerings(resources, networks);
  const virtualNetworks = withoutExistingTwins(
    networks.map((network) => readVirtualNetwork(network, byNetwork, children, peerings)),
  );
  const strangers = childSubnets.filter((subnet) => !ownIds.has(subnet.virtualNetworkId));
  return {
    virtualNetworks,
    subnets: withoutExistingTwins([...virtualNetworks.flatMap((network) => network.subnets.items), ...strangers]),
    virtualNetworkPeerings: [
      ...virtualNetworks.flatMap((network) => network.virtualNetworkPeerings.items),
      ...peerings.strangers,
    ],
  };
}

function readVirtualNetwork(
  network: EvaluatedResource,
  subnets: ReadonlyMap<string, readonly Subnet[]>,
  children: Children,
  peerings: Peerings,
): VirtualNetwork {
  const { inline, ...resource } = network.once(readOwnNetwork);
  const isComplete = inline.isComplete && children.areComplete(resource.id);
  const items = withChildren(inline.items, subnets.get(resource.id) ?? []);
  return {
    ...resource,
    subnets: inline.origin === undefined ? { items, isComplete } : { items, isComplete, origin: inline.origin },
    virtualNetworkPeerings: peerings.of(network, network.member('properties')),
  };
}

/** Inline subnets with those declared on their own; the same list where there are none, so that what hangs on it holds. */
function withChildren(inline: readonly Subnet[], own: readonly Subnet[]): readonly Subnet[] {
  if (own.length === 0) return inline;
  const replaced = new Set(own.filter((child) => !child.isExisting).map((child) => child.id));
  return withoutExistingTwins([...inline.filter((subnet) => !replaced.has(subnet.id)), ...own]);
}

/** What the network says by itself. */
function readOwnNetwork(
  network: EvaluatedResource,
): Omit<VirtualNetwork, 'subnets' | 'virtualNetworkPeerings'> & { readonly inline: Collection<Subnet> } {
  const properties = network.member('properties');
  const space = readMember(properties, 'addressSpace');
  return {
    ...readResource(network, properties),
    location: readString(network.member('location')),
    addressPrefixes: withPools(readPrefixes(readMember(space, 'addressPrefixes')), space),
    inline: readCollection(readMember(properties, 'subnets'), (item) => readInlineSubnet(item, network)),
    dnsServers: readStrings(readPath(properties, 'dhcpOptions', 'dnsServers')),
    encryptionEnabled: readBoolean(readPath(properties, 'encryption', 'enabled')),
  };
}

function readInlineSubnet(item: Data, network: EvaluatedResource): Subnet | undefined {
  if (item.kind !== 'object') return undefined;
  const type = 'Microsoft.Network/virtualNetworks/subnets';
  const name = readMember(item, 'name');
  const id = name === undefined ? undefined : identityOf(childId(network.id, 'subnets', name, item.origin));
  const header = itemHeader(item);
  const properties = readMember(item, 'properties');
  return {
    type,
    apiVersion: network.declaration.apiVersion,
    name: readString(name) ?? unknown({ code: 'wrong-type', text: 'the subnet has no name' }, item.origin),
    id: (id ?? ownId(type, header)).toLowerCase(),
    header,
    body: literalObject(item),
    properties: literalObject(properties),
    isExisting: false,
    isInline: true,
    deployment: network.deployment,
    virtualNetworkId: canonicalId(network),
    ...readSubnetProperties(properties),
  };
}

function readChildSubnet(resource: EvaluatedResource): Subnet {
  const properties = resource.member('properties');
  const common = readResource(resource, properties);
  return { ...common, isInline: false, virtualNetworkId: parentOf(common.id), ...readSubnetProperties(properties) };
}

type SubnetProperties = Pick<
  Subnet,
  | 'addressPrefixes'
  | 'routeTable'
  | 'networkSecurityGroup'
  | 'natGateway'
  | 'delegations'
  | 'serviceEndpoints'
  | 'privateEndpointNetworkPolicies'
  | 'defaultOutboundAccess'
>;

function readSubnetProperties(properties: Data | undefined): SubnetProperties {
  return {
    addressPrefixes: withPools(readSubnetPrefixes(properties), properties),
    routeTable: readReference(readPath(properties, 'routeTable', 'id')),
    networkSecurityGroup: readReference(readPath(properties, 'networkSecurityGroup', 'id')),
    natGateway: readReference(readPath(properties, 'natGateway', 'id')),
    delegations: readCollection(readMember(properties, 'delegations'), readDelegation),
    serviceEndpoints: readCollection(readMember(properties, 'serviceEndpoints'), (item) =>
      readString(readMember(item, 'service')),
    ),
    privateEndpointNetworkPolicies: readString(readMember(properties, 'privateEndpointNetworkPolicies')),
    defaultOutboundAccess: readBoolean(readMember(properties, 'defaultOutboundAccess')),
  };
}

function readSubnetPrefixes(properties: Data | undefined): Collection<Value<Prefix>> {
  const single = readPrefixProperty(readMember(properties, 'addressPrefix'));
  const list = readPrefixes(readMember(properties, 'addressPrefixes'));
  if (single === undefined) return list;
  return { items: [single, ...list.items], isComplete: single.kind === 'known' && list.isComplete };
}

/** An IP address manager adds prefixes that are chosen at deployment. */
function withPools<T>(prefixes: Collection<T>, around: Data | undefined): Collection<T> {
  return readMember(around, 'ipamPoolPrefixAllocations') === undefined ? prefixes : leaveOpen(prefixes);
}

function readDelegation(item: Data): Delegation | undefined {
  if (item.kind !== 'object') return undefined;
  return {
    header: itemHeader(item),
    name: readString(readMember(item, 'name')),
    serviceName: readString(readPath(item, 'properties', 'serviceName')),
  };
}

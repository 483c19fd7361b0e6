import { groupBy } from '../../base/group.ts';
import type { Delegation, Resource, Subnet, VirtualNetwork, VirtualNetworkPeering } from '../../model/network.ts';
import { type Collection, type Property, unknown, type Value } from '../../model/value.ts';
import type { Prefix } from '../../net/prefix.ts';
import { type Data, identityOf, textOf } from '../data.ts';
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
  const resource = readResource(network, properties);
  const idText = identityOf(network.id);
  return {
    ...resource,
    location: readString(network.member('location')),
    addressPrefixes: withPools(readPrefixes(readMember(space, 'addressPrefixes')), space),
    inline: readCollection(readMember(properties, 'subnets'), (item) =>
      readInlineSubnet(item, network, resource.id, idText),
    ),
    dnsServers: readStrings(readPath(properties, 'dhcpOptions', 'dnsServers')),
    encryptionEnabled: readBoolean(readPath(properties, 'encryption', 'enabled')),
  };
}

/** `idText` is what is known of the id of the network, and `virtualNetworkId` the one that the model gives it. */
function readInlineSubnet(
  item: Data,
  network: EvaluatedResource,
  virtualNetworkId: string,
  idText: string | undefined,
): Subnet | undefined {
  if (item.kind !== 'object') return undefined;
  const type = 'Microsoft.Network/virtualNetworks/subnets';
  const name = readMember(item, 'name');
  const nameText = name === undefined ? undefined : (identityOf(name) ?? textOf(name));
  const header = itemHeader(item);
  const properties = readMember(item, 'properties');
  const isNamed = idText !== undefined && nameText !== undefined;
  const resource = {
    type,
    apiVersion: network.declaration.apiVersion,
    name: readString(name) ?? unknown({ code: 'wrong-type', text: 'the subnet has no name' }, item.origin),
    id: (isNamed ? `${idText}/subnets/${nameText}` : ownId(type, header)).toLowerCase(),
    header,
    body: literalObject(item),
    properties: literalObject(properties),
    isExisting: false,
    deployment: network.deployment,
  };
  return readSubnet(resource, true, virtualNetworkId, properties);
}

function readChildSubnet(resource: EvaluatedResource): Subnet {
  const properties = resource.member('properties');
  const common = readResource(resource, properties);
  return readSubnet(common, false, parentOf(common.id), properties);
}

function readSubnet(
  resource: Resource,
  isInline: boolean,
  virtualNetworkId: string,
  properties: Data | undefined,
): Subnet {
  const { type, apiVersion, name, id, header, body, isExisting, deployment } = resource;
  // Spelled out: there may be thousands, and an object that begins with a spread takes several times the memory.
  return {
    type,
    apiVersion,
    name,
    id,
    header,
    body,
    properties: resource.properties,
    isExisting,
    deployment,
    isInline,
    virtualNetworkId,
    addressPrefixes: withPools(readSubnetPrefixes(properties), properties),
    routeTable: readReference(readPath(properties, 'routeTable', 'id')),
    networkSecurityGroup: readReference(readPath(properties, 'networkSecurityGroup', 'id')),
    natGateway: readReference(readPath(properties, 'natGateway', 'id')),
    delegations: readCollection(readMember(properties, 'delegations'), readDelegation),
    serviceEndpoints: readCollection(readMember(properties, 'serviceEndpoints'), readServiceEndpoint),
    privateEndpointNetworkPolicies: readString(readMember(properties, 'privateEndpointNetworkPolicies')),
    defaultOutboundAccess: readBoolean(readMember(properties, 'defaultOutboundAccess')),
  };
}

function readServiceEndpoint(item: Data): Property<string> {
  return readString(readMember(item, 'service'));
}

function readSubnetPrefixes(properties: Data | undefined): Collection<Value<Prefix>> {
  const single = readPrefixProperty(readMember(properties, 'addressPrefix'));
  const list = readPrefixes(readMember(properties, 'addressPrefixes'));
  if (single === undefined) return list;
  const items = list.items.length === 0 ? [single] : [single, ...list.items];
  return { items, isComplete: single.kind === 'known' && list.isComplete };
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

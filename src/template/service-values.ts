import { findProperty } from './access.ts';
import { type Data, identityOf, type ObjectData, unknownData } from './data.ts';
import { PropertyList } from './properties.ts';
import { childId } from './resource-ids.ts';

/** The key of something that the service sets of a resource; {@link serviceOwner} reads the id of it back. */
export function serviceKey(id: Data, member: string): string | undefined {
  const text = id.kind === 'unknown' ? undefined : identityOf(id);
  return text === undefined ? undefined : `⟦${text.toLowerCase()}⟧.${member}`;
}

/**
 * The id of the resource that a value not known before deployment is read from: its address, its principal. In the form
 * of {@link plainKey}.
 */
export function serviceOwner(data: Data): string | undefined {
  if (data.kind !== 'unknown' || data.key === undefined) return undefined;
  const key = plainKey(data.key);
  // `reference()` of a resource that the template does not declare has its id for an argument.
  const id = /^\{*⟦([^⟦⟧]*)⟧/.exec(key)?.[1] ?? /^\{*reference\("?([^,"]*)"?[,)]/i.exec(key)?.[1];
  if (id === undefined || !id.includes('/providers/')) return undefined;
  return id.split('{').length === id.split('}').length ? id.toLowerCase() : undefined;
}

/** A key or id without the signs that keep the holes in it apart; ids are compared in this form with those in keys. */
export function plainKey(text: string): string {
  return text.replaceAll('‹', '{').replaceAll('›', '}').replaceAll('∕', '/');
}

/** The properties of a resource with what the service is known to add, such as ids and addresses. */
export function withServiceValues(type: string, properties: ObjectData, id: Data): ObjectData {
  switch (type.toLowerCase()) {
    case 'microsoft.network/virtualnetworks':
      return withItems(properties, 'subnets', (item) => withSubnetId(item, id));
    case 'microsoft.network/azurefirewalls':
      return withItems(properties, 'ipConfigurations', (item) => withPrivateAddress(item, id));
    default:
      return properties;
  }
}

/** `vnet.properties.subnets[0].id` is known as soon as the name of the subnet is. */
function withSubnetId(subnet: ObjectData, networkId: Data): ObjectData {
  const name = findProperty(subnet, 'name')?.value;
  return name === undefined ? subnet : withProperty(subnet, 'id', childId(networkId, 'subnets', name, subnet.origin));
}

/** The address of a firewall is not known, but which firewall it belongs to is. */
function withPrivateAddress(configuration: ObjectData, firewallId: Data): ObjectData {
  const inner = findProperty(configuration, 'properties')?.value;
  if (inner?.kind !== 'object' || findProperty(inner, 'privateIPAddress') !== undefined) return configuration;
  const text = 'the address of the firewall is chosen at deployment';
  const key = serviceKey(firewallId, 'privateIPAddress');
  const address = unknownData('deploy-time', text, inner.origin, key);
  return withProperty(configuration, 'properties', withProperty(inner, 'privateIPAddress', address));
}

function withItems(properties: ObjectData, name: string, change: (item: ObjectData) => ObjectData): ObjectData {
  const list = findProperty(properties, name);
  if (list?.value.kind !== 'array') return properties;
  const items = list.value.items.map((item) => (item.kind === 'object' ? change(item) : item));
  return withProperty(properties, list.key, { ...list.value, items });
}

function withProperty(object: ObjectData, key: string, value: Data): ObjectData {
  const properties = new PropertyList([...object.properties]);
  properties.set({ key, keyLocation: undefined, value });
  return { ...object, properties };
}

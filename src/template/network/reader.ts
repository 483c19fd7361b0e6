import type { Location } from '../../base/span.ts';
import type { ResourceReference, Section } from '../../model/network.ts';
import { type Collection, known, type Property, unknown, type Value } from '../../model/value.ts';
import { type Prefix, readPrefix } from '../../net/prefix.ts';
import { findProperty } from '../access.ts';
import { type Data, identityOf, unknownData } from '../data.ts';
import { firstUnknown } from '../first-unknown.ts';

/**
 * A member of an object: undefined where it is proven not to be set (`null` counts as not set, as in Resource Manager),
 * unknown where the object is not fully known.
 */
export function readMember(data: Data | undefined, name: string): Data | undefined {
  if (data === undefined || data.kind === 'null') return undefined;
  if (data.kind !== 'object') {
    if (data.kind === 'unknown') return data;
    return unknownData('wrong-type', `an object is expected around "${name}"`, data.origin);
  }
  const property = findProperty(data, name);
  if (property !== undefined) return property.value.kind === 'null' ? undefined : property.value;
  if (!data.isOpen) return undefined;
  return unknownData('unsupported', `it may be set by a part of the object that is not known`, data.origin);
}

/** Follows a path of members. */
export function readPath(data: Data | undefined, ...path: readonly string[]): Data | undefined {
  let at = data;
  for (const name of path) at = readMember(at, name);
  return at;
}

export function readString(data: Data | undefined): Property<string> {
  return readValue(data, 'a text', (value) => (value.kind === 'string' ? value.value : undefined));
}

/** An integer; Resource Manager also takes one written as a string. */
export function readNumber(data: Data | undefined): Property<number> {
  return readValue(data, 'a number', (value) => {
    if (value.kind === 'number') return value.value;
    return value.kind === 'string' && /^-?\d{1,15}$/.test(value.value) ? Number(value.value) : undefined;
  });
}

/** A Boolean; Resource Manager also takes one written as a string. */
export function readBoolean(data: Data | undefined): Property<boolean> {
  return readValue(data, 'true or false', (value) => {
    if (value.kind === 'boolean') return value.value;
    const text = value.kind === 'string' ? value.value.toLowerCase() : undefined;
    return text === 'true' ? true : text === 'false' ? false : undefined;
  });
}

/** An address prefix. An empty string counts as not set, as the services treat it. */
export function readPrefixProperty(data: Data | undefined): Property<Prefix> {
  if (data?.kind === 'string' && data.value === '') return undefined;
  return readValue(data, 'an address prefix', (value) =>
    value.kind === 'string' ? readPrefix(value.value) : undefined,
  );
}

/** A resource named by its id; also known where parts of the id are known only at deployment. */
export function readReference(data: Data | undefined): Property<ResourceReference> {
  if (data === undefined || data.kind === 'null' || (data.kind === 'string' && data.value === '')) return undefined;
  const id = data.kind === 'unknown' ? undefined : identityOf(data);
  if (id !== undefined) return known({ id: id.toLowerCase() }, data.origin);
  return unknownOf(data, 'a resource id');
}

const nothing: Collection<never> = { items: [], isComplete: true };

/** A list; `readItem` may leave items out by returning undefined. A list that is not set is complete and empty. */
export function readCollection<T>(data: Data | undefined, readItem: (item: Data) => T | undefined): Collection<T> {
  if (data === undefined || data.kind === 'null') return nothing;
  if (data.kind !== 'array') return { items: [], isComplete: false, origin: data.origin };
  let isComplete = !data.isOpen;
  const read = data.items.map((item) => {
    const found = readItem(item);
    if (found === undefined && item.kind !== 'null') isComplete = false;
    return found;
  });
  const items = withoutUndefined(read);
  return data.isLiteral ? { items, isComplete, origin: data.origin } : { items, isComplete };
}

/** The list itself where nothing is missing: lists that are built up take several times the room. */
function withoutUndefined<T>(list: readonly (T | undefined)[]): readonly T[] {
  const isWhole = (items: readonly (T | undefined)[]): items is readonly T[] => !items.includes(undefined);
  return isWhole(list) ? list : list.filter((item) => item !== undefined);
}

/** An object that groups properties; `header` stands for it where it is not set. */
export function readSection(data: Data | undefined, header: Location): Section {
  if (data === undefined || data.kind === 'null')
    return { presence: 'absent', body: undefined, origin: { at: header } };
  return { presence: data.kind === 'object' ? 'set' : 'unknown', body: literalObject(data), origin: data.origin };
}

/** A text that may also be written as a number: a port, a zone, a surge. */
export function readText(data: Data | undefined): Property<string> {
  return readValue(data, 'a text', (value) =>
    value.kind === 'string' ? value.value : value.kind === 'number' ? String(value.value) : undefined,
  );
}

export function readTexts(data: Data | undefined): Collection<Value<string>> {
  return readCollection(data, readText);
}

/** A list of `{ id }`. */
export function readReferences(data: Data | undefined): Collection<Value<ResourceReference>> {
  return readCollection(data, (item) => readReference(readMember(item, 'id')));
}

/** What `path` leads to in each item of a list: the subnets of IP configurations. */
export function readInnerReferences(
  data: Data | undefined,
  ...path: readonly string[]
): Collection<Value<ResourceReference>> {
  return readCollection(data, (item) => readReference(readPath(item, ...path)));
}

/** A property in the singular and the list in the plural, as one list. */
export function joinSingle<T>(single: Property<T>, list: Collection<Value<T>>): Collection<Value<T>> {
  return single === undefined ? list : { ...list, items: [single, ...list.items] };
}

/** A list that something else may add to. */
export function leaveOpen<T>(list: Collection<T>): Collection<T> {
  return { ...list, isComplete: false };
}

/** The place to underline for an item of a list: its name, or else the item. */
export function itemHeader(item: Data): Location {
  const name = readMember(item, 'name');
  return name?.origin.from ?? name?.origin.at ?? item.origin.at;
}

export function readStrings(data: Data | undefined): Collection<Value<string>> {
  return readCollection(data, readString);
}

export function readPrefixes(data: Data | undefined): Collection<Value<Prefix>> {
  return readCollection(data, readPrefixProperty);
}

/** The object literal behind a datum, for fixes that add to it; undefined where none is written. */
export function literalObject(data: Data | undefined): Location | undefined {
  return data?.kind === 'object' && data.isLiteral ? (data.origin.from ?? data.origin.at) : undefined;
}

/** One collection out of several. */
export function joinCollections<T>(...parts: readonly Collection<T>[]): Collection<T> {
  const origin = parts.find((part) => part.origin !== undefined)?.origin;
  const joined = { items: parts.flatMap((part) => part.items), isComplete: parts.every((part) => part.isComplete) };
  return origin === undefined ? joined : { ...joined, origin };
}

function readValue<T>(data: Data | undefined, expected: string, read: (data: Data) => T | undefined): Property<T> {
  if (data === undefined || data.kind === 'null') return undefined;
  const value = read(data);
  return value === undefined ? unknownOf(data, expected) : known(value, data.origin);
}

function unknownOf(data: Data, expected: string): Value<never> {
  const cause = firstUnknown(data);
  const reason = cause?.reason ?? ({ code: 'wrong-type', text: `${expected} is expected here` } as const);
  return unknown(reason, data.origin);
}

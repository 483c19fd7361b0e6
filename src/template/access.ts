import type { Origin } from '../model/value.ts';
import { type Data, keyOf, nullData, type ObjectData, type ResourceHandle, seenFrom, unknownData } from './data.ts';
import type { AccessExpression, Expression } from './expression.ts';
import type { PropertyData } from './properties.ts';

/** `base[key]` in all its forms. A property is found by its exact name first, then without regard to case. */
export function accessMember(base: Data, key: Data, access: AccessExpression, origin: Origin): Data {
  if (base.kind === 'null' && access.isSafe) return nullData(origin);
  if (base.kind === 'resource') return resourceMember(base.handle, key, access.isSafe, origin);
  if (base.kind === 'object' && key.kind === 'string') return objectMember(base, key.value, access.isSafe, origin);
  if (base.kind === 'array' && key.kind === 'number') {
    // Items that are not known may stand anywhere, so no position of an open array is certain.
    if (base.isOpen) return unknownData('unsupported', 'not all items of the array are known', origin);
    const item = base.items[access.isFromEnd ? base.items.length - key.value : key.value];
    if (item !== undefined) return seenFrom(item, origin);
    return access.isSafe
      ? nullData(origin)
      : unknownData('wrong-type', `the array has no item ${key.value}, only ${base.items.length}`, origin);
  }
  return unknownMember(base, key, origin);
}

/** Whether a link of the chain up to here is safe: then null ends the whole chain, as in `a.?b.c.d`. */
export function isInSafeChain(access: AccessExpression): boolean {
  for (let link: Expression = access; link.kind === 'access'; link = link.base) {
    if (link.isSafe) return true;
  }
  return false;
}

/** Finds a property by its exact name, or else by the only one that differs in case alone. */
export function findProperty(object: ObjectData, name: string): PropertyData | undefined {
  const exact = object.properties.get(name);
  if (exact !== undefined) return exact;
  const lower = name.toLowerCase();
  for (const property of object.properties.list) {
    if (property.key.length === name.length && property.key.toLowerCase() === lower) return property;
  }
  return undefined;
}

function objectMember(base: ObjectData, name: string, isSafe: boolean, origin: Origin): Data {
  const property = findProperty(base, name);
  if (property !== undefined) return seenFrom(property.value, origin);
  if (base.isOpen) {
    return unknownData(
      'unsupported',
      `not all properties of the object are known, "${name}" is among the others`,
      origin,
    );
  }
  return isSafe ? nullData(origin) : unknownData('wrong-type', `the object has no property "${name}"`, origin);
}

function resourceMember(handle: ResourceHandle, key: Data, isSafe: boolean, origin: Origin): Data {
  if (key.kind === 'string') {
    return (
      (isSafe ? withoutDeployment(handle, origin) : undefined) ?? seenFrom(handle.member(key.value, origin), origin)
    );
  }
  const round = key.kind === 'number' ? handle.round(key.value) : undefined;
  if (round !== undefined) return { kind: 'resource', handle: round, origin };
  return unknownData('unsupported', 'the round of the loop is not known', origin);
}

/** What safe access gives where a resource is not deployed, or may not be; undefined where it is. */
function withoutDeployment({ condition }: ResourceHandle, origin: Origin): Data | undefined {
  const isDeployed = condition?.();
  if (isDeployed === undefined) return undefined;
  if (isDeployed.kind === 'boolean') return isDeployed.value ? undefined : nullData(origin);
  return unknownData('unknown-condition', 'the condition of what it is read from is not known', origin);
}

function unknownMember(base: Data, key: Data, origin: Origin): Data {
  const [baseKey, memberKey] = [keyOf(base), keyOf(key)];
  const path = baseKey === undefined || memberKey === undefined ? undefined : `${baseKey}[${memberKey}]`;
  for (const part of [base, key]) {
    if (part.kind === 'unknown') return unknownData(part.reason.code, part.reason.text, origin, path);
  }
  return unknownData('wrong-type', 'this value has no such member', origin, path);
}

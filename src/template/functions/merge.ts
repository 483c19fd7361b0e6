import { type Data, type ObjectData, objectData, type UnknownData, unknownData } from '../data.ts';
import { firstUnknown } from '../first-unknown.ts';
import { type PropertyData, PropertyList } from '../properties.ts';
import { asItIs, type Transformation, transformData } from '../transform.ts';
import { isOpaque } from './arguments.ts';
import type { CallContext } from './library.ts';

/**
 * `union` (deep) or `shallowMerge` of objects: later properties win, and in a deep merge objects under the same name
 * are merged. Names are matched without regard to case, as the service reads them. What a later argument may have
 * replaced is unknown.
 */
export function mergeObjects(args: readonly Data[], context: CallContext, isDeep: boolean): Data {
  let result: ObjectData = objectData(new PropertyList(), context.origin);
  for (const arg of args) {
    if (isOpaque(arg)) result = coveredBy(arg, result);
    else if (arg.kind === 'object') result = mergeTwo(result, arg, isDeep, { context, merged: new Map() });
    else return context.unknown('wrong-type', `${context.call.name}() mixes objects with other values`);
  }
  return result;
}

/** `intersection` of objects: the properties that all of them have with equal values. */
export function intersectObjects(args: readonly Data[], context: CallContext): Data {
  const objects: ObjectData[] = [];
  let isOpen = false;
  for (const arg of args) {
    if (arg.kind === 'object') objects.push(arg);
    else if (isOpaque(arg)) isOpen = true;
    else return context.unknown('wrong-type', 'intersection() mixes objects with other values');
  }
  const [first, ...rest] = objects;
  if (first === undefined || isOpen) return objectData(new PropertyList(), context.origin, true);
  isOpen = first.isOpen;
  const others = rest.map((object) => ({ object, byName: indexByName(object) }));
  const shared = new PropertyList();
  for (const property of first.properties) {
    const verdicts = others.map(({ object, byName }) => {
      const other = byName.get(property.key.toLowerCase());
      if (other === undefined) return object.isOpen ? undefined : false;
      return context.equals(property.value, other.value);
    });
    if (verdicts.includes(false)) continue;
    if (verdicts.includes(undefined)) isOpen = true;
    else shared.set(property);
  }
  return objectData(shared, context.origin, isOpen);
}

/** The object after something that is not known was merged over it: every value may have been replaced. */
function coveredBy(cover: Data, object: ObjectData): ObjectData {
  const properties = new PropertyList();
  for (const property of object.properties) {
    properties.set({ ...property, value: maybeReplaced(property.value, cover) });
  }
  return objectData(properties, object.origin, true);
}

/** What a new object costs, in parts that are only looked at. */
const partsOfMerge = 5;

/** One merge. `merged`: what two objects give, by their properties, as values may name the same object many times. */
interface Merge {
  readonly context: CallContext;
  readonly merged: Map<ObjectData['properties'], Map<ObjectData['properties'], ObjectData>>;
}

function mergeTwo(base: ObjectData, over: ObjectData, isDeep: boolean, merge: Merge): ObjectData {
  const { merged } = merge;
  const known = merged.get(base.properties)?.get(over.properties);
  if (known !== undefined) return { ...known, origin: base.origin };
  if (!merge.context.work.takeParts(partsOfMerge)) return objectData(new PropertyList(), base.origin, true);
  const properties = new PropertyList([...base.properties]);
  const baseByName = indexByName(base);
  const overByName = indexByName(over);
  if (over.isOpen) {
    for (const property of base.properties) {
      if (!overByName.has(property.key.toLowerCase()))
        properties.set({ ...property, value: maybeReplaced(property.value, over) });
    }
  }
  for (const property of over.properties) {
    const known = baseByName.get(property.key.toLowerCase());
    if (known === undefined) {
      // What is missing from the base may be an object there, of which more than these properties would stay.
      const isMerged = isDeep && base.isOpen && property.value.kind === 'object';
      properties.set(isMerged ? { ...property, value: opened(property.value) } : property);
    } else {
      const value = isDeep ? mergeValues(known.value, property.value, merge) : property.value;
      properties.set({ ...property, key: known.key, value });
    }
  }
  const result = objectData(properties, base.origin, base.isOpen || over.isOpen);
  merged.set(base.properties, (merged.get(base.properties) ?? new Map()).set(over.properties, result));
  return result;
}

function mergeValues(base: Data, over: Data, merge: Merge): Data {
  if (base.kind === 'object' && over.kind === 'object') {
    return mergeTwo({ ...base, origin: over.origin }, over, true, merge);
  }
  if (isOpaque(base) && over.kind === 'object') return opened(over);
  return over;
}

/** An object of which more may be there, at every level, as after a deep merge over something unknown. */
function opened(data: Data): Data {
  return data.kind === 'object' ? transformData(data, opening) : data;
}

const opening: Transformation = {
  ...asItIs,
  object: ({ origin }, properties) => objectData(properties, origin, true),
};

/** A value that may have been replaced: where it stands stays, what it is does not. */
function maybeReplaced(value: Data, cover: Data): UnknownData {
  const cause = firstUnknown(cover);
  const because = cause === undefined ? '' : `: ${cause.reason.text}`;
  return unknownData('unsupported', `another object that is not fully known may replace it${because}`, value.origin);
}

function indexByName(object: ObjectData): Map<string, PropertyData> {
  const index = new Map<string, PropertyData>();
  for (const property of object.properties) index.set(property.key.toLowerCase(), property);
  return index;
}

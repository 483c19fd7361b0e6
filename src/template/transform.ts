import type { ArrayData, Data, ObjectData } from './data.ts';
import { type Properties, PropertyList } from './properties.ts';

/** What happens to each part of a datum; lists and objects are given what has become of their parts. */
export interface Transformation {
  scalar(data: Exclude<Data, ArrayData | ObjectData>): Data;
  array(data: ArrayData, items: readonly Data[]): Data;
  object(data: ObjectData, properties: Properties): Data;
}

/** Changes nothing by itself: what a transformation starts from that changes only some kinds of parts. */
export const asItIs: Transformation = {
  scalar: (data) => data,
  array: (data, items) => (items === data.items ? data : { ...data, items }),
  object: (data, properties) => (properties === data.properties ? data : { ...data, properties }),
};

/**
 * A datum with a change applied to it and to everything inside it, inner parts first. Parts that a value names several
 * times are changed once, so the cost follows what is written, not what it would be written out. What does not change
 * is not copied.
 */
export function transformData(data: Data, change: Transformation): Data {
  return transform(data, change, new Map());
}

/** `done` is keyed by the items or properties that values share. */
function transform(data: Data, change: Transformation, done: Map<unknown, unknown>): Data {
  if (data.kind === 'array') {
    const known = done.get(data.items) as readonly Data[] | undefined;
    const items = known ?? transformItems(data.items, change, done);
    if (known === undefined) done.set(data.items, items);
    return change.array(data, items);
  }
  if (data.kind === 'object') {
    const known = done.get(data.properties) as Properties | undefined;
    const properties = known ?? transformProperties(data.properties, change, done);
    if (known === undefined) done.set(data.properties, properties);
    return change.object(data, properties);
  }
  return change.scalar(data);
}

function transformItems(items: readonly Data[], change: Transformation, done: Map<unknown, unknown>): readonly Data[] {
  let isSame = true;
  const changed = items.map((item) => {
    const value = transform(item, change, done);
    isSame &&= value === item;
    return value;
  });
  return isSame ? items : changed;
}

function transformProperties(properties: Properties, change: Transformation, done: Map<unknown, unknown>): Properties {
  let isSame = true;
  const changed = properties.list.map((property) => {
    const value = transform(property.value, change, done);
    if (value === property.value) return property;
    isSame = false;
    return { key: property.key, keyLocation: property.keyLocation, value };
  });
  return isSame ? properties : new PropertyList(changed);
}

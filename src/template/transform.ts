import type { Data } from './data.ts';
import { PropertyList } from './properties.ts';

/**
 * A datum with `change` applied to it and to everything inside it, inner parts first. Parts that a value names several
 * times are changed once, so the cost follows what is written, not what it would be written out. What does not change is not copied.
 */
export function transformData(data: Data, change: (data: Data) => Data): Data {
  return transform(data, change, new Map());
}

/** `done` is keyed by the items or properties that values share. */
function transform(data: Data, change: (data: Data) => Data, done: Map<unknown, unknown>): Data {
  if (data.kind === 'array') {
    const items = once(done, data.items, () => {
      const changed = data.items.map((item) => transform(item, change, done));
      return changed.every((item, index) => item === data.items[index]) ? data.items : changed;
    });
    return change(items === data.items ? data : { ...data, items });
  }
  if (data.kind === 'object') {
    const properties = once(done, data.properties, () => {
      const { list } = data.properties;
      const changed = list.map((property) => {
        const { key, keyLocation } = property;
        const value = transform(property.value, change, done);
        return value === property.value ? property : { key, keyLocation, value };
      });
      const isSame = changed.every((property, index) => property === list[index]);
      return isSame ? data.properties : new PropertyList(changed);
    });
    return change(properties === data.properties ? data : { ...data, properties });
  }
  return change(data);
}

function once<T>(done: Map<unknown, unknown>, shared: unknown, compute: () => T): T {
  if (!done.has(shared)) done.set(shared, compute());
  return done.get(shared) as T;
}

import type { Data, PropertyData } from './data.ts';

/**
 * A datum with `change` applied to it and to everything inside it, inner parts first. Parts that a value names several
 * times are changed once, so the cost follows what is written, not what it would be written out.
 */
export function transformData(data: Data, change: (data: Data) => Data): Data {
  return transform(data, change, new Map());
}

/** `done` is keyed by the items or properties that values share. */
function transform(data: Data, change: (data: Data) => Data, done: Map<unknown, unknown>): Data {
  if (data.kind === 'array') {
    const items = once(done, data.items, () => data.items.map((item) => transform(item, change, done)));
    return change({ ...data, items });
  }
  if (data.kind === 'object') {
    const properties = once(done, data.properties, () => {
      const changed = new Map<string, PropertyData>();
      for (const [key, property] of data.properties) {
        changed.set(key, { ...property, value: transform(property.value, change, done) });
      }
      return changed;
    });
    return change({ ...data, properties });
  }
  return change(data);
}

function once<T>(done: Map<unknown, unknown>, shared: unknown, compute: () => T): T {
  if (!done.has(shared)) done.set(shared, compute());
  return done.get(shared) as T;
}

import type { Origin } from '../model/value.ts';
import type { Data, PropertyData } from './data.ts';

/** Marks everything in a parameter's default as resting on it: a deployment may pass another value. */
export function restingOnDefault(data: Data, parameter: string): Data {
  return mark(data, parameter, new Map());
}

/** Values that a default names several times are marked once; `done` is keyed by the items or properties they share. */
function mark(data: Data, parameter: string, done: Map<unknown, unknown>): Data {
  const origin: Origin = { ...data.origin, parameterDefault: parameter };
  if (data.kind === 'array') {
    const items = once(done, data.items, () => data.items.map((item) => mark(item, parameter, done)));
    return { ...data, origin, items };
  }
  if (data.kind === 'object') {
    const properties = once(done, data.properties, () => {
      const marked = new Map<string, PropertyData>();
      for (const [key, property] of data.properties) {
        marked.set(key, { ...property, value: mark(property.value, parameter, done) });
      }
      return marked;
    });
    return { ...data, origin, properties };
  }
  return { ...data, origin };
}

function once<T>(done: Map<unknown, unknown>, shared: unknown, compute: () => T): T {
  if (!done.has(shared)) done.set(shared, compute());
  return done.get(shared) as T;
}

import type { Origin } from '../model/value.ts';
import { type Data, withOrigin } from './data.ts';
import { transformData } from './transform.ts';

/** Marks everything in a parameter's default as resting on it: a deployment may pass another value. */
export function restingOnDefault(data: Data, parameter: string): Data {
  const originOf = (part: Data): Origin => ({ ...part.origin, parameterDefault: parameter });
  return transformData(data, {
    scalar: (part) => withOrigin(part, originOf(part)),
    array: (part, items) => ({ ...part, items, origin: originOf(part) }),
    object: (part, properties) => ({ ...part, properties, origin: originOf(part) }),
  });
}

/** What was computed from other values, resting on the same default as the first of them that rests on one. */
export function restingOnSame(data: Data, sources: readonly (Data | string)[]): Data {
  if (data.origin.parameterDefault !== undefined) return data;
  for (const source of sources) {
    if (typeof source === 'string') continue;
    const { parameterDefault } = source.origin;
    if (parameterDefault !== undefined) return withOrigin(data, { ...data.origin, parameterDefault });
  }
  return data;
}

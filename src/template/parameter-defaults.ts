import type { Data } from './data.ts';
import { transformData } from './transform.ts';

/** Marks everything in a parameter's default as resting on it: a deployment may pass another value. */
export function restingOnDefault(data: Data, parameter: string): Data {
  return transformData(data, (part) => ({ ...part, origin: { ...part.origin, parameterDefault: parameter } }));
}

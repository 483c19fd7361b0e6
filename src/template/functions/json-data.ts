import type { Origin } from '../../model/value.ts';
import { arrayData, booleanData, type Data, nullData, numberData, objectFromEntries, stringData } from '../data.ts';
import { isShallow } from './json-text.ts';
import type { CallContext } from './library.ts';

/** The value that a JSON text holds. */
export function readJson(text: string, context: CallContext): Data {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return context.unknown('invalid-argument', 'the text is not JSON');
  }
  if (!isShallow(value)) return context.unknown('too-large', 'the text is nested too deeply');
  return fromPlain(value, context.origin);
}

function fromPlain(value: unknown, origin: Origin): Data {
  if (typeof value === 'string') return stringData(value, origin);
  if (typeof value === 'number') return numberData(value, origin);
  if (typeof value === 'boolean') return booleanData(value, origin);
  if (Array.isArray(value)) {
    const items = value.map((item) => fromPlain(item, origin));
    return arrayData(items, origin);
  }
  if (typeof value !== 'object' || value === null) return nullData(origin);
  return objectFromEntries(
    Object.entries(value).map(([key, inner]) => [key, fromPlain(inner, origin)] as const),
    origin,
  );
}

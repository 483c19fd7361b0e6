import { type Data, type UnknownData, unknownData } from './data.ts';

/** The first unknown inside a datum that keeps it from being fully known, or undefined when all of it is known. */
export function firstUnknown(data: Data): UnknownData | undefined {
  return searchUnknown(data, new Set());
}

/** `searched` holds the items and properties that were searched already: values may share them many times over. */
function searchUnknown(data: Data, searched: Set<unknown>): UnknownData | undefined {
  switch (data.kind) {
    case 'unknown':
      return data;
    case 'partial':
      return data.parts.find((part): part is UnknownData => typeof part !== 'string');
    case 'array':
    case 'object': {
      const inner = data.kind === 'array' ? data.items : data.properties;
      if (!searched.has(inner)) {
        searched.add(inner);
        const values = data.kind === 'array' ? data.items : data.properties.list.map(({ value }) => value);
        for (const value of values) {
          const found = searchUnknown(value, searched);
          if (found !== undefined) return found;
        }
      }
      const what = data.kind === 'array' ? 'items of the array' : 'properties of the object';
      return data.isOpen ? unknownData('unsupported', `not all ${what} are known`, data.origin) : undefined;
    }
    case 'resource':
    case 'lambda':
      return unknownData('unsupported', 'a resource or lambda is not a value', data.origin);
    default:
      return undefined;
  }
}

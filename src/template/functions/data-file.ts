import { arrayData, booleanData, type Data, nullData, numberData, objectData, unknownData } from '../data.ts';
import type { DataFile } from '../evaluation.ts';
import type { Expression } from '../expression.ts';
import { PropertyList } from '../properties.ts';
import { literalString } from '../tokens.ts';
import type { CallContext } from './library.ts';

/** What a file of plain values holds, each value with its place in that file. */
export function readDataFile({ uri, value }: DataFile, context: CallContext, language: 'JSON' | 'YAML'): Data {
  if (value === undefined) return context.unknown('invalid-argument', `the file cannot be read as ${language}`);
  const { via } = context.origin;
  const read = (expression: Expression): Data => {
    const at = { uri, span: expression.span };
    const origin = via === undefined ? { at, from: at } : { at, from: at, via };
    switch (expression.kind) {
      case 'literal':
        if (typeof expression.value === 'string') return literalString(expression.value, origin);
        if (typeof expression.value === 'number') return numberData(expression.value, origin);
        return expression.value === null ? nullData(origin) : booleanData(expression.value, origin);
      case 'array': {
        const items = expression.items.map((item) => read(item.kind === 'spread' ? item.value : item));
        return { ...arrayData(items, origin), isLiteral: true };
      }
      case 'object': {
        const properties = new PropertyList();
        const isOpen = expression.properties.some(({ kind }) => kind === 'spread');
        for (const property of expression.properties) {
          if (property.kind === 'spread' || typeof property.key !== 'string') continue;
          properties.set({ key: property.key, keyLocation: undefined, value: read(property.value) });
        }
        return { ...objectData(properties, origin, isOpen), isLiteral: !isOpen };
      }
      default:
        return unknownData('syntax-error', 'the file has a syntax error', origin);
    }
  };
  return read(value);
}

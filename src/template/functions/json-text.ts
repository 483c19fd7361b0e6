import { type Data, textOf } from '../data.ts';
import { maxTextLength } from './arguments.ts';

/** The deepest nesting that is written or read as JSON. */
const maxDepth = 100;

/**
 * The JSON text of a fully known datum, without blanks, as the service writes it; undefined when a part is unknown or
 * the text is longer than evaluation keeps.
 */
export function jsonText(data: Data): string | undefined {
  const pieces: string[] = [];
  let length = 0;
  const put = (text: string): boolean => {
    pieces.push(text);
    length += text.length;
    return length <= maxTextLength;
  };
  const write = (value: Data, depth: number): boolean => {
    if (depth > maxDepth) return false;
    switch (value.kind) {
      case 'string':
        return put(JSON.stringify(value.value));
      case 'number':
      case 'boolean':
        return put(String(value.value));
      case 'null':
        return put('null');
      case 'array':
        return (
          !value.isOpen &&
          put('[') &&
          value.items.every((item, index) => (index === 0 || put(',')) && write(item, depth + 1)) &&
          put(']')
        );
      case 'object':
        return (
          !value.isOpen &&
          put('{') &&
          value.properties.list.every(
            ({ key, value: inner }, index) =>
              put(`${index === 0 ? '' : ','}${JSON.stringify(key)}:`) && write(inner, depth + 1),
          ) &&
          put('}')
        );
      default:
        return false;
    }
  };
  return write(data, 0) ? pieces.join('') : undefined;
}

/** The text of a known value inside a string: scalars as they are, arrays and objects as JSON. */
export function displayText(data: Data): string | undefined {
  return data.kind === 'array' || data.kind === 'object' ? jsonText(data) : textOf(data);
}

/** Whether a value read from JSON is nested no deeper than evaluation follows. */
export function isShallow(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth < maxDepth && Object.values(value).every((inner) => isShallow(inner, depth + 1));
}

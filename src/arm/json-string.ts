/** The characters of a JSON string literal, and where each of them is written. */
export interface DecodedString {
  readonly value: string;
  /** For each character of `value` the offset where it begins in the document, and one more for the end. */
  readonly offsets: readonly number[];
}

/**
 * Reads the content of a string literal (without its quotes) as Resource Manager does: with escapes, and raw line
 * breaks and tabs as they are. A malformed escape counts as its characters.
 */
export function decodeString(text: string, start: number, end: number): DecodedString {
  let value = '';
  const offsets: number[] = [];
  let i = start;
  while (i < end) {
    offsets.push(i);
    const code = text.charCodeAt(i);
    if (code !== 92) {
      value += text.charAt(i++);
      continue;
    }
    const sign = text.charAt(i + 1);
    const plain = escapes.get(sign);
    const digits = sign === 'u' ? text.slice(i + 2, i + 6) : '';
    if (plain !== undefined && i + 2 <= end) {
      value += plain;
      i += 2;
    } else if (/^[0-9a-f]{4}$/i.test(digits) && i + 6 <= end) {
      value += String.fromCharCode(Number.parseInt(digits, 16));
      i += 6;
    } else {
      value += '\\';
      i++;
    }
  }
  offsets.push(end);
  return { value, offsets };
}

/** The text as the content of a JSON string literal, without quotes. */
export function encodeString(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

/** The first escape in the content of a string literal that JSON does not know, as `[start, end)`. */
export function findBadEscape(text: string, start: number, end: number): { start: number; end: number } | undefined {
  for (let i = start; i < end; i++) {
    if (text.charCodeAt(i) !== 92) continue;
    const sign = text.charAt(i + 1);
    if (sign === 'u') {
      const digits = /^[0-9a-f]{0,4}/i.exec(text.slice(i + 2, Math.min(i + 6, end)))?.[0].length ?? 0;
      if (digits < 4) return { start: i, end: i + 2 + digits };
    } else if (!escapes.has(sign)) {
      return { start: i, end: Math.min(i + 2, end) };
    }
    i++;
  }
  return undefined;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

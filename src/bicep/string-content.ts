import type { Span } from '../base/span.ts';

/** How a string is written: `'...'` with escapes, or `'''...'''` and `$'''...'''` without any. */
export interface StringForm {
  readonly isRaw: boolean;
  /** Length of what opens the string: its dollar signs and quotes. */
  readonly openLength: number;
  /** Length of what closes it. */
  readonly closeLength: number;
  /** Dollar signs that open a hole. */
  readonly dollars: number;
}

const SINGLE_LINE: StringForm = { isRaw: false, openLength: 1, closeLength: 1, dollars: 1 };
const MULTILINE: StringForm = { isRaw: true, openLength: 3, closeLength: 3, dollars: 0 };

/** The form of the string token that begins at `start`. */
export function stringForm(text: string, start: number): StringForm {
  if (text.charCodeAt(start) === 39) return text.startsWith("'''", start) ? MULTILINE : SINGLE_LINE;
  let dollars = 0;
  while (text.charCodeAt(start + dollars) === 36) dollars++;
  return { isRaw: true, openLength: dollars + 3, closeLength: 3, dollars };
}

/** The content that begins at `start`, behind the one line break that a multi-line string may open with. */
export function firstContent(text: string, start: number, end: number, form: StringForm): Span {
  if (!form.isRaw || start >= end) return { start, end };
  if (text.charCodeAt(start) === 10) return { start: start + 1, end };
  if (text.charCodeAt(start) === 13 && text.charCodeAt(start + 1) === 10) return { start: start + 2, end };
  return { start, end };
}

/** The text that the content between `start` and `end` stands for. */
export function contentValue(text: string, start: number, end: number, form: StringForm): string {
  const raw = text.slice(start, end);
  return form.isRaw || !raw.includes('\\') ? raw : resolveEscapes(raw);
}

/** The text as the content of a string of this form, or undefined where that form cannot hold it. */
export function escapeContent(value: string, form: StringForm): string | undefined {
  if (!form.isRaw) return escapeSingleLine(value);
  // A raw string has no escapes: three quotes would close it, and quotes at its end would join the closing ones
  // only as content, which is what they are; a hole would open at the dollar signs of an interpolated one.
  if (value.includes("'''")) return undefined;
  if (form.dollars > 0 && value.includes(`${'$'.repeat(form.dollars)}{`)) return undefined;
  return value;
}

/** The text with the escapes that `'...'` needs. */
export function escapeSingleLine(value: string): string {
  return value.replace(/[\\'\n\r\t]|\$(?=\{)/g, (character) => escapes[character] ?? character);
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  $: '\\$',
};

function resolveEscapes(raw: string): string {
  return raw.replace(/\\(?:u\{([0-9A-Fa-f]+)\}|([\s\S]))/g, (_, hex: string | undefined, character: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (character === 'n') return '\n';
    if (character === 'r') return '\r';
    if (character === 't') return '\t';
    return character;
  });
}

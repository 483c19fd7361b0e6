import { type Data, joinParts, type UnknownData } from '../data.ts';
import { boundedString, derivedPart, maxTextLength, readText, tooLarge, unusable } from './arguments.ts';
import { displayText } from './json-text.ts';
import type { CallContext } from './library.ts';

/**
 * `format(text, ...values)` with .NET composite formatting: `{0}`, `{0,8}`, `{0,-8}`, `{0:D2}` and doubled braces.
 * Number formats that no template is known to use give unknown.
 */
export function formatComposite(args: readonly Data[], context: CallContext): Data {
  const text = readText(args[0], context);
  if (typeof text !== 'string') return text;
  const pieces = readComposite(text);
  if (pieces === undefined) return context.unknown('invalid-argument', 'format() has a malformed format string');
  const result: (string | Data)[] = [];
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      result.push(piece);
      continue;
    }
    const value = args[piece.index + 1];
    if (value === undefined) return context.unknown('invalid-argument', `format() has no value for {${piece.index}}`);
    const formatted = formatHole(piece, value, context);
    if (formatted === undefined)
      return context.unknown('unsupported', 'format() uses a number format that is not known');
    if (typeof formatted !== 'string' && formatted.kind === 'unknown' && value.kind !== 'unknown') return formatted;
    result.push(formatted);
  }
  return boundedString(joinParts(result, context.origin), context);
}

/** `{index,alignment:format}`; a negative alignment pads on the right. */
interface Hole {
  readonly index: number;
  readonly alignment: number;
  readonly format: string;
}

/** The texts and holes of a format string, or undefined when it is malformed. */
function readComposite(text: string): (string | Hole)[] | undefined {
  const pieces: (string | Hole)[] = [];
  let literal = '';
  for (let at = 0; at < text.length; ) {
    const char = text[at];
    if ((char === '{' || char === '}') && text[at + 1] === char) {
      literal += char;
      at += 2;
    } else if (char === '{') {
      const close = text.indexOf('}', at);
      const hole = close < 0 ? undefined : readHole(text.slice(at + 1, close));
      if (hole === undefined) return undefined;
      pieces.push(literal, hole);
      literal = '';
      at = close + 1;
    } else if (char === '}') return undefined;
    else {
      literal += char;
      at++;
    }
  }
  pieces.push(literal);
  return pieces;
}

function readHole(text: string): Hole | undefined {
  const match = /^(\d{1,6}) *(?:, *(-?\d{1,6}) *)?(?::([^{]*))?$/.exec(text);
  if (match === null) return undefined;
  return { index: Number(match[1]), alignment: Number(match[2] ?? 0), format: match[3] ?? '' };
}

function formatHole(hole: Hole, value: Data, context: CallContext): string | Data | undefined {
  if (value.kind === 'unknown' || value.kind === 'partial') {
    const isPlain = hole.alignment === 0 && (hole.format === '' || value.kind === 'partial');
    if (isPlain) return value;
    const layout = `format:${hole.alignment}:${hole.format}`;
    return value.kind === 'unknown' ? derivedPart(value, layout) : unusable(value, context, 'a known string');
  }
  const text = value.kind === 'number' ? formatNumber(value.value, hole.format) : displayText(value);
  if (text === undefined) return value.kind === 'number' ? undefined : notText(value, context);
  if (Math.abs(hole.alignment) > maxTextLength) return tooLarge(context);
  return hole.alignment < 0 ? text.padEnd(-hole.alignment) : text.padStart(hole.alignment);
}

function notText(value: Data, context: CallContext): UnknownData {
  return value.kind === 'array' || value.kind === 'object'
    ? context.unknown('unsupported', 'format() holds an array or object that is not fully known')
    : unusable(value, context, 'a value that can be written as text');
}

/** Integers in the standard formats D, G, N, F and X and in custom formats of zeros; undefined for all others. */
function formatNumber(value: number, format: string): string | undefined {
  if (format === '') return String(value);
  if (!Number.isSafeInteger(value)) return undefined;
  const sign = value < 0 ? '-' : '';
  const digits = String(Math.abs(value));
  if (/^0+$/.test(format)) return sign + digits.padStart(format.length, '0');
  const standard = /^([dgnfx])(\d{0,2})$/i.exec(format);
  if (standard === null) return undefined;
  const [, letter = '', precision = ''] = standard;
  switch (letter) {
    case 'D':
    case 'd':
      return sign + digits.padStart(Number(precision), '0');
    case 'G':
    case 'g':
      return precision === '' || precision === '0' ? sign + digits : undefined;
    case 'X':
    case 'x': {
      if (value < 0) return undefined;
      const hexadecimal = value.toString(16).padStart(Number(precision), '0');
      return letter === 'X' ? hexadecimal.toUpperCase() : hexadecimal;
    }
    default: {
      const decimals = precision === '' ? 2 : Number(precision);
      const whole = letter.toLowerCase() === 'n' ? digits.replace(/\B(?=(\d{3})+$)/g, ',') : digits;
      return sign + whole + (decimals === 0 ? '' : `.${'0'.repeat(decimals)}`);
    }
  }
}

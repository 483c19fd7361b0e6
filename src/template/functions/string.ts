import { booleanData, type Data, joinParts, type StringData, stringData, textOf, type UnknownData } from '../data.ts';
import {
  arrayResult,
  boundedString,
  derivedPart,
  maxTextLength,
  readInteger,
  readText,
  stringParts,
  tooLarge,
  unusable,
  unusableList,
} from './arguments.ts';
import { formatComposite } from './format.ts';
import type { BuiltInFunction, CallContext, FunctionTable } from './library.ts';

/**
 * String functions. Of a string with unknown parts they give what the
 * known parts prove.
 * https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-string
 */
export const stringFunctions: FunctionTable = {
  format: formatComposite,
  tolower: mapText('tolower', (text) => text.toLowerCase()),
  toupper: mapText('toupper', (text) => text.toUpperCase()),

  trim: ([input], context) => {
    const parts = stringParts(input);
    if (parts === undefined) return unusable(input, context, 'a string');
    const [head, tail] = [parts[0], parts[parts.length - 1]];
    // Blanks next to an unknown part stay if that part is empty, so only ends with other text can be trimmed.
    const isSettled = (part: string | UnknownData | undefined): boolean =>
      typeof part === 'string' && part.trim() !== '';
    if (parts.length > 1 && !(isSettled(head) && isSettled(tail))) return unusable(input, context, 'a string');
    const trimmed = parts.map((part, index) => {
      if (typeof part !== 'string') return part;
      const left = index === 0 ? part.trimStart() : part;
      return index === parts.length - 1 ? left.trimEnd() : left;
    });
    return joinParts(trimmed, context.origin);
  },

  padleft: (args, context) => {
    const input = args[0];
    const text = input?.kind === 'number' ? String(input.value) : readText(input, context);
    if (typeof text !== 'string') return text;
    const length = readInteger(args[1], context);
    if (typeof length !== 'number') return length;
    const fill = args[2] === undefined ? ' ' : readText(args[2], context);
    if (typeof fill !== 'string') return fill;
    if (length > maxTextLength) return tooLarge(context);
    if (length < 0 || fill.length !== 1) return context.unknown('invalid-argument', 'padLeft() refuses its arguments');
    return stringData(text.padStart(length, fill), context.origin);
  },

  startswith: (args, context) => affix(args, context, 'start'),
  endswith: (args, context) => affix(args, context, 'end'),

  like: (args, context) => {
    const [text, pattern] = [readText(args[0], context), readText(args[1], context)];
    if (typeof text !== 'string') return text;
    if (typeof pattern !== 'string') return pattern;
    return booleanData(isLike(text.toLowerCase(), pattern.toLowerCase()), context.origin);
  },

  substring: (args, context) => {
    const parts = stringParts(args[0]);
    if (parts === undefined) return unusable(args[0], context, 'a string');
    const start = readInteger(args[1], context);
    if (typeof start !== 'number') return start;
    const length = args[2] === undefined ? undefined : readInteger(args[2], context);
    if (typeof length === 'object') return length;
    const [head] = parts;
    const known = typeof head === 'string' ? head : '';
    const rest = typeof head === 'string' ? parts.slice(1) : parts;
    const end = length === undefined ? known.length : start + length;
    if (rest.length > 0 && (length === undefined || end > known.length)) {
      if (length === undefined && start >= 0 && start <= known.length) {
        return joinParts([known.slice(start), ...rest], context.origin);
      }
      return unusable(args[0], context, 'a string');
    }
    if (start < 0 || start > known.length || end < start || end > known.length) {
      return context.unknown('invalid-argument', 'substring() reaches outside of the string');
    }
    return stringData(known.slice(start, end), context.origin);
  },

  replace: (args, context) => {
    const parts = stringParts(args[0]) ?? (args[0]?.kind === 'unknown' ? [args[0]] : undefined);
    if (parts === undefined) return unusable(args[0], context, 'a string');
    const [old, replacement] = [readText(args[1], context), readText(args[2], context)];
    if (typeof old !== 'string') return old;
    if (typeof replacement !== 'string') return replacement;
    if (old === '') return context.unknown('invalid-argument', 'replace() has nothing to look for');
    const [, sought, put] = args;
    const derived: (string | UnknownData)[] = [];
    let growth = 0;
    for (const part of parts) {
      if (typeof part !== 'string') {
        // A longer text to look for may lie across the edge of the unknown part.
        if (old.length > 1 || sought === undefined || put === undefined) return unusable(part, context, 'a string');
        derived.push(derivedPart(part, 'replace', sought, put));
        continue;
      }
      const pieces = part.split(old);
      growth += part.length + (pieces.length - 1) * replacement.length;
      if (growth > maxTextLength) return tooLarge(context);
      derived.push(pieces.join(replacement));
    }
    return joinParts(derived, context.origin);
  },

  split: (args, context) => {
    const parts = stringParts(args[0]);
    if (parts === undefined) return unusable(args[0], context, 'a string');
    const delimiters = readDelimiters(args[1], context);
    if (!Array.isArray(delimiters)) return delimiters;
    if (parts.length > 1 && !(isResourceId(parts) && delimiters.every((delimiter) => delimiter === '/'))) {
      return unusable(args[0], context, 'a string');
    }
    const pieces: (string | UnknownData)[][] = [[]];
    for (const part of parts) {
      if (typeof part !== 'string') {
        pieces[pieces.length - 1]?.push(part);
        continue;
      }
      splitText(part, delimiters).forEach((text, index) => {
        if (index > 0) pieces.push([]);
        pieces[pieces.length - 1]?.push(text);
      });
    }
    return arrayResult(
      pieces.map((piece) => joinParts(piece, context.origin)),
      context,
    );
  },

  join: (args, context) => {
    const list = args[0];
    if (list?.kind !== 'array') return unusable(list, context, 'an array');
    const delimiter = readText(args[1], context);
    if (typeof delimiter !== 'string') return delimiter;
    if (list.isOpen) return unusableList(list, context);
    const blocked = list.items.find(
      (item) => textOf(item) === undefined && item.kind !== 'partial' && item.kind !== 'unknown',
    );
    if (blocked !== undefined) return unusable(blocked, context, 'an array of strings');
    if (list.items.length * delimiter.length > maxTextLength) return tooLarge(context);
    const pieces = list.items.flatMap((item, index) => (index === 0 ? [item] : [delimiter, item]));
    return boundedString(joinParts(pieces, context.origin), context);
  },
};

function mapText(name: string, map: (text: string) => string): BuiltInFunction {
  return ([input], context) => {
    const parts = stringParts(input) ?? (input?.kind === 'unknown' ? [input] : undefined);
    if (parts === undefined) return unusable(input, context, 'a string');
    const mapped = parts.map((item) => (typeof item === 'string' ? map(item) : derivedPart(item, name)));
    return joinParts(mapped, context.origin);
  };
}

/** Whether the string begins or ends with the text. The comparison ignores case, as the service's does. */
function affix(args: readonly Data[], context: CallContext, side: 'start' | 'end'): Data {
  const parts = stringParts(args[0]);
  if (parts === undefined) return unusable(args[0], context, 'a string');
  const soughtText = readText(args[1], context);
  if (typeof soughtText !== 'string') return soughtText;
  const sought = soughtText.toLowerCase();
  const outer = side === 'start' ? parts[0] : parts[parts.length - 1];
  const known = typeof outer === 'string' ? outer.toLowerCase() : '';
  const has = (text: string, piece: string): boolean =>
    side === 'start' ? text.startsWith(piece) : text.endsWith(piece);
  if (has(known, sought)) return booleanData(true, context.origin);
  if (parts.length === 1 || !has(sought, known)) return booleanData(false, context.origin);
  return unusable(args[0], context, 'a string');
}

function readDelimiters(data: Data | undefined, context: CallContext): string[] | UnknownData {
  if (data?.kind === 'string') return [data.value];
  if (data?.kind !== 'array') return unusable(data, context, 'a string or an array of strings');
  if (data.isOpen) return unusableList(data, context);
  const texts = data.items.filter((item): item is StringData => item.kind === 'string');
  if (texts.length < data.items.length)
    return unusable(
      data.items.find((item) => item.kind !== 'string'),
      context,
      'strings',
    );
  return texts.map((item) => item.value);
}

/** Pieces between any of the delimiters; of several that match at one place the first listed counts. */
function splitText(text: string, delimiters: readonly string[]): string[] {
  const usable = delimiters.filter((delimiter) => delimiter !== '');
  const [only] = usable;
  if (only === undefined) return [text];
  if (usable.length === 1) return text.split(only);
  const pieces: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; ) {
    const found = usable.find((delimiter) => text.startsWith(delimiter, at));
    if (found === undefined) at++;
    else {
      pieces.push(text.slice(start, at));
      at += found.length;
      start = at;
    }
  }
  pieces.push(text.slice(start));
  return pieces;
}

/** A resource id with unknown names in it: each stands for text without a slash, or the id would not be one. */
function isResourceId(parts: readonly (string | UnknownData)[]): boolean {
  const [head] = parts;
  return typeof head === 'string' && /^\/(subscriptions|providers)\//i.test(head);
}

/** Whether a text matches a pattern in which each `*` stands for any characters. */
function isLike(text: string, pattern: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  const tail = rest.pop();
  if (tail === undefined) return text === head;
  if (!text.startsWith(head)) return false;
  let at = head.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - tail.length >= at && text.endsWith(tail);
}

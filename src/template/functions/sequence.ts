import { findProperty } from '../access.ts';
import {
  type ArrayData,
  arrayData,
  booleanData,
  type Data,
  joinParts,
  nullData,
  numberData,
  stringData,
  textOf,
} from '../data.ts';
import type { Equals } from '../equality.ts';
import {
  arrayResult,
  boundedString,
  isOpaque,
  maxItems,
  passOn,
  readInteger,
  readText,
  stringParts,
  tooLarge,
  unusable,
  unusableList,
} from './arguments.ts';
import type { CallContext, FunctionTable } from './library.ts';

/**
 * Functions that take strings and arrays (some of them objects) alike. Of a string with unknown parts or an array with
 * unknown items they give what the known parts prove; items keep their own origins.
 */
export const sequenceFunctions: FunctionTable = {
  concat: (args, context) => {
    if (args.some((arg) => arg.kind === 'array')) return concatArrays(args, context);
    // Nothing but unknown arguments: they may be arrays as well.
    if (args.every(isOpaque)) return unusable(args[0], context, 'strings or arrays');
    const blocked = args.find((arg) => arg.kind === 'object' || arg.kind === 'resource' || arg.kind === 'lambda');
    if (blocked !== undefined) return unusable(blocked, context, 'strings or arrays');
    return boundedString(joinParts(args, context.origin), context);
  },

  contains,

  indexof: (args, context) => {
    const [container, item] = args;
    if (container?.kind === 'array' && item !== undefined) return position(container, item, context, 'first');
    const parts = stringParts(container);
    if (parts === undefined) return unusable(container, context, 'a string or an array');
    const sought = readText(item, context);
    if (typeof sought !== 'string') return sought;
    const head = typeof parts[0] === 'string' ? parts[0] : '';
    const index = head.toLowerCase().indexOf(sought.toLowerCase());
    if (index >= 0 || parts.length === 1) return numberData(index, context.origin);
    return unusable(container, context, 'a string');
  },

  lastindexof: (args, context) => {
    const [container, item] = args;
    if (container?.kind === 'array' && item !== undefined) return position(container, item, context, 'last');
    const text = readText(container, context);
    if (typeof text !== 'string') return text;
    const sought = readText(item, context);
    if (typeof sought !== 'string') return sought;
    return numberData(text.toLowerCase().lastIndexOf(sought.toLowerCase()), context.origin);
  },

  length: ([input], context) => {
    if (input?.kind === 'string') return numberData(input.value.length, context.origin);
    if (input?.kind !== 'array' && input?.kind !== 'object') {
      return unusable(input, context, 'a string, an array or an object');
    }
    if (input.isOpen) return unusableList(input, context);
    return numberData(input.kind === 'array' ? input.items.length : input.properties.size, context.origin);
  },

  empty: ([input], context) => {
    const verdict = isEmpty(input);
    if (verdict !== undefined) return booleanData(verdict, context.origin);
    if (input?.kind === 'array' || input?.kind === 'object') return unusableList(input, context);
    return unusable(input, context, 'a string, an array or an object');
  },

  first: ([input], context) => end(input, context, 'first'),
  last: ([input], context) => end(input, context, 'last'),

  skip: (args, context) => part(args, context, 'skip'),
  take: (args, context) => part(args, context, 'take'),
};

function concatArrays(args: readonly Data[], context: CallContext): Data {
  const items: Data[] = [];
  let isOpen = false;
  for (const arg of args) {
    if (arg.kind === 'array') {
      for (const item of arg.items) items.push(item);
      isOpen ||= arg.isOpen;
      if (items.length > maxItems) return tooLarge(context);
    } else if (isOpaque(arg)) isOpen = true;
    else return context.unknown('wrong-type', 'concat() mixes arrays with other values');
  }
  return arrayResult(items, context, isOpen);
}

function contains(args: readonly Data[], context: CallContext): Data {
  const [container, item] = args;
  if (container === undefined || item === undefined) return unusable(undefined, context, 'two values');
  const verdict = hasItem(container, item, context.equals);
  if (typeof verdict === 'boolean') return booleanData(verdict, context.origin);
  if (isOpaque(container) || !isOpaque(item)) {
    return container.kind === 'array' || container.kind === 'object'
      ? unusableList(container, context)
      : unusable(container, context, 'a string, an array or an object');
  }
  return unusable(item, context, 'a value to look for');
}

/** Strings and array items are compared with case, property names without. Undefined where it is not proven. */
function hasItem(container: Data, item: Data, equals: Equals): boolean | undefined {
  if (container.kind === 'array') {
    let verdict: boolean | undefined = container.isOpen ? undefined : false;
    for (const other of container.items) {
      const same = equals(other, item);
      if (same === true) return true;
      if (same === undefined) verdict = undefined;
    }
    return verdict;
  }
  const sought = textOf(item);
  if (sought === undefined) return undefined;
  if (container.kind === 'object') {
    if (findProperty(container, sought) !== undefined) return true;
    return container.isOpen ? undefined : false;
  }
  const parts = stringParts(container);
  if (parts === undefined) return undefined;
  if (parts.some((piece) => typeof piece === 'string' && piece.includes(sought))) return true;
  return parts.length === 1 ? false : undefined;
}

function isEmpty(input: Data | undefined): boolean | undefined {
  switch (input?.kind) {
    case 'null':
      return true;
    case 'string':
      return input.value === '';
    case 'partial':
      return input.parts.some((piece) => typeof piece === 'string' && piece !== '') ? false : undefined;
    case 'array':
      return input.items.length > 0 ? false : input.isOpen ? undefined : true;
    case 'object':
      return input.properties.size > 0 ? false : input.isOpen ? undefined : true;
    default:
      return undefined;
  }
}

/** First or last item or character; null of an empty array, the empty string of an empty string. */
function end(input: Data | undefined, context: CallContext, side: 'first' | 'last'): Data {
  if (input?.kind === 'array') {
    if (input.isOpen) return unusableList(input, context);
    const item = side === 'first' ? input.items[0] : input.items[input.items.length - 1];
    return item === undefined ? nullData(context.origin) : passOn(item, context);
  }
  const parts = stringParts(input);
  const outer = parts?.[side === 'first' ? 0 : parts.length - 1];
  const isKnown = typeof outer === 'string' && (outer !== '' || parts?.length === 1);
  if (!isKnown) return unusable(input, context, 'a string or an array');
  return stringData(side === 'first' ? outer.slice(0, 1) : outer.slice(-1), context.origin);
}

/** `skip` and `take`: counts below zero count as zero, too large ones as the whole. */
function part(args: readonly Data[], context: CallContext, kind: 'skip' | 'take'): Data {
  const [input] = args;
  const count = readInteger(args[1], context);
  if (typeof count !== 'number') return count;
  const at = Math.max(0, count);
  const slice = <T>(whole: { slice(from: number, to?: number): T }): T =>
    kind === 'skip' ? whole.slice(at) : whole.slice(0, at);
  if (input?.kind === 'array') {
    // Of an open array the positions are not known, so no item is certain to be in the rest.
    return input.isOpen ? arrayData([], context.origin, true) : arrayData(slice(input.items), context.origin);
  }
  const parts = stringParts(input);
  const [head] = parts ?? [];
  if (parts === undefined || typeof head !== 'string') return unusable(input, context, 'a string or an array');
  if (parts.length === 1 || (kind === 'take' && at <= head.length)) return stringData(slice(head), context.origin);
  if (kind === 'skip' && at <= head.length) return joinParts([head.slice(at), ...parts.slice(1)], context.origin);
  return unusable(input, context, 'a string or an array');
}

function position(list: ArrayData, item: Data, context: CallContext, side: 'first' | 'last'): Data {
  const candidates = list.items.map((other, index) => ({ index, same: context.equals(other, item) }));
  if (side === 'last') candidates.reverse();
  const found = candidates.find(({ same }) => same !== false);
  if (list.isOpen || (found !== undefined && found.same === undefined)) {
    return context.unknown('unsupported', 'not all items of the array are known');
  }
  return numberData(found?.index ?? -1, context.origin);
}

import { accessMember } from '../access.ts';
import {
  type ArrayData,
  arrayData,
  type Data,
  nullData,
  numberData,
  type ObjectData,
  objectData,
  stringData,
} from '../data.ts';
import type { Equals } from '../equality.ts';
import { type PropertyData, PropertyList } from '../properties.ts';
import {
  arrayResult,
  isOpaque,
  maxItems,
  passOn,
  readArray,
  readInteger,
  readObject,
  tooLarge,
  unusable,
} from './arguments.ts';
import type { BuiltInFunction, CallContext, FunctionTable } from './library.ts';
import { intersectObjects, mergeObjects } from './merge.ts';

/**
 * The most numbers that `range` gives.
 * https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-array#range
 */
const maxRange = 10_000;

/** The most items besides strings that are compared with each other one by one. */
const maxCompared = 1_000;

/** The largest number that `range` gives; the page above states it. */
const largestInRange = 2_147_483_647;

/**
 * Functions on arrays, and `union` and `intersection`, which take objects as well. Items keep their own origins.
 * https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-array
 */
export const arrayFunctions: FunctionTable = {
  array: ([input], context) => {
    if (input === undefined || isOpaque(input)) return unusable(input, context, 'a value');
    return input.kind === 'array' ? passOn(input, context) : arrayData([input], context.origin);
  },
  createarray: (args, context) => arrayData(args, context.origin),

  range: (args, context) => {
    const start = readInteger(args[0], context);
    if (typeof start !== 'number') return start;
    const count = readInteger(args[1], context);
    if (typeof count !== 'number') return count;
    if (count < 0 || count > maxRange)
      return context.unknown('invalid-argument', `range() gives 0 to ${maxRange} numbers`);
    if (start + count > largestInRange) return context.unknown('invalid-argument', 'range() reaches too large numbers');
    const items = Array.from({ length: count }, (_, index) => numberData(start + index, context.origin));
    return arrayData(items, context.origin);
  },

  flatten: ([input], context) => {
    const outer = readArray(input, context);
    if (outer.kind === 'unknown') return outer;
    const items: Data[] = [];
    let isOpen = outer.isOpen;
    for (const inner of outer.items) {
      if (inner.kind === 'array') {
        for (const item of inner.items) items.push(item);
        isOpen ||= inner.isOpen;
        if (items.length > maxItems) return tooLarge(context);
      } else if (isOpaque(inner)) isOpen = true;
      else return context.unknown('wrong-type', 'flatten() needs an array of arrays');
    }
    return arrayResult(items, context, isOpen);
  },

  union: (args, context) => {
    if (args.some((arg) => arg.kind === 'array')) return unionArrays(args, context);
    if (args.some((arg) => arg.kind === 'object')) return mergeObjects(args, context, true);
    return unusable(args[0], context, 'arrays or objects');
  },

  distinct: ([input], context) => {
    const list = readArray(input, context);
    return list.kind === 'unknown' ? list : unionArrays([list], context);
  },

  intersection: (args, context) => {
    if (args.some((arg) => arg.kind === 'array')) return intersectArrays(args, context);
    if (args.some((arg) => arg.kind === 'object')) return intersectObjects(args, context);
    return unusable(args[0], context, 'arrays or objects');
  },

  items: ([input], context) => {
    const object = readObject(input, context);
    if (object.kind === 'unknown') return object;
    const items = sortedProperties(object).map((property) => entryOf(property, context));
    return arrayData(items, context.origin, object.isOpen);
  },

  objectkeys: ([input], context) => {
    const object = readObject(input, context);
    if (object.kind === 'unknown') return object;
    const keys = sortedProperties(object).map((property) => keyData(property, context));
    return arrayData(keys, context.origin, object.isOpen);
  },

  tryget: member({ isSafe: true, isFromEnd: false }),
  indexfromend: member({ isSafe: false, isFromEnd: true }),
  tryindexfromend: member({ isSafe: true, isFromEnd: true }),
};

function unionArrays(args: readonly Data[], context: CallContext): Data {
  const items: Data[] = [];
  const seen = new Set<string>();
  const others: Data[] = [];
  let isOpen = false;
  for (const arg of args) {
    if (isOpaque(arg)) {
      isOpen = true;
      continue;
    }
    if (arg.kind !== 'array') return context.unknown('wrong-type', 'union() mixes arrays with other values');
    isOpen ||= arg.isOpen;
    for (const item of arg.items) {
      const verdict = isAmong(item, seen, others, context.equals);
      // An item that may equal an earlier one may be missing from the result.
      if (verdict === undefined) isOpen = true;
      if (verdict !== false) continue;
      if (item.kind === 'string') seen.add(item.value);
      else others.push(item);
      items.push(item);
    }
    if (items.length > maxItems || others.length > maxCompared) return tooLarge(context);
  }
  return arrayData(items, context.origin, isOpen);
}

/** Strings are looked up in `texts`, everything else is compared one by one with `others`. */
function isAmong(item: Data, texts: ReadonlySet<string>, others: readonly Data[], equals: Equals): boolean | undefined {
  if (item.kind === 'string' && texts.has(item.value)) return true;
  let verdict: boolean | undefined = false;
  for (const other of others) {
    const same = equals(item, other);
    if (same === true) return true;
    if (same === undefined) verdict = undefined;
  }
  const mayBeText = item.kind === 'unknown' || item.kind === 'partial' || item.kind === 'resource';
  return mayBeText && texts.size > 0 ? undefined : verdict;
}

function intersectArrays(args: readonly Data[], context: CallContext): Data {
  const lists: ArrayData[] = [];
  let isOpen = false;
  for (const arg of args) {
    if (arg.kind === 'array') lists.push(arg);
    else if (isOpaque(arg)) isOpen = true;
    else return context.unknown('wrong-type', 'intersection() mixes arrays with other values');
  }
  const [first, ...rest] = lists;
  // An argument of which nothing is known may lack any item.
  if (first === undefined || isOpen) return arrayData([], context.origin, true);
  const lookups = rest.map((list) => {
    const texts = new Set(list.items.flatMap((item) => (item.kind === 'string' ? [item.value] : [])));
    return { list, texts, others: list.items.filter((item) => item.kind !== 'string') };
  });
  if (lists.some((list) => list.items.length > maxCompared && list.items.some((item) => item.kind !== 'string'))) {
    return tooLarge(context);
  }
  isOpen = first.isOpen;
  const items: Data[] = [];
  const seen = new Set<string>();
  const seenOthers: Data[] = [];
  for (const item of first.items) {
    const verdicts = lookups.map(({ list, texts, others }) => {
      const verdict = isAmong(item, texts, others, context.equals);
      return verdict === false && list.isOpen ? undefined : verdict;
    });
    if (verdicts.includes(false)) continue;
    const isRepeated = isAmong(item, seen, seenOthers, context.equals);
    if (isRepeated === true) continue;
    if (verdicts.includes(undefined) || isRepeated === undefined) isOpen = true;
    else {
      items.push(item);
      if (item.kind === 'string') seen.add(item.value);
      else seenOthers.push(item);
    }
  }
  return arrayData(items, context.origin, isOpen);
}

/** `items` and `objectKeys` list properties by name. */
function sortedProperties(object: ObjectData): PropertyData[] {
  return [...object.properties.list].sort((a, b) => {
    const [left, right] = [a.key.toLowerCase(), b.key.toLowerCase()];
    return left < right ? -1 : left > right ? 1 : 0;
  });
}

function entryOf(property: PropertyData, context: CallContext): Data {
  const entries = new PropertyList([
    { key: 'key', keyLocation: undefined, value: keyData(property, context) },
    { key: 'value', keyLocation: undefined, value: property.value },
  ]);
  return objectData(entries, property.value.origin);
}

function keyData(property: PropertyData, context: CallContext): Data {
  const at = property.keyLocation;
  return stringData(property.key, at === undefined ? context.origin : { at, from: at });
}

/** `tryGet(value, key, ...)` and the forms whose first key counts from the end. */
function member(form: { readonly isSafe: boolean; readonly isFromEnd: boolean }): BuiltInFunction {
  return ([base, ...keys], context) => {
    if (base === undefined || keys.length === 0) return unusable(undefined, context, 'a value and a key');
    let value = base;
    for (const [index, key] of keys.entries()) {
      if (value.kind === 'null' && form.isSafe) return nullData(context.origin);
      const { call } = context;
      const access = { ...form, isFromEnd: form.isFromEnd && index === 0, span: call.span, base: call, key: call };
      value = accessMember(value, key, { kind: 'access', ...access }, context.origin);
    }
    return value;
  };
}

import { encloses, type Location } from '../base/span.ts';
import type { Origin, UnknownReason } from '../model/value.ts';
import type { LambdaExpression } from './expression.ts';
import { type Properties, PropertyList } from './properties.ts';
import type { Scope } from './scope.ts';

/**
 * What an expression evaluates to. Every datum knows where it came from; unknown is carried per element, so an array
 * with one unknown item or an object with one unknown property stays usable.
 */
export type Data =
  | StringData
  | PartialData
  | NumberData
  | BooleanData
  | NullData
  | ArrayData
  | ObjectData
  | ResourceData
  | LambdaData
  | UnknownData;

export interface StringData {
  readonly kind: 'string';
  readonly value: string;
  readonly origin: Origin;
}

/** A string of which some pieces are unknown: `${prefix}/aks`, most resource ids. */
export interface PartialData {
  readonly kind: 'partial';
  readonly parts: readonly (string | UnknownData)[];
  readonly origin: Origin;
}

/** A 64-bit integer in ARM; held as a double here, exact up to 2^53. */
export interface NumberData {
  readonly kind: 'number';
  readonly value: number;
  readonly origin: Origin;
}

export interface BooleanData {
  readonly kind: 'boolean';
  readonly value: boolean;
  readonly origin: Origin;
}

export interface NullData {
  readonly kind: 'null';
  readonly origin: Origin;
}

/** `isOpen`: items may be missing (a spread of something unknown), so neither length nor absence is known. */
export interface ArrayData {
  readonly kind: 'array';
  readonly items: readonly Data[];
  readonly isOpen: boolean;
  readonly origin: Origin;
  /** Whether `origin.from` is an array literal that holds exactly these items, so that a fix may append to it. */
  readonly isLiteral: boolean;
  /** Arrays and objects inside each other, this one counted. */
  readonly nesting: number;
}

/** `isOpen`: properties may be missing, so the absence of one is not known. Keys keep their spelling and order. */
export interface ObjectData {
  readonly kind: 'object';
  readonly properties: Properties;
  readonly isOpen: boolean;
  readonly origin: Origin;
  /** Whether `origin.from` is an object literal that holds exactly these properties. */
  readonly isLiteral: boolean;
  /** Arrays and objects inside each other, this one counted. */
  readonly nesting: number;
  /** Keys of an object literal that are known only in part, such as the ids of identities; the object is open then. */
  readonly partialKeys?: readonly Data[];
}

/** A resource or module named by its symbol; properties are read from its body when they are asked for. */
export interface ResourceData {
  readonly kind: 'resource';
  readonly handle: ResourceHandle;
  readonly origin: Origin;
}

/** What the evaluator can be asked about a declared resource or module. */
export interface ResourceHandle {
  /** A top-level member such as `id`, `name`, `properties` or, of a module, `outputs`, seen from `place`. */
  member(name: string, place: Origin): Data;
  /** A resource declared inside this one. */
  nested(name: string): ResourceHandle | undefined;
  /** One round of a loop; undefined where there is no loop or no such round. */
  round(index: number): ResourceHandle | undefined;
  /** All rounds of a loop, in order; undefined while they are not all known. Absent where there is no loop. */
  readonly rounds?: () => readonly ResourceHandle[] | undefined;
  /** The value of its condition; absent where it is always deployed. */
  readonly condition?: () => Data;
}

export interface LambdaData {
  readonly kind: 'lambda';
  readonly lambda: LambdaExpression;
  readonly scope: Scope;
  readonly origin: Origin;
}

/**
 * `key` is the canonical text of the expression where evaluating it again gives the same result: two unknowns with
 * equal keys are equal, whatever they are.
 */
export interface UnknownData {
  readonly kind: 'unknown';
  readonly reason: UnknownReason;
  readonly key: string | undefined;
  readonly origin: Origin;
}

export function stringData(value: string, origin: Origin): StringData {
  return { kind: 'string', value, origin };
}

export function numberData(value: number, origin: Origin): NumberData {
  return { kind: 'number', value, origin };
}

export function booleanData(value: boolean, origin: Origin): BooleanData {
  return { kind: 'boolean', value, origin };
}

export function nullData(origin: Origin): NullData {
  return { kind: 'null', origin };
}

export function arrayData(items: readonly Data[], origin: Origin, isOpen = false): ArrayData {
  return { kind: 'array', items, isOpen, origin, isLiteral: false, nesting: nestingOf(items) };
}

export function objectData(properties: Properties, origin: Origin, isOpen = false): ObjectData {
  return { kind: 'object', properties, isOpen, origin, isLiteral: false, nesting: nestingOfProperties(properties) };
}

/** A looped resource or module that is named without an index, as the array of its rounds; any other datum as it is. */
export function asArray(data: Data): Data {
  if (data.kind !== 'resource' || data.handle.rounds === undefined) return data;
  const { origin } = data;
  const rounds = data.handle.rounds();
  const items = (rounds ?? []).map((handle): ResourceData => ({ kind: 'resource', handle, origin }));
  return arrayData(items, origin, rounds === undefined);
}

/** How deep arrays and objects with these items are nested. */
export function nestingOf(items: readonly Data[]): number {
  let deepest = 0;
  for (const item of items) if ('nesting' in item && item.nesting > deepest) deepest = item.nesting;
  return deepest + 1;
}

/** The same of properties. */
export function nestingOfProperties(properties: Properties): number {
  let deepest = 0;
  for (const { value } of properties.list) {
    if ('nesting' in value && value.nesting > deepest) deepest = value.nesting;
  }
  return deepest + 1;
}

/** An object computed from plain pairs. */
export function objectFromEntries(
  entries: Iterable<readonly [string, Data]>,
  origin: Origin,
  isOpen = false,
): ObjectData {
  const properties = new PropertyList();
  for (const [key, value] of entries) properties.set({ key, keyLocation: undefined, value });
  return objectData(properties, origin, isOpen);
}

/** Characters of a key before it is dropped: keys name their parts and could double from line to line. */
const maxKeyLength = 2_000;

export function unknownData(code: UnknownReason['code'], text: string, origin: Origin, key?: string): UnknownData {
  const kept = key === undefined || key.length > maxKeyLength ? undefined : key;
  return { kind: 'unknown', reason: { code, text }, key: kept, origin };
}

/** The datum with a key for each unknown piece of a text that has none: for a value that is the same wherever it is read. */
export function withKeys(data: Data, key: string): Data {
  if (data.kind === 'unknown') return data.key === undefined ? { ...data, key } : data;
  if (data.kind !== 'partial' || data.parts.every((part) => typeof part === 'string' || part.key !== undefined)) {
    return data;
  }
  const parts = data.parts.map((part, index) =>
    typeof part === 'string' || part.key !== undefined ? part : { ...part, key: `${key}#${index}` },
  );
  return { ...data, parts };
}

/**
 * The datum with another origin. By kind, as each kind has its own shape: copying objects of many shapes in one place takes
 * several times as long.
 */
export function withOrigin<T extends Data>(data: T, origin: Origin): T;
export function withOrigin(data: Data, origin: Origin): Data {
  switch (data.kind) {
    case 'string':
      return { kind: 'string', value: data.value, origin };
    case 'partial':
      return { kind: 'partial', parts: data.parts, origin };
    case 'number':
      return { kind: 'number', value: data.value, origin };
    case 'boolean':
      return { kind: 'boolean', value: data.value, origin };
    case 'null':
      return { kind: 'null', origin };
    case 'array': {
      const { items, isOpen, isLiteral, nesting } = data;
      return { kind: 'array', items, isOpen, origin, isLiteral, nesting };
    }
    case 'object': {
      const { properties, isOpen, isLiteral, nesting, partialKeys } = data;
      const object: ObjectData = { kind: 'object', properties, isOpen, origin, isLiteral, nesting };
      return partialKeys === undefined ? object : { ...object, partialKeys };
    }
    case 'resource':
      return { kind: 'resource', handle: data.handle, origin };
    case 'lambda':
      return { kind: 'lambda', lambda: data.lambda, scope: data.scope, origin };
    case 'unknown':
      return { kind: 'unknown', reason: data.reason, key: data.key, origin };
  }
}

/** Where an expression stands. `isHidden`: in a template that nobody can look at, so that it is located at its call. */
export type Place = Origin & { readonly isHidden?: boolean };

/** The datum seen from another place: it now stands there, the literal behind it stays. Hidden places change nothing. */
export function seenFrom<T extends Data>(data: T, place: Place): T {
  if (place.isHidden === true) return data;
  const { from, parameterDefault } = data.origin;
  const origin: { -readonly [K in keyof Origin]: Origin[K] } = { at: place.at };
  if (from !== undefined) origin.from = from;
  else if (data.kind === 'string' || data.kind === 'number') {
    const computedAt = computedOutside(data.origin, place.at);
    if (computedAt !== undefined) origin.computedAt = computedAt;
  }
  if (place.via !== undefined) origin.via = place.via;
  if (parameterDefault !== undefined) origin.parameterDefault = parameterDefault;
  return withOrigin(data, origin);
}

/** Where something was computed, unless that is a part of the expression at a place, which then computes it as a whole. */
function computedOutside(origin: Place, { uri, span }: Location): Location | undefined {
  if (origin.isHidden === true) return undefined;
  const computed = origin.computedAt ?? origin.at;
  return computed.uri === uri && encloses(span, computed.span) ? undefined : computed;
}

/** Characters and unknown pieces of a string that is still followed; interpolation can double a text line by line. */
const maxStringLength = 1_000_000;
const maxParts = 10_000;

/** A string from its pieces, known when all of them are; neighbouring texts are joined. */
export function joinParts(pieces: readonly (string | Data)[], origin: Origin): StringData | PartialData | UnknownData {
  const parts: (string | UnknownData)[] = [];
  let length = 0;
  for (const piece of pieces) {
    if (length > maxStringLength || parts.length > maxParts)
      return unknownData('too-large', 'the text is too long', origin);
    if (typeof piece === 'string') length += addText(parts, piece);
    else if (piece.kind === 'partial') {
      for (const part of piece.parts) {
        if (typeof part === 'string') length += addText(parts, part);
        else parts.push(part);
      }
    } else if (piece.kind === 'unknown') parts.push(piece);
    else {
      const text = textOf(piece);
      if (text === undefined) {
        return unknownData('unsupported', 'an array or object stands inside a string', origin);
      }
      length += addText(parts, text);
    }
  }
  if (length > maxStringLength || parts.length > maxParts)
    return unknownData('too-large', 'the text is too long', origin);
  const [only] = parts;
  if (parts.length === 0) return stringData('', origin);
  if (parts.length === 1 && typeof only === 'string') return stringData(only, origin);
  return { kind: 'partial', parts, origin };
}

/** Adds a text to the pieces of a string, and gives its length. */
function addText(parts: (string | UnknownData)[], text: string): number {
  const last = parts[parts.length - 1];
  if (typeof last === 'string') parts[parts.length - 1] = last + text;
  else if (text !== '') parts.push(text);
  return text.length;
}

/** The text of a scalar as string interpolation writes it; undefined for anything else. */
export function textOf(data: Data): string | undefined {
  switch (data.kind) {
    case 'string':
      return data.value;
    case 'number':
      return String(data.value);
    case 'boolean':
      return data.value ? 'True' : 'False';
    case 'null':
      return '';
    default:
      return undefined;
  }
}

/**
 * Canonical text of a string, in which unknown parts stand as `{key}`: equal identities mean equal strings. Undefined
 * when a part has no key, or the datum is no string.
 */
export function identityOf(data: Data): string | undefined {
  if (data.kind === 'string') return data.value;
  if (data.kind === 'unknown') return data.key === undefined ? undefined : holeText(data.key);
  if (data.kind !== 'partial') return undefined;
  let text = '';
  for (const part of data.parts) {
    if (typeof part === 'string') text += part;
    else if (part.key === undefined) return undefined;
    else text += holeText(part.key);
  }
  return text;
}

/** Keys lose the characters that separate the segments and holes of a resource id. */
function holeText(key: string): string {
  if (!key.includes('/') && !key.includes('{') && !key.includes('}')) return `{${key}}`;
  return `{${key.replaceAll('{', '‹').replaceAll('}', '›').replaceAll('/', '∕')}}`;
}

/**
 * Canonical text of any datum, for the keys of unknowns computed from it; undefined when a part has no key or the
 * datum is too large to be worth it.
 */
export function keyOf(data: Data, budget = 2000): string | undefined {
  switch (data.kind) {
    case 'string':
      return data.value.length > budget ? undefined : JSON.stringify(data.value);
    case 'partial':
    case 'unknown': {
      const identity = identityOf(data);
      return identity === undefined || identity.length > budget ? undefined : identity;
    }
    case 'number':
    case 'boolean':
      return String(data.value);
    case 'null':
      return 'null';
    case 'array':
      return data.isOpen
        ? undefined
        : joinKeys(
            data.items.map((item) => ['', item] as const),
            budget,
            '[',
            ']',
          );
    case 'object':
      return data.isOpen
        ? undefined
        : joinKeys(
            data.properties.list.map((property) => [`${property.key}:`, property.value] as const),
            budget,
            '(',
            ')',
          );
    case 'resource':
    case 'lambda':
      return undefined;
  }
}

function joinKeys(
  entries: readonly (readonly [string, Data])[],
  budget: number,
  open: string,
  close: string,
): string | undefined {
  let text = open;
  for (const [label, item] of entries) {
    const key = keyOf(item, budget - text.length);
    if (key === undefined || text.length > budget) return undefined;
    text += `${label}${key},`;
  }
  return text + close;
}

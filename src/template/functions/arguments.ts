import {
  type ArrayData,
  arrayData,
  type Data,
  identityOf,
  keyOf,
  type LambdaData,
  type ObjectData,
  type PartialData,
  type StringData,
  seenFrom,
  stringData,
  type UnknownData,
} from '../data.ts';
import { firstUnknown } from '../first-unknown.ts';
import type { BuiltInFunction, CallContext } from './library.ts';

/** The longest string that evaluation builds, in UTF-16 units; the service's own limit for a whole template is 4 MB. */
export const maxTextLength = 1_048_576;

/** The most items that evaluation puts into one array. */
export const maxItems = 100_000;

/** An argument that may be missing: reading past the end gives undefined. */
type Argument = Data | undefined;

/** The unknown result of a call that cannot use an argument, for the argument's own reason where it has one. */
export function unusable(data: Argument, context: CallContext, expected: string): UnknownData {
  if (data === undefined) return context.unknown('invalid-argument', `${context.call.name}() has too few arguments`);
  const cause = data.kind === 'unknown' || data.kind === 'partial' ? firstUnknown(data) : undefined;
  if (cause !== undefined) return context.unknown(cause.reason.code, cause.reason.text);
  if (data.kind === 'resource') return context.unknown('unsupported', `${context.call.name}() reads a whole resource`);
  return context.unknown('wrong-type', `${context.call.name}() needs ${expected}`);
}

/** The unknown result of a call that needs the whole of an array or object that is not fully known. */
export function unusableList(data: Data, context: CallContext): UnknownData {
  const cause = firstUnknown(data);
  return context.unknown(cause?.reason.code ?? 'unsupported', cause?.reason.text ?? 'not all items are known');
}

/** The text of a string argument, or the result of the call when it is not a known string. */
export function readText(data: Argument, context: CallContext): string | UnknownData {
  return data?.kind === 'string' ? data.value : unusable(data, context, 'a string');
}

/** The value of an integer argument, or the result of the call when it is not a known one. */
export function readInteger(data: Argument, context: CallContext): number | UnknownData {
  if (data?.kind !== 'number') return unusable(data, context, 'a whole number');
  if (!Number.isSafeInteger(data.value)) return context.unknown('unsupported', 'the number cannot be held exactly');
  return data.value;
}

/** An array argument, open ones included, or the result of the call when it is none. */
export function readArray(data: Argument, context: CallContext): ArrayData | UnknownData {
  return data?.kind === 'array' ? data : unusable(data, context, 'an array');
}

/** An object argument, open ones included, or the result of the call when it is none. */
export function readObject(data: Argument, context: CallContext): ObjectData | UnknownData {
  return data?.kind === 'object' ? data : unusable(data, context, 'an object');
}

/** A lambda argument, or the result of the call when it is none. */
export function readLambda(data: Argument, context: CallContext): LambdaData | UnknownData {
  return data?.kind === 'lambda' ? data : unusable(data, context, 'a lambda');
}

/**
 * The pieces of a string of which some may be unknown: a single one only of a string that is known. Undefined for anything
 * that is no string.
 */
export function stringParts(data: Argument): readonly (string | UnknownData)[] | undefined {
  if (data?.kind === 'string') return [data.value];
  if (data?.kind !== 'partial') return undefined;
  return data.parts.length === 1 ? ['', ...data.parts] : data.parts;
}

/** Whether a datum may turn out to be anything. */
export function isOpaque(data: Data): data is UnknownData | Extract<Data, { kind: 'resource' }> {
  return data.kind === 'unknown' || data.kind === 'resource';
}

/** An argument as the result of the call: it now stands where the call is, the literal behind it stays. */
export function passOn<T extends Data>(data: T, context: CallContext): T {
  return seenFrom(data, context.origin);
}

/** A computed text, unless it is longer than evaluation keeps. */
export function textResult(text: string, context: CallContext): StringData | UnknownData {
  return text.length > maxTextLength ? tooLarge(context) : stringData(text, context.origin);
}

/** A joined string, unless its known texts are longer than evaluation keeps. */
export function boundedString<T extends StringData | PartialData | UnknownData>(
  data: T,
  context: CallContext,
): T | UnknownData {
  const parts = stringParts(data) ?? [];
  let length = 0;
  for (const part of parts) length += typeof part === 'string' ? part.length : 1;
  return length > maxTextLength ? tooLarge(context) : data;
}

/** A computed array, unless it has more items than evaluation keeps. */
export function arrayResult(items: readonly Data[], context: CallContext, isOpen = false): ArrayData | UnknownData {
  return items.length > maxItems ? tooLarge(context) : arrayData(items, context.origin, isOpen);
}

/** The unknown result of a call whose result is larger than evaluation keeps. */
export function tooLarge(context: CallContext): UnknownData {
  return context.unknown('too-large', `the result of ${context.call.name}() is too large to compute`);
}

/** A function whose result is known only at deployment, but is the same for the same arguments. */
export function atDeployment(text: string): BuiltInFunction {
  return (_args, context) => context.unknown('deploy-time', text);
}

/**
 * What a text function makes of an unknown part. Its key is the one that a call of the function with just this part
 * would have, so that `toLower('a${x}')` equals `'a${toLower(x)}'`.
 */
export function derivedPart(part: UnknownData, name: string, ...rest: readonly Data[]): UnknownData {
  const keys = [identityOf(part), ...rest.map((arg) => keyOf(arg))];
  return { ...part, key: keys.includes(undefined) ? undefined : `${name}(${keys.join(',')})` };
}

import { type Data, numberData } from '../data.ts';
import { readInteger, unusable } from './arguments.ts';
import type { BuiltInFunction, CallContext, FunctionTable } from './library.ts';

/**
 * Arithmetic on whole numbers.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-numeric
 */
export const numericFunctions: FunctionTable = {
  add: binary((a, b) => a + b),
  sub: binary((a, b) => a - b),
  mul: binary((a, b) => a * b),
  div: binary((a, b) => (b === 0 ? undefined : Math.trunc(a / b))),
  mod: binary((a, b) => (b === 0 ? undefined : a % b)),
  min: extreme((a, b) => a < b),
  max: extreme((a, b) => a > b),
};

function binary(compute: (a: number, b: number) => number | undefined): BuiltInFunction {
  return (args, context) => {
    const a = readInteger(args[0], context);
    if (typeof a !== 'number') return a;
    const b = readInteger(args[1], context);
    if (typeof b !== 'number') return b;
    const result = compute(a, b);
    if (result === undefined) return context.unknown('invalid-argument', 'it divides by zero');
    if (!Number.isSafeInteger(result)) return context.unknown('unsupported', 'the number cannot be held exactly');
    // Plus zero keeps a negative zero out of texts and comparisons.
    return numberData(result + 0, context.origin);
  };
}

/** Takes numbers one by one, or one array of numbers. */
function extreme(isBetter: (a: number, b: number) => boolean): BuiltInFunction {
  return (args, context) => {
    const [first] = args;
    const numbers = args.length === 1 && first?.kind === 'array' ? first : undefined;
    if (numbers?.isOpen === true) return context.unknown('unsupported', 'not all items of the array are known');
    return best(numbers?.items ?? args, isBetter, context);
  };
}

function best(items: readonly Data[], isBetter: (a: number, b: number) => boolean, context: CallContext): Data {
  let result: number | undefined;
  for (const item of items) {
    const value = readInteger(item, context);
    if (typeof value !== 'number') return value;
    if (result === undefined || isBetter(value, result)) result = value;
  }
  return result === undefined ? unusable(undefined, context, 'numbers') : numberData(result, context.origin);
}

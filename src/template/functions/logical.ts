import { booleanData, type Data, nullData } from '../data.ts';
import { applyBinary, eitherOf } from '../operators.ts';
import { passOn, unusable } from './arguments.ts';
import type { BuiltInFunction, CallContext, FunctionTable } from './library.ts';

/**
 * Conditions, comparisons and constants of ARM expressions. All arguments are evaluated already; an evaluator that
 * leaves out the branch not taken has to do so before it calls these.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-logical
 */
export const logicalFunctions: FunctionTable = {
  and: combine(false),
  or: combine(true),
  not: ([input], context) =>
    input?.kind === 'boolean' ? booleanData(!input.value, context.origin) : unusable(input, context, 'true or false'),

  if: ([condition, whenTrue, whenFalse], context) => {
    if (condition === undefined || whenTrue === undefined || whenFalse === undefined) {
      return unusable(undefined, context, 'a condition and two values');
    }
    if (condition.kind === 'boolean') return passOn(condition.value ? whenTrue : whenFalse, context);
    return passOn(eitherOf(condition, whenTrue, whenFalse, context.origin, context.work), context);
  },

  coalesce: (args, context) => {
    for (const [index, arg] of args.entries()) {
      if (arg.kind === 'null') continue;
      if (arg.kind !== 'unknown') return passOn(arg, context);
      // It may be null; then the next one counts. Where both are the same, it does not matter.
      const next = args.slice(index + 1).find((other) => other.kind !== 'null');
      const isSame = next !== undefined && context.equals(arg, next) === true;
      return next === undefined || isSame ? passOn(arg, context) : unusable(arg, context, 'a value');
    }
    return nullData(context.origin);
  },

  equals: ([a, b], context) => {
    if (a === undefined || b === undefined) return unusable(undefined, context, 'two values');
    const verdict = context.equals(a, b);
    if (verdict !== undefined) return booleanData(verdict, context.origin);
    return unusable([a, b].find((side) => side.kind === 'unknown') ?? a, context, 'values that are fully known');
  },
  less: compare('<'),
  lessorequals: compare('<='),
  greater: compare('>'),
  greaterorequals: compare('>='),

  true: (_args, context) => booleanData(true, context.origin),
  false: (_args, context) => booleanData(false, context.origin),
  null: (_args, context) => nullData(context.origin),
};

/** `or` is decided by one true argument, `and` by one false one, whatever is unknown beside it. */
function combine(deciding: boolean): BuiltInFunction {
  return (args, context) => {
    if (args.some((arg) => arg.kind === 'boolean' && arg.value === deciding))
      return booleanData(deciding, context.origin);
    const undecided = args.find((arg) => arg.kind !== 'boolean');
    return undecided === undefined
      ? booleanData(!deciding, context.origin)
      : unusable(undecided, context, 'true or false');
  };
}

function compare(operator: '<' | '<=' | '>' | '>='): BuiltInFunction {
  return ([a, b], context) => {
    if (a === undefined || b === undefined) return unusable(undefined, context, 'two values');
    return reasoned(applyBinary(operator, a, b, context.origin, context.work), context);
  };
}

/** An unknown under the key of the call rather than of the operator. */
function reasoned(result: Data, context: CallContext): Data {
  return result.kind === 'unknown' ? context.unknown(result.reason.code, result.reason.text) : result;
}

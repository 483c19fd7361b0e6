import { arrayData, type Data, type LambdaData, numberData, objectData, objectFromEntries, textOf } from '../data.ts';
import { PropertyList } from '../properties.ts';
import { readArray, readLambda, readObject, unusable, unusableList } from './arguments.ts';
import type { CallContext, FunctionTable } from './library.ts';

/**
 * Functions that take a lambda. Of an open array the lambda sees the known items, with unknown indexes.
 * https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-lambda
 */
export const lambdaFunctions: FunctionTable = {
  map: (args, context) => {
    const [list, lambda] = [readArray(args[0], context), readLambda(args[1], context)];
    if (list.kind === 'unknown') return list;
    if (lambda.kind === 'unknown') return lambda;
    const items = list.items.map((item, index) =>
      applyTo(lambda, [item, indexOf(list.isOpen, index, context)], context),
    );
    return arrayData(items, context.origin, list.isOpen);
  },

  filter: (args, context) => {
    const [list, lambda] = [readArray(args[0], context), readLambda(args[1], context)];
    if (list.kind === 'unknown') return list;
    if (lambda.kind === 'unknown') return lambda;
    let { isOpen } = list;
    const items = list.items.filter((item, index) => {
      const verdict = applyTo(lambda, [item, indexOf(list.isOpen, index, context)], context);
      if (verdict.kind !== 'boolean') isOpen = true;
      return verdict.kind === 'boolean' && verdict.value;
    });
    return arrayData(items, context.origin, isOpen);
  },

  reduce: (args, context) => {
    const [list, initial, lambda] = [readArray(args[0], context), args[1], readLambda(args[2], context)];
    if (list.kind === 'unknown') return list;
    if (lambda.kind === 'unknown') return lambda;
    if (initial === undefined) return unusable(initial, context, 'a start value');
    if (list.isOpen) return unusableList(list, context);
    return list.items.reduce<Data>(
      (sum, item, index) => applyTo(lambda, [sum, item, numberData(index, context.origin)], context),
      initial,
    );
  },

  sort: (args, context) => {
    const [list, lambda] = [readArray(args[0], context), readLambda(args[1], context)];
    if (list.kind === 'unknown') return list;
    if (lambda.kind === 'unknown') return lambda;
    let isDecided = !list.isOpen;
    const isLess = (a: Data, b: Data): boolean => {
      const verdict = isDecided ? context.apply(lambda, [a, b]) : undefined;
      if (verdict?.kind !== 'boolean') isDecided = false;
      return verdict?.kind === 'boolean' && verdict.value;
    };
    const sorted = [...list.items].sort((a, b) => (isLess(a, b) ? -1 : isLess(b, a) ? 1 : 0));
    // Without an order the positions are not known; the items still are.
    return isDecided ? arrayData(sorted, context.origin) : arrayData(list.items, context.origin, true);
  },

  toobject: (args, context) => {
    const [list, keyLambda] = [readArray(args[0], context), readLambda(args[1], context)];
    if (list.kind === 'unknown') return list;
    if (keyLambda.kind === 'unknown') return keyLambda;
    const valueLambda = args[2] === undefined ? undefined : readLambda(args[2], context);
    if (valueLambda?.kind === 'unknown') return valueLambda;
    let { isOpen } = list;
    const entries: [string, Data][] = [];
    for (const item of list.items) {
      const key = textOf(context.apply(keyLambda, [item]));
      if (key === undefined) isOpen = true;
      else entries.push([key, valueLambda === undefined ? item : context.apply(valueLambda, [item])]);
    }
    return objectFromEntries(entries, context.origin, isOpen);
  },

  mapvalues: (args, context) => {
    const [object, lambda] = [readObject(args[0], context), readLambda(args[1], context)];
    if (object.kind === 'unknown') return object;
    if (lambda.kind === 'unknown') return lambda;
    const properties = new PropertyList();
    for (const property of object.properties) {
      properties.set({ ...property, value: context.apply(lambda, [property.value]) });
    }
    return objectData(properties, context.origin, object.isOpen);
  },

  groupby: (args, context) => {
    const [list, lambda] = [readArray(args[0], context), readLambda(args[1], context)];
    if (list.kind === 'unknown') return list;
    if (lambda.kind === 'unknown') return lambda;
    const valueLambda = args[2] === undefined ? undefined : readLambda(args[2], context);
    if (valueLambda?.kind === 'unknown') return valueLambda;
    let { isOpen } = list;
    const groups = new Map<string, Data[]>();
    for (const item of list.items) {
      const key = textOf(context.apply(lambda, [item]));
      if (key === undefined) {
        isOpen = true;
        continue;
      }
      const value = valueLambda === undefined ? item : context.apply(valueLambda, [item]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [value]);
      else group.push(value);
    }
    // An item without a known group may belong to any of them.
    const entries = [...groups].map(([key, items]) => [key, arrayData(items, context.origin, isOpen)] as const);
    return objectFromEntries(entries, context.origin, isOpen);
  },
};

/** Applies a lambda to as many of the arguments as it takes. */
function applyTo(lambda: LambdaData, args: readonly Data[], context: CallContext): Data {
  return context.apply(lambda, args.slice(0, Math.max(1, lambda.lambda.parameters.length)));
}

function indexOf(isOpen: boolean, index: number, context: CallContext): Data {
  return isOpen
    ? context.unknown('unsupported', 'not all items of the array are known')
    : numberData(index, context.origin);
}

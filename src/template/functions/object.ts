import { type Data, objectFromEntries, textOf } from '../data.ts';
import { readArray, unusable } from './arguments.ts';
import type { FunctionTable } from './library.ts';
import { mergeObjects } from './merge.ts';

/**
 * Functions that build objects.
 * https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-object
 */
export const objectFunctions: FunctionTable = {
  createobject: (args, context) => {
    const entries: [string, Data][] = [];
    let isOpen = false;
    for (let index = 0; index < args.length; index += 2) {
      const [key, value] = [args[index], args[index + 1]];
      if (key === undefined || value === undefined) return unusable(undefined, context, 'pairs of names and values');
      const name = textOf(key);
      if (name === undefined) isOpen = true;
      else entries.push([name, value]);
    }
    return objectFromEntries(entries, context.origin, isOpen);
  },

  shallowmerge: ([input], context) => {
    const list = readArray(input, context);
    if (list.kind === 'unknown') return list;
    // Of an open array it is not known what lies between and after the items, so all of them may be replaced.
    const items = list.isOpen
      ? [...list.items, context.unknown('unsupported', 'not all objects are known')]
      : list.items;
    return mergeObjects(items, context, false);
  },
};

import { type Data, keyOf } from './data.ts';
import type { CallExpression } from './expression.ts';

/** Functions that give another result each time, so equal calls are not equal values. */
const nonDeterministic = new Set(['newguid', 'utcnow', 'externalinput', 'getsecret']);

/** The key of a call of a built-in function: equal keys are equal values. Undefined where no two calls are equal. */
export function callKey(call: CallExpression, args: readonly Data[]): string | undefined {
  const name = call.name.toLowerCase();
  if (nonDeterministic.has(name)) return undefined;
  const keys: string[] = [];
  for (const arg of args) {
    const key = keyOf(arg);
    if (key === undefined) return undefined;
    keys.push(key);
  }
  return `${name}(${keys.join(',')})`;
}

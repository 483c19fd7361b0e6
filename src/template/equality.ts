import type { BooleanData, Data, NullData, NumberData, StringData } from './data.ts';
import { identityOf } from './data.ts';

/** Comparisons of one {@link dataEquals} before it gives up: values that share parts can be huge when written out. */
const maxComparisons = 100_000;

/** Deep equality: true or false where it is proven, undefined where an unknown part decides. */
export function dataEquals(a: Data, b: Data): boolean | undefined {
  return compareData(a, b, { left: maxComparisons });
}

function compareData(a: Data, b: Data, budget: { left: number }): boolean | undefined {
  if (--budget.left < 0) return undefined;
  if (a.kind === 'array' && b.kind === 'array') {
    // Items that are not known may stand anywhere, so positions say nothing.
    if (a.isOpen || b.isOpen) return undefined;
    if (a.items.length !== b.items.length) return false;
    const verdicts = a.items.map((item, index) => {
      const other = b.items[index];
      return other === undefined ? undefined : compareData(item, other, budget);
    });
    return allOf(verdicts, false);
  }
  if (a.kind === 'object' && b.kind === 'object') {
    const verdicts: (boolean | undefined)[] = [];
    for (const key of new Set([...a.properties.keys(), ...b.properties.keys()])) {
      const [left, right] = [a.properties.get(key), b.properties.get(key)];
      if (left !== undefined && right !== undefined) verdicts.push(compareData(left.value, right.value, budget));
      else verdicts.push((left === undefined ? a : b).isOpen ? undefined : false);
    }
    return allOf(verdicts, a.isOpen || b.isOpen);
  }
  return compareScalars(a, b);
}

function compareScalars(a: Data, b: Data): boolean | undefined {
  if (a.kind === 'string' && b.kind === 'string') return a.value === b.value;
  const [left, right] = [identityOf(a), identityOf(b)];
  if (left !== undefined && right !== undefined) {
    // A literal text never counts as the unknown that its characters happen to spell.
    return a.kind !== 'string' && b.kind !== 'string' && left === right ? true : undefined;
  }
  if (!isScalar(a) || !isScalar(b)) {
    const isKnown = (data: Data): boolean => isScalar(data) || data.kind === 'array' || data.kind === 'object';
    return isKnown(a) && isKnown(b) ? false : undefined;
  }
  return a.kind === b.kind && scalarValue(a) === scalarValue(b);
}

function allOf(verdicts: readonly (boolean | undefined)[], isOpen: boolean): boolean | undefined {
  if (verdicts.includes(false)) return false;
  return isOpen || verdicts.includes(undefined) ? undefined : true;
}

type Scalar = StringData | NumberData | BooleanData | NullData;

function isScalar(data: Data): data is Scalar {
  return data.kind === 'string' || data.kind === 'number' || data.kind === 'boolean' || data.kind === 'null';
}

function scalarValue(data: Scalar): string | number | boolean | null {
  return data.kind === 'null' ? null : data.value;
}

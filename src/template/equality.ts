import type { BooleanData, Data, NullData, NumberData, StringData } from './data.ts';
import { identityOf } from './data.ts';
import type { Work } from './work.ts';

/** What was compared before in one operation: values may share parts many times over. By the items or properties of both. */
type Verdicts = Map<unknown, Map<unknown, boolean | undefined>>;

/** Deep equality: true or false where it is proven, undefined where an unknown part decides. */
export type Equals = (a: Data, b: Data) => boolean | undefined;

/** Equality for one operation. */
export function startEquality(work: Work): Equals {
  let verdicts: Verdicts | undefined;
  return (a, b) => {
    if (a.kind !== 'array' && a.kind !== 'object') return work.takeParts(1) ? compareScalars(a, b) : undefined;
    verdicts ??= new Map();
    return compareData(a, b, work, verdicts);
  };
}

function compareData(a: Data, b: Data, work: Work, verdicts: Verdicts): boolean | undefined {
  if (!work.takeParts(1)) return undefined;
  const [left, right] = [partsOf(a), partsOf(b)];
  if (left === undefined || right === undefined) return compareScalars(a, b);
  const known = verdicts.get(left);
  if (known?.has(right)) return known.get(right);
  const verdict = compareParts(a, b, work, verdicts);
  verdicts.set(left, (known ?? new Map()).set(right, verdict));
  return verdict;
}

function partsOf(data: Data): unknown {
  return data.kind === 'array' ? data.items : data.kind === 'object' ? data.properties : undefined;
}

function compareParts(a: Data, b: Data, work: Work, verdicts: Verdicts): boolean | undefined {
  if (a.kind === 'array' && b.kind === 'array') {
    // Items that are not known may stand anywhere, so positions say nothing.
    if (a.isOpen || b.isOpen) return undefined;
    if (a.items.length !== b.items.length) return false;
    const each = a.items.map((item, index) => {
      const other = b.items[index];
      return other === undefined ? undefined : compareData(item, other, work, verdicts);
    });
    return allOf(each, false);
  }
  if (a.kind === 'object' && b.kind === 'object') {
    const each: (boolean | undefined)[] = [];
    for (const { key, value } of a.properties) {
      const other = b.properties.get(key);
      if (other !== undefined) each.push(compareData(value, other.value, work, verdicts));
      else each.push(b.isOpen ? undefined : false);
    }
    for (const { key } of b.properties) {
      if (a.properties.get(key) === undefined) each.push(a.isOpen ? undefined : false);
    }
    return allOf(each, a.isOpen || b.isOpen);
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

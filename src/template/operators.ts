import type { Origin } from '../model/value.ts';
import {
  arrayData,
  booleanData,
  type Data,
  keyOf,
  numberData,
  type ObjectData,
  objectData,
  unknownData,
} from './data.ts';
import { type Equals, startEquality } from './equality.ts';
import type { BinaryOperator } from './expression.ts';
import { PropertyList } from './properties.ts';
import type { Work } from './work.ts';

/**
 * The result of an operator whose operands are both evaluated. `??`, `||` and `&&` decide from the left operand alone
 * in {@link decidedByLeft}; here both count.
 */
export function applyBinary(operator: BinaryOperator, left: Data, right: Data, origin: Origin, work: Work): Data {
  switch (operator) {
    case '==':
    case '!=':
      return truth(startEquality(work)(left, right), operator === '!=', operator, left, right, origin);
    case '=~':
    case '!~':
      return truth(
        equalsIgnoringCase(left, right, startEquality(work)),
        operator === '!~',
        operator,
        left,
        right,
        origin,
      );
    case '<':
    case '<=':
    case '>':
    case '>=':
      return truth(compare(operator, left, right), false, operator, left, right, origin);
    case '&&':
    case '||':
      return logical(operator, left, right, origin);
    case '??':
      return left.kind === 'null' ? right : undecided(operator, left, right, origin);
    default:
      return arithmetic(operator, left, right, origin);
  }
}

/** What `??`, `||` or `&&` gives when the left operand alone decides; undefined when the right one is needed. */
export function decidedByLeft(operator: BinaryOperator, left: Data): Data | undefined {
  if (operator === '??' && left.kind !== 'null' && left.kind !== 'unknown') return left;
  if (left.kind !== 'boolean') return undefined;
  if (operator === '&&' && !left.value) return left;
  if (operator === '||' && left.value) return left;
  return undefined;
}

/** `!` and unary `-`. */
export function applyUnary(operator: '!' | '-', operand: Data, origin: Origin): Data {
  if (operator === '!' && operand.kind === 'boolean') return booleanData(!operand.value, origin);
  if (operator === '-' && operand.kind === 'number') {
    return { ...numberData(-operand.value, origin), origin: { ...origin, from: origin.at } };
  }
  if (operand.kind !== 'unknown')
    return unknownData('wrong-type', `"${operator}" does not apply to this value`, origin);
  const key = keyOf(operand);
  const ownKey = key === undefined ? undefined : operator === '!' ? `not(${key})` : `sub(0,${key})`;
  return unknownData(operand.reason.code, operand.reason.text, origin, ownKey);
}

/**
 * What is known when either of two values may be the one: the value where both agree, lists and objects reduced to what
 * they share, or unknown.
 */
export function eitherOf(condition: Data, a: Data, b: Data, origin: Origin, work: Work): Data {
  return choose(a, b, origin, { condition, work, equals: startEquality(work), chosen: new Map() });
}

/** One choice. `chosen`: what two objects share, by their properties, as values may name the same object many times. */
interface Choice {
  readonly condition: Data;
  readonly work: Work;
  readonly equals: Equals;
  readonly chosen: Map<ObjectData['properties'], Map<ObjectData['properties'], ObjectData>>;
}

function choose(a: Data, b: Data, origin: Origin, choice: Choice): Data {
  const { condition, equals, chosen } = choice;
  if (a.kind === 'object' && b.kind === 'object') {
    const known = chosen.get(a.properties)?.get(b.properties);
    if (known !== undefined) return { ...known, origin };
    if (!choice.work.takeParts(1)) return objectData(new PropertyList(), origin, true);
    if (equals(a, b) === true) return a;
    const shared = new PropertyList();
    for (const property of a.properties) {
      const other = b.properties.get(property.key);
      if (other === undefined) continue;
      const value = choose(property.value, other.value, property.value.origin, choice);
      shared.set({ ...property, value });
    }
    const result = objectData(shared, origin, true);
    chosen.set(a.properties, (chosen.get(a.properties) ?? new Map()).set(b.properties, result));
    return result;
  }
  if (equals(a, b) === true) return a;
  if (a.kind === 'array' && b.kind === 'array') return arrayData([], origin, true);
  const [keyC, keyA, keyB] = [keyOf(condition), keyOf(a), keyOf(b)];
  const key =
    keyC === undefined || keyA === undefined || keyB === undefined ? undefined : `if(${keyC},${keyA},${keyB})`;
  const because = condition.kind === 'unknown' ? `: ${condition.reason.text}` : '';
  return unknownData('unknown-condition', `the condition that chooses it is not known${because}`, origin, key);
}

function truth(
  verdict: boolean | undefined,
  negated: boolean,
  operator: BinaryOperator,
  left: Data,
  right: Data,
  origin: Origin,
): Data {
  return verdict === undefined ? undecided(operator, left, right, origin) : booleanData(verdict !== negated, origin);
}

function equalsIgnoringCase(left: Data, right: Data, equals: Equals): boolean | undefined {
  if (left.kind === 'string' && right.kind === 'string') return left.value.toLowerCase() === right.value.toLowerCase();
  return equals(left, right) === true ? true : undefined;
}

function compare(operator: '<' | '<=' | '>' | '>=', left: Data, right: Data): boolean | undefined {
  const order = orderOf(left, right);
  if (order === undefined) return undefined;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

function orderOf(left: Data, right: Data): number | undefined {
  if (left.kind === 'number' && right.kind === 'number') return left.value - right.value;
  if (left.kind === 'string' && right.kind === 'string') {
    return left.value < right.value ? -1 : left.value > right.value ? 1 : 0;
  }
  return undefined;
}

function logical(operator: '&&' | '||', left: Data, right: Data, origin: Origin): Data {
  // One operand can decide although the other is unknown: `unknown && false` is false.
  const deciding = operator === '||';
  for (const operand of [left, right]) {
    if (operand.kind === 'boolean' && operand.value === deciding) return booleanData(deciding, origin);
  }
  if (left.kind === 'boolean' && right.kind === 'boolean') return booleanData(!deciding, origin);
  return undecided(operator, left, right, origin);
}

function arithmetic(operator: '+' | '-' | '*' | '/' | '%', left: Data, right: Data, origin: Origin): Data {
  if (left.kind !== 'number' || right.kind !== 'number') return undecided(operator, left, right, origin);
  const [a, b] = [left.value, right.value];
  if ((operator === '/' || operator === '%') && b === 0) {
    return unknownData('invalid-argument', 'it divides by zero', origin);
  }
  const results = { '+': a + b, '-': a - b, '*': a * b, '/': Math.trunc(a / b), '%': a % b };
  return numberData(results[operator], origin);
}

function undecided(operator: BinaryOperator, left: Data, right: Data, origin: Origin): Data {
  const [a, b] = [keyOf(left), keyOf(right)];
  const key = a === undefined || b === undefined ? undefined : operatorKey(operator, a, b);
  for (const operand of [left, right]) {
    if (operand.kind === 'unknown') return unknownData(operand.reason.code, operand.reason.text, origin, key);
  }
  if (left.kind === 'partial' || right.kind === 'partial') {
    return unknownData('deploy-time', 'a part of the text is known only at deployment', origin, key);
  }
  return unknownData('wrong-type', `"${operator}" does not apply to these values`, origin, key);
}

/** The functions of ARM expressions that the operators stand for. */
const operatorFunctions: Readonly<Partial<Record<BinaryOperator, string>>> = {
  '==': 'equals',
  '<': 'less',
  '<=': 'lessorequals',
  '>': 'greater',
  '>=': 'greaterorequals',
  '&&': 'and',
  '||': 'or',
  '??': 'coalesce',
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'mod',
};

/** The key that the call has which the compiler writes for an operator, so that both languages name a value alike. */
function operatorKey(operator: BinaryOperator, a: string, b: string): string {
  if (operator === '!=') return `not(equals(${a},${b}))`;
  return `${operatorFunctions[operator] ?? operator}(${a},${b})`;
}

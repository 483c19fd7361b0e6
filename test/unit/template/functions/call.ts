import type { Location } from '../../../../src/base/span.ts';
import type { Origin, UnknownReason } from '../../../../src/model/value.ts';
import { Account, Budget } from '../../../../src/template/budget.ts';
import {
  type ArrayData,
  arrayData,
  booleanData,
  type Data,
  identityOf,
  keyOf,
  type LambdaData,
  nullData,
  numberData,
  objectFromEntries,
  stringData,
  unknownData,
} from '../../../../src/template/data.ts';
import { startEquality } from '../../../../src/template/equality.ts';
import type { CallExpression } from '../../../../src/template/expression.ts';
import { builtInFunction } from '../../../../src/template/functions/index.ts';
import type { CallContext, DeploymentScope } from '../../../../src/template/functions/library.ts';
import { Work } from '../../../../src/template/work.ts';

/** Where the call stands in all tests. */
export const callAt: Location = { uri: 'file:///call', span: { start: 0, end: 1 } };

let nextOffset = 100;

/** An origin with a literal of its own. */
export function literalOrigin(): Origin {
  const at = { uri: 'file:///main.bicep', span: { start: nextOffset, end: ++nextOffset } };
  return { at, from: at };
}

/** Data from a plain value; each piece has its own literal origin. Data inside stays as it is. */
export function data(value: unknown): Data {
  const origin = literalOrigin();
  if (typeof value === 'string') return stringData(value, origin);
  if (typeof value === 'number') return numberData(value, origin);
  if (typeof value === 'boolean') return booleanData(value, origin);
  if (value === null || value === undefined) return nullData(origin);
  if (Array.isArray(value)) return { ...arrayData(value.map(data), origin), isLiteral: true };
  if (isData(value)) return value;
  return objectFromEntries(
    Object.entries(value).map(([key, inner]) => [key, data(inner)] as const),
    origin,
  );
}

/** A value that is known only at deployment. */
export function hole(key = 'x'): Data {
  return unknownData('parameter-without-default', 'parameter "x" has no default', literalOrigin(), key);
}

/** A value that is different at each evaluation. */
export function keylessHole(): Data {
  return unknownData('deploy-time', 'the time of the deployment supplies the value', literalOrigin());
}

/** An array that may have more items than these. */
export function openArray(...items: unknown[]): ArrayData {
  return arrayData(items.map(data), literalOrigin(), true);
}

/** An object that may have more properties than these. */
export function openObject(value: Record<string, unknown>): Data {
  return objectFromEntries(
    Object.entries(value).map(([key, inner]) => [key, data(inner)] as const),
    literalOrigin(),
    true,
  );
}

/** A lambda of one to three parameters, written as a function of data. */
export function lambda(body: (...args: Data[]) => Data, parameters: readonly string[] = ['item']): LambdaData {
  const made: LambdaData = {
    kind: 'lambda',
    lambda: { kind: 'lambda', span: callAt.span, parameters, body: { kind: 'invalid', span: callAt.span } },
    scope: { locals: new Map(), parent: undefined },
    origin: { at: callAt },
  };
  bodies.set(made.lambda, body);
  return made;
}

const bodies = new WeakMap<object, (...args: Data[]) => Data>();

export interface CallResult {
  readonly result: Data;
  readonly refused: readonly { readonly argument: number; readonly message: string }[];
}

/** Calls a built-in function as the evaluator does. */
export function invoke(name: string, values: readonly unknown[], deployment?: DeploymentScope): CallResult {
  const found = builtInFunction(name);
  if (found === undefined) throw new Error(`There is no function ${name}`);
  const args = values.map(data);
  const refused: { argument: number; message: string }[] = [];
  const call: CallExpression = { kind: 'call', span: callAt.span, name, nameSpan: callAt.span, args: [] };
  const keys = args.map((arg) => keyOf(arg));
  const key = keys.includes(undefined) ? undefined : `${name.toLowerCase()}(${keys.join(',')})`;
  const unknown = (code: UnknownReason['code'], text: string) => unknownData(code, text, { at: callAt }, key);
  const work = new Work(new Account(new Budget()));
  const context: CallContext = {
    origin: { at: callAt },
    call,
    readText: () => undefined,
    readData: () => undefined,
    argumentAt: () => callAt,
    work,
    equals: startEquality(work),
    apply: (applied, given) => bodies.get(applied.lambda)?.(...given) ?? unknown('unsupported', 'no body'),
    unknown,
    refuse: (argument, message) => {
      refused.push({ argument, message });
      return unknown('invalid-argument', message);
    },
    ...(deployment === undefined ? {} : { deployment }),
  };
  return { result: found(args, context), refused };
}

/** The result of a call as a plain value, see {@link plain}. */
export function run(name: string, ...values: unknown[]): unknown {
  return plain(invoke(name, values).result);
}

/**
 * A datum as a plain value: unknown parts of strings are `{key}`, an unknown value is `<code>`, open arrays end in
 * `...` and open objects have a `...` property.
 */
export function plain(value: Data): unknown {
  switch (value.kind) {
    case 'null':
      return null;
    case 'string':
    case 'number':
    case 'boolean':
      return value.value;
    case 'partial':
      return identityOf(value) ?? '<partial>';
    case 'array':
      return [...value.items.map(plain), ...(value.isOpen ? ['...'] : [])];
    case 'object':
      return {
        ...Object.fromEntries(value.properties.list.map((property) => [property.key, plain(property.value)])),
        ...(value.isOpen ? { '...': true } : {}),
      };
    case 'unknown':
      return `<${value.reason.code}>`;
    default:
      return value.kind;
  }
}

function isData(value: object): value is Data {
  return 'kind' in value && 'origin' in value;
}

import { readTarget, readTargets } from './arm-references.ts';
import { type Data, type LambdaData, numberData, seenFrom, unknownData } from './data.ts';
import type { Evaluator } from './evaluator.ts';
import type { CallExpression, Expression } from './expression.ts';
import { eitherOf } from './operators.ts';
import { findCopyIndex, findFunctionParameters, findLocal, type Scope } from './scope.ts';
import { noteUndeclared } from './undeclared.ts';

/**
 * The functions of ARM expressions that are syntax rather than functions: they name declarations and loops, or evaluate
 * their arguments only when needed. Undefined when the call is none of them.
 */
export function evaluateArmCall(evaluator: Evaluator, call: CallExpression, scope: Scope): Data | undefined {
  if (call.base !== undefined) return undefined;
  switch (call.name.toLowerCase()) {
    case 'parameters':
      return named(evaluator, call, scope, 'parameter');
    case 'variables':
      return named(evaluator, call, scope, 'variable');
    case 'lambdavariables':
      return named(evaluator, call, scope, 'lambda variable');
    case 'lambda':
      return lambda(call, scope, evaluator);
    case 'copyindex':
      return copyIndex(evaluator, call, scope);
    case 'reference':
      return reference(evaluator, call, scope);
    case 'references':
      return references(evaluator, call, scope);
    case 'resourceinfo':
      return resourceInfo(evaluator, call, scope);
    case 'if': {
      const [condition, whenTrue, whenFalse] = call.args;
      if (condition === undefined || whenTrue === undefined || whenFalse === undefined) return undefined;
      const place = evaluator.place(call.span);
      const verdict = evaluator.evaluate(condition, scope);
      if (verdict.kind === 'boolean')
        return seenFrom(evaluator.evaluate(verdict.value ? whenTrue : whenFalse, scope), place);
      const [a, b] = evaluator.evaluateBranches([whenTrue, whenFalse], scope);
      return seenFrom(eitherOf(verdict, a, b, place, evaluator.startWork()), place);
    }
    default:
      return undefined;
  }
}

type NamedKind = 'parameter' | 'variable' | 'lambda variable';

function named(evaluator: Evaluator, call: CallExpression, scope: Scope, what: NamedKind): Data {
  const place = evaluator.place(call.span);
  const name = nameIn(evaluator, call.args[0], scope);
  if (name === undefined) return unknownData('unsupported', `the name of the ${what} is not known`, place);
  const found = find(evaluator, scope, what, name);
  if (found !== undefined) return seenFrom(found, place);
  noteUndeclared(evaluator, call, what, name, scope);
  return unknownData('unresolved-name', `${what} "${name}" is not declared`, place, `${what}s.${name.toLowerCase()}`);
}

/** Nearly always a literal, which needs no place. */
function nameIn(evaluator: Evaluator, argument: Expression | undefined, scope: Scope): string | undefined {
  if (argument?.kind === 'literal' && typeof argument.value === 'string') return argument.value;
  const value = argument === undefined ? undefined : evaluator.evaluate(argument, scope);
  return value?.kind === 'string' ? value.value : undefined;
}

function find(evaluator: Evaluator, scope: Scope, what: NamedKind, name: string): Data | undefined {
  switch (what) {
    case 'parameter': {
      const own = findFunctionParameters(scope);
      return own === undefined ? evaluator.parameter(name) : own.get(name.toLowerCase());
    }
    case 'variable':
      return evaluator.variable(name);
    case 'lambda variable':
      return findLocal(scope, name);
  }
}

function lambda(call: CallExpression, scope: Scope, evaluator: Evaluator): LambdaData {
  const body: Expression = call.args[call.args.length - 1] ?? { kind: 'invalid', span: call.span };
  const parameters = call.args
    .slice(0, -1)
    .map((arg) => (arg.kind === 'literal' && typeof arg.value === 'string' ? arg.value : ''));
  return {
    kind: 'lambda',
    lambda: { kind: 'lambda', span: call.span, parameters, body },
    scope,
    origin: evaluator.place(call.span),
  };
}

/** `copyIndex()`, `copyIndex(offset)`, `copyIndex('loop')`, `copyIndex('loop', offset)`. */
function copyIndex(evaluator: Evaluator, call: CallExpression, scope: Scope): Data {
  const args = call.args.map((arg) => evaluator.evaluate(arg, scope));
  const [first, second] = args;
  const loopName = first?.kind === 'string' ? first.value.toLowerCase() : '';
  const offset = first?.kind === 'string' ? second : first;
  const origin = evaluator.place(call.span);
  const found = findCopyIndex(scope, loopName) ?? evaluator.copyIndex(loopName);
  if (found?.index === undefined) {
    return unknownData(
      'unsupported',
      'the number of rounds of the copy loop is not known',
      origin,
      `copyindex(${loopName})`,
    );
  }
  if (offset !== undefined && offset.kind !== 'number')
    return unknownData('wrong-type', 'the offset of copyIndex() is no number', origin);
  return numberData(found.index + (offset?.value ?? 0), origin);
}

/** `reference(resource, apiVersion, 'Full')`; undefined where nothing that is declared here is meant. */
function reference(evaluator: Evaluator, call: CallExpression, scope: Scope): Data | undefined {
  const [first] = call.args;
  const isFull = asksForAll(evaluator, call.args[2], scope);
  if (first === undefined || isFull === undefined) return undefined;
  const target = evaluator.references()?.find(evaluator.evaluate(first, scope));
  const place = evaluator.place(call.span);
  return target === undefined ? undefined : seenFrom(readTarget(target, isFull, place), place);
}

/** `references(loop, 'Full')`. */
function references(evaluator: Evaluator, call: CallExpression, scope: Scope): Data | undefined {
  const [first] = call.args;
  const isFull = asksForAll(evaluator, call.args[1], scope);
  const symbol = first === undefined ? undefined : evaluator.evaluate(first, scope);
  if (symbol?.kind !== 'string' || isFull === undefined) return undefined;
  const targets = evaluator.references()?.loop(symbol.value);
  return targets === undefined ? undefined : readTargets(targets, isFull, evaluator.place(call.span));
}

/** `resourceInfo(symbol)`: id, name and type, but nothing that the service sets. */
function resourceInfo(evaluator: Evaluator, call: CallExpression, scope: Scope): Data | undefined {
  const [first] = call.args;
  const target = first === undefined ? undefined : evaluator.references()?.find(evaluator.evaluate(first, scope));
  return target === undefined ? undefined : readTarget(target, true, evaluator.place(call.span));
}

/** Whether the last argument is `'Full'`; undefined when that is not known. */
function asksForAll(evaluator: Evaluator, argument: Expression | undefined, scope: Scope): boolean | undefined {
  if (argument === undefined) return false;
  const value = evaluator.evaluate(argument, scope);
  return value.kind === 'string' ? value.value.toLowerCase() === 'full' : undefined;
}

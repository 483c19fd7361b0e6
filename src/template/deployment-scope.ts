import { findProperty } from './access.ts';
import { type Data, unknownData } from './data.ts';
import type { Evaluator } from './evaluator.ts';
import type { CallExpression, Expression } from './expression.ts';
import type { DeploymentScope } from './functions/library.ts';
import { type ResourceScope, relativeId } from './resource-ids.ts';
import type { Scope } from './scope.ts';

/**
 * The scope that a `scope:` property names: `resourceGroup(...)`, `subscription(...)` and their like, a resource group
 * by its symbol, another resource, or an id. `own` is the scope of the template around it.
 */
export function evaluateScope(
  evaluator: Evaluator,
  expression: Expression | undefined,
  scope: Scope,
  own: DeploymentScope,
): ResourceScope {
  if (expression === undefined) return own;
  const named = expression.kind === 'call' ? scopeOfCall(evaluator, expression, scope, own) : undefined;
  if (named !== undefined) return named;
  const value = evaluator.evaluate(expression, scope);
  const place = evaluator.place(expression.span);
  if (value.kind === 'resource') {
    const type = value.handle.member('type', place);
    if (type.kind === 'string' && type.value.toLowerCase() === 'microsoft.resources/resourcegroups') {
      return inResourceGroup(own, value.handle.member('name', place), undefined);
    }
    return { kind: 'id', id: value.handle.member('id', place) };
  }
  const id = value.kind === 'object' ? findProperty(value, 'id')?.value : value;
  if (id !== undefined && isRelative(id)) return { kind: 'id', id: relativeId(own, id, place) };
  return { kind: 'id', id: id ?? unknownData('unsupported', 'the scope is not known', place) };
}

/** Whether a scope is named by type and name instead of by an id. */
function isRelative(id: Data): boolean {
  const start = id.kind === 'partial' ? id.parts[0] : id.kind === 'string' ? id.value : undefined;
  return (
    typeof start === 'string' && /^[a-z0-9]+\.[a-z0-9.]+\//i.test(start) && !/^microsoft\.management\//i.test(start)
  );
}

/** The scope of a module; one that is only an id is not taken apart, so its parts are unknown. */
export function evaluateModuleScope(
  evaluator: Evaluator,
  expression: Expression | undefined,
  scope: Scope,
  own: DeploymentScope,
): DeploymentScope {
  const found = evaluateScope(evaluator, expression, scope, own);
  if (found.kind !== 'id') return found;
  const hidden = unknownData('unsupported', 'the scope of the module is not known', found.id.origin);
  return { kind: 'resourceGroup', resourceGroupName: hidden, subscriptionId: hidden };
}

function scopeOfCall(
  evaluator: Evaluator,
  call: CallExpression,
  scope: Scope,
  own: DeploymentScope,
): DeploymentScope | undefined {
  const args = call.args.map((arg) => evaluator.evaluate(arg, scope));
  const [first, second] = args;
  switch (call.name.toLowerCase()) {
    case 'resourcegroup':
      if (first === undefined) return own;
      return second === undefined ? inResourceGroup(own, first, undefined) : inResourceGroup(own, second, first);
    case 'subscription':
      return first === undefined
        ? withSubscription('subscription', own)
        : { kind: 'subscription', subscriptionId: first };
    case 'managementgroup':
      return first === undefined
        ? { kind: 'managementGroup' }
        : { kind: 'managementGroup', managementGroupName: first };
    case 'tenant':
      return { kind: 'tenant' };
    default:
      return undefined;
  }
}

function inResourceGroup(own: DeploymentScope, group: Data, subscription: Data | undefined): DeploymentScope {
  const base =
    subscription === undefined
      ? withSubscription('resourceGroup', own)
      : { kind: 'resourceGroup' as const, subscriptionId: subscription };
  return { ...base, resourceGroupName: group };
}

function withSubscription(kind: DeploymentScope['kind'], own: DeploymentScope): DeploymentScope {
  return own.subscriptionId === undefined ? { kind } : { kind, subscriptionId: own.subscriptionId };
}

import type { Origin } from '../model/value.ts';
import { type Data, joinParts, type UnknownData, unknownData } from './data.ts';
import type { DeploymentScope } from './functions/library.ts';

/** Where a resource is deployed: a scope, or inside the resource or scope with this id. */
export type ResourceScope = DeploymentScope | { readonly kind: 'id'; readonly id: Data };

/** Id and own name of a resource whose name may hold the names of its parents, separated by slashes. */
export function resourceId(
  scope: ResourceScope,
  type: string,
  name: Data,
  origin: Origin,
): { readonly id: Data; readonly name: Data } {
  const [provider = type, ...kinds] = type.split('/');
  const names = kinds.length === 1 ? [name] : splitName(name);
  const own = names[names.length - 1] ?? name;
  const pieces: (string | Data)[] = [...scopePrefix(scope, origin), `/providers/${provider}`];
  kinds.forEach((kind, index) => {
    pieces.push(`/${kind}/`, names[index] ?? lostName(origin));
  });
  return { id: joinParts(pieces, origin), name: own };
}

/** Id of a resource that is named by its type and name alone, as ARM's `scope` does. */
export function relativeId(scope: ResourceScope, path: Data, origin: Origin): Data {
  return joinParts([...scopePrefix(scope, origin), '/providers/', path], origin);
}

/** Id of a child from the id of its parent. */
export function childId(parent: Data, kind: string, name: Data, origin: Origin): Data {
  return joinParts([parent, `/${kind}/`, name], origin);
}

/**
 * The id of a scope, in pieces. What is not known of it stands under the keys that `resourceGroup()` and
 * `subscription()` use, so that ids agree however they are written.
 */
function scopePrefix(scope: ResourceScope, origin: Origin): (string | Data)[] {
  if (scope.kind === 'id') return [scope.id];
  const subscription =
    scope.subscriptionId ?? atDeployment('the subscription', 'subscription().subscriptionId', origin);
  switch (scope.kind) {
    case 'resourceGroup': {
      const group = scope.resourceGroupName ?? atDeployment('the resource group', 'resourceGroup().name', origin);
      return ['/subscriptions/', subscription, '/resourceGroups/', group];
    }
    case 'subscription':
      return ['/subscriptions/', subscription];
    case 'managementGroup': {
      const group = scope.managementGroupName ?? atDeployment('the management group', 'managementGroup().name', origin);
      return ['/providers/Microsoft.Management/managementGroups/', group];
    }
    case 'tenant':
      return [];
  }
}

function atDeployment(what: string, key: string, origin: Origin): UnknownData {
  return unknownData('deploy-time', `${what} is chosen at deployment`, origin, key);
}

function lostName(origin: Origin): UnknownData {
  return unknownData('wrong-type', 'the name has fewer segments than the type', origin);
}

/** The names in a name such as `a/b`; an unknown piece counts as text without a slash. */
export function countNames(name: Data): number {
  return splitName(name).length;
}

/** `a/b` into as many names as the type has; an unknown piece counts as text without a slash. */
function splitName(name: Data): Data[] {
  const origin = name.origin;
  const pieces: readonly (string | Data)[] =
    name.kind === 'partial' ? name.parts : [name.kind === 'string' ? name.value : name];
  const names: (string | Data)[][] = [[]];
  for (const piece of pieces) {
    if (typeof piece !== 'string') {
      names[names.length - 1]?.push(piece);
      continue;
    }
    piece.split('/').forEach((text, index) => {
      if (index > 0) names.push([]);
      if (text !== '') names[names.length - 1]?.push(text);
    });
  }
  return names.map((parts) => joinParts(parts, origin));
}

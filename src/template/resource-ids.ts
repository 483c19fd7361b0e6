import type { Origin } from '../model/value.ts';
import { type Data, joinParts, type UnknownData, unknownData } from './data.ts';

/**
 * Where a resource is deployed: the resource group of the deployment, a named one, inside the scope with a given id,
 * or somewhere that is not followed.
 */
export type ScopeId =
  | 'resource-group'
  | 'other'
  | { readonly group: Data; readonly subscription: Data | undefined }
  | { readonly id: Data };

/** The resource group that the template is deployed to, as text that is known only at deployment. */
export function currentResourceGroup(origin: Origin): UnknownData {
  return unknownData('deploy-time', 'the resource group is chosen at deployment', origin, 'resourceGroup().name');
}

/** The subscription that the template is deployed to. */
export function currentSubscription(origin: Origin): UnknownData {
  return unknownData(
    'deploy-time',
    'the subscription is chosen at deployment',
    origin,
    'subscription().subscriptionId',
  );
}

/** Id of a resource group; both parts default to those of the deployment. */
export function resourceGroupId(origin: Origin, group?: Data, subscription?: Data): Data {
  return joinParts(
    [
      '/subscriptions/',
      subscription ?? currentSubscription(origin),
      '/resourceGroups/',
      group ?? currentResourceGroup(origin),
    ],
    origin,
  );
}

/** Id and own name of a resource whose name may hold the names of its parents, separated by slashes. */
export function resourceId(
  scope: ScopeId,
  type: string,
  name: Data,
  origin: Origin,
): { readonly id: Data; readonly name: Data } {
  const [provider = type, ...kinds] = type.split('/');
  const names = splitName(name, kinds.length);
  const own = names[names.length - 1] ?? name;
  const pieces: (string | Data)[] = [...scopePrefix(scope, origin), `/providers/${provider}`];
  kinds.forEach((kind, index) => {
    pieces.push(`/${kind}/`, names[index] ?? lostName(origin));
  });
  return { id: joinParts(pieces, origin), name: own };
}

/** Id of a child from the id of its parent. */
export function childId(parent: Data, kind: string, name: Data, origin: Origin): Data {
  return joinParts([parent, `/${kind}/`, name], origin);
}

function scopePrefix(scope: ScopeId, origin: Origin): (string | Data)[] {
  if (scope === 'resource-group') return [resourceGroupId(origin)];
  if (scope === 'other') return [unknownData('deploy-time', 'the scope is chosen at deployment', origin, 'scope')];
  return 'id' in scope ? [scope.id] : [resourceGroupId(origin, scope.group, scope.subscription)];
}

function lostName(origin: Origin): UnknownData {
  return unknownData('wrong-type', 'the name has fewer segments than the type', origin);
}

/** `a/b` into as many names as the type has; an unknown piece counts as text without a slash. */
function splitName(name: Data, count: number): Data[] {
  if (count === 1) return [name];
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

import { networkRoles } from '../net/aks.ts';
import { callOf, type NewResource, referTo } from './change.ts';
import type { ManagedCluster } from './cluster.ts';
import { identityKind } from './effective.ts';
import type { RoleAssignment, UserAssignedIdentity } from './identity.ts';
import type { Model } from './model.ts';
import type { Resource } from './network.ts';
import { areDifferent, canCoexist } from './queries.ts';
import type { Origin } from './value.ts';

/**
 * Whether the files prove that they give an identity no role on a resource, nor on anything around it, that may be
 * enough: to manage networks, unless `sufficient` names a role that is enough as well. What was given before does not
 * show.
 */
export function isGivenNoRole(model: Model, identityId: string, resourceId: string, sufficient?: string): boolean {
  if (model.unreadParts.length > 0) return false;
  return !model.roleAssignments.some(
    (assignment) =>
      (isEnough(assignment) || assignment.roleName === sufficient) && mayGive(assignment, identityId, resourceId),
  );
}

function isEnough({ roleName }: RoleAssignment): boolean {
  return roleName === undefined || !networkRoles.insufficient.includes(roleName);
}

function mayGive({ scopeId, principalId }: RoleAssignment, identityId: string, resourceId: string): boolean {
  if (!mayCover(scopeId, resourceId)) return false;
  const principal = principalId?.kind === 'known' ? principalId.value.resourceId : undefined;
  return principal === undefined || !areDifferent(principal, identityId);
}

/** Whether a scope is the resource or may be around it. Segments that are known only at deployment may turn out equal. */
function mayCover(scopeId: string, resourceId: string): boolean {
  if (!scopeId.startsWith('/')) return true;
  const [scope, resource] = [scopeId.split('/'), resourceId.split('/')];
  return scope.every((segment, index) => {
    const other = resource[index];
    if (other === undefined) return false;
    return segment === other || segment.includes('{') || other.includes('{');
  });
}

/** The one identity of a cluster, where the files declare it. One that exists already may have its roles. */
export function declaredIdentity(
  model: Model,
  cluster: ManagedCluster,
): { readonly identity: UserAssignedIdentity; readonly origin: Origin } | undefined {
  const { items, isComplete } = cluster.identity.userAssignedIdentities;
  const [only, ...others] = items;
  if (identityKind(cluster) !== 'UserAssigned' || only?.kind !== 'known' || others.length > 0 || !isComplete)
    return undefined;
  const identity = model.userAssignedIdentities.find(({ id }) => id === only.value.id);
  if (identity === undefined || identity.isExisting || !canCoexist(identity, cluster)) return undefined;
  return { identity, origin: only.origin };
}

/** The resource that gives an identity a role on another resource. */
export function roleAssignment(
  symbol: 'networkContributor' | 'privateDnsZoneContributor',
  identity: UserAssignedIdentity,
  scope: Resource,
): NewResource {
  const role = networkRoles[symbol];
  return {
    symbol,
    type: 'Microsoft.Authorization/roleAssignments',
    apiVersion: '2022-04-01',
    body: {
      name: callOf('guid', referTo(scope, 'id'), referTo(identity, 'id'), role),
      scope: referTo(scope, 'resource'),
      properties: {
        roleDefinitionId: callOf('subscriptionResourceId', 'Microsoft.Authorization/roleDefinitions', role),
        principalId: referTo(identity, 'principalId'),
        principalType: 'ServicePrincipal',
      },
    },
  };
}

import { networkRoles } from '../net/aks.ts';
import type { RoleAssignment } from './identity.ts';
import type { Model } from './model.ts';
import { areDifferent } from './queries.ts';

/**
 * Whether the files prove that they give an identity no role on a resource, nor on anything around it, that may be
 * enough to manage networks. What was given before does not show.
 */
export function isGivenNoRole(model: Model, identityId: string, resourceId: string): boolean {
  if (model.unreadParts.length > 0) return false;
  return !model.roleAssignments.some((assignment) => mayGive(assignment, identityId, resourceId));
}

function mayGive({ scopeId, roleName, principalId }: RoleAssignment, identityId: string, resourceId: string): boolean {
  if (roleName !== undefined && networkRoles.insufficient.includes(roleName)) return false;
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

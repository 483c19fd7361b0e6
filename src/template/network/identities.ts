import type {
  Principal,
  PrivateDnsZone,
  RoleAssignment,
  UserAssignedIdentity,
  VirtualNetworkLink,
} from '../../model/identity.ts';
import { nameInId } from '../../model/queries.ts';
import { known, knownValue, type Property } from '../../model/value.ts';
import type { Data } from '../data.ts';
import type { EvaluatedResource } from '../resources.ts';
import { readBoolean, readMember, readPath, readReference, readString } from './reader.ts';
import { groupChildren, type OwnerOf, readResource, resourcesOfType } from './resource.ts';

/** User-assigned managed identities. */
export function readUserAssignedIdentities(resources: readonly EvaluatedResource[]): UserAssignedIdentity[] {
  return resourcesOfType(resources, 'microsoft.managedidentity/userassignedidentities').map((resource) =>
    readResource(resource, resource.member('properties')),
  );
}

/** Role assignments, with the scope that their id names. */
export function readRoleAssignments(resources: readonly EvaluatedResource[], ownerOf: OwnerOf): RoleAssignment[] {
  return resourcesOfType(resources, 'microsoft.authorization/roleassignments').map((resource) => {
    const properties = resource.member('properties');
    const common = readResource(resource, properties);
    const roleDefinitionId = readReference(readMember(properties, 'roleDefinitionId'));
    const cut = common.id.lastIndexOf('/providers/microsoft.authorization/roleassignments/');
    return {
      ...common,
      scopeId: cut < 0 ? common.id : common.id.slice(0, cut),
      roleDefinitionId,
      roleName: nameInId(knownValue(roleDefinitionId)?.id ?? ''),
      principalId: readPrincipal(readMember(properties, 'principalId'), ownerOf),
    };
  });
}

/** Private DNS zones with their links to virtual networks. */
export function readPrivateDnsZones(resources: readonly EvaluatedResource[]): PrivateDnsZone[] {
  const children = groupChildren(resources, 'microsoft.network/privatednszones/virtualnetworklinks');
  return resourcesOfType(resources, 'microsoft.network/privatednszones').map((zone) => {
    const common = readResource(zone, zone.member('properties'));
    const items = children.of(common.id).map(readLink);
    // Links are resources of their own, so a zone that exists already may have more of them.
    const isComplete = !common.isExisting && children.areComplete(common.id);
    return { ...common, virtualNetworkLinks: { items, isComplete } };
  });
}

function readLink(resource: EvaluatedResource): VirtualNetworkLink {
  const properties = resource.member('properties');
  return {
    name: readString(resource.name),
    header: resource.header,
    deployment: resource.deployment,
    virtualNetwork: readReference(readPath(properties, 'virtualNetwork', 'id')),
    registrationEnabled: readBoolean(readMember(properties, 'registrationEnabled')),
  };
}

/** An object id as written, or the identity of a resource, which gets its object id at deployment. */
function readPrincipal(data: Data | undefined, ownerOf: OwnerOf): Property<Principal> {
  const resourceId = ownerOf(data);
  if (data !== undefined && resourceId !== undefined) return known({ objectId: undefined, resourceId }, data.origin);
  const text = readString(data);
  return text?.kind === 'known' ? known({ objectId: text.value.toLowerCase(), resourceId }, text.origin) : text;
}

import type { Location } from '../base/span.ts';
import type { Deployment, Resource, ResourceReference } from './network.ts';
import type { Collection, Property } from './value.ts';

export type UserAssignedIdentity = Resource;

export interface RoleAssignment extends Resource {
  /** Canonical id of the resource, resource group or subscription on which the role is granted. */
  readonly scopeId: string;
  readonly roleDefinitionId: Property<ResourceReference>;
  /** The last segment of `roleDefinitionId`: a GUID in lower case, where it is known. */
  readonly roleName: string | undefined;
  readonly principalId: Property<Principal>;
}

/** Who gets a role: one of the two is set. */
export interface Principal {
  /** The object id as written, in lower case. */
  readonly objectId: string | undefined;
  /** Canonical id of the resource whose identity it is. */
  readonly resourceId: string | undefined;
}

export interface PrivateDnsZone extends Resource {
  readonly virtualNetworkLinks: Collection<VirtualNetworkLink>;
}

export interface VirtualNetworkLink {
  readonly name: Property<string>;
  readonly header: Location;
  readonly deployment: Deployment;
  readonly virtualNetwork: Property<ResourceReference>;
  readonly registrationEnabled: Property<boolean>;
}

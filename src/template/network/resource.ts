import { groupBy } from '../../base/group.ts';
import { LastEntry } from '../../base/last-entry.ts';
import type { Location } from '../../base/span.ts';
import type { Resource } from '../../model/network.ts';
import { areDifferent } from '../../model/queries.ts';
import { unknown } from '../../model/value.ts';
import { type Data, identityOf } from '../data.ts';
import type { EvaluatedResource } from '../resources.ts';
import { plainKey, serviceOwner } from '../service-values.ts';
import { literalObject, readString } from './reader.ts';

/** What every resource of the model has, from a declared resource and its `properties`. */
export function readResource(resource: EvaluatedResource, properties: Data | undefined): Resource {
  const { name, declaration } = resource;
  const origin = { at: resource.header };
  return {
    type: resource.type,
    apiVersion: declaration.apiVersion,
    name: readString(name) ?? unknown({ code: 'wrong-type', text: 'the name is empty' }, origin),
    id: canonicalId(resource),
    header: resource.header,
    body: resource.body,
    properties: literalObject(properties),
    isExisting: declaration.isExisting,
    deployment: resource.deployment,
  };
}

/** The id in the form of `Resource.id`; a resource whose id has a part without a key gets one of its own. */
export function canonicalId(resource: EvaluatedResource): string {
  return resource.once(readCanonicalId);
}

function readCanonicalId(resource: EvaluatedResource): string {
  const { id } = resource;
  const text = id.kind === 'unknown' ? undefined : identityOf(id);
  return (text ?? ownId(resource.type, resource.header)).toLowerCase();
}

/** `existing` is only another name for a resource that the files declare as well, or name elsewhere. */
export function withoutExistingTwins<T extends Pick<Resource, 'id' | 'isExisting'>>(resources: readonly T[]): T[] {
  if (!resources.some(({ isExisting }) => isExisting)) return [...resources];
  const seen = new Set(resources.filter(({ isExisting }) => !isExisting).map(({ id }) => id));
  return resources.filter(({ id, isExisting }) => {
    if (isExisting && seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

/** An id for something whose real one cannot be told; like any other it has slashes only between its segments. */
export function ownId(type: string, header: Location): string {
  return `{${type}@${header.uri}#${header.span.start}}`.replaceAll('/', '∕');
}

const resourcesByType = new LastEntry<readonly EvaluatedResource[], ReadonlyMap<string, EvaluatedResource[]>>();

/** The resources of one type, given in lower case, in the order of the files. */
export function resourcesOfType(resources: readonly EvaluatedResource[], type: string): readonly EvaluatedResource[] {
  const byType = resourcesByType.get(resources) ?? groupBy(resources, (resource) => resource.type.toLowerCase());
  resourcesByType.set(resources, byType);
  return byType.get(type) ?? [];
}

/** Finds the canonical id of the resource that a value is read from, see {@link serviceOwner}. */
export type OwnerOf = (data: Data | undefined) => string | undefined;

/** Types that the model asks for the owner of an address or a principal. */
const ownerTypes = [
  'microsoft.containerservice/managedclusters',
  'microsoft.managedidentity/userassignedidentities',
  'microsoft.network/azurefirewalls',
];

/** Owners among the resources of a template, or else as the value spells them. */
export function ownersAmong(resources: readonly EvaluatedResource[]): OwnerOf {
  let ids: ReadonlyMap<string, string> | undefined;
  return (data) => {
    const owner = data === undefined ? undefined : serviceOwner(data);
    if (owner === undefined) return undefined;
    ids ??= new Map(
      ownerTypes
        .flatMap((type) => resourcesOfType(resources, type))
        .map(canonicalId)
        .map((id) => [plainKey(id), id]),
    );
    return ids.get(owner) ?? owner;
  };
}

/** Resources that are declared on their own but belong to another one. */
export interface Children {
  /** Those of the parent with this id. */
  of(parent: string): readonly EvaluatedResource[];
  /** Whether no others can belong to that parent. */
  areComplete(parent: string): boolean;
}

/** Groups the resources of a type such as `a/b/c` by the parent, an `a/b`, that their id names. */
export function groupChildren(resources: readonly EvaluatedResource[], type: string): Children {
  const groups = groupBy(resourcesOfType(resources, type), (child) => parentOf(canonicalId(child)));
  const parents = groups.size === 0 ? [] : resourcesOfType(resources, type.slice(0, type.lastIndexOf('/')));
  const declared = new Set(parents.map(canonicalId));
  // What exists already adds nothing; a child without an id of its own may belong to any parent.
  const strays = [...groups].flatMap(([id, children]) =>
    declared.has(id) || children.every((child) => child.declaration.isExisting) ? [] : [id],
  );
  const mayBelong = (id: string, parent: string): boolean => id === '' || !areDifferent(id, parent);
  return {
    of: (parent) => groups.get(parent) ?? [],
    areComplete: (parent) =>
      (groups.get(parent) ?? []).every((child) => child.isWholeLoop) && !strays.some((id) => mayBelong(id, parent)),
  };
}

/** The id of the resource that a child belongs to: the id without its last type and name. */
export function parentOf(id: string): string {
  return withoutLastSegment(withoutLastSegment(id));
}

/** Names hold no slash and no brace of their own, so cutting at slashes is exact. */
function withoutLastSegment(id: string): string {
  const slash = id.lastIndexOf('/');
  return slash < 0 ? '' : id.slice(0, slash);
}

/** The last segment of an id. */
export function lastSegment(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

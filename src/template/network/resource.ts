import type { Resource } from '../../model/network.ts';
import { unknown } from '../../model/value.ts';
import { identityOf } from '../data.ts';
import type { EvaluatedResource } from '../resources.ts';
import { readString } from './reader.ts';

/** What every resource of the model has, from a declared resource. */
export function readResource(resource: EvaluatedResource): Resource {
  const { name, declaration } = resource;
  const origin = { at: resource.header };
  return {
    type: resource.type,
    name: readString(name) ?? unknown({ code: 'wrong-type', text: 'the name is empty' }, origin),
    id: canonicalId(resource),
    header: resource.header,
    body: resource.body,
    isExisting: declaration.isExisting,
    deployment: resource.deployment,
  };
}

/** The id in the form of `Resource.id`; a resource whose id has a part without a key gets one of its own. */
export function canonicalId(resource: EvaluatedResource): string {
  const { id } = resource;
  const text = id.kind === 'unknown' ? undefined : identityOf(id);
  return (text ?? `{${resource.type}@${resource.header.uri}#${resource.header.span.start}}`).toLowerCase();
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

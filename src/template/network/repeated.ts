import { groupBy } from '../../base/group.ts';
import type { EvaluatedResource } from '../resources.ts';
import { canonicalId } from './resource.ts';

/** The resources of a template, without those that another declaration replaces, and the replaced ones. */
export interface Declared {
  readonly kept: readonly EvaluatedResource[];
  readonly repeated: readonly EvaluatedResource[];
}

/**
 * The resources as they are once everything is deployed. Modules and nested deployments may declare a resource that
 * another one has declared, and a loop may call the same module again: Resource Manager updates the resource in place,
 * so that the last declaration counts. Two declarations in one template are both kept: Resource Manager refuses them.
 */
export function withoutRepeated(resources: readonly EvaluatedResource[]): Declared {
  if (resources.every(({ call }) => call === '')) return { kept: resources, repeated: [] };
  const repeated = new Set<EvaluatedResource>();
  const declared = resources.filter(({ declaration }) => !declaration.isExisting);
  for (const sameType of groupBy(declared, ({ type }) => type.toLowerCase()).values()) {
    for (const twins of groupBy(sameType, canonicalId).values()) {
      const kept = twins.findLast(({ deployment }) => deployment.kind === 'always') ?? twins.at(-1);
      for (const twin of twins) {
        if (kept !== undefined && twin.call !== kept.call && isCertain(twin, kept)) repeated.add(twin);
      }
    }
  }
  if (repeated.size === 0) return { kept: resources, repeated: [] };
  return { kept: resources.filter((resource) => !repeated.has(resource)), repeated: [...repeated] };
}

/** Whether `kept` is deployed wherever `twin` is. */
function isCertain({ deployment }: EvaluatedResource, { deployment: kept }: EvaluatedResource): boolean {
  return kept.kind === 'always' || (deployment.kind === 'conditional' && deployment.key === kept.key);
}

import { groupBy } from '../../base/group.ts';
import type { EvaluatedResource } from '../resources.ts';
import { canonicalId } from './resource.ts';

/**
 * The resources as they are once everything is deployed. Modules and nested deployments may declare a resource that
 * another one has declared, and a loop may call the same module again: Resource Manager updates the resource in place,
 * so that the last declaration counts. Two declarations in one template are both kept: Resource Manager refuses them.
 */
export function withoutRepeated(resources: readonly EvaluatedResource[]): readonly EvaluatedResource[] {
  if (resources.every(({ call }) => call === resources[0]?.call)) return resources;
  const repeated = new Set<EvaluatedResource>();
  const declared = resources.filter(({ declaration }) => !declaration.isExisting);
  for (const sameType of groupBy(declared, ({ type }) => type.toLowerCase()).values()) {
    // Naming a resource takes effort, and most types have one resource or come from one template.
    if (sameType.every(({ call }) => call === sameType[0]?.call)) continue;
    for (const twins of groupBy(sameType, canonicalId).values()) {
      const kept = twins.findLast(({ deployment }) => deployment.kind === 'always') ?? twins.at(-1);
      for (const twin of twins) {
        if (kept !== undefined && twin.call !== kept.call && isCertain(twin, kept)) repeated.add(twin);
      }
    }
  }
  return repeated.size === 0 ? resources : resources.filter((resource) => !repeated.has(resource));
}

/** Whether `kept` is deployed wherever `twin` is. */
function isCertain({ deployment }: EvaluatedResource, { deployment: kept }: EvaluatedResource): boolean {
  return kept.kind === 'always' || (deployment.kind === 'conditional' && deployment.key === kept.key);
}

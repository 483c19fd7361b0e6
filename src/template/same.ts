/** Parts that are compared before two values count as different. */
const maxParts = 20_000;

/**
 * Whether two pieces of plain data, origins included, are the same in everything, so that whatever is computed from one
 * holds for the other. What can be asked for more than it shows, as resources and lambdas can, is never the same.
 */
export function isSame(a: unknown, b: unknown): boolean {
  return compare(a, b, { left: maxParts });
}

function compare(a: unknown, b: unknown, budget: { left: number }): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  if ('handle' in a || 'lambda' in a) return false;
  if (a === b) return true;
  if (--budget.left < 0) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => compare(item, b[index], budget));
  }
  if (a instanceof Map) return b instanceof Map && a.size === b.size && compare([...a], [...b], budget);
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) &&
        compare((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], budget),
    )
  );
}

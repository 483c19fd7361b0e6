import { aksCorednsVersions } from './coredns-plugins.ts';
import { compareVersions } from './dns-queries.ts';

/** The oldest Kubernetes version whose CoreDNS is known. */
export const oldestKnownKubernetes = '1.24';

/** The plugins of the default block of AKS of which CoreDNS refuses a second one, as from an override. */
export const onceInDefaultBlock: readonly string[] = ['errors', 'ready', 'kubernetes', 'prometheus', 'cache', 'loop'];

/**
 * The CoreDNS that AKS runs with a Kubernetes version such as `1.33` or `1.33.2`; undefined for one that is older than
 * {@link oldestKnownKubernetes} or newer than all that are known.
 * https://github.com/Azure/AKS/blob/master/CHANGELOG.md, release 2026-01-04
 */
export function corednsOfKubernetes(version: string): string | undefined {
  const minor = version.split('.').slice(0, 2).join('.');
  if (compareVersions(minor, oldestKnownKubernetes) < 0) return undefined;
  return compareVersions(minor, '1.32') < 0 ? '1.9.4' : aksCorednsVersions[minor];
}

import { dockerBridgeRemovedIn } from '../net/aks.ts';
import { overlaps } from '../net/cidr.ts';
import type { Change, Fix } from './change.ts';
import type { ManagedCluster } from './cluster.ts';
import { podRanges, serviceRanges } from './effective.ts';
import type { Model } from './model.ts';
import { overlappingSubnet } from './overlapping-subnets.ts';
import { describeSubnet } from './subnet-prefixes.ts';
import { knownValue, type Origin } from './value.ts';

/** A range that the Docker bridge of a cluster overlaps. */
export interface BridgeConflict {
  /** As messages name it. */
  readonly what: string;
  /** Undefined for a default. */
  readonly origin: Origin | undefined;
}

/** Whether the API version of the cluster knows `dockerBridgeCidr`; undefined where it names no version. */
export function hasDockerBridge(cluster: ManagedCluster): boolean | undefined {
  return cluster.apiVersion === undefined ? undefined : cluster.apiVersion.slice(0, 10) < dockerBridgeRemovedIn;
}

/** The first range of the cluster or of its network that its Docker bridge overlaps, in versions that know a bridge. */
export function bridgeConflict(model: Model, cluster: ManagedCluster): BridgeConflict | undefined {
  const bridge = knownValue(cluster.networkProfile.dockerBridgeCidr)?.cidr;
  if (bridge === undefined || hasDockerBridge(cluster) !== true) return undefined;
  const subnet = overlappingSubnet(model, cluster, bridge);
  if (subnet !== undefined) return { what: describeSubnet(subnet.subnet, subnet.text), origin: subnet.origin };
  const services = serviceRanges(cluster.networkProfile).find((range) => overlaps(range.cidr, bridge));
  if (services !== undefined) return { what: `the service range ${services.text}`, origin: services.origin };
  const pods = podRanges(cluster).find((range) => overlaps(range.cidr, bridge));
  return pods === undefined ? undefined : { what: `the pod range ${pods.text}`, origin: pods.origin };
}

/** The fix that removes the bridge; empty where it is not written in an object literal. */
export function removeBridge(cluster: ManagedCluster): Fix[] {
  const object = cluster.networkProfile.body;
  if (object === undefined) return [];
  const changes: Change[] = [{ kind: 'remove-property', object, key: 'dockerBridgeCidr' }];
  return [{ title: 'Remove dockerBridgeCidr', applicability: 'safe', changes }];
}

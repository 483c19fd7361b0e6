import type { Location } from '../../base/span.ts';
import type { AgentPool, LocalDnsOverride, LocalDnsProfile } from '../../model/cluster.ts';
import type { Collection } from '../../model/value.ts';
import type { Data } from '../data.ts';
import type { EvaluatedResource } from '../resources.ts';
import {
  itemHeader,
  literalObject,
  readBoolean,
  readMember,
  readNumber,
  readPath,
  readReference,
  readSection,
  readString,
  readText,
  readTexts,
} from './reader.ts';
import { canonicalId, parentOf } from './resource.ts';

/** An item of `agentPoolProfiles`. */
export function readInlinePool(item: Data, cluster: EvaluatedResource): AgentPool | undefined {
  if (item.kind !== 'object') return undefined;
  const header = itemHeader(item);
  return {
    name: readString(readMember(item, 'name')),
    header,
    body: literalObject(item),
    deployment: cluster.deployment,
    isInline: true,
    clusterId: canonicalId(cluster),
    ...readPoolProperties(item, header),
  };
}

/** A pool that is a resource of its own. */
export function readChildPool(resource: EvaluatedResource): AgentPool {
  const properties = resource.member('properties');
  return {
    name: readString(resource.name),
    header: resource.header,
    body: literalObject(properties),
    deployment: resource.deployment,
    isInline: false,
    clusterId: parentOf(canonicalId(resource)),
    ...readPoolProperties(properties, resource.header),
  };
}

type PoolProperties = Omit<AgentPool, 'name' | 'header' | 'body' | 'deployment' | 'isInline' | 'clusterId'>;

function readPoolProperties(pool: Data | undefined, header: Location): PoolProperties {
  const read = (name: string): Data | undefined => readMember(pool, name);
  return {
    mode: readString(read('mode')),
    osType: readString(read('osType')),
    osSKU: readString(read('osSKU')),
    vmSize: readString(read('vmSize')),
    type: readString(read('type')),
    orchestratorVersion: readText(read('orchestratorVersion')),
    availabilityZones: readTexts(read('availabilityZones')),
    scaleDownMode: readString(read('scaleDownMode')),
    count: readNumber(read('count')),
    minCount: readNumber(read('minCount')),
    maxCount: readNumber(read('maxCount')),
    enableAutoScaling: readBoolean(read('enableAutoScaling')),
    maxPods: readNumber(read('maxPods')),
    maxSurge: readText(readPath(pool, 'upgradeSettings', 'maxSurge')),
    maxUnavailable: readText(readPath(pool, 'upgradeSettings', 'maxUnavailable')),
    enableNodePublicIP: readBoolean(read('enableNodePublicIP')),
    nodePublicIPPrefixID: readReference(read('nodePublicIPPrefixID')),
    podIPAllocationMode: readString(read('podIPAllocationMode')),
    vnetSubnetID: readReference(read('vnetSubnetID')),
    podSubnetID: readReference(read('podSubnetID')),
    localDNSProfile: readLocalDns(read('localDNSProfile'), header),
  };
}

function readLocalDns(profile: Data | undefined, header: Location): LocalDnsProfile {
  return {
    ...readSection(profile, header),
    mode: readString(readMember(profile, 'mode')),
    vnetDNSOverrides: readOverrides(readMember(profile, 'vnetDNSOverrides'), header),
    kubeDNSOverrides: readOverrides(readMember(profile, 'kubeDNSOverrides'), header),
  };
}

/** An object whose keys are zones. */
function readOverrides(data: Data | undefined, header: Location): Collection<LocalDnsOverride> {
  if (data === undefined) return { items: [], isComplete: true };
  if (data.kind !== 'object') return { items: [], isComplete: false };
  const items = data.properties.list.map(({ key, value }) => {
    const read = (name: string): Data | undefined => readMember(value, name);
    return {
      ...readSection(value, header),
      zone: key,
      queryLogging: readString(read('queryLogging')),
      protocol: readString(read('protocol')),
      forwardDestination: readString(read('forwardDestination')),
      forwardPolicy: readString(read('forwardPolicy')),
      serveStale: readString(read('serveStale')),
    };
  });
  return { items, isComplete: !data.isOpen };
}

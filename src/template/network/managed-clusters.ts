import { groupBy } from '../../base/group.ts';
import type { AgentPool, ManagedCluster, NetworkProfile } from '../../model/network.ts';
import type { Data } from '../data.ts';
import type { EvaluatedResource } from '../resources.ts';
import {
  joinCollections,
  literalObject,
  readBoolean,
  readCollection,
  readMember,
  readNumber,
  readPath,
  readPrefixes,
  readPrefixProperty,
  readReference,
  readString,
} from './reader.ts';
import { parentOf, readResource } from './resource.ts';

const clusterType = 'microsoft.containerservice/managedclusters';
const poolType = 'microsoft.containerservice/managedclusters/agentpools';

/** Managed clusters with their inline agent pools and the pools declared as child resources. */
export function readManagedClusters(resources: readonly EvaluatedResource[]): ManagedCluster[] {
  const children = resources.filter((resource) => resource.type.toLowerCase() === poolType);
  const byCluster = groupBy(children, (child) => parentOf(readResource(child).id));
  return resources
    .filter((resource) => resource.type.toLowerCase() === clusterType)
    .map((cluster) => {
      const resource = readResource(cluster);
      const properties = cluster.member('properties');
      const own = byCluster.get(resource.id) ?? [];
      const inline = readCollection(readMember(properties, 'agentPoolProfiles'), (item) =>
        readInlinePool(item, cluster),
      );
      return {
        ...resource,
        networkProfile: readNetworkProfile(readMember(properties, 'networkProfile'), cluster),
        agentPools: joinCollections(inline, {
          items: own.map(readChildPool),
          isComplete: own.every((child) => child.isWholeLoop),
        }),
        artifactSource: readString(readPath(properties, 'bootstrapProfile', 'artifactSource')),
        properties: literalObject(properties),
      };
    });
}

function readNetworkProfile(profile: Data | undefined, cluster: EvaluatedResource): NetworkProfile {
  const read = (name: string): Data | undefined => readMember(profile, name);
  return {
    body: literalObject(profile),
    origin: profile?.origin ?? { at: cluster.header },
    isSet: profile !== undefined,
    networkPlugin: readString(read('networkPlugin')),
    networkPluginMode: readString(read('networkPluginMode')),
    networkDataplane: readString(read('networkDataplane')),
    outboundType: readString(read('outboundType')),
    serviceCidr: readPrefixProperty(read('serviceCidr')),
    serviceCidrs: readPrefixes(read('serviceCidrs')),
    podCidr: readPrefixProperty(read('podCidr')),
    podCidrs: readPrefixes(read('podCidrs')),
    dnsServiceIP: readDnsServiceIP(read('dnsServiceIP')),
    dockerBridgeCidr: readPrefixProperty(read('dockerBridgeCidr')),
  };
}

/** An empty address counts as not set. */
function readDnsServiceIP(data: Data | undefined): NetworkProfile['dnsServiceIP'] {
  return data?.kind === 'string' && data.value === '' ? undefined : readString(data);
}

function readInlinePool(item: Data, cluster: EvaluatedResource): AgentPool | undefined {
  if (item.kind !== 'object') return undefined;
  const name = readMember(item, 'name');
  return {
    name: readString(name),
    header: name?.origin.from ?? name?.origin.at ?? item.origin.at,
    body: literalObject(item),
    deployment: cluster.deployment,
    ...readPoolProperties(item),
  };
}

function readChildPool(resource: EvaluatedResource): AgentPool {
  const properties = resource.member('properties');
  return {
    name: readString(resource.name),
    header: resource.header,
    body: literalObject(properties),
    deployment: resource.deployment,
    ...readPoolProperties(properties),
  };
}

function readPoolProperties(pool: Data | undefined): Omit<AgentPool, 'name' | 'header' | 'body' | 'deployment'> {
  const read = (name: string): Data | undefined => readMember(pool, name);
  return {
    count: readNumber(read('count')),
    minCount: readNumber(read('minCount')),
    maxCount: readNumber(read('maxCount')),
    enableAutoScaling: readBoolean(read('enableAutoScaling')),
    maxPods: readNumber(read('maxPods')),
    osType: readString(read('osType')),
    vnetSubnetID: readReference(read('vnetSubnetID')),
    podSubnetID: readReference(read('podSubnetID')),
  };
}

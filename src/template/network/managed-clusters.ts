import type { Location } from '../../base/span.ts';
import type {
  AddonProfile,
  AddonProfiles,
  AgentPool,
  ApiServerAccessProfile,
  BootstrapProfile,
  ClusterIdentity,
  ManagedCluster,
} from '../../model/cluster.ts';
import type { ResourceReference } from '../../model/network.ts';
import { type Collection, known, knownValue, type Property, unknown, type Value } from '../../model/value.ts';
import type { Data } from '../data.ts';
import type { EvaluatedResource } from '../resources.ts';
import { readChildPool, readInlinePool } from './agent-pools.ts';
import { readNetworkProfile } from './network-profile.ts';
import {
  joinCollections,
  readBoolean,
  readCollection,
  readMember,
  readPath,
  readPrefixes,
  readPrefixProperty,
  readReference,
  readSection,
  readString,
  readText,
} from './reader.ts';
import {
  type Children,
  canonicalId,
  groupChildren,
  lastSegment,
  readResource,
  resourcesOfType,
  withoutExistingTwins,
} from './resource.ts';

const poolType = 'microsoft.containerservice/managedclusters/agentpools';

/** What {@link readManagedClusters} finds; `agentPools` holds those of clusters declared elsewhere as well. */
export interface ClusterParts {
  readonly managedClusters: ManagedCluster[];
  readonly agentPools: AgentPool[];
}

/** Managed clusters with their inline agent pools and the pools declared as child resources. */
export function readManagedClusters(resources: readonly EvaluatedResource[]): ClusterParts {
  const children = groupChildren(resources, poolType);
  const clusters = resourcesOfType(resources, 'microsoft.containerservice/managedclusters');
  const managedClusters = withoutExistingTwins(clusters.map((cluster) => readCluster(cluster, children)));
  const ownIds = new Set(clusters.map(canonicalId));
  const strangers = resourcesOfType(resources, poolType)
    .map(readChildPool)
    .filter((pool) => !ownIds.has(pool.clusterId));
  return {
    managedClusters,
    agentPools: [...managedClusters.flatMap((cluster) => cluster.agentPools.items), ...strangers],
  };
}

function readCluster(cluster: EvaluatedResource, children: Children): ManagedCluster {
  const properties = cluster.member('properties');
  const common = readResource(cluster, properties);
  const { header } = common;
  const sku = cluster.member('sku');
  const read = (name: string): Data | undefined => readMember(properties, name);
  const inline = readCollection(read('agentPoolProfiles'), (item) => readInlinePool(item, cluster));
  const own = children.of(common.id).map(readChildPool);
  return {
    ...common,
    location: readString(cluster.member('location')),
    skuName: readString(readMember(sku, 'name')),
    skuTier: readString(readMember(sku, 'tier')),
    kubernetesVersion: readText(read('kubernetesVersion')),
    dnsPrefix: readString(read('dnsPrefix')),
    fqdnSubdomain: readString(read('fqdnSubdomain')),
    publicNetworkAccess: readString(read('publicNetworkAccess')),
    nodeResourceGroup: readString(read('nodeResourceGroup')),
    identity: readIdentity(cluster.member('identity'), header),
    servicePrincipalProfile: readSection(read('servicePrincipalProfile'), header),
    windowsProfile: readSection(read('windowsProfile'), header),
    networkProfile: readNetworkProfile(read('networkProfile'), header),
    apiServerAccessProfile: readApiServerAccess(read('apiServerAccessProfile'), header),
    bootstrapProfile: readBootstrap(read('bootstrapProfile'), header),
    httpProxyConfig: readSection(read('httpProxyConfig'), header),
    addonProfiles: readAddons(read('addonProfiles'), header),
    nodeProvisioningMode: readString(readPath(properties, 'nodeProvisioningProfile', 'mode')),
    webAppRoutingEnabled: readBoolean(readPath(properties, 'ingressProfile', 'webAppRouting', 'enabled')),
    agentPools: joinCollections(withoutRepeated(inline, own), {
      items: own,
      isComplete: children.areComplete(common.id),
    }),
  };
}

/** A child resource with the name of an inline pool is that pool, declared again. */
function withoutRepeated(inline: Collection<AgentPool>, own: readonly AgentPool[]): Collection<AgentPool> {
  const names = new Set(own.map(({ name }) => lastSegment(knownValue(name) ?? '').toLowerCase()));
  if (own.length === 0) return inline;
  names.delete('');
  return { ...inline, items: inline.items.filter(({ name }) => !names.has(knownValue(name)?.toLowerCase() ?? '')) };
}

function readIdentity(identity: Data | undefined, header: Location): ClusterIdentity {
  return {
    ...readSection(identity, header),
    type: readString(readMember(identity, 'type')),
    userAssignedIdentities: readIdentityIds(readMember(identity, 'userAssignedIdentities')),
  };
}

/** The ids are the keys of an object; those that are known only at deployment in part are kept apart from the others. */
function readIdentityIds(data: Data | undefined): Collection<Value<ResourceReference>> {
  if (data?.kind !== 'object') return { items: [], isComplete: data === undefined };
  const partial = (data.partialKeys ?? []).flatMap((key) => readReference(key) ?? []);
  const whole = data.properties.list.map(({ key, keyLocation }) =>
    known({ id: key.toLowerCase() }, keyLocation === undefined ? data.origin : { at: keyLocation }),
  );
  // Partial keys leave the object open; a literal is open for no other reason.
  return { items: [...whole, ...partial], isComplete: !data.isOpen || data.isLiteral };
}

function readApiServerAccess(profile: Data | undefined, header: Location): ApiServerAccessProfile {
  const read = (name: string): Data | undefined => readMember(profile, name);
  return {
    ...readSection(profile, header),
    authorizedIPRanges: readPrefixes(read('authorizedIPRanges')),
    enablePrivateCluster: readBoolean(read('enablePrivateCluster')),
    enablePrivateClusterPublicFQDN: readBoolean(read('enablePrivateClusterPublicFQDN')),
    privateDNSZone: readZone(read('privateDNSZone')),
    enableVnetIntegration: readBoolean(read('enableVnetIntegration')),
    subnetId: readReference(read('subnetId')),
    disableRunCommand: readBoolean(read('disableRunCommand')),
  };
}

/** An id, `system` or `none`. A parameter without a value may be any of them. */
function readZone(data: Data | undefined): Property<ResourceReference> {
  const zone = readReference(data);
  if (zone?.kind !== 'known' || zone.value.id.includes('/') || !zone.value.id.includes('{')) return zone;
  return unknown({ code: 'unsupported', text: 'the zone is not known' }, zone.origin);
}

function readBootstrap(profile: Data | undefined, header: Location): BootstrapProfile {
  return {
    ...readSection(profile, header),
    artifactSource: readString(readMember(profile, 'artifactSource')),
    containerRegistryId: readReference(readMember(profile, 'containerRegistryId')),
  };
}

function readAddons(addons: Data | undefined, header: Location): AddonProfiles {
  const read = (name: string): AddonProfile => readAddon(readMember(addons, name), header);
  return {
    ...readSection(addons, header),
    ingressApplicationGateway: read('ingressApplicationGateway'),
    httpApplicationRouting: read('httpApplicationRouting'),
    aciConnectorLinux: read('aciConnectorLinux'),
    azurepolicy: read('azurepolicy'),
  };
}

function readAddon(addon: Data | undefined, header: Location): AddonProfile {
  const read = (name: string): Data | undefined => readPath(addon, 'config', name);
  return {
    ...readSection(addon, header),
    enabled: readBoolean(readMember(addon, 'enabled')),
    applicationGatewayId: readReference(read('applicationGatewayId')),
    subnetId: readReference(read('subnetId')),
    subnetCIDR: readPrefixProperty(read('subnetCIDR') ?? read('subnetPrefix')),
    subnetName: readString(read('SubnetName')),
  };
}

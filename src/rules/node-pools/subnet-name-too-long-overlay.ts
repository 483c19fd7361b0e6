import type { Location } from '../../base/span.ts';
import type { AgentPool } from '../../model/cluster.ts';
import { networkMode } from '../../model/effective.ts';
import type { Model } from '../../model/model.ts';
import type { ResourceReference } from '../../model/network.ts';
import { clusterOf, namedResource, networkIdOf, subnetById, virtualNetworkById } from '../../model/queries.ts';
import type { Origin, Property, Value } from '../../model/value.ts';
import { limits } from '../../net/aks.ts';
import { defineRule } from '../rule.ts';

export const subnetNameTooLongOverlay = defineRule({
  id: 'subnet-name-too-long-overlay',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A subnet, virtual network or resource group of nodes has a name that is too long for a label.',
  condition:
    'Reports names with more than 63 characters in the `vnetSubnetID` or `podSubnetID` of a pool with overlay networking or a pod subnet.',
  why: 'In these modes the names become labels of the nodes, which take 63 characters, and AKS refuses longer ones.',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'snet-kubernetes-production-westeurope-cluster-blue-nodes-general-01', properties: { addressPrefix: '10.1.0.0/24' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'snet-nodes', properties: { addressPrefix: '10.1.0.0/24' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay',
    'https://github.com/Azure/AKS/blob/master/CHANGELOG.md',
  ],
  messages: {
    tooLong: (d: { what: string; name: string; length: number; limit: number }) =>
      `The name of this ${d.what} has ${d.length} characters, and nodes carry it as a label, which takes ${d.limit}: "${d.name}". Use a shorter name.`,
  },

  check(model, report) {
    const limit = limits.overlayNameLength;
    const reported = new Set<string>();
    for (const pool of model.agentPools) {
      if (!hasNameLabels(model, pool)) continue;
      for (const reference of [pool.vnetSubnetID, pool.podSubnetID]) {
        for (const { what, name, at, key } of namesOf(model, reference)) {
          if (name.length <= limit || reported.has(key)) continue;
          reported.add(key);
          report({
            at,
            message: 'tooLong',
            data: { what, name, length: name.length, limit },
            related: [{ at: pool.header, text: 'The node pool is here.' }],
          });
        }
      }
    }
  },
});

function hasNameLabels(model: Model, pool: AgentPool): boolean {
  const cluster = clusterOf(model, pool);
  const mode = cluster === undefined ? undefined : networkMode(cluster, pool);
  return mode === 'overlay' || mode === 'pod-subnet';
}

interface LabelName {
  readonly what: string;
  readonly name: string;
  readonly at: Location | Origin;
  /** The same for the same resource. */
  readonly key: string;
}

/** The known names in the id of a subnet, as they are declared where they are. */
function namesOf(model: Model, reference: Property<ResourceReference>): LabelName[] {
  const id = namedResource(reference);
  if (id === undefined || reference === undefined) return [];
  const network = networkIdOf(id);
  const declared: Readonly<Record<string, Value<string> | undefined>> = {
    subnets: subnetById(model, reference)?.name,
    virtualnetworks: network === undefined ? undefined : virtualNetworkById(model, network)?.name,
  };
  const segments = id.split('/');
  return Object.entries(kinds).flatMap(([type, what]) => {
    const index = segments.indexOf(type);
    const segment = index < 0 ? undefined : segments[index + 1];
    if (segment === undefined || segment.includes('{')) return [];
    const written = declared[type];
    const name = written?.kind === 'known' ? written.value : segment;
    const at = written?.kind === 'known' ? written.origin : reference.origin.at;
    return [{ what, name, at, key: segments.slice(0, index + 2).join('/') }];
  });
}

/** Types in ids, in lower case. */
const kinds: Readonly<Record<string, string>> = {
  subnets: 'subnet',
  virtualnetworks: 'virtual network',
  resourcegroups: 'resource group',
};

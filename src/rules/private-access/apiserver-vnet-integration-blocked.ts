import type { Fix } from '../../model/change.ts';
import type { AgentPool, ManagedCluster } from '../../model/cluster.ts';
import type { Model } from '../../model/model.ts';
import { apiServerSubnet, canCoexist, clusterNetworks, namedResource } from '../../model/queries.ts';
import { onlyPrefix } from '../../model/subnet-resize-fix.ts';
import { knownValue } from '../../model/value.ts';
import { limits, subnetDelegation } from '../../net/aks.ts';
import { defineRule } from '../rule.ts';

export const apiserverVnetIntegrationBlocked = defineRule({
  id: 'apiserver-vnet-integration-blocked',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'API Server VNet Integration is prepared but not turned on, or turned on in a network that rules it out.',
  condition:
    'Reports subnetId of the API server without enableVnetIntegration in clusters other than AKS Automatic, and enableVnetIntegration in an encrypted virtual network when the size of a node pool is of generation 4 or later, which encrypts.',
  why: 'Without the flag AKS leaves the subnet alone and the API server outside of the network. An encrypted network keeps nodes from an API server inside of it.',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } }
      {
        name: 'api'
        properties: {
          addressPrefix: '10.1.1.0/28'
          delegations: [
            {
              name: 'aks'
              properties: { serviceName: 'Microsoft.ContainerService/managedClusters' }
            }
          ]
        }
      }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        count: 3
        vnetSubnetID: resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-spoke', 'nodes')
      }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
    apiServerAccessProfile: { subnetId: resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-spoke', 'api') }
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } }
      {
        name: 'api'
        properties: {
          addressPrefix: '10.1.1.0/28'
          delegations: [
            {
              name: 'aks'
              properties: { serviceName: 'Microsoft.ContainerService/managedClusters' }
            }
          ]
        }
      }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        count: 3
        vnetSubnetID: resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-spoke', 'nodes')
      }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
    apiServerAccessProfile: {
      enableVnetIntegration: true
      subnetId: resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-spoke', 'api')
    }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/api-server-vnet-integration'],
  messages: {
    off: (_d: undefined) =>
      'The API server has a subnet, but API Server VNet Integration is not turned on, so the subnet is not used. Set enableVnetIntegration to true, or remove subnetId.',
    encrypted: (d: { network: string; size: string }) =>
      `API Server VNet Integration does not work in ${d.network}, which is encrypted, with nodes of size ${d.size}, which take part in it. Turn the encryption of the network off, or the integration.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const { enableVnetIntegration, subnetId } = cluster.apiServerAccessProfile;
      const isOff = enableVnetIntegration === undefined || knownValue(enableVnetIntegration) === false;
      if (subnetId !== undefined && namedResource(subnetId) !== undefined && isOff && isBase(cluster)) {
        const related =
          enableVnetIntegration === undefined
            ? []
            : [{ at: enableVnetIntegration.origin, text: 'The integration is turned off here.' }];
        report({
          at: subnetId.origin,
          message: 'off',
          data: undefined,
          related,
          fixes: canBeUsed(model, cluster) ? turnOn(cluster) : [],
        });
      }
      const size = cluster.agentPools.items.flatMap((pool) => encryptingSize(pool) ?? [])[0];
      if (enableVnetIntegration === undefined || knownValue(enableVnetIntegration) !== true || size === undefined)
        continue;
      for (const network of clusterNetworks(model, cluster)) {
        const { encryptionEnabled } = network;
        if (encryptionEnabled?.kind !== 'known' || !encryptionEnabled.value || !canCoexist(network, cluster)) continue;
        const name = knownValue(network.name);
        report({
          at: enableVnetIntegration.origin,
          message: 'encrypted',
          data: { network: name === undefined ? 'this virtual network' : `network "${name}"`, size },
          related: [{ at: encryptionEnabled.origin, text: 'The network is encrypted here.' }],
        });
      }
    }
  },
});

/** AKS Automatic turns the integration on by itself. */
function isBase({ skuName }: ManagedCluster): boolean {
  return skuName === undefined || knownValue(skuName)?.toLowerCase() === 'base';
}

/** Sizes of generation 4 and later take part in encryption. */
function encryptingSize({ vmSize }: AgentPool): string | undefined {
  const size = knownValue(vmSize);
  const generation = /_v(\d{1,2})$/i.exec(size ?? '')?.[1];
  return generation !== undefined && Number(generation) >= 4 ? size : undefined;
}

/** Whether nothing of the subnet speaks against the integration; other rules say what to do about the rest. */
function canBeUsed(model: Model, cluster: ManagedCluster): boolean {
  const subnet = apiServerSubnet(model, cluster);
  if (subnet === undefined) return true;
  const isDelegated = subnet.delegations.items.some(
    ({ serviceName }) => knownValue(serviceName)?.toLowerCase() === subnetDelegation.toLowerCase(),
  );
  const length = onlyPrefix(subnet)?.cidr.length;
  return isDelegated && length !== undefined && length <= limits.apiServerSubnetLength;
}

function turnOn({ apiServerAccessProfile: { body } }: ManagedCluster): Fix[] {
  if (body === undefined) return [];
  return [
    {
      title: 'Set enableVnetIntegration to true (it cannot be turned off later)',
      applicability: 'unsafe',
      changes: [{ kind: 'set-property', object: body, path: ['enableVnetIntegration'], to: true }],
    },
  ];
}

import type { ManagedCluster } from '../../model/cluster.ts';
import type { Model } from '../../model/model.ts';
import type { Subnet } from '../../model/network.ts';
import { canCoexist, clusterNetworks, subnetsOfNetwork } from '../../model/queries.ts';
import { nodePoolsIn } from '../../model/subnet-users.ts';
import { knownValue, type Property } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

/** https://learn.microsoft.com/azure/container-instances/container-instances-virtual-network-concepts */
const containerInstances = 'Microsoft.ContainerInstance/containerGroups';

export const virtualNodeNetwork = defineRule({
  id: 'virtual-node-network',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The virtual nodes of a cluster have no network that they can run in.',
  condition:
    'Reports the virtual nodes add-on (aciConnectorLinux) in a kubenet cluster, and a SubnetName that is an id, that no subnet of the network of the cluster has, that belongs to a node pool, or whose subnet is delegated to something other than Azure Container Instances.',
  why: 'Virtual nodes are container instances in a subnet of their own, next to the nodes; AKS looks the subnet up by its name and refuses the add-on otherwise.',
  serviceError: {
    kubenet: 'ACIConnectorRequiresAzureNetworking',
    id: 'InvalidACIConnectorSubnetName',
    missing: 'GetSubnetError',
  },
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
        name: 'virtual'
        properties: {
          addressPrefix: '10.1.4.0/24'
          delegations: [
            {
              name: 'aci'
              properties: { serviceName: 'Microsoft.ContainerInstance/containerGroups' }
            }
          ]
        }
      }
      {
        name: 'web'
        properties: {
          addressPrefix: '10.1.5.0/24'
          delegations: [
            { name: 'web', properties: { serviceName: 'Microsoft.Web/serverFarms' } }
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
    networkProfile: { networkPlugin: 'azure' }
    addonProfiles: { aciConnectorLinux: { enabled: true, config: { SubnetName: 'virtual-nodes' } } }
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
        name: 'virtual'
        properties: {
          addressPrefix: '10.1.4.0/24'
          delegations: [
            {
              name: 'aci'
              properties: { serviceName: 'Microsoft.ContainerInstance/containerGroups' }
            }
          ]
        }
      }
      {
        name: 'web'
        properties: {
          addressPrefix: '10.1.5.0/24'
          delegations: [
            { name: 'web', properties: { serviceName: 'Microsoft.Web/serverFarms' } }
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
    networkProfile: { networkPlugin: 'azure' }
    addonProfiles: { aciConnectorLinux: { enabled: true, config: { SubnetName: 'virtual' } } }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/virtual-nodes',
    'https://learn.microsoft.com/azure/aks/configure-kubenet',
  ],
  messages: {
    kubenet: (_d: undefined) =>
      'The virtual nodes add-on (aciConnectorLinux) needs Azure CNI, and networkPlugin is kubenet. Turn the add-on off, or use Azure CNI.',
    id: (d: { text: string }) =>
      `SubnetName is "${d.text}", and AKS takes the name of a subnet there, not an id. Write its name alone.`,
    missing: (d: { name: string; network: string }) =>
      `There is no subnet "${d.name}" in ${d.network}, where the nodes stand. Name a subnet of that network.`,
    nodes: (d: { name: string }) =>
      `The subnet "${d.name}" belongs to a node pool, and virtual nodes need one of their own. Name another subnet.`,
    delegated: (d: { name: string; service: string }) =>
      `The subnet "${d.name}" is delegated to ${d.service}, and virtual nodes need one for ${containerInstances}. Name another subnet, or change the delegation.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const { enabled, subnetName } = cluster.addonProfiles.aciConnectorLinux;
      if (enabled?.kind !== 'known' || !enabled.value) continue;
      const { networkPlugin } = cluster.networkProfile;
      if (networkPlugin?.kind === 'known' && networkPlugin.value.toLowerCase() === 'kubenet') {
        const related = [{ at: networkPlugin.origin, text: 'Kubenet is set here.' }];
        report({ at: enabled.origin, message: 'kubenet', data: undefined, related });
      }
      if (subnetName?.kind !== 'known') continue;
      const { origin: at, value: name } = subnetName;
      if (name.includes('/')) {
        report({ at, message: 'id', data: { text: name } });
        continue;
      }
      const found = subnetNamed(model, cluster, name);
      if (found === undefined) {
        const network = networkWithout(model, cluster);
        if (network !== undefined) report({ at, message: 'missing', data: { name, network } });
        continue;
      }
      const related = [{ at: found.header, text: 'The subnet is here.' }];
      if (nodePoolsIn(model, found.id).length > 0) report({ at, message: 'nodes', data: { name }, related });
      const service = foreignService(found);
      if (service !== undefined) report({ at, message: 'delegated', data: { name, service }, related });
    }
  },
});

function subnetNamed(model: Model, cluster: ManagedCluster, name: string): Subnet | undefined {
  const subnets = clusterNetworks(model, cluster).flatMap((network) => subnetsOfNetwork(model, network.id));
  return subnets.find((subnet) => isNamed(subnet.name, name) && canCoexist(subnet, cluster));
}

/** The only network of a cluster, where every subnet of it is known by name. */
function networkWithout(model: Model, cluster: ManagedCluster): string | undefined {
  const [network, ...others] = clusterNetworks(model, cluster);
  if (network === undefined || others.length > 0 || network.isExisting || model.unreadParts.length > 0)
    return undefined;
  const { items, isComplete } = network.subnets;
  if (!isComplete || items.some(({ name }) => name.kind === 'unknown')) return undefined;
  return network.name.kind === 'known' ? `network "${network.name.value}"` : 'the network';
}

function isNamed(name: Property<string>, text: string): boolean {
  return knownValue(name)?.toLowerCase() === text.toLowerCase();
}

function foreignService({ delegations }: Subnet): string | undefined {
  const services = delegations.items.flatMap(({ serviceName }) => knownValue(serviceName) ?? []);
  return services.find((service) => service.toLowerCase() !== containerInstances.toLowerCase());
}

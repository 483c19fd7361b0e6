import type { Fix } from '../../model/change.ts';
import { hasApiServerInSubnet, isAutomatic } from '../../model/effective.ts';
import type { Subnet } from '../../model/network.ts';
import { apiServerSubnet, canCoexist, nameInId } from '../../model/queries.ts';
import { isProvenWithout, subnetLabel } from '../../model/subnet-attachments.ts';
import { nodePoolsIn } from '../../model/subnet-users.ts';
import { knownValue } from '../../model/value.ts';
import { subnetDelegation } from '../../net/aks.ts';
import { findSpecialSubnet } from '../../net/azure.ts';
import { defineRule } from '../rule.ts';

export const apiserverSubnetDelegation = defineRule({
  id: 'apiserver-subnet-delegation',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The subnet of an API server is not delegated to AKS.',
  condition:
    'Reports the subnet of a cluster with API Server VNet Integration that is proven to have no delegation to Microsoft.ContainerService/managedClusters. AKS Automatic delegates the subnet itself and is left out.',
  why: 'AKS puts the API server into the subnet only with that delegation, and the cluster is refused without it.',
  serviceError: 'ApiserverSubnetConfigError',
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
      { name: 'api', properties: { addressPrefix: '10.1.1.0/28' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    apiServerAccessProfile: { enableVnetIntegration: true, subnetId: vnet.properties.subnets[1].id }
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
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } }
      { name: 'api', properties: { addressPrefix: '10.1.1.0/28', delegations: [{ name: 'aks', properties: { serviceName: 'Microsoft.ContainerService/managedClusters' } }] } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    apiServerAccessProfile: { enableVnetIntegration: true, subnetId: vnet.properties.subnets[1].id }
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/api-server-vnet-integration'],
  messages: {
    missing: (d: { subnet: string }) =>
      `${d.subnet} holds the API server of a cluster and is not delegated to ${subnetDelegation}. Add that delegation.`,
    other: (d: { subnet: string; service: string }) =>
      `${d.subnet} holds the API server of a cluster, but it is delegated to ${d.service}. Delegate it to ${subnetDelegation}, or give the API server another subnet.`,
  },

  check(model, report) {
    const reported = new Set<string>();
    for (const cluster of model.managedClusters) {
      const subnet = apiServerSubnet(model, cluster);
      if (subnet === undefined || reported.has(subnet.id) || !canCoexist(subnet, cluster)) continue;
      if (!hasApiServerInSubnet(cluster) || isAutomatic(cluster) !== false) continue;
      if (isForOthers(subnet.id) || nodePoolsIn(model, subnet.id).length > 0) continue;
      if (!isProvenWithout(model, subnet, isNotDelegated)) continue;
      reported.add(subnet.id);
      const label = subnetLabel(subnet);
      const related = [{ at: cluster.header, text: 'The cluster of the API server is here.' }];
      const other = subnet.delegations.items[0]?.serviceName;
      if (other?.kind === 'known') {
        const data = { subnet: label, service: other.value };
        report({ at: other.origin, message: 'other', data, related });
      } else
        report({
          at: subnet.header,
          message: 'missing',
          data: { subnet: label },
          related,
          fixes: delegationFix(subnet),
        });
    }
  },
});

/** Nothing of a cluster may be in it: node-subnet-reserved-name says so. */
function isForOthers(subnetId: string): boolean {
  return findSpecialSubnet(nameInId(subnetId) ?? '') !== undefined;
}

/** Whether a declaration of a subnet has no delegation to AKS and leaves none open. */
function isNotDelegated({ delegations }: Subnet): boolean {
  const isOther = (service: string | undefined): boolean =>
    service !== undefined && service.toLowerCase() !== subnetDelegation.toLowerCase();
  return delegations.isComplete && delegations.items.every(({ serviceName }) => isOther(knownValue(serviceName)));
}

function delegationFix({ delegations, properties }: Subnet): Fix[] {
  const item = { name: 'aks', properties: { serviceName: subnetDelegation } };
  const title = `Delegate the subnet to ${subnetDelegation}`;
  if (delegations.origin !== undefined) {
    const array = delegations.origin.from ?? delegations.origin.at;
    return [{ title, applicability: 'safe', changes: [{ kind: 'append-item', array, item }] }];
  }
  if (properties === undefined) return [];
  const change = { kind: 'set-property', object: properties, path: ['delegations'], to: [item] } as const;
  return [{ title, applicability: 'safe', changes: [change] }];
}

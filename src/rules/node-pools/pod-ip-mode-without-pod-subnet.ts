import { compareVersions } from '../../model/dns-queries.ts';
import { podIPAllocationMode } from '../../model/effective.ts';
import { kubernetesVersionOf } from '../../model/queries.ts';
import { defineRule } from '../rule.ts';

export const podIpModeWithoutPodSubnet = defineRule({
  id: 'pod-ip-mode-without-pod-subnet',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A pool says how a pod subnet hands out addresses, but has no pod subnet, or too old a Kubernetes for it.',
  condition:
    'Reports `podIPAllocationMode` StaticBlock on a pool that is proven to have no `podSubnetID`, and with a Kubernetes older than 1.28; and as a warning DynamicIndividual, the default, without a pod subnet.',
  why: 'The mode is one of pod subnets, and AKS refuses it elsewhere.',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/22' } }
      { name: 'pods', properties: { addressPrefix: '10.1.4.0/22' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, maxPods: 31, vnetSubnetID: vnet.properties.subnets[0].id, podIPAllocationMode: 'StaticBlock' }
    ]
    networkProfile: { networkPlugin: 'azure' }
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/22' } }
      { name: 'pods', properties: { addressPrefix: '10.1.4.0/22' } }
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, maxPods: 31, vnetSubnetID: vnet.properties.subnets[0].id, podSubnetID: vnet.properties.subnets[1].id, podIPAllocationMode: 'StaticBlock' }
    ]
    networkProfile: { networkPlugin: 'azure' }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/configure-azure-cni-static-block-allocation'],
  messages: {
    noSubnet: (d: { mode: string }) =>
      `podIPAllocationMode ${d.mode} is for pools with a pod subnet, and this one has no podSubnetID. Set podSubnetID, or remove the mode.`,
    tooOld: (d: { version: string }) =>
      `podIPAllocationMode StaticBlock needs Kubernetes 1.28 or newer, and this is ${d.version}. Use a newer version, or DynamicIndividual.`,
  },

  check(model, report) {
    for (const pool of model.agentPools) {
      const value = pool.podIPAllocationMode;
      const mode = podIPAllocationMode(pool);
      if (value === undefined || mode === undefined) continue;
      const isStatic = mode === 'StaticBlock';
      const version = kubernetesVersionOf(model, pool);
      if (pool.podSubnetID === undefined) {
        report({ at: value.origin, message: 'noSubnet', data: { mode }, severity: isStatic ? 'error' : 'warning' });
      } else if (isStatic && version !== undefined && compareVersions(version.value, '1.28') < 0) {
        const related = [{ at: value.origin, text: 'The mode is set here.' }];
        report({ at: version.origin, message: 'tooOld', data: { version: version.value }, related });
      }
    }
  },
});

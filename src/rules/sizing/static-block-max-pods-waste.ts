import { podIPAllocationMode } from '../../model/effective.ts';
import { knownValue } from '../../model/value.ts';
import { limits } from '../../net/aks.ts';
import { staticPodAddressesPerNode } from '../../net/sizing.ts';
import { defineRule } from '../rule.ts';

export const staticBlockMaxPodsWaste = defineRule({
  id: 'static-block-max-pods-waste',
  severity: 'information',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Static blocks of pod addresses are not filled by maxPods.',
  condition:
    'Reports a known `maxPods` that is not one less than a multiple of 16 on a pool with `podIPAllocationMode` StaticBlock. Above 239 nothing better follows, as 250 is the most.',
  why: 'Each node takes whole blocks of 16 addresses and needs one more than its pods, so the rest of the last block is of no use to anyone.',
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
      { name: 'system', mode: 'System', count: 3, maxPods: 50, vnetSubnetID: vnet.properties.subnets[0].id, podSubnetID: vnet.properties.subnets[1].id, podIPAllocationMode: 'StaticBlock' }
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
      { name: 'system', mode: 'System', count: 3, maxPods: 63, vnetSubnetID: vnet.properties.subnets[0].id, podSubnetID: vnet.properties.subnets[1].id, podIPAllocationMode: 'StaticBlock' }
    ]
    networkProfile: { networkPlugin: 'azure' }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/configure-azure-cni-static-block-allocation'],
  messages: {
    waste: (d: { taken: number; maxPods: number; better: number }) =>
      `Each node takes ${d.taken} pod addresses in blocks of 16, and ${d.maxPods} pods leave some of them unused. Use maxPods ${d.better}, which takes as many.`,
  },

  check(model, report) {
    const { smallestMaxPods, largestMaxPods } = limits;
    for (const pool of model.agentPools) {
      const maxPods = knownValue(pool.maxPods);
      if (pool.maxPods === undefined || maxPods === undefined || pool.podSubnetID === undefined) continue;
      if (podIPAllocationMode(pool) !== 'StaticBlock' || maxPods < smallestMaxPods) continue;
      const taken = staticPodAddressesPerNode(maxPods);
      const better = taken - 1;
      if (better === maxPods || better > largestMaxPods) continue;
      report({
        at: pool.maxPods.origin,
        message: 'waste',
        data: { taken, maxPods, better },
        fixes: [
          {
            title: `Use ${better} pods per node (new pools only)`,
            applicability: 'unsafe',
            changes: [{ kind: 'set-value', target: pool.maxPods.origin, to: better }],
          },
        ],
      });
    }
  },
});

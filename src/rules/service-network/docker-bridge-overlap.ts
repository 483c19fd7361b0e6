import { bridgeConflict, removeBridge } from '../../model/docker-bridge.ts';
import { defineRule } from '../rule.ts';

export const dockerBridgeOverlap = defineRule({
  id: 'docker-bridge-overlap',
  severity: 'information',
  tag: 'unnecessary',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The Docker bridge of a cluster overlaps another range of it.',
  condition:
    'Reports a known dockerBridgeCidr that overlaps a subnet of the network of the nodes, the service range or the pod range, in API versions before 2023-04-01. Later ones do not have the property.',
  why: 'When nodes still ran Docker, AKS refused such a range. The property has had no effect since March 2023, so nothing is lost without it.',
  serviceError: 'DockerBridgeInServiceCidr',
  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2023-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      dockerBridgeCidr: '172.17.0.1/16'
      serviceCidr: '172.17.0.0/20'
      dnsServiceIP: '172.17.0.10'
    }
  }
}
`,
      good: `resource cluster 'Microsoft.ContainerService/managedClusters@2023-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      serviceCidr: '172.17.0.0/20'
      dnsServiceIP: '172.17.0.10'
    }
  }
}
`,
    },
  ],
  references: ['https://github.com/Azure/AKS/blob/master/CHANGELOG.md'],
  messages: {
    overlap: (d: { bridge: string; what: string }) =>
      `The Docker bridge ${d.bridge} overlaps ${d.what}. Remove dockerBridgeCidr, which AKS ignores since March 2023.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const bridge = cluster.networkProfile.dockerBridgeCidr;
      const conflict = bridgeConflict(model, cluster);
      if (bridge?.kind !== 'known' || conflict === undefined) continue;
      report({
        at: bridge.origin,
        message: 'overlap',
        data: { bridge: bridge.value.text, what: conflict.what },
        related: conflict.origin === undefined ? [] : [{ at: conflict.origin, text: 'The other range is here.' }],
        fixes: removeBridge(cluster),
      });
    }
  },
});

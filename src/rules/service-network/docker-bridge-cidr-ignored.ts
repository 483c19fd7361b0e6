import { bridgeConflict, hasDockerBridge, removeBridge } from '../../model/docker-bridge.ts';
import { defineRule } from '../rule.ts';

export const dockerBridgeCidrIgnored = defineRule({
  id: 'docker-bridge-cidr-ignored',
  severity: 'information',
  tag: 'unnecessary',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'dockerBridgeCidr has no effect.',
  condition:
    'Reports a known dockerBridgeCidr. One that overlaps another range in an API version that still has the property is reported by another rule.',
  why: 'AKS has ignored the property since March 2023, as nodes no longer run Docker, and API versions from 2023-04-01 on do not have it.',
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
    }
  }
}
`,
    },
  ],
  references: ['https://github.com/Azure/AKS/blob/master/CHANGELOG.md'],
  messages: {
    ignored: () => 'AKS ignores dockerBridgeCidr since March 2023. Remove it.',
    removed: (d: { version: string }) =>
      `API version ${d.version} has no dockerBridgeCidr, and AKS ignores it in older ones. Remove it.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const bridge = cluster.networkProfile.dockerBridgeCidr;
      if (bridge?.kind !== 'known' || bridgeConflict(model, cluster) !== undefined) continue;
      const common = { at: bridge.origin, fixes: removeBridge(cluster) };
      const version = cluster.apiVersion;
      if (version !== undefined && hasDockerBridge(cluster) === false)
        report({ ...common, message: 'removed', data: { version } });
      else report({ ...common, message: 'ignored', data: undefined });
    }
  },
});

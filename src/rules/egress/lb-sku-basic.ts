import { loadBalancerSku } from '../../model/effective.ts';
import { defineRule } from '../rule.ts';

export const lbSkuBasic = defineRule({
  id: 'lb-sku-basic',
  severity: 'error',
  tag: 'deprecated',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A cluster uses the basic load balancer, which Azure has retired.',
  condition: 'Reports loadBalancerSku basic.',
  why: 'The basic load balancer was retired on 30 September 2025, and AKS makes no new clusters with it. It never went with private clusters, user-defined routing, NAT gateways or several pools.',
  serviceError: 'UnexpectedLoadBalancerSkuForCurrentOutboundConfiguration',
  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', loadBalancerSku: 'basic' }
  }
}
`,
      good: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', loadBalancerSku: 'standard' }
  }
}
`,
    },
  ],
  references: [
    'https://github.com/Azure/AKS/blob/master/CHANGELOG.md',
    'https://learn.microsoft.com/azure/aks/upgrade-basic-load-balancer-on-aks',
  ],
  messages: {
    basic: (_: Record<string, never>) =>
      'Azure has retired the basic load balancer, and AKS makes no cluster with it. Set loadBalancerSku to standard.',
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const sku = loadBalancerSku(cluster.networkProfile);
      if (sku?.origin === undefined || sku.value !== 'basic') continue;
      report({
        at: sku.origin,
        message: 'basic',
        data: {},
        fixes: [
          {
            title: 'Use the standard load balancer (a cluster that exists has to be migrated by the command line)',
            applicability: 'unsafe',
            changes: [{ kind: 'set-value', target: sku.origin, to: 'standard' }],
          },
        ],
      });
    }
  },
});

import { outboundType } from '../../model/effective.ts';
import { deployedClusterSubnets, subnetLabel } from '../../model/subnet-attachments.ts';
import { defineRule } from '../rule.ts';

export const defaultOutboundNote = defineRule({
  id: 'default-outbound-note',
  severity: 'information',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A subnet of a cluster allows default outbound access, which AKS does not use.',
  condition: 'Notes defaultOutboundAccess set to true on a subnet in the files that holds nodes or pods of a cluster.',
  why: 'Azure retires default outbound access: it uses addresses that you do not own and that can change. Nodes leave by the outbound type of the cluster in any case; only other machines in the subnet may depend on it.',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', defaultOutboundAccess: true } }]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: '\${vnet.id}/subnets/nodes' }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', defaultOutboundAccess: false } }]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: '\${vnet.id}/subnets/nodes' }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/egress-outboundtype',
    'https://learn.microsoft.com/azure/virtual-network/ip-services/default-outbound-access',
  ],
  messages: {
    allowed: (d: { subnet: string; type: string }) =>
      `${d.subnet} allows default outbound access, which AKS does not use with outbound type ${d.type}. Set defaultOutboundAccess to false, unless other machines in the subnet rely on it.`,
  },

  check(model, report) {
    const reported = new Set<string>();
    for (const cluster of model.managedClusters) {
      const outbound = outboundType(cluster);
      if (outbound === undefined) continue;
      for (const subnet of deployedClusterSubnets(model, cluster)) {
        const access = subnet.defaultOutboundAccess;
        if (access?.kind !== 'known' || !access.value || reported.has(subnet.id)) continue;
        reported.add(subnet.id);
        report({
          at: access.origin,
          message: 'allowed',
          data: { subnet: subnetLabel(subnet), type: outbound.value },
          related: [{ at: cluster.header, text: 'The cluster is here.' }],
          fixes: [
            {
              title: 'Set defaultOutboundAccess to false (other machines in the subnet may lose their way out)',
              applicability: 'unsafe',
              changes: [{ kind: 'set-value', target: access.origin, to: false }],
            },
          ],
        });
      }
    }
  },
});

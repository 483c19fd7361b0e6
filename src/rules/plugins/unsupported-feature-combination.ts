import { namedResource } from '../../model/queries.ts';
import { knownValue, type Property } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const unsupportedFeatureCombination = defineRule({
  id: 'unsupported-feature-combination',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Node auto-provisioning or a static egress gateway is combined with something that does not support it.',
  condition:
    'Reports nodeProvisioningProfile.mode Auto with networkPolicy calico, networkPlugin kubenet or a pod subnet, and a static egress gateway with a pod subnet or a dual-stack cluster.',
  why: 'Nodes that AKS provisions by itself have one kind of network, and a static egress gateway handles IPv4 of pods that are not in a subnet of their own.',

  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    nodeProvisioningProfile: {
      mode: 'Auto'
    }
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkPolicy: 'calico'
    }
  }
}
`,
      good: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    nodeProvisioningProfile: {
      mode: 'Auto'
    }
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkPolicy: 'cilium'
      networkDataplane: 'cilium'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/node-auto-provisioning-networking',
    'https://learn.microsoft.com/azure/aks/configure-static-egress-gateway',
  ],
  messages: {
    autoProvisioning: (d: { what: string }) =>
      `Node auto-provisioning does not support ${d.what}. Set nodeProvisioningProfile.mode to Manual, or change the network of the cluster.`,
    egressGateway: (d: { what: string }) =>
      `A static egress gateway does not support ${d.what}. Turn staticEgressGatewayProfile off, or change the network of the cluster.`,
  },

  check(model, report) {
    for (const { agentPools, networkProfile, nodeProvisioningMode } of model.managedClusters) {
      const { ipFamilies, networkPlugin, networkPolicy, staticEgressGatewayEnabled } = networkProfile;
      const podSubnet = agentPools.items.find((pool) => namedResource(pool.podSubnetID) !== undefined)?.podSubnetID;
      if (nodeProvisioningMode?.kind === 'known' && nodeProvisioningMode.value.toLowerCase() === 'auto') {
        const related = [{ at: nodeProvisioningMode.origin, text: 'Node auto-provisioning is turned on here.' }];
        const judge = (property: Property<unknown>, what: string): void => {
          if (property !== undefined)
            report({ at: property.origin, message: 'autoProvisioning', data: { what }, related });
        };
        if (knownValue(networkPolicy)?.toLowerCase() === 'calico') judge(networkPolicy, 'networkPolicy calico');
        if (knownValue(networkPlugin)?.toLowerCase() === 'kubenet') judge(networkPlugin, 'networkPlugin kubenet');
        judge(podSubnet, 'pod subnets');
      }
      if (staticEgressGatewayEnabled?.kind === 'known' && staticEgressGatewayEnabled.value) {
        const related = [{ at: staticEgressGatewayEnabled.origin, text: 'The gateway is turned on here.' }];
        const judge = (property: Property<unknown>, what: string): void => {
          if (property !== undefined)
            report({ at: property.origin, message: 'egressGateway', data: { what }, related });
        };
        judge(podSubnet, 'pod subnets');
        judge(
          ipFamilies.items.find((item) => knownValue(item)?.toLowerCase() === 'ipv6'),
          'dual-stack clusters',
        );
      }
    }
  },
});

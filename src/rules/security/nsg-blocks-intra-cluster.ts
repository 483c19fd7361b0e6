import { denyingRules, intraClusterFlows } from '../../model/cluster-flows.ts';
import { allowFixes, describeFlows, ruleLabel } from '../../model/security-fix.ts';
import { defineRule } from '../rule.ts';

export const nsgBlocksIntraCluster = defineRule({
  id: 'nsg-blocks-intra-cluster',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A network security group keeps nodes or pods of a cluster from each other.',
  condition:
    'Reports a rule that, after all rules before it, denies the nodes of the system pool TCP 10250 to the nodes of a pool, or pods UDP 53 to the pods of the system pool, where the DNS service runs. Pods of overlay and kubenet clusters have addresses of podCidr, which the tag VirtualNetwork need not hold.',
  why: 'Nodes and pods must reach each other on all ports. AKS deploys the cluster all the same; then names cannot be resolved, and logs, metrics and webhooks fail.',
  examples: [
    {
      language: 'bicep',
      bad: `resource nsg 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-nodes'
  location: resourceGroup().location
  properties: {
    securityRules: [
      {
        name: 'allow-nodes'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefix: '10.1.0.0/24'
          sourcePortRange: '*'
          destinationAddressPrefix: '10.1.0.0/24'
          destinationPortRange: '*'
        }
      }
      {
        name: 'deny-all'
        properties: {
          priority: 4096
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      {
        name: 'nodes'
        properties: {
          addressPrefix: '10.1.0.0/24'
          networkSecurityGroup: { id: resourceId('Microsoft.Network/networkSecurityGroups', 'nsg-nodes') }
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
  }
}
`,
      good: `resource nsg 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-nodes'
  location: resourceGroup().location
  properties: {
    securityRules: [
      {
        name: 'allow-nodes'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefix: '10.1.0.0/24'
          sourcePortRange: '*'
          destinationAddressPrefix: '10.1.0.0/24'
          destinationPortRange: '*'
        }
      }
      {
        name: 'allow-pods'
        properties: {
          priority: 110
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefix: '10.244.0.0/16'
          sourcePortRange: '*'
          destinationAddressPrefix: '10.244.0.0/16'
          destinationPortRange: '*'
        }
      }
      {
        name: 'deny-all'
        properties: {
          priority: 4096
          direction: 'Inbound'
          access: 'Deny'
          protocol: '*'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      {
        name: 'nodes'
        properties: {
          addressPrefix: '10.1.0.0/24'
          networkSecurityGroup: { id: resourceId('Microsoft.Network/networkSecurityGroups', 'nsg-nodes') }
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
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay',
    'https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/connectivity/custom-nsg-blocks-traffic',
    'https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/connectivity/traffic-between-node-pools-is-blocked',
  ],
  messages: {
    denied: (d: { rule: string; flows: string }) =>
      `The ${d.rule} denies ${d.flows}, which the cluster cannot work without. Allow all traffic between nodes and pods, by their prefixes, in a rule with a smaller priority number.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      for (const { group, rule, flows } of denyingRules(model, intraClusterFlows(model, cluster))) {
        report({
          at: rule.header,
          message: 'denied',
          data: { rule: ruleLabel(rule), flows: describeFlows(flows) },
          related: [{ at: cluster.header, text: 'The cluster is here.' }],
          fixes: () => allowFixes(group, rule, flows, 'allow-cluster'),
        });
      }
    }
  },
});

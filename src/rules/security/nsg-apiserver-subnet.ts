import type { ManagedCluster } from '../../model/cluster.ts';
import { denyingRules, groupAround, type NeededFlow, subnetEnd } from '../../model/cluster-flows.ts';
import type { Model } from '../../model/model.ts';
import { apiServerSubnet } from '../../model/queries.ts';
import { loadBalancerEnd } from '../../model/security-ends.ts';
import { allowFixes, describeFlows, ruleLabel } from '../../model/security-fix.ts';
import { deployedNodeSubnets } from '../../model/subnet-attachments.ts';
import { defineRule } from '../rule.ts';

/** https://learn.microsoft.com/azure/aks/api-server-vnet-integration */
const ports = { nodes: [443, 4443], probes: 9988 } as const;

export const nsgApiserverSubnet = defineRule({
  id: 'nsg-apiserver-subnet',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A network security group keeps nodes or health probes from the subnet of the API server.',
  condition:
    'Reports a rule around the subnet of an API server with VNet integration, or around the nodes, that, after all rules before it, denies nodes TCP 443 or 4443 to the API server, or the Azure load balancer TCP 9988.',
  why: 'With API Server VNet Integration nodes talk to the API server through an internal load balancer in its subnet; without these ports no node joins the cluster.',
  serviceError: 'VMExtensionError_K8SAPIServerConnFail',
  examples: [
    {
      language: 'bicep',
      bad: `resource apiNsg 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-api'
  location: resourceGroup().location
  properties: {
    securityRules: [
      {
        name: 'allow-load-balancer'
        properties: {
          priority: 120
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefix: 'AzureLoadBalancer'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
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
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } }
      {
        name: 'api'
        properties: {
          addressPrefix: '10.1.1.0/28'
          networkSecurityGroup: { id: resourceId('Microsoft.Network/networkSecurityGroups', 'nsg-api') }
          delegations: [
            {
              name: 'aks'
              properties: { serviceName: 'Microsoft.ContainerService/managedClusters' }
            }
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
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
    apiServerAccessProfile: {
      enableVnetIntegration: true
      subnetId: resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-spoke', 'api')
    }
  }
}
`,
      good: `resource apiNsg 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-api'
  location: resourceGroup().location
  properties: {
    securityRules: [
      {
        name: 'allow-load-balancer'
        properties: {
          priority: 120
          direction: 'Inbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefix: 'AzureLoadBalancer'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '*'
        }
      }
      {
        name: 'allow-nodes'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: '10.1.0.0/24'
          sourcePortRange: '*'
          destinationAddressPrefix: '10.1.1.0/28'
          destinationPortRanges: ['443', '4443']
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
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } }
      {
        name: 'api'
        properties: {
          addressPrefix: '10.1.1.0/28'
          networkSecurityGroup: { id: resourceId('Microsoft.Network/networkSecurityGroups', 'nsg-api') }
          delegations: [
            {
              name: 'aks'
              properties: { serviceName: 'Microsoft.ContainerService/managedClusters' }
            }
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
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay' }
    apiServerAccessProfile: {
      enableVnetIntegration: true
      subnetId: resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet-spoke', 'api')
    }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/api-server-vnet-integration'],
  messages: {
    denied: (d: { rule: string; flows: string }) =>
      `The ${d.rule} denies ${d.flows}, so that nodes cannot join the cluster. Allow nodes TCP 443 and 4443 and the tag AzureLoadBalancer TCP 9988 to the subnet of the API server, in rules with smaller priority numbers.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      for (const { group, rule, flows } of denyingRules(model, apiServerFlows(model, cluster))) {
        report({
          at: rule.header,
          message: 'denied',
          data: { rule: ruleLabel(rule), flows: describeFlows(flows) },
          related: [{ at: cluster.header, text: 'The cluster is here.' }],
          fixes: () => allowFixes(group, rule, flows, 'allow-api-server'),
        });
      }
    }
  },
});

function apiServerFlows(model: Model, cluster: ManagedCluster): NeededFlow[] {
  const subnet = apiServerSubnet(model, cluster);
  if (subnet === undefined) return [];
  const group = groupAround(model, cluster, subnet);
  const destination = subnetEnd('the API server', subnet);
  const flows: NeededFlow[] = [];
  for (const nodes of deployedNodeSubnets(model, cluster)) {
    const source = subnetEnd('the nodes', nodes);
    const nodeGroup = groupAround(model, cluster, nodes);
    for (const port of ports.nodes) {
      const flow = { protocol: 'tcp', port, source, destination } as const;
      if (nodeGroup !== undefined) flows.push({ group: nodeGroup, flow: { ...flow, direction: 'outbound' } });
      if (group !== undefined) flows.push({ group, flow: { ...flow, direction: 'inbound' } });
    }
  }
  if (group !== undefined) {
    const probe = {
      direction: 'inbound',
      protocol: 'tcp',
      port: ports.probes,
      source: loadBalancerEnd,
      destination,
    } as const;
    flows.push({ group, flow: probe });
  }
  return flows;
}

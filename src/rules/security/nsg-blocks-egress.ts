import type { ManagedCluster } from '../../model/cluster.ts';
import {
  denyingRules,
  dnsPort,
  groupAround,
  type NeededFlow,
  namedDnsServers,
  networkTagHoldsInternet,
  subnetEnd,
} from '../../model/cluster-flows.ts';
import { outboundType } from '../../model/effective.ts';
import type { Model } from '../../model/model.ts';
import type { Subnet } from '../../model/network.ts';
import { registryEnd } from '../../model/security-ends.ts';
import { describeFlows, ruleLabel } from '../../model/security-fix.ts';
import { deployedNodeSubnets } from '../../model/subnet-attachments.ts';
import { knownValue } from '../../model/value.ts';
import { containerRegistry } from '../../net/aks.ts';
import { defineRule } from '../rule.ts';

export const nsgBlocksEgress = defineRule({
  id: 'nsg-blocks-egress',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A network security group keeps nodes from what they fetch while they start.',
  condition:
    'Reports a rule that, after all rules before it, denies nodes TCP 443 to the Microsoft Container Registry, or UDP 53 to every DNS server of their network. Clusters with outboundType none or block, with artifacts from a cache, or with an HTTP proxy are left alone.',
  why: 'A node fetches its components from the registry when it starts, and looks their addresses up before; otherwise its set-up ends with exit status 50, 51 or 52. Security groups cannot name hosts, so allow service tags here and filter names in a firewall.',
  serviceError: 'VMExtensionError_OutboundConnFail',
  examples: [
    {
      language: 'bicep',
      bad: `resource nsg 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-nodes'
  location: resourceGroup().location
  properties: {
    securityRules: [
      {
        name: 'allow-network'
        properties: {
          priority: 100
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefix: 'VirtualNetwork'
          sourcePortRange: '*'
          destinationAddressPrefix: 'VirtualNetwork'
          destinationPortRange: '*'
        }
      }
      {
        name: 'allow-pods'
        properties: {
          priority: 120
          direction: 'Outbound'
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
          direction: 'Outbound'
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
        name: 'allow-network'
        properties: {
          priority: 100
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefix: 'VirtualNetwork'
          sourcePortRange: '*'
          destinationAddressPrefix: 'VirtualNetwork'
          destinationPortRange: '*'
        }
      }
      {
        name: 'allow-https'
        properties: {
          priority: 110
          direction: 'Outbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: 'Internet'
          destinationPortRange: '443'
        }
      }
      {
        name: 'allow-pods'
        properties: {
          priority: 120
          direction: 'Outbound'
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
          direction: 'Outbound'
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
    'https://learn.microsoft.com/azure/aks/outbound-rules-control-egress',
    'https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/connectivity/custom-nsg-blocks-traffic',
  ],
  messages: {
    registry: (d: { rule: string; flow: string }) =>
      `The ${d.rule} denies ${d.flow}, which every node needs to start. Allow TCP 443 to MicrosoftContainerRegistry, AzureFrontDoor.FirstParty and AzureCloud, or to Internet, at smaller priority numbers.`,
    dns: (d: { rule: string; flow: string }) =>
      `The ${d.rule} denies ${d.flow}, so that nodes can look no name up. Allow UDP and TCP 53 to the DNS servers of the network in a rule with a smaller priority number.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      if (!fetchesFromInternet(cluster)) continue;
      for (const subnet of deployedNodeSubnets(model, cluster)) {
        for (const { rule, flows } of denyingRules(model, registryFlows(model, cluster, subnet))) {
          const flow = describeFlows(flows);
          report({
            at: rule.header,
            message: 'registry',
            data: { rule: ruleLabel(rule), flow },
            related: users(cluster, subnet),
          });
        }
        const dns = dnsFlows(model, cluster, subnet);
        const denied = denyingRules(model, dns);
        // One server that answers is enough.
        if (denied.flatMap(({ flows }) => flows).length < dns.length) continue;
        for (const { rule, flows } of denied) {
          const flow = describeFlows(flows);
          report({
            at: rule.header,
            message: 'dns',
            data: { rule: ruleLabel(rule), flow },
            related: users(cluster, subnet),
          });
        }
      }
    }
  },
});

/** Whether nodes are proven to fetch from the internet by themselves. */
function fetchesFromInternet(cluster: ManagedCluster): boolean {
  const type = outboundType(cluster)?.value;
  const { artifactSource } = cluster.bootstrapProfile;
  const isDirect = artifactSource === undefined || knownValue(artifactSource)?.toLowerCase() === 'direct';
  const isOpen = type !== undefined && type !== 'none' && type !== 'block';
  return isOpen && isDirect && cluster.httpProxyConfig.presence === 'absent';
}

function registryFlows(model: Model, cluster: ManagedCluster, subnet: Subnet): NeededFlow[] {
  const group = groupAround(model, cluster, subnet);
  if (group === undefined) return [];
  const destination = registryEnd(containerRegistry.fqdn, networkTagHoldsInternet(model, subnet));
  const source = subnetEnd('the nodes', subnet);
  return [{ group, flow: { direction: 'outbound', protocol: 'tcp', port: 443, source, destination } }];
}

/** One for each DNS server of the network; none while a server is not known. */
function dnsFlows(model: Model, cluster: ManagedCluster, subnet: Subnet): NeededFlow[] {
  const group = groupAround(model, cluster, subnet);
  const { servers, areAll } = namedDnsServers(model, subnet);
  if (group === undefined || !areAll) return [];
  const source = subnetEnd('the nodes', subnet);
  return servers.map((destination) => ({
    group,
    flow: { direction: 'outbound', protocol: 'udp', port: dnsPort, source, destination },
  }));
}

function users(cluster: ManagedCluster, subnet: Subnet): { at: Subnet['header']; text: string }[] {
  return [
    { at: subnet.header, text: 'The subnet of the nodes is here.' },
    { at: cluster.header, text: 'The cluster is here.' },
  ];
}

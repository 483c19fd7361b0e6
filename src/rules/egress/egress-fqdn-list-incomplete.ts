import { joinWords } from '../../base/words.ts';
import type { Fix } from '../../model/change.ts';
import { mayBeNetworkIsolated } from '../../model/effective.ts';
import { defaultRoute } from '../../model/egress.ts';
import type { AzureFirewall } from '../../model/firewall.ts';
import { missingEndpoints } from '../../model/firewall-egress.ts';
import { firewallBehind } from '../../model/firewall-queries.ts';
import type { Model } from '../../model/model.ts';
import type { Subnet } from '../../model/network.ts';
import { canCoexist } from '../../model/queries.ts';
import { nodeRouteTables, subnetPhrase } from '../../model/subnet-attachments.ts';
import { knownValue } from '../../model/value.ts';
import { firewallFqdnTag, type RequiredEndpoint } from '../../net/aks.ts';
import { defineRule } from '../rule.ts';

export const egressFqdnListIncomplete = defineRule({
  id: 'egress-fqdn-list-incomplete',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The rules of a firewall do not let nodes reach all that AKS needs.',
  condition:
    'Reports an Azure Firewall in the files that the default route of a node subnet leads to, when all of its rules are known and none lets through some of the names that AKS requires, on port 443. Names of the registry do not count where routes to its service tags lead around the firewall.',
  why: 'Nodes download what they run on and report to their control plane by these names. Where one is blocked, they fail to start with exit status 50, or later at an upgrade.',
  serviceError: 'VMExtensionError_OutboundConnFail',
  examples: [
    {
      language: 'bicep',
      bad: `param location string = 'westeurope'

resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    disableBgpRoutePropagation: true
    routes: [
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.1.8.4'
        }
      }
      { name: 'firewall', properties: { addressPrefix: '20.50.1.4/32', nextHopType: 'Internet' } }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', routeTable: { id: table.id } } }
      { name: 'AzureFirewallSubnet', properties: { addressPrefix: '10.1.8.0/26' } }
    ]
  }
}

resource policy 'Microsoft.Network/firewallPolicies@2024-05-01' = {
  name: 'fwp'
  location: location
  properties: {
    sku: { tier: 'Standard' }
  }
}

resource group 'Microsoft.Network/firewallPolicies/ruleCollectionGroups@2024-05-01' = {
  name: 'fwp/aks'
  properties: {
    priority: 200
    ruleCollections: [
      {
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
        name: 'names'
        priority: 200
        action: { type: 'Allow' }
        rules: [
          {
            ruleType: 'ApplicationRule'
            name: 'images'
            sourceAddresses: ['10.1.0.0/22']
            protocols: [{ protocolType: 'Https', port: 443 }]
            targetFqdns: [
              '*.azureedge.net'
              'auth.docker.io'
              '*.quay.io'
              'mcr.microsoft.com'
              '*.data.mcr.microsoft.com'
            ]
          }
        ]
      }
      {
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
        name: 'network'
        priority: 300
        action: { type: 'Allow' }
        rules: [
          {
            ruleType: 'NetworkRule'
            name: 'time'
            sourceAddresses: ['10.1.0.0/22']
            destinationAddresses: ['*']
            destinationPorts: ['123']
            ipProtocols: ['UDP']
          }
          {
            ruleType: 'NetworkRule'
            name: 'api'
            sourceAddresses: ['10.1.0.0/22']
            destinationAddresses: ['AzureCloud.westeurope']
            destinationPorts: ['1194', '9000']
            ipProtocols: ['UDP', 'TCP']
          }
        ]
      }
    ]
  }
}

resource firewall 'Microsoft.Network/azureFirewalls@2024-05-01' = {
  name: 'fw'
  location: location
  properties: {
    sku: { name: 'AZFW_VNet', tier: 'Standard' }
    ipConfigurations: [
      {
        name: 'default'
        properties: {
          subnet: { id: '\${vnet.id}/subnets/AzureFirewallSubnet' }
          publicIPAddress: { id: resourceId('Microsoft.Network/publicIPAddresses', 'pip-fw') }
        }
      }
    ]
    firewallPolicy: { id: policy.id }
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: '\${vnet.id}/subnets/nodes' }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', outboundType: 'userDefinedRouting' }
  }
}
`,
      good: `param location string = 'westeurope'

resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    disableBgpRoutePropagation: true
    routes: [
      {
        name: 'default'
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.1.8.4'
        }
      }
      { name: 'firewall', properties: { addressPrefix: '20.50.1.4/32', nextHopType: 'Internet' } }
    ]
  }
}

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-spoke'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', routeTable: { id: table.id } } }
      { name: 'AzureFirewallSubnet', properties: { addressPrefix: '10.1.8.0/26' } }
    ]
  }
}

resource policy 'Microsoft.Network/firewallPolicies@2024-05-01' = {
  name: 'fwp'
  location: location
  properties: {
    sku: { tier: 'Standard' }
  }
}

resource group 'Microsoft.Network/firewallPolicies/ruleCollectionGroups@2024-05-01' = {
  name: 'fwp/aks'
  properties: {
    priority: 200
    ruleCollections: [
      {
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
        name: 'names'
        priority: 200
        action: { type: 'Allow' }
        rules: [
          {
            ruleType: 'ApplicationRule'
            name: 'images'
            sourceAddresses: ['10.1.0.0/22']
            protocols: [{ protocolType: 'Https', port: 443 }]
            targetFqdns: [
              '*.azureedge.net'
              'auth.docker.io'
              '*.quay.io'
              'mcr.microsoft.com'
              '*.data.mcr.microsoft.com'
            ]
          }
          {
            ruleType: 'ApplicationRule'
            name: 'aks'
            sourceAddresses: ['10.1.0.0/22']
            protocols: [{ protocolType: 'Https', port: 443 }]
            fqdnTags: ['AzureKubernetesService']
          }
        ]
      }
      {
        ruleCollectionType: 'FirewallPolicyFilterRuleCollection'
        name: 'network'
        priority: 300
        action: { type: 'Allow' }
        rules: [
          {
            ruleType: 'NetworkRule'
            name: 'time'
            sourceAddresses: ['10.1.0.0/22']
            destinationAddresses: ['*']
            destinationPorts: ['123']
            ipProtocols: ['UDP']
          }
          {
            ruleType: 'NetworkRule'
            name: 'api'
            sourceAddresses: ['10.1.0.0/22']
            destinationAddresses: ['AzureCloud.westeurope']
            destinationPorts: ['1194', '9000']
            ipProtocols: ['UDP', 'TCP']
          }
        ]
      }
    ]
  }
}

resource firewall 'Microsoft.Network/azureFirewalls@2024-05-01' = {
  name: 'fw'
  location: location
  properties: {
    sku: { name: 'AZFW_VNet', tier: 'Standard' }
    ipConfigurations: [
      {
        name: 'default'
        properties: {
          subnet: { id: '\${vnet.id}/subnets/AzureFirewallSubnet' }
          publicIPAddress: { id: resourceId('Microsoft.Network/publicIPAddresses', 'pip-fw') }
        }
      }
    ]
    firewallPolicy: { id: policy.id }
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: '\${vnet.id}/subnets/nodes' }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', outboundType: 'userDefinedRouting' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/outbound-rules-control-egress',
    'https://learn.microsoft.com/azure/aks/limit-egress-traffic',
  ],
  messages: {
    incomplete: (d: { firewall: string; subnet: string; names: string }) =>
      `${d.firewall} is the way out of ${d.subnet}, but no rule of it allows ${d.names} on port 443. Allow the FQDN tag AzureKubernetesService in an application rule.`,
  },

  check(model, report, settings) {
    const reported = new Set<string>();
    for (const { table, subnet, cluster } of nodeRouteTables(model, (each) => !mayBeNetworkIsolated(each))) {
      const route = defaultRoute(table);
      const firewall = route === undefined ? undefined : firewallBehind(model, route);
      if (route === undefined || firewall === undefined || reported.has(firewall.id)) continue;
      if (settings.egressNextHops.includes(knownValue(route.nextHopIpAddress) ?? '')) continue;
      const missing = missingEndpoints(model, firewall, table, cluster);
      if (missing.length === 0 || !canCoexist(firewall, cluster)) continue;
      reported.add(firewall.id);
      report({
        at: firewall.header,
        message: 'incomplete',
        data: {
          firewall: firewall.name.kind === 'known' ? `Firewall "${firewall.name.value}"` : 'This firewall',
          subnet: subnetPhrase(subnet),
          names: nameAll(missing),
        },
        related: [
          { at: route.addressPrefix?.origin ?? route.header, text: 'The default route that leads to it is here.' },
          { at: cluster.header, text: 'The cluster is here.' },
        ],
        fixes: () => tagFixes(model, firewall, subnet),
      });
    }
  },
});

/** The first names, and how many more there are. */
function nameAll(missing: readonly RequiredEndpoint[]): string {
  const names = missing.map(({ fqdn }) => fqdn);
  const isLong = names.length > 4;
  return joinWords(isLong ? [...names.slice(0, 3), `${names.length - 3} more`] : names);
}

/** A collection with the tag, in the first rule collection group of the policy that can be added to. */
function tagFixes(model: Model, firewall: AzureFirewall, subnet: Subnet): Fix[] {
  const policyId = knownValue(firewall.firewallPolicy)?.id;
  const group = model.firewallRuleSets.find((set) => policyId !== undefined && set.policyId === policyId);
  const array = group?.ruleCollections;
  if (group === undefined || array === undefined) return [];
  const priorities = group.rules.items.map(({ priority }) => knownValue(priority));
  const highest = Math.max(100, ...priorities.flatMap((priority) => priority ?? []));
  if (priorities.includes(undefined) || highest + 10 > largestPriority) return [];
  const sources = subnet.addressPrefixes.items.flatMap((prefix) => knownValue(prefix)?.text ?? []);
  const item = {
    ruleCollectionType: 'FirewallPolicyFilterRuleCollection',
    name: 'aks-required',
    priority: highest + 10,
    action: { type: 'Allow' },
    rules: [
      {
        ruleType: 'ApplicationRule',
        name: 'aks-required',
        sourceAddresses: sources.length === 0 ? ['*'] : sources,
        protocols: [{ protocolType: 'Https', port: 443 }],
        fqdnTags: [firewallFqdnTag],
      },
    ],
  };
  return [
    {
      title: `Allow the FQDN tag ${firewallFqdnTag}`,
      applicability: 'unsafe',
      changes: [{ kind: 'append-item', array, item }],
    },
  ];
}

/** Of a rule collection. https://learn.microsoft.com/azure/firewall-manager/policy-overview */
const largestPriority = 65_000;

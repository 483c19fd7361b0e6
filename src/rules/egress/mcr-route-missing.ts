import type { Fix } from '../../model/change.ts';
import { applianceLabel, missingRegistryTags, pinnedRegistryRoute } from '../../model/egress.ts';
import type { RouteTable } from '../../model/network.ts';
import { addRoutes } from '../../model/new-routes.ts';
import { tablesWithoutRegistry } from '../../model/registry-routes.ts';
import { subnetPhrase } from '../../model/subnet-attachments.ts';
import { defineRule, type Severity } from '../rule.ts';

export const mcrRouteMissing = defineRule({
  id: 'mcr-route-missing',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'Nodes have no visible way to mcr.microsoft.com.',
  condition:
    'Reports a default route to a virtual appliance or a gateway (warning) or to nowhere (error) on a subnet of AKS nodes when nothing in the analysed files lets them reach mcr.microsoft.com: no routes to the service tags MicrosoftContainerRegistry and AzureFrontDoor.FirstParty or to a pinned address, no firewall rule with its names or the AzureKubernetesService tag, no network-isolated cluster with a cache, no next hop that the setting egressNextHops names. Where no cluster in the files uses the subnet, but its name says that one will, the finding is information.',
  why: 'Nodes pull everything they run from mcr.microsoft.com while they start. Without a way there they fail with exit status 50 after a quarter of an hour.',
  serviceError: 'VMExtensionError_OutboundConnFail',
  examples: [
    {
      language: 'bicep',
      bad: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    disableBgpRoutePropagation: true
    routes: [
      {
        name: 'default'
        properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.0.1.4' }
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
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', outboundType: 'userDefinedRouting' }
  }
}
`,
      good: `resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-spoke'
  location: resourceGroup().location
  properties: {
    disableBgpRoutePropagation: true
    routes: [
      {
        name: 'default'
        properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.0.1.4' }
      }
      { name: 'mcr', properties: { addressPrefix: 'MicrosoftContainerRegistry', nextHopType: 'Internet' } }
      { name: 'mcr-data', properties: { addressPrefix: 'AzureFrontDoor.FirstParty', nextHopType: 'Internet' } }
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
    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', outboundType: 'userDefinedRouting' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/outbound-rules-control-egress',
    'https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/vmextensionerror-outboundconnfail',
    'https://github.com/microsoft/containerregistry/blob/main/docs/client-firewall-rules.md',
  ],
  messages: {
    appliance: (d: { subnet: string; hop: string; tags: string }) =>
      `The default route of ${d.subnet} leads to ${d.hop}, and nothing in these files lets its nodes reach mcr.microsoft.com. Route ${d.tags} to Internet, or open the firewall and list its address in aksnet.egressNextHops.`,
    gateway: (d: { subnet: string; tags: string }) =>
      `The default route of ${d.subnet} leads to the virtual network gateway, and nothing in these files lets its nodes reach mcr.microsoft.com. Route ${d.tags} to Internet, or make sure that the network behind the gateway lets them out.`,
    none: (d: { subnet: string; tags: string }) =>
      `The default route of ${d.subnet} drops all traffic, so AKS nodes there cannot reach mcr.microsoft.com and do not start. Route ${d.tags} to Internet.`,
  },

  check(model, report, settings) {
    for (const { table, route, addressPrefix, hop, user } of tablesWithoutRegistry(model, settings.egressNextHops)) {
      const severity: Severity = user.cluster === undefined ? 'information' : hop === 'none' ? 'error' : 'warning';
      const finding = {
        at: addressPrefix.origin,
        severity,
        related: [
          ...(user.subnet === undefined ? [] : [{ at: user.subnet.header, text: 'The subnet is here.' }]),
          ...(user.cluster === undefined
            ? []
            : [{ at: user.cluster.header, text: 'The cluster with nodes in it is here.' }]),
        ],
        fixes: routeFixes(table),
      };
      const subnet = user.subnet === undefined ? 'this table' : subnetPhrase(user.subnet);
      const tags = nameTags(table);
      if (hop === 'none') report({ ...finding, message: 'none', data: { subnet, tags } });
      else if (hop === 'gateway') report({ ...finding, message: 'gateway', data: { subnet, tags } });
      else report({ ...finding, message: 'appliance', data: { subnet, tags, hop: applianceLabel(route) } });
    }
  },
});

function nameTags(table: RouteTable): string {
  const tags = missingRegistryTags(table).map(({ tag }) => tag);
  return `the service ${tags.length === 1 ? 'tag' : 'tags'} ${tags.join(' and ')}`;
}

function routeFixes(table: RouteTable): Fix[] {
  const byTags = addRoutes(
    table,
    missingRegistryTags(table).map(({ route }) => route),
  );
  const pinned = addRoutes(table, [pinnedRegistryRoute]);
  const fixes: Fix[] = [];
  if (byTags !== undefined) {
    fixes.push({ title: `Add a route to ${nameTags(table)}`, applicability: 'unsafe', changes: byTags });
  }
  if (pinned !== undefined) {
    fixes.push({
      title: 'Add the route McrMicrosoftCom to 204.79.197.219, a pinned address that Microsoft may change',
      applicability: 'unsafe',
      changes: pinned,
      tradesFor: 'stale-mcr-ip-route',
    });
  }
  return fixes;
}

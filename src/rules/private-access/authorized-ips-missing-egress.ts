import type { Location } from '../../base/span.ts';
import { authorizedRanges, egressAddresses } from '../../model/authorized-ranges.ts';
import type { Fix } from '../../model/change.ts';
import { rangeKind } from '../../net/azure.ts';
import { containsCidr, formatCidr } from '../../net/cidr.ts';
import { defineRule } from '../rule.ts';

export const authorizedIpsMissingEgress = defineRule({
  id: 'authorized-ips-missing-egress',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The address through which nodes go out is not among the authorized IP ranges of their API server.',
  condition:
    'Reports authorized IP ranges that are all known, in a cluster with outboundType userDefinedRouting or userAssignedNATGateway, when they do not hold the public address of the firewall or NAT gateway in the files. An address that Azure chooses at deployment is information only.',
  why: 'Nodes of a public cluster reach their API server through the internet. With a firewall or NAT gateway of your own AKS does not know the address they come from, so the API server turns them away and their set-up ends with exit status 51.',
  serviceError: 'VMExtensionError_K8SAPIServerConnFail',
  examples: [
    {
      language: 'bicep',
      bad: `resource pip 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-egress'
  location: resourceGroup().location
  sku: { name: 'Standard' }
  properties: {
    publicIPAllocationMethod: 'Static'
    ipAddress: '20.50.1.4'
  }
}

resource nat 'Microsoft.Network/natGateways@2024-05-01' = {
  name: 'nat-egress'
  location: resourceGroup().location
  sku: { name: 'Standard' }
  properties: {
    publicIpAddresses: [
      { id: resourceId('Microsoft.Network/publicIPAddresses', 'pip-egress') }
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
          natGateway: { id: resourceId('Microsoft.Network/natGateways', 'nat-egress') }
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
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      outboundType: 'userAssignedNATGateway'
    }
    apiServerAccessProfile: { authorizedIPRanges: ['20.60.3.0/24'] }
  }
}
`,
      good: `resource pip 'Microsoft.Network/publicIPAddresses@2024-05-01' = {
  name: 'pip-egress'
  location: resourceGroup().location
  sku: { name: 'Standard' }
  properties: {
    publicIPAllocationMethod: 'Static'
    ipAddress: '20.50.1.4'
  }
}

resource nat 'Microsoft.Network/natGateways@2024-05-01' = {
  name: 'nat-egress'
  location: resourceGroup().location
  sku: { name: 'Standard' }
  properties: {
    publicIpAddresses: [
      { id: resourceId('Microsoft.Network/publicIPAddresses', 'pip-egress') }
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
          natGateway: { id: resourceId('Microsoft.Network/natGateways', 'nat-egress') }
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
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      outboundType: 'userAssignedNATGateway'
    }
    apiServerAccessProfile: { authorizedIPRanges: ['20.60.3.0/24', '20.50.1.4/32'] }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges',
    'https://learn.microsoft.com/azure/aks/egress-outboundtype',
  ],
  messages: {
    missing: (d: { address: string; through: string }) =>
      `The authorized IP ranges do not hold ${d.address}, the address of ${d.through}, through which the nodes go out, so the API server turns them away. Add it.`,
    unseen: (d: { address: string; through: string }) =>
      `Nodes go out through ${d.through}, whose ${d.address} Azure chooses at deployment, so it can be among these fixed ranges by foresight only. Check that it is, or add it as an expression.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const ranges = authorizedRanges(cluster);
      if (ranges === undefined) continue;
      for (const { cidr, resource, through, isPrefix } of egressAddresses(model, cluster)) {
        const related = [{ at: resource.header, text: 'The public address is here.' }];
        if (cidr === undefined) {
          const data = { address: isPrefix ? 'prefix' : 'address', through };
          report({ at: ranges.origin, message: 'unseen', data, related, severity: 'information' });
        } else if (!ranges.cidrs.some((range) => containsCidr(range, cidr))) {
          const address = formatCidr(cidr);
          report({
            at: ranges.origin,
            message: 'missing',
            data: { address, through },
            related,
            // The API server sees public addresses alone: another one is wrong where it is declared.
            fixes: rangeKind(cidr) === 'public' ? add(ranges.array, address) : [],
          });
        }
      }
    }
  },
});

function add(array: Location | undefined, address: string): Fix[] {
  if (array === undefined) return [];
  const change = { kind: 'append-item', array, item: address } as const;
  return [{ title: `Add ${address} to the authorized IP ranges`, applicability: 'unsafe', changes: [change] }];
}

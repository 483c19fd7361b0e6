import { canCoexist, nameInId } from '../../model/queries.ts';
import { onlyPrefix, resizeFixes } from '../../model/subnet-resize-fix.ts';
import { subnetUsers } from '../../model/subnet-users.ts';
import { findSpecialSubnet, longestSubnetLength } from '../../net/azure.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import { defineRule } from '../rule.ts';

export const specialSubnetSize = defineRule({
  id: 'special-subnet-size',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A subnet for a gateway, bastion host, firewall or route server is smaller than that service needs.',
  condition:
    'Reports AzureBastionSubnet, AzureFirewallSubnet and AzureFirewallManagementSubnet smaller than a /26, and RouteServerSubnet and GatewaySubnet smaller than a /27. A warning: the pages state these sizes, but maintained templates that deploy have a bastion host in a /27.',
  why: 'The service is refused when it is put into the subnet, and an occupied subnet is hard to enlarge.',
  examples: [
    {
      language: 'bicep',
      bad: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-hub'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'AzureBastionSubnet', properties: { addressPrefix: '10.1.1.0/27' } }
    ]
  }
}

resource bastion 'Microsoft.Network/bastionHosts@2024-05-01' = {
  name: 'bastion'
  location: resourceGroup().location
  sku: { name: 'Standard' }
  properties: {
    ipConfigurations: [
      { name: 'ip', properties: { subnet: { id: vnet.properties.subnets[0].id } } }
    ]
  }
}
`,
      good: `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-hub'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'AzureBastionSubnet', properties: { addressPrefix: '10.1.1.0/26' } }
    ]
  }
}

resource bastion 'Microsoft.Network/bastionHosts@2024-05-01' = {
  name: 'bastion'
  location: resourceGroup().location
  sku: { name: 'Standard' }
  properties: {
    ipConfigurations: [
      { name: 'ip', properties: { subnet: { id: vnet.properties.subnets[0].id } } }
    ]
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/bastion/configuration-settings',
    'https://learn.microsoft.com/azure/firewall/firewall-faq',
    'https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-about-vpn-gateway-settings',
  ],
  messages: {
    tooSmall: (d: { name: string; prefix: string; length: number }) =>
      `${d.name} needs at least a /${d.length}, and ${d.prefix} is smaller. Enlarge it before anything is in it.`,
    recommended: (d: { name: string; prefix: string; length: number }) =>
      `A /${d.length} or larger is recommended for ${d.name}, and ${d.prefix} is smaller. Enlarge it before anything is in it.`,
  },

  check(model, report, settings) {
    for (const subnet of model.subnets) {
      const special = findSpecialSubnet(nameInId(subnet.id) ?? '');
      const prefix = special === undefined ? undefined : onlyPrefix(subnet);
      // What no subnet may be is for subnet-prefix-size.
      if (special === undefined || prefix === undefined || prefix.cidr.length > longestSubnetLength) continue;
      const length = special.recommendedLength ?? special.longestLength;
      if (prefix.cidr.length <= length) continue;
      const users = subnetUsers(model, subnet.id).filter(
        ({ kind, deployment }) => (kind === 'bastion' || kind === 'firewall') && canCoexist({ deployment }, subnet),
      );
      const isRefused = prefix.cidr.length > special.longestLength;
      report({
        at: prefix.origin,
        message: isRefused ? 'tooSmall' : 'recommended',
        data: { name: special.name, prefix: prefix.text, length },
        related: users.map(({ header }) => ({ at: header, text: 'The service in this subnet is here.' })),
        fixes: () => resizeFixes(model, prefix, length, takenPrefixes(settings)),
      });
    }
  },
});

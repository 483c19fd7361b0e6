import { describe, expect, test } from 'vitest';
import { id, type ResourceSpec, shortOfBoth, unknown } from './models.ts';

const firewall = 'Microsoft.Network/azureFirewalls';
const policy = 'Microsoft.Network/firewallPolicies';
const group = 'Microsoft.Network/firewallPolicies/ruleCollectionGroups';

describe('firewalls', () => {
  const resources: [string, ResourceSpec][] = [
    [
      firewall,
      {
        name: 'full',
        properties: {
          sku: { name: 'AZFW_VNet', tier: 'Standard' },
          firewallPolicy: { id: id(policy, 'policy') },
          additionalProperties: { 'Network.DNS.EnableProxy': 'true' },
          ipConfigurations: [
            {
              name: 'main',
              properties: {
                subnet: { id: id('Microsoft.Network/virtualNetworks/subnets', 'hub', 'AzureFirewallSubnet') },
                publicIPAddress: { id: id('Microsoft.Network/publicIPAddresses', 'ip') },
                privateIPAddress: '10.0.1.4',
              },
            },
          ],
          managementIpConfiguration: { name: 'management', properties: {} },
          applicationRuleCollections: [
            {
              name: 'web',
              properties: {
                priority: 100,
                action: { type: 'Allow' },
                rules: [
                  {
                    name: 'aks',
                    sourceAddresses: ['*'],
                    fqdnTags: ['AzureKubernetesService'],
                    protocols: [{ protocolType: 'Https', port: 443 }],
                  },
                ],
              },
            },
          ],
          networkRuleCollections: [
            {
              name: 'net',
              properties: {
                priority: 200,
                action: { type: 'Allow' },
                rules: [
                  {
                    name: 'time',
                    protocols: ['UDP'],
                    sourceAddresses: ['10.1.0.0/16'],
                    destinationFqdns: ['ntp.ubuntu.com'],
                    destinationPorts: ['123'],
                  },
                ],
              },
            },
          ],
        },
      },
    ],
    [firewall, { name: 'dark', properties: unknown }],
    [firewall, { name: 'bare' }],
  ];

  test('have a policy, addresses and a SKU', () => {
    const [bicep, arm] = shortOfBoth('azureFirewalls', resources);
    expect(bicep).toEqual([
      {
        name: 'full',
        sku: { name: 'AZFW_VNet', tier: 'Standard' },
        firewallPolicy: 'firewallpolicies/policy',
        ipConfigurations: [
          {
            name: 'main',
            subnet: 'virtualnetworks/hub/subnets/azurefirewallsubnet',
            publicIPAddress: 'publicipaddresses/ip',
            privateIPAddress: '10.0.1.4',
          },
        ],
        managementIpConfiguration: { name: 'management' },
        dnsSettings: { enableProxy: 'true' },
      },
      {
        name: 'dark',
        sku: { name: '?', tier: '?' },
        firewallPolicy: '?',
        ipConfigurations: ['...'],
        managementIpConfiguration: { name: '?', subnet: '?', publicIPAddress: '?', privateIPAddress: '?' },
        dnsSettings: { enableProxy: '?' },
      },
      { name: 'bare' },
    ]);
    expect(arm).toEqual(bicep);
  });

  test('have classic rules', () => {
    const [bicep, arm] = shortOfBoth('firewallRuleSets', resources);
    expect(bicep).toEqual([
      {
        name: 'full',
        rules: [
          {
            name: 'aks',
            kind: 'application',
            action: 'Allow',
            priority: '100',
            sourceAddresses: ['*'],
            fqdnTags: ['AzureKubernetesService'],
            protocols: [{ protocolType: 'Https', port: '443' }],
          },
          {
            name: 'time',
            kind: 'network',
            action: 'Allow',
            priority: '200',
            sourceAddresses: ['10.1.0.0/16'],
            ipProtocols: ['UDP'],
            destinationFqdns: ['ntp.ubuntu.com'],
            destinationPorts: ['123'],
          },
        ],
      },
      { name: 'dark', rules: ['...'] },
      { name: 'bare' },
    ]);
    expect(arm).toEqual(bicep);
  });
});

describe('firewall policies', () => {
  test('have DNS settings and a base policy', () => {
    const [bicep, arm] = shortOfBoth('firewallPolicies', [
      [
        policy,
        {
          name: 'full',
          properties: {
            sku: { tier: 'Premium' },
            basePolicy: { id: id(policy, 'base') },
            dnsSettings: { enableProxy: true, servers: ['10.0.0.4'] },
          },
        },
      ],
      [policy, { name: 'dark', properties: unknown }],
      [policy, { name: 'bare' }],
    ]);
    expect(bicep).toEqual([
      {
        name: 'full',
        sku: { tier: 'Premium' },
        basePolicy: 'firewallpolicies/base',
        dnsSettings: { enableProxy: 'true', servers: ['10.0.0.4'] },
      },
      { name: 'dark', sku: { tier: '?' }, basePolicy: '?', dnsSettings: { enableProxy: '?', servers: ['...'] } },
      { name: 'bare' },
    ]);
    expect(arm).toEqual(bicep);
  });

  test('have rule collection groups, of which rules for incoming traffic are left out', () => {
    const [bicep, arm] = shortOfBoth('firewallRuleSets', [
      [
        group,
        {
          name: 'policy/full',
          properties: {
            priority: 300,
            ruleCollections: [
              {
                name: 'out',
                ruleCollectionType: 'FirewallPolicyFilterRuleCollection',
                priority: 110,
                action: { type: 'Allow' },
                rules: [
                  {
                    ruleType: 'ApplicationRule',
                    name: 'web',
                    sourceIpGroups: [id('Microsoft.Network/ipGroups', 'nodes')],
                    targetFqdns: ['mcr.microsoft.com', unknown],
                    protocols: [{ protocolType: 'Https', port: 443 }],
                  },
                  {
                    ruleType: 'NetworkRule',
                    name: 'tags',
                    ipProtocols: ['TCP'],
                    sourceAddresses: ['*'],
                    destinationAddresses: ['AzureCloud'],
                    destinationPorts: ['443', '9000'],
                  },
                ],
              },
              {
                name: 'in',
                ruleCollectionType: 'FirewallPolicyNatRuleCollection',
                priority: 100,
                action: { type: 'DNAT' },
                rules: [{ ruleType: 'NatRule', name: 'web', destinationAddresses: ['20.0.0.1'] }],
              },
            ],
          },
        },
      ],
      [group, { name: 'policy/dark', properties: unknown }],
      [group, { name: 'policy/bare' }],
    ]);
    expect(bicep).toEqual([
      {
        name: 'full',
        firewallPolicy: 'firewallpolicies/policy',
        priority: '300',
        rules: [
          {
            name: 'web',
            kind: 'application',
            action: 'Allow',
            priority: '110',
            sourceAddresses: ['...'],
            targetFqdns: ['mcr.microsoft.com', '?'],
            protocols: [{ protocolType: 'Https', port: '443' }],
          },
          {
            name: 'tags',
            kind: 'network',
            action: 'Allow',
            priority: '110',
            sourceAddresses: ['*'],
            ipProtocols: ['TCP'],
            destinationAddresses: ['AzureCloud'],
            destinationPorts: ['443', '9000'],
          },
        ],
      },
      { name: 'dark', firewallPolicy: 'firewallpolicies/policy', priority: '?', rules: ['...'] },
      { name: 'bare', firewallPolicy: 'firewallpolicies/policy' },
    ]);
    expect(arm).toEqual(bicep);
  });
});

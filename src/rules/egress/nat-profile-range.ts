import type { NetworkProfile } from '../../model/cluster.ts';
import type { Property } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

interface Limit {
  /** One for each setting, as Azure answers to each with an error of its own. */
  readonly message: 'natAddresses' | 'natIdle' | 'balancerIdle' | 'balancerAddresses';
  readonly setting: string;
  readonly smallest: number;
  readonly largest: number;
  readonly read: (profile: NetworkProfile) => Property<number>;
}

function outside(d: { setting: string; value: number; smallest: number; largest: number }): string {
  return `${d.setting} is ${d.value}, and AKS takes ${d.smallest} to ${d.largest}. Use ${d.value < d.smallest ? d.smallest : d.largest}.`;
}

/** https://github.com/Azure/azure-rest-api-specs, managedClusters */
const limits: readonly Limit[] = [
  {
    message: 'natAddresses',
    setting: 'managedOutboundIPProfile.count of natGatewayProfile',
    smallest: 1,
    largest: 16,
    read: ({ natGatewayProfile }) => natGatewayProfile.managedOutboundIPCount,
  },
  {
    message: 'natIdle',
    setting: 'idleTimeoutInMinutes of natGatewayProfile',
    smallest: 4,
    largest: 120,
    read: ({ natGatewayProfile }) => natGatewayProfile.idleTimeoutInMinutes,
  },
  {
    message: 'balancerIdle',
    setting: 'idleTimeoutInMinutes of loadBalancerProfile',
    smallest: 4,
    largest: 120,
    read: ({ loadBalancerProfile }) => loadBalancerProfile.idleTimeoutInMinutes,
  },
  {
    message: 'balancerAddresses',
    setting: 'managedOutboundIPs.count of loadBalancerProfile',
    smallest: 1,
    largest: 100,
    read: ({ loadBalancerProfile }) => loadBalancerProfile.managedOutboundIPsCount,
  },
];

export const natProfileRange = defineRule({
  id: 'nat-profile-range',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'An outbound setting of a cluster is outside of what AKS takes.',
  condition:
    'Reports a known count of managed outbound addresses outside of 1 to 16 (NAT gateway) or 1 to 100 (load balancer), and an idle timeout outside of 4 to 120 minutes.',
  why: 'AKS refuses other values when it reads the template.',
  serviceError: {
    natAddresses: 'InvalidNATGatewayProfileManagedOutboundIPCount',
    natIdle: 'InvalidNATGatewayProfileIdleTimeoutInMinutes',
    balancerIdle: 'InvalidLoadBalancerProfileIdleTimeoutInMinutes',
  },
  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      outboundType: 'managedNATGateway'
      natGatewayProfile: { managedOutboundIPProfile: { count: 20 }, idleTimeoutInMinutes: 4 }
    }
  }
}
`,
      good: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      outboundType: 'managedNATGateway'
      natGatewayProfile: { managedOutboundIPProfile: { count: 16 }, idleTimeoutInMinutes: 4 }
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/nat-gateway',
    'https://github.com/Azure/azure-rest-api-specs/tree/main/specification/containerservice',
  ],
  messages: {
    natAddresses: outside,
    natIdle: outside,
    balancerIdle: outside,
    balancerAddresses: outside,
  },

  check(model, report) {
    for (const { networkProfile } of model.managedClusters) {
      for (const { message, setting, smallest, largest, read } of limits) {
        const value = read(networkProfile);
        if (value?.kind !== 'known' || (value.value >= smallest && value.value <= largest)) continue;
        const nearest = value.value < smallest ? smallest : largest;
        report({
          at: value.origin,
          message,
          data: { setting, value: value.value, smallest, largest },
          fixes: [
            {
              title: `Use ${nearest}`,
              applicability: 'safe',
              changes: [{ kind: 'set-value', target: value.origin, to: nearest }],
            },
          ],
        });
      }
    }
  },
});

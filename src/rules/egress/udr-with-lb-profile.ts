import type { Change } from '../../model/change.ts';
import type { LoadBalancerProfile, NetworkProfile } from '../../model/cluster.ts';
import { outboundType } from '../../model/effective.ts';
import type { Origin } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const udrWithLbProfile = defineRule({
  id: 'udr-with-lb-profile',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A cluster with user-defined routing has outbound settings for its load balancer.',
  condition:
    'Reports outbound settings in loadBalancerProfile (addresses, ports, idle timeout) on a cluster with outbound type userDefinedRouting. A profile with backendPoolType alone is left alone.',
  why: 'With this outbound type the load balancer of AKS has no outbound rules, and AKS refuses a template that configures them.',
  serviceError: 'InvalidUserDefinedRoutingWithLoadBalancerProfile',
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
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
      {
        name: 'mcr'
        properties: { addressPrefix: 'MicrosoftContainerRegistry', nextHopType: 'Internet' }
      }
      {
        name: 'mcr-data'
        properties: { addressPrefix: 'AzureFrontDoor.FirstParty', nextHopType: 'Internet' }
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
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', routeTable: { id: table.id } } }]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      outboundType: 'userDefinedRouting'
      loadBalancerProfile: { managedOutboundIPs: { count: 1 } }
    }
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
        properties: {
          addressPrefix: '0.0.0.0/0'
          nextHopType: 'VirtualAppliance'
          nextHopIpAddress: '10.0.1.4'
        }
      }
      {
        name: 'mcr'
        properties: { addressPrefix: 'MicrosoftContainerRegistry', nextHopType: 'Internet' }
      }
      {
        name: 'mcr-data'
        properties: { addressPrefix: 'AzureFrontDoor.FirstParty', nextHopType: 'Internet' }
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
    subnets: [{ name: 'nodes', properties: { addressPrefix: '10.1.0.0/22', routeTable: { id: table.id } } }]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: vnet.properties.subnets[0].id }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', outboundType: 'userDefinedRouting' }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/egress-outboundtype',
    'https://github.com/Azure/bicep-registry-modules/issues/5759',
  ],
  messages: {
    both: (d: { setting: string }) =>
      `loadBalancerProfile sets ${d.setting}, which AKS refuses with outbound type userDefinedRouting. Remove the profile, or change the outbound type.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      const outbound = outboundType(cluster);
      if (outbound?.origin === undefined || outbound.value !== 'userDefinedRouting') continue;
      const setting = outboundSetting(cluster.networkProfile.loadBalancerProfile);
      if (setting === undefined) continue;
      report({
        at: setting.origin,
        message: 'both',
        data: { setting: setting.name },
        related: [{ at: outbound.origin, text: 'The outbound type is here.' }],
        fixes: () => {
          const changes = removal(cluster.networkProfile);
          return changes.length === 0
            ? []
            : [{ title: 'Remove the outbound settings of the load balancer', applicability: 'safe', changes }];
        },
      });
    }
  },
});

/** The first outbound setting that the profile certainly has. */
function outboundSetting(profile: LoadBalancerProfile): { readonly name: string; readonly origin: Origin } | undefined {
  if (profile.presence !== 'set') return undefined;
  if (profile.managedOutboundIPs.presence === 'set')
    return { name: 'managedOutboundIPs', origin: profile.managedOutboundIPs.origin };
  const lists = [
    ['outboundIPs', profile.outboundIPs],
    ['outboundIPPrefixes', profile.outboundIPPrefixes],
  ] as const;
  for (const [name, { items }] of lists) {
    if (items[0] !== undefined) return { name, origin: items[0].origin };
  }
  const numbers = [
    ['allocatedOutboundPorts', profile.allocatedOutboundPorts],
    ['idleTimeoutInMinutes', profile.idleTimeoutInMinutes],
  ] as const;
  for (const [name, value] of numbers) {
    if (value?.kind === 'known') return { name, origin: value.origin };
  }
  return undefined;
}

/** Removes the profile, or all but the backend pool type, which means something without outbound rules too. */
function removal({ body, loadBalancerProfile: profile }: NetworkProfile): Change[] {
  if (profile.backendPoolType === undefined)
    return body === undefined ? [] : [{ kind: 'remove-property', object: body, key: 'loadBalancerProfile' }];
  return [];
}

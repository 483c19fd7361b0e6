import { isWord, localDnsOverrides } from '../../model/local-dns.ts';
import { defineRule } from '../rule.ts';

export const localdnsForcetcpVerify = defineRule({
  id: 'localdns-forcetcp-verify',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'LocalDNS is to verify stale answers over TCP only.',
  condition: 'Reports a zone with the protocol ForceTCP and serveStale Verify.',
  why: 'The two exclude each other, and AKS refuses the profile.',
  examples: [
    {
      language: 'bicep',
      bad: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-08-01' existing = {
  name: 'aks'
}

resource pool 'Microsoft.ContainerService/managedClusters/agentPools@2025-08-01' = {
  parent: cluster
  name: 'user'
  properties: {
    mode: 'User'
    count: 3
    vmSize: 'Standard_D4s_v5'
    localDNSProfile: {
      mode: 'Required'
      vnetDNSOverrides: {
        '.': { protocol: 'ForceTCP', serveStale: 'Verify' }
      }
    }
  }
}
`,
      good: `resource cluster 'Microsoft.ContainerService/managedClusters@2025-08-01' existing = {
  name: 'aks'
}

resource pool 'Microsoft.ContainerService/managedClusters/agentPools@2025-08-01' = {
  parent: cluster
  name: 'user'
  properties: {
    mode: 'User'
    count: 3
    vmSize: 'Standard_D4s_v5'
    localDNSProfile: {
      mode: 'Required'
      vnetDNSOverrides: {
        '.': { protocol: 'ForceTCP', serveStale: 'Immediate' }
      }
    }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/localdns-custom'],
  messages: {
    both: (d: { zone: string }) =>
      `The zone "${d.zone}" has the protocol ForceTCP, with which serveStale cannot be Verify. Use Immediate.`,
  },

  check(model, report) {
    for (const { override } of localDnsOverrides(model)) {
      const { zone, protocol, serveStale } = override;
      if (protocol === undefined || serveStale === undefined) continue;
      if (!isWord(protocol, 'ForceTCP') || !isWord(serveStale, 'Verify')) continue;
      report({
        at: serveStale.origin,
        message: 'both',
        data: { zone },
        related: [{ at: protocol.origin, text: 'The protocol is set here.' }],
        fixes: [
          {
            title: 'Set serveStale to Immediate',
            applicability: 'safe',
            changes: [{ kind: 'set-value', target: serveStale.origin, to: 'Immediate' }],
          },
        ],
      });
    }
  },
});

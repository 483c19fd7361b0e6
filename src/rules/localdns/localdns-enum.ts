import { localDnsOverrides, localDnsProfiles } from '../../model/local-dns.ts';
import type { Property } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const localdnsEnum = defineRule({
  id: 'localdns-enum',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'A LocalDNS setting has a value that AKS does not know.',
  condition:
    'Reports a mode other than Preferred, Required and Disabled, and a serveStale other than Verify, Immediate and Disable.',
  why: 'AKS refuses the profile. The documentation prints "Disabled" for serveStale; the API calls it Disable.',
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
        '.': { serveStale: 'Disabled' }
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
        '.': { serveStale: 'Disable' }
      }
    }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/localdns-custom'],
  messages: {
    value: (d: { name: string; value: string; values: string }) =>
      `"${d.value}" is no value of ${d.name}. Use ${d.values}.`,
  },

  check(model, report) {
    for (const { profile } of localDnsProfiles(model))
      judge('mode', profile.mode, ['Preferred', 'Required', 'Disabled']);
    for (const { override } of localDnsOverrides(model)) {
      judge('serveStale', override.serveStale, ['Verify', 'Immediate', 'Disable']);
    }

    function judge(name: string, property: Property<string>, values: readonly string[]): void {
      if (property?.kind !== 'known') return;
      const { value, origin } = property;
      const lower = value.toLowerCase();
      if (values.some((each) => each.toLowerCase() === lower)) return;
      const meant = values.find((each) => each.toLowerCase().slice(0, 6) === lower.slice(0, 6));
      report({
        at: origin,
        message: 'value',
        data: { name, value, values: `${values.slice(0, -1).join(', ')} or ${values.at(-1)}` },
        fixes:
          meant === undefined
            ? []
            : [
                {
                  title: `Set ${name} to ${meant}`,
                  applicability: 'safe',
                  changes: [{ kind: 'set-value', target: origin, to: meant }],
                },
              ],
      });
    }
  },
});

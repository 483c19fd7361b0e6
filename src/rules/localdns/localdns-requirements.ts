import { compareVersions } from '../../model/dns-queries.ts';
import { isWord, localDnsProfiles } from '../../model/local-dns.ts';
import { kubernetesVersionOf } from '../../model/queries.ts';
import { knownValue } from '../../model/value.ts';
import { defineRule } from '../rule.ts';

export const localdnsRequirements = defineRule({
  id: 'localdns-requirements',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'An agent pool cannot run LocalDNS.',
  condition:
    'Reports LocalDNS in mode Required on a Windows pool, with a Kubernetes older than 1.31, or on machines with fewer than 4 vCPUs; in mode Preferred as information. Machines are judged by the number in the name of their size, and only where it is 1 or 2.',
  why: 'In mode Required AKS refuses the pool, or its nodes do not become ready; in mode Preferred it leaves LocalDNS out.',
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
    vmSize: 'Standard_D2s_v5'
    localDNSProfile: {
      mode: 'Required'
      vnetDNSOverrides: {
        '.': { forwardDestination: 'VnetDNS' }
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
        '.': { forwardDestination: 'VnetDNS' }
      }
    }
  }
}
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/localdns-custom'],
  messages: {
    windows: (_: object) => 'LocalDNS runs on Linux only, and this pool is Windows. Disable it here.',
    version: (d: { version: string }) =>
      `LocalDNS needs Kubernetes 1.31, and this pool has ${d.version}. Upgrade it, or disable LocalDNS.`,
    size: (d: { size: string }) =>
      `LocalDNS needs machines with 4 vCPUs, and ${d.size} has fewer. Choose a larger size, or disable LocalDNS.`,
  },

  check(model, report) {
    for (const { profile, pool } of localDnsProfiles(model)) {
      const { mode } = profile;
      if (pool === undefined || mode === undefined) continue;
      const isRequired = isWord(mode, 'Required');
      if (!isRequired && !isWord(mode, 'Preferred')) continue;
      const severity = isRequired ? 'error' : 'information';
      const related = [{ at: mode.origin, text: 'LocalDNS is asked for here.' }];
      const { osType, vmSize } = pool;
      if (osType !== undefined && isWord(osType, 'Windows')) {
        report({ at: osType.origin, message: 'windows', data: {}, related, severity });
      }
      const version = kubernetesVersionOf(model, pool);
      if (version !== undefined && compareVersions(version.value, '1.31') < 0) {
        report({ at: version.origin, message: 'version', data: { version: version.value }, related, severity });
      }
      const size = knownValue(vmSize);
      if (vmSize !== undefined && size !== undefined && isSmall(size)) {
        report({ at: vmSize.origin, message: 'size', data: { size }, related, severity });
      }
    }
  },
});

/**
 * Whether a size has one or two vCPUs. In most families the number behind the letters is that of the vCPUs; the old G
 * series counts differently.
 */
function isSmall(size: string): boolean {
  return /^Standard_(?!G)[A-Z]+[12](?![0-9-])/i.test(size);
}

import type { Change } from '../../model/change.ts';
import type { ManagedCluster } from '../../model/cluster.ts';
import { areServiceRangesKnown, dnsServiceIP, serviceRanges } from '../../model/effective.ts';
import { setDnsServiceIP } from '../../model/service-range-fix.ts';
import { formatAddress } from '../../net/address.ts';
import { suggestDnsServiceIP } from '../../net/aks.ts';
import { type Cidr, containsAddress } from '../../net/cidr.ts';
import { defineRule } from '../rule.ts';

export const dnsIpOutsideServiceCidr = defineRule({
  id: 'dns-ip-outside-service-cidr',
  severity: 'error',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The DNS service IP of a cluster lies outside its service range.',
  condition:
    'Reports a dnsServiceIP outside the service range. Values that are certainly not set count with their defaults: 10.0.0.0/16 for the range and 10.0.0.10 for the address, which does not follow the range.',
  why: 'The address of the DNS service has to be one of the service addresses; AKS refuses the cluster otherwise.',
  serviceError: 'DnsServiceIpOutOfServiceCidr',
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
      serviceCidr: '10.200.0.0/16'
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
      serviceCidr: '10.200.0.0/16'
      dnsServiceIP: '10.200.0.10'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/troubleshoot/azure/azure-kubernetes/error-codes/dnsserviceipoutofservicecidr-error',
  ],
  messages: {
    outside: (d: { ip: string; range: string; proposal: string }) =>
      `The DNS service IP ${d.ip} lies outside the service range ${d.range}. Use an address inside it, such as ${d.proposal}.`,
    outsideDefaultRange: (d: { ip: string; proposal: string }) =>
      `The DNS service IP ${d.ip} lies outside 10.0.0.0/16, the service range that AKS uses when none is set. Set serviceCidr to the range that holds it, or use ${d.proposal}.`,
    defaultOutside: (d: { range: string; proposal: string }) =>
      `No dnsServiceIP is set, so AKS uses 10.0.0.10, which lies outside the service range ${d.range}. Set dnsServiceIP to an address inside it, such as ${d.proposal}.`,
  },

  check(model, report) {
    for (const cluster of model.managedClusters) {
      if (cluster.isExisting || !areServiceRangesKnown(cluster.networkProfile)) continue;
      const ranges = serviceRanges(cluster.networkProfile);
      const range = ranges.find(({ cidr }) => cidr.family === 4);
      const dns = dnsServiceIP(cluster.networkProfile);
      if (range === undefined || dns === undefined || ranges.some(({ cidr }) => containsAddress(cidr, dns.address)))
        continue;
      const proposal = suggestDnsServiceIP(range.cidr) ?? '';
      const fixes = setFix(cluster, range.cidr);
      const ip = formatAddress(dns.address);
      if (dns.origin === undefined) {
        if (range.origin === undefined) continue;
        report({ at: range.origin, message: 'defaultOutside', data: { range: range.text, proposal }, fixes });
      } else if (range.origin === undefined) {
        report({ at: dns.origin, message: 'outsideDefaultRange', data: { ip, proposal }, fixes });
      } else {
        report({
          at: dns.origin,
          message: 'outside',
          data: { ip, range: range.text, proposal },
          related: [{ at: range.origin, text: 'The service range is here.' }],
          fixes,
        });
      }
    }
  },
});

function setFix(cluster: ManagedCluster, range: Cidr): { title: string; applicability: 'safe'; changes: Change[] }[] {
  const to = suggestDnsServiceIP(range);
  const change = to === undefined ? undefined : setDnsServiceIP(cluster, to);
  return change === undefined ? [] : [{ title: `Set dnsServiceIP to ${to}`, applicability: 'safe', changes: [change] }];
}

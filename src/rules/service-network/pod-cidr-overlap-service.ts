import { podRanges, serviceRanges } from '../../model/effective.ts';
import { podRangeFix } from '../../model/pod-range-fix.ts';
import { serviceRangeFix } from '../../model/service-range-fix.ts';
import { overlaps } from '../../net/cidr.ts';
import { takenPrefixes } from '../../net/named-ranges.ts';
import { defineRule } from '../rule.ts';

export const podCidrOverlapService = defineRule({
  id: 'pod-cidr-overlap-service',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['bicep', 'arm'],
  summary: 'The pod range and the service range of a cluster overlap.',
  condition:
    'Reports an overlay or kubenet cluster whose pod range overlaps its service range. A range that is certainly not set counts with its default, 10.244.0.0/16 for pods and 10.0.0.0/16 for services.',
  why: 'A cluster could not tell such a pod from a service, so AKS refuses the two ranges.',
  serviceError: 'PodCidrOverlapServiceCidr',
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
      podCidr: '172.16.0.0/14'
      serviceCidr: '172.17.0.0/16'
      dnsServiceIP: '172.17.0.10'
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
      podCidr: '192.168.0.0/16'
      serviceCidr: '172.17.0.0/16'
      dnsServiceIP: '172.17.0.10'
    }
  }
}
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/concepts-network-azure-cni-overlay',
    'https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning',
  ],
  messages: {
    overlap: (d: { pods: string; services: string }) =>
      `The pod range ${d.pods} overlaps the service range ${d.services}. Choose ranges that have no address in common.`,
    overlapDefaultServices: (d: { pods: string; services: string }) =>
      `The pod range ${d.pods} overlaps ${d.services}, the service range that AKS uses when none is set. Move podCidr, or set serviceCidr and dnsServiceIP.`,
    overlapDefaultPods: (d: { pods: string; services: string }) =>
      `The service range ${d.services} overlaps ${d.pods}, the pod range that AKS uses when none is set. Move serviceCidr, or set podCidr.`,
  },

  check(model, report, settings) {
    for (const cluster of model.managedClusters) {
      const services = serviceRanges(cluster.networkProfile);
      for (const pods of podRanges(cluster)) {
        const hit = services.find((range) => overlaps(range.cidr, pods.cidr));
        const data = { pods: pods.text, services: hit?.text ?? '' };
        if (hit === undefined) continue;
        if (pods.origin !== undefined && hit.origin !== undefined) {
          report({
            at: pods.origin,
            message: 'overlap',
            data,
            related: [{ at: hit.origin, text: 'The service range is here.' }],
            fixes: () => [
              ...podRangeFix(model, cluster, takenPrefixes(settings)),
              ...serviceRangeFix(model, cluster, takenPrefixes(settings)),
            ],
          });
        } else if (pods.origin !== undefined) {
          const fixes = () => [
            ...podRangeFix(model, cluster, takenPrefixes(settings)),
            ...serviceRangeFix(model, cluster, takenPrefixes(settings)),
          ];
          report({ at: pods.origin, message: 'overlapDefaultServices', data, fixes });
        } else if (hit.origin !== undefined) {
          const fixes = () => [
            ...serviceRangeFix(model, cluster, takenPrefixes(settings)),
            ...podRangeFix(model, cluster, takenPrefixes(settings)),
          ];
          report({ at: hit.origin, message: 'overlapDefaultPods', data, fixes });
        }
      }
    }
  },
});

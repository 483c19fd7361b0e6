import type { Fix } from '../../model/change.ts';
import { keyWithSuffix } from '../../model/corefile-set.ts';
import type { ConfigMap, ConfigMapEntry } from '../../model/dns.ts';
import { defineRule } from '../rule.ts';

export const corednsKubeDnsFormat = defineRule({
  id: 'coredns-kube-dns-format',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A ConfigMap configures kube-dns, which AKS does not run.',
  condition: 'Reports stubDomains and upstreamNameservers in coredns-custom and in a ConfigMap kube-dns.',
  why: 'CoreDNS reads neither key: the zones are not forwarded. A server block for each of them does what stubDomains did. Kubernetes keeps the keys and DNS starts without them, hence a warning.',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  stubDomains: |
    {"corp.example": ["10.1.0.4"]}
`,
      good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  stub-domains.server: |
    corp.example:53 {
        errors
        cache 30
        forward . 10.1.0.4
    }
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom'],
  messages: {
    stubDomains: (_: object) =>
      'CoreDNS does not read "stubDomains". Give each zone a server block with a forward in a .server key.',
    upstreamNameservers: (_: object) =>
      'CoreDNS does not read "upstreamNameservers". Set the DNS servers of the virtual network instead.',
  },

  check(model, report) {
    for (const configMap of model.configMaps) {
      for (const entry of configMap.entries) {
        if (entry.kubeDns === undefined) continue;
        const fix = configMap.name?.text === 'coredns-custom' ? fixOf(configMap, entry) : undefined;
        report({
          at: entry.key.location,
          message: entry.key.text === 'stubDomains' ? 'stubDomains' : 'upstreamNameservers',
          data: {},
          fixes: fix === undefined ? [] : [fix],
        });
      }
    }
  },
});

function fixOf({ entries }: ConfigMap, { key, kubeDns, location }: ConfigMapEntry): Fix | undefined {
  if (kubeDns === undefined || kubeDns.length === 0) return undefined;
  const zones = kubeDns.filter(({ zone, servers }) => /^[\w.-]+$/.test(zone) && servers.length > 0);
  if (zones.length !== kubeDns.length) return undefined;
  const name = keyWithSuffix(
    'stub-domains',
    '.server',
    entries.map((entry) => entry.key.text),
  );
  const blocks = zones.flatMap(({ zone, servers }) => [
    `  ${zone}:53 {`,
    '      errors',
    '      cache 30',
    `      forward . ${servers.join(' ')}`,
    '  }',
  ]);
  return {
    title: `Replace by forward blocks in ${name}`,
    applicability: 'unsafe',
    changes: [{ kind: 'replace-lines', target: location, like: key.location, lines: [`${name}: |`, ...blocks] }],
  };
}

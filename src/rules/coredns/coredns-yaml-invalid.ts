import type { ConfigMapProblem } from '../../model/dns.ts';
import { defineRule, type Severity } from '../rule.ts';

const severities: Readonly<Record<ConfigMapProblem['kind'], Severity>> = {
  yaml: 'error',
  'metadata-key-missing': 'error',
  // Some versions of kubectl refuse it, others keep the last value.
  'duplicate-key': 'warning',
  'too-large': 'warning',
  'missing-file': 'error',
};

export const corednsYamlInvalid = defineRule({
  id: 'coredns-yaml-invalid',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'The YAML of a CoreDNS ConfigMap cannot be read as a ConfigMap.',
  condition:
    'Reports YAML that does not parse, name and namespace indented under "kind: ConfigMap" without "metadata:", a file that a kustomization makes a key from and that does not exist, and, as a warning, a key that stands twice or a document too long to be checked. The rest of the document is judged as if the obvious repair had been made.',
  why: 'kubectl refuses the whole file or kustomization, so the cluster keeps the DNS configuration that it had.',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
  name: coredns-custom
  namespace: kube-system
data:
  log.override: |
    log
`,
      good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  log.override: |
    log
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom'],
  messages: {
    problem: (d: { message: string }) => d.message,
  },

  check(model, report) {
    for (const { problems, header } of model.configMaps) {
      for (const { kind, message, location } of problems) {
        report({
          at: location,
          message: 'problem',
          data: { message },
          severity: severities[kind],
          ...(kind === 'metadata-key-missing' && {
            fixes: [
              {
                title: 'Insert "metadata:"',
                applicability: 'unsafe',
                changes: [{ kind: 'insert-lines', at: location, where: 'before', like: header, lines: ['metadata:'] }],
              },
            ],
          }),
        });
      }
    }
  },
});

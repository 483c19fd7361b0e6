import { pluginProblems } from '../../model/corefile/check.ts';
import { problemMessages, problemReport } from '../plugin-problems.ts';
import { defineRule } from '../rule.ts';

export const corednsForwardTooMany = defineRule({
  id: 'coredns-forward-too-many',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A forward has more servers than CoreDNS takes.',
  condition: 'Reports the sixteenth upstream of a forward or grpc.',
  why: 'CoreDNS refuses the whole Corefile.',
  serviceError: 'more than 15 TOs configured',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  corp.server: |
    corp.example:53 {
        forward . 10.1.0.1 10.1.0.2 10.1.0.3 10.1.0.4 10.1.0.5 10.1.0.6 10.1.0.7 10.1.0.8 10.1.0.9 10.1.0.10 10.1.0.11 10.1.0.12 10.1.0.13 10.1.0.14 10.1.0.15 10.1.0.16
    }
`,
      good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  corp.server: |
    corp.example:53 {
        forward . 10.1.0.1 10.1.0.2 10.1.0.3 10.1.0.4 10.1.0.5 10.1.0.6 10.1.0.7 10.1.0.8 10.1.0.9 10.1.0.10 10.1.0.11 10.1.0.12 10.1.0.13 10.1.0.14 10.1.0.15
    }
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom', 'https://coredns.io/plugins/forward/'],
  messages: problemMessages,

  check(model, report, settings) {
    for (const problem of pluginProblems(model, settings.corednsVersion, 'forward-too-many'))
      report(problemReport(problem));
  },
});

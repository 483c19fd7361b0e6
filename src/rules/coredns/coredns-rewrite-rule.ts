import { pluginProblems } from '../../model/corefile/check.ts';
import { problemMessages, problemReport } from '../plugin-problems.ts';
import { defineRule } from '../rule.ts';

export const corednsRewriteRule = defineRule({
  id: 'coredns-rewrite-rule',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A rewrite is not built as CoreDNS reads it.',
  condition:
    'Reports rules with too few or too many words, unknown kinds, ways to match, answers, classes, types, response codes, lifetimes and EDNS0 options. As a warning: a way to match that stands before a single name.',
  why: 'CoreDNS refuses the whole Corefile, and for rewrites it never names a key or a line.',
  serviceError: 'plugin/rewrite',
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
        rewrite name suffix .corp.example .svc.cluster.local answer
        forward . 10.1.0.4
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
        rewrite name suffix .corp.example .svc.cluster.local answer auto
        forward . 10.1.0.4
    }
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom', 'https://coredns.io/plugins/rewrite/'],
  messages: problemMessages,

  check(model, report, settings) {
    for (const problem of pluginProblems(model, settings.corednsVersion, 'rewrite')) report(problemReport(problem));
  },
});

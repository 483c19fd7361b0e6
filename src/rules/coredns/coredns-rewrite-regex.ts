import { pluginProblems } from '../../model/corefile/check.ts';
import { problemMessages, problemReport } from '../plugin-problems.ts';
import { defineRule } from '../rule.ts';

export const corednsRewriteRegex = defineRule({
  id: 'coredns-rewrite-regex',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'The pattern of a rewrite cannot be read or can never match.',
  condition:
    'Reports as an error a pattern that is no RE2 expression, is longer than CoreDNS takes or has fewer groups than the replacement uses. As a warning: one that ends in "$" behind something other than a dot, or that needs a capital letter. As information: a dot between letters that is not escaped.',
  why: 'CoreDNS compares the pattern with the whole name in lower case and with its final dot, so a pattern that leaves out the dot never matches and nothing says so.',
  serviceError: 'invalid regex matching pattern',
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
        rewrite name regex ^(.*)\\.corp\\.example$ {1}.default.svc.cluster.local answer auto
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
        rewrite name regex ^(.*)\\.corp\\.example\\.$ {1}.default.svc.cluster.local answer auto
        forward . 10.1.0.4
    }
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/coredns-custom',
    'https://coredns.io/plugins/rewrite/',
    'https://github.com/google/re2/wiki/Syntax',
  ],
  messages: problemMessages,

  check(model, report, settings) {
    for (const problem of pluginProblems(model, settings.corednsVersion, 'rewrite-regex'))
      report(problemReport(problem));
  },
});

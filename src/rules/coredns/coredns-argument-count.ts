import { pluginProblems } from '../../model/corefile/check.ts';
import { problemMessages, problemReport } from '../plugin-problems.ts';
import { defineRule } from '../rule.ts';

export const corednsArgumentCount = defineRule({
  id: 'coredns-argument-count',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A plugin or one of its options has too few or too many words.',
  condition:
    'Reports missing and surplus words on the line of a plugin and on each line of its block, a block where the plugin reads none, and a block that lacks an option it cannot do without. Words that a deployment tool or the environment fills in count as one.',
  why: 'CoreDNS refuses the whole Corefile, or reads a surplus word as another option.',
  serviceError: 'Wrong argument count or unexpected line ending',
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
        cache 30 {
            prefetch
        }
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
        cache 30 {
            prefetch 10
        }
        forward . 10.1.0.4
    }
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom', 'https://coredns.io/plugins/'],
  messages: problemMessages,

  check(model, report, settings) {
    for (const problem of pluginProblems(model, settings.corednsVersion, 'argument-count'))
      report(problemReport(problem));
  },
});

import { pluginProblems } from '../../model/corefile/check.ts';
import { problemMessages, problemReport } from '../plugin-problems.ts';
import { defineRule } from '../rule.ts';

export const corednsUnknownProperty = defineRule({
  id: 'coredns-unknown-property',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A block holds a line that its plugin does not know.',
  condition:
    'Reports an option that the plugin does not have in the CoreDNS version in the settings, or in the newest that AKS runs where none is set. Where the plugin passes over such lines in silence it is a warning.',
  why: 'CoreDNS refuses the whole Corefile for one unknown option.',
  serviceError: 'unknown property',
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
        forward . 10.1.0.4 {
            max_fail 3
        }
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
        forward . 10.1.0.4 {
            max_fails 3
        }
    }
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom', 'https://coredns.io/plugins/'],
  messages: problemMessages,

  check(model, report, settings) {
    for (const problem of pluginProblems(model, settings.corednsVersion, 'unknown-property'))
      report(problemReport(problem));
  },
});

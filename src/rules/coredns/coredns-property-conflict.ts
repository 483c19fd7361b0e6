import { pluginProblems } from '../../model/corefile/check.ts';
import { problemMessages, problemReport } from '../plugin-problems.ts';
import { defineRule } from '../rule.ts';

export const corednsPropertyConflict = defineRule({
  id: 'coredns-property-conflict',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'Two options of a plugin exclude each other.',
  condition:
    'Reports an option that stands twice where CoreDNS takes it once, and options that contradict each other: namespaces with namespace_labels, a max_age below expire, two names for one certificate, a multicluster zone that the plugin does not serve.',
  why: 'CoreDNS refuses the whole Corefile.',
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
            expire 30s
            max_age 10s
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
            expire 30s
            max_age 60s
        }
    }
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom', 'https://coredns.io/plugins/'],
  messages: problemMessages,

  check(model, report, settings) {
    for (const problem of pluginProblems(model, settings.corednsVersion, 'conflict', 'repeated-property'))
      report(problemReport(problem));
  },
});

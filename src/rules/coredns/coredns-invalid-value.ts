import { pluginProblems } from '../../model/corefile/check.ts';
import { problemMessages, problemReport } from '../plugin-problems.ts';
import { defineRule } from '../rule.ts';

export const corednsInvalidValue = defineRule({
  id: 'coredns-invalid-value',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A value is not what its plugin can read.',
  condition:
    'Reports durations without a unit, numbers and percentages that are none or out of range, networks, addresses, response codes, record types and classes, regular expressions, templates, expressions and fixed words that the plugin does not take. Values that a deployment tool or the environment fills in are left alone.',
  why: 'CoreDNS refuses the whole Corefile, and for numbers, durations and addresses it names neither a key nor a line.',
  serviceError: 'time: missing unit in duration',
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
            health_check 5
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
            health_check 5s
        }
    }
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/coredns-custom',
    'https://coredns.io/plugins/',
    'https://pkg.go.dev/time#ParseDuration',
  ],
  messages: problemMessages,

  check(model, report, settings) {
    for (const problem of pluginProblems(model, settings.corednsVersion, 'invalid-value'))
      report(problemReport(problem));
  },
});

import { pluginProblems } from '../../model/corefile/check.ts';
import { problemMessages, problemReport } from '../plugin-problems.ts';
import { defineRule } from '../rule.ts';

export const corednsHostsEntry = defineRule({
  id: 'coredns-hosts-entry',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A line of a hosts block is ignored, or stands where CoreDNS refuses it.',
  condition:
    'Reports as a warning lines that begin with neither an address nor an option, misspelt options among them, and addresses without a name. As an error: an address below "fallthrough".',
  why: 'CoreDNS takes any unknown line for an address and ignores it where it is none: a misspelt "fallthrough" leaves every other name unanswered. An address below "fallthrough" stops CoreDNS.',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  names.override: |
    hosts {
        10.1.0.10
        10.1.0.11 git.corp.example
        fallthrough
    }
`,
      good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  names.override: |
    hosts {
        10.1.0.10 www.corp.example
        10.1.0.11 git.corp.example
        fallthrough
    }
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom', 'https://coredns.io/plugins/hosts/'],
  messages: problemMessages,

  check(model, report, settings) {
    for (const problem of pluginProblems(model, settings.corednsVersion, 'hosts-entry')) report(problemReport(problem));
  },
});

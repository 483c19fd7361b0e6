import { pluginProblems } from '../../model/corefile/check.ts';
import { problemMessages, problemReport } from '../plugin-problems.ts';
import { defineRule } from '../rule.ts';

export const corednsHostsFileArgument = defineRule({
  id: 'coredns-hosts-file-argument',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A hosts plugin names a zone where its file belongs.',
  condition: 'Reports a first argument of hosts that looks like a zone or an address and has no slash.',
  why: 'CoreDNS takes the first word for a file, warns in its log that it does not exist, and answers for all names instead of the zone.',
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
    hosts corp.example {
        10.1.0.10 www.corp.example
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
    hosts /etc/hosts corp.example {
        10.1.0.10 www.corp.example
        fallthrough
    }
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom', 'https://coredns.io/plugins/hosts/'],
  messages: problemMessages,

  check(model, report, settings) {
    for (const problem of pluginProblems(model, settings.corednsVersion, 'hosts-file')) report(problemReport(problem));
  },
});

import { pluginProblems } from '../../model/corefile/check.ts';
import { problemMessages, problemReport } from '../plugin-problems.ts';
import { defineRule } from '../rule.ts';

export const corednsForwardHostname = defineRule({
  id: 'coredns-forward-hostname',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A forward names a server by its host name.',
  condition:
    'Reports an upstream of forward or grpc that is neither an IP address nor a path. CoreDNS takes names from version 1.14.4 on, which no version of AKS runs yet; the version in the settings decides.',
  why: 'CoreDNS refuses the whole Corefile: resolving the name of the server would need the server.',
  serviceError: 'not an IP address or file',
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
        forward . dns.corp.example
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
        forward . 10.1.0.4
    }
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/coredns-custom',
    'https://coredns.io/plugins/forward/',
    'https://github.com/coredns/coredns/issues/4500',
  ],
  messages: problemMessages,

  check(model, report, settings) {
    for (const problem of pluginProblems(model, settings.corednsVersion, 'forward-host-name'))
      report(problemReport(problem));
  },
});

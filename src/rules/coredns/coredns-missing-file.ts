import { pluginProblems } from '../../model/corefile/check.ts';
import { problemMessages, problemReport } from '../plugin-problems.ts';
import { defineRule } from '../rule.ts';

export const corednsMissingFile = defineRule({
  id: 'coredns-missing-file',
  severity: 'error',
  fixable: 'never',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A plugin needs a file that the CoreDNS container of AKS does not have.',
  condition:
    'Reports in coredns-custom paths of forward, grpc, tls, geoip and autopath that lead to no place where Kubernetes, AKS or the image put files. Plain Corefiles are not judged.',
  why: 'CoreDNS does not start without the file. AKS resets its deployment, so nothing can be mounted but keys of coredns-custom.',
  serviceError: 'no such file or directory',
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
        forward . /etc/upstreams.conf
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
        forward . /etc/resolv.conf
    }
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom', 'https://coredns.io/plugins/'],
  messages: problemMessages,

  check(model, report, settings) {
    for (const problem of pluginProblems(model, settings.corednsVersion, 'missing-file'))
      report(problemReport(problem));
  },
});

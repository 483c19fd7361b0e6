import { mayBeReplaced } from '../../model/dns-queries.ts';
import { defineRule } from '../rule.ts';

const namespaceOfAks = 'kube-system';

export const corednsNamespace = defineRule({
  id: 'coredns-namespace',
  severity: 'warning',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'The coredns-custom ConfigMap is not in kube-system.',
  condition:
    'Reports a ConfigMap named coredns-custom whose namespace is not kube-system, and one that states no namespace.',
  why: 'CoreDNS mounts coredns-custom from its own namespace, kube-system. In any other the ConfigMap is kept and has no effect; without a namespace it lands wherever kubectl happens to point. Nothing is refused, hence a warning.',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: default
data:
  log.override: |
    log
`,
      good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  log.override: |
    log
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom'],
  messages: {
    wrong: (d: { namespace: string }) =>
      `CoreDNS reads coredns-custom from kube-system, not from "${d.namespace}". Set the namespace to kube-system.`,
    missing: (_: object) =>
      'coredns-custom states no namespace, so it lands in the current one. Add "namespace: kube-system".',
  },

  check(model, report) {
    for (const { name, namespace, problems, isTemplated, generator } of model.configMaps) {
      if (name?.text !== 'coredns-custom') continue;
      if (namespace !== undefined && namespace.text !== '') {
        if (namespace.text === namespaceOfAks || mayBeReplaced(namespace.text)) continue;
        report({
          at: namespace.location,
          message: 'wrong',
          data: { namespace: namespace.text },
          fixes: [
            {
              title: 'Set the namespace to kube-system',
              applicability: 'safe',
              changes: [{ kind: 'replace-text', target: namespace.location, to: namespaceOfAks }],
            },
          ],
        });
      } else if (!problems.some(({ kind }) => kind === 'yaml') && !isTemplated && generator === undefined) {
        report({
          at: name.location,
          message: 'missing',
          data: {},
          ...(namespace === undefined && {
            fixes: [
              {
                title: 'Add "namespace: kube-system"',
                applicability: 'safe',
                changes: [
                  {
                    kind: 'insert-lines',
                    at: name.location,
                    where: 'after',
                    like: name.location,
                    lines: [`namespace: ${namespaceOfAks}`],
                  },
                ],
              },
            ],
          }),
        });
      }
    }
  },
});

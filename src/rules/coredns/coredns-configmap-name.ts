import type { Fix } from '../../model/change.ts';
import type { Text } from '../../model/dns.ts';
import { mayBeReplaced } from '../../model/dns-queries.ts';
import { defineRule } from '../rule.ts';

const nameOfAks = 'coredns-custom';

export const corednsConfigmapName = defineRule({
  id: 'coredns-configmap-name',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A ConfigMap with .override or .server keys is not called coredns-custom.',
  condition:
    'Reports a ConfigMap with such keys in kube-system under another name, one whose name is nearly right wherever it is, and a ConfigMap generator of Kustomize that adds a hash to the name.',
  why: 'CoreDNS mounts coredns-custom and no other ConfigMap. Under another name it is kept and has no effect.',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-customs
  namespace: kube-system
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
    other: (d: { name: string }) =>
      `AKS reads the keys of this ConfigMap only if it is called coredns-custom, not "${d.name}". Rename it.`,
    hashed: (_: object) =>
      'Kustomize adds a hash to this name, and AKS reads only coredns-custom. Set "disableNameSuffixHash: true" under generatorOptions.',
  },

  check(model, report) {
    for (const { name, namespace, entries, generator } of model.configMaps) {
      if (generator?.isHashed === true && name?.text === nameOfAks) {
        const fixes = generator.hasOptions ? [] : [withoutHash(name)];
        report({ at: name.location, message: 'hashed', data: {}, fixes });
      }
      if (name === undefined || name.text === nameOfAks || mayBeReplaced(name.text)) continue;
      const keys = entries.filter(({ role }) => role === 'override' || role === 'server');
      if (keys.length === 0 || entries.some(({ role }) => role === 'corefile')) continue;
      if (namespace?.text !== 'kube-system' && !/^core-?dns[-_.]?cus?toms?$/i.test(name.text)) continue;
      const isTaken = model.configMaps.some((other) => other.name?.text === nameOfAks);
      report({
        at: name.location,
        message: 'other',
        data: { name: name.text },
        fixes: isTaken
          ? []
          : [
              {
                title: `Rename the ConfigMap to ${nameOfAks}`,
                applicability: 'unsafe',
                changes: [{ kind: 'replace-text', target: name.location, to: nameOfAks }],
              },
            ],
      });
    }
  },
});

function withoutHash({ location }: Text): Fix {
  return {
    title: 'Add "disableNameSuffixHash: true"',
    applicability: 'unsafe',
    changes: [
      {
        kind: 'insert-lines',
        at: location,
        where: 'after',
        like: location,
        lines: ['options:', '  disableNameSuffixHash: true'],
      },
    ],
  };
}

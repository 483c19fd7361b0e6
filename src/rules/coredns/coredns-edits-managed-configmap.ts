import type { ConfigMap, Corefile } from '../../model/dns.ts';
import { defineRule } from '../rule.ts';

export const corednsEditsManagedConfigmap = defineRule({
  id: 'coredns-edits-managed-configmap',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'The ConfigMap coredns, which AKS manages itself, is written by hand.',
  condition:
    'Reports a ConfigMap named coredns with the key Corefile in kube-system. A warning where its Corefile shows that it is from AKS (it imports custom/*.override, or speaks of Azure zones); otherwise information, for clusters that are not AKS have a ConfigMap of that name to edit.',
  why: 'AKS puts its own text back again and again, so the change is lost. What CoreDNS should do differently belongs into coredns-custom.',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns
  namespace: kube-system
data:
  Corefile: |
    .:53 {
        log
        forward . /etc/resolv.conf
        import custom/*.override
    }
    import custom/*.server
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
  references: [
    'https://learn.microsoft.com/azure/aks/coredns-custom',
    'https://github.com/Azure/AKS/issues/811',
    'https://github.com/coredns/coredns/issues/7090',
  ],
  messages: {
    managed: (_: object) =>
      'AKS manages the ConfigMap "coredns" and puts its own text back. Put the difference into coredns-custom.',
    maybe: (_: object) =>
      'If this cluster is AKS, AKS manages the ConfigMap "coredns" and puts its own text back. Put the difference into coredns-custom.',
  },

  check(model, report) {
    for (const configMap of model.configMaps) {
      const { name, namespace, entries } = configMap;
      if (name?.text !== 'coredns' || (namespace !== undefined && namespace.text !== 'kube-system')) continue;
      if (!entries.some(({ role }) => role === 'corefile')) continue;
      if (isOfAks(configMap)) report({ at: name.location, message: 'managed', data: {} });
      else report({ at: name.location, message: 'maybe', data: {}, severity: 'information' });
    }
  },
});

function isOfAks({ entries }: ConfigMap): boolean {
  return entries.some(({ corefile }) => corefile !== undefined && wordsOfAks(corefile));
}

/** Words that stand in no Corefile but that of AKS. */
function wordsOfAks({ serverBlocks, plugins }: Corefile): boolean {
  return [...plugins, ...serverBlocks.flatMap((block) => block.plugins)].some(
    ({ name, args }) =>
      (name.text === 'template' &&
        args.some(({ text }) => /^(?:reddog\.microsoft\.com|internal\.cloudapp\.net)\.?$/.test(text))) ||
      (name.text === 'forward' && args.some(({ text }) => text === '168.63.129.16')),
  );
}

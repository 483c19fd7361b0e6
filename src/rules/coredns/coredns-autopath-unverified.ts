import { corefileSets, expandedBlocks, type PlacedPlugin, pastedPlugins } from '../../model/corefile-set.ts';
import type { Plugin, Word } from '../../model/dns.ts';
import { mayBeReplaced } from '../../model/dns-queries.ts';
import { defineRule } from '../rule.ts';

export const corednsAutopathUnverified = defineRule({
  id: 'coredns-autopath-unverified',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'An autopath asks a kubernetes plugin that does not know the pods.',
  condition:
    'Reports "autopath @kubernetes" in coredns-custom where the kubernetes plugin of the same server block is not set to "pods verified": the one of AKS, beside which overrides stand, is set to "pods insecure".',
  why: 'CoreDNS takes the line, but without a list of pods it cannot tell the search path of the one that asks, and does nothing.',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  search.override: |
    autopath @kubernetes
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
  references: ['https://coredns.io/plugins/autopath/', 'https://learn.microsoft.com/azure/aks/coredns-custom'],
  messages: {
    default: (_: object) =>
      'The kubernetes plugin of AKS has "pods insecure", with which autopath does nothing. Remove the line, and set "ndots" in the dnsConfig of pods that ask too much.',
    own: (_: object) =>
      'autopath does nothing unless a kubernetes plugin with "pods verified" stands in the same server block. Add it, or remove the line.',
  },

  check(model, report) {
    for (const set of corefileSets(model)) {
      if (!set.isAks) continue;
      for (const word of asking(pastedPlugins(set))) report({ at: word.location, message: 'default', data: {} });
      for (const { plugins, isComplete, part } of expandedBlocks(set)) {
        if (!isComplete || part.corefile.isTemplated || plugins.some(({ plugin }) => mayVerify(plugin))) continue;
        for (const word of asking(plugins)) report({ at: word.location, message: 'own', data: {} });
      }
    }
  },
});

/** The words with which an autopath turns to the kubernetes plugin. */
function asking(plugins: readonly PlacedPlugin[]): readonly Word[] {
  return plugins.flatMap(({ plugin: { name, args } }) => {
    const resolver = name.text === 'autopath' ? args.at(-1) : undefined;
    return resolver?.text === '@kubernetes' ? [resolver] : [];
  });
}

function mayVerify({ name, block }: Plugin): boolean {
  if (name.text !== 'kubernetes') return false;
  return (block ?? []).some(
    (property) =>
      mayBeReplaced(property.name) ||
      property.name.text === 'import' ||
      (property.name.text === 'pods' && property.args.some((word) => word.text === 'verified' || mayBeReplaced(word))),
  );
}

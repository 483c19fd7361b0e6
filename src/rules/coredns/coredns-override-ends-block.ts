import { corefileSets, endsDefaultBlock } from '../../model/corefile-set.ts';
import { defineRule } from '../rule.ts';

export const corednsOverrideEndsBlock = defineRule({
  id: 'coredns-override-ends-block',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A .override key ends the default block of AKS and opens another.',
  condition:
    'Reports a "}" in a .override key that closes the default block, where the text opens a server block behind it that the "}" of AKS then closes.',
  why: 'CoreDNS takes it, so nothing warns you. But what AKS has behind the place of the overrides (the templates, later .override keys) then belongs to your block, and a change of AKS may make CoreDNS refuse it.',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  corp.override: |
    }
    corp.example:53 {
        forward . 10.1.0.4
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
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom'],
  messages: {
    ends: (d: { zone: string }) =>
      `This "}" ends the default block of AKS, and what AKS has behind the overrides becomes part of "${d.zone}". Put the block into a .server key.`,
  },

  check(model, report) {
    for (const { overrides } of corefileSets(model)) {
      for (const { corefile } of overrides) {
        if (!endsDefaultBlock(corefile)) continue;
        const brace = corefile.braceProblems.find(({ kind }) => kind === 'unopened');
        const zone = corefile.serverBlocks[0]?.keys[0];
        if (brace === undefined || zone === undefined) continue;
        report({
          at: brace.location,
          message: 'ends',
          data: { zone: zone.text },
          related: [{ at: zone.location, text: 'The block is opened here.' }],
        });
      }
    }
  },
});

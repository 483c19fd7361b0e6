import { onceInDefaultBlock } from '../../model/aks-coredns.ts';
import { corefileSets } from '../../model/corefile-set.ts';
import type { Plugin } from '../../model/dns.ts';
import { defineRule, type Severity } from '../rule.ts';

/** What the default block of AKS has, and what a second one in the same block does. Measured for 1.9.4 to 1.14.3. */
const defaults: ReadonlyMap<string, 'refused' | 'ignored' | 'replaces'> = new Map([
  ...onceInDefaultBlock.map((name) => [name, 'refused'] as const),
  ['reload', 'ignored'],
  ['health', 'replaces'],
]);

const severities: Readonly<Record<'refused' | 'ignored' | 'replaces', Severity>> = {
  refused: 'error',
  ignored: 'warning',
  replaces: 'warning',
};

export const corednsDuplicateDefaultPlugin = defineRule({
  id: 'coredns-duplicate-default-plugin',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A .override key repeats a plugin of the default block.',
  condition:
    'Reports errors, ready, kubernetes, prometheus, cache and loop in a .override key. As a warning: reload, whose second line has no effect, and a health without lameduck, which takes away the 5 seconds that AKS sets. forward has a rule of its own; loadbalance may be repeated.',
  why: 'AKS pastes the text inside its own ".:53" block, which has these plugins already. CoreDNS refuses a second one and does not start again; until then it keeps the old configuration.',
  serviceError: 'this plugin can only be used once per Server Block',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  cache.override: |
    cache 10
`,
      good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  corp.server: |
    corp.example:53 {
        cache 10
        forward . 10.1.0.4
    }
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/coredns-custom',
    'https://github.com/Azure/AKS/issues/3661',
    'https://github.com/coredns/coredns/issues/7090',
  ],
  messages: {
    refused: (d: { plugin: string }) =>
      `The default block of AKS has "${d.plugin}" already, and CoreDNS takes it once per server block. Remove it, or use it in the server block of your own zone.`,
    ignored: (d: { plugin: string }) =>
      `The default block of AKS has "${d.plugin}" already, and CoreDNS keeps to the first. This line has no effect; remove it.`,
    replaces: (d: { plugin: string }) =>
      `This "${d.plugin}" replaces the one of AKS, which has "lameduck 5s". Add "lameduck 5s" to it, or remove it.`,
  },

  check(model, report) {
    for (const { overrides } of corefileSets(model)) {
      for (const { corefile } of overrides) {
        // A stray "}" ends the block of AKS early: then this text stands in no known place.
        if (corefile.braceProblems.some((problem) => problem.kind === 'unopened')) continue;
        for (const plugin of corefile.plugins) {
          const effect = defaults.get(plugin.name.text);
          if (effect === undefined || (effect === 'replaces' && hasLameduck(plugin))) continue;
          report({
            at: plugin.name.location,
            message: effect,
            data: { plugin: plugin.name.text },
            severity: severities[effect],
            fixes: [
              {
                title: `Remove "${plugin.name.text}"`,
                applicability: 'unsafe',
                changes: [{ kind: 'remove-text', target: plugin.location }],
              },
            ],
          });
        }
      }
    }
  },
});

function hasLameduck(plugin: Plugin): boolean {
  return plugin.block?.some((property) => property.name.text === 'lameduck') === true;
}

import { onceInDefaultBlock } from '../../model/aks-coredns.ts';
import { corefileSets, expandedBlocks, type PlacedPlugin, pastedPlugins } from '../../model/corefile-set.ts';
import { pluginFacts } from '../../model/dns-queries.ts';
import { defineRule } from '../rule.ts';

const ofDefaultBlock = new Set([...onceInDefaultBlock, 'hosts']);

export const corednsPluginRepeated = defineRule({
  id: 'coredns-plugin-repeated',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A server block holds a plugin twice that CoreDNS takes once.',
  condition:
    'Reports the second cache, errors, hosts and so on in a server block, those that a snippet brings in included, and in all .override keys together. What the default block of AKS has already, and a second hosts among overrides, have rules of their own.',
  why: 'CoreDNS refuses the whole Corefile and names neither a key nor a line.',
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
  corp.server: |
    corp.example:53 {
        cache 30
        forward . 10.1.0.4
        cache 60
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
        cache 60
        forward . 10.1.0.4
    }
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/coredns-custom',
    'https://github.com/coredns/coredns/blob/master/plugin.cfg',
  ],
  messages: {
    twice: (d: { plugin: string }) =>
      `CoreDNS takes "${d.plugin}" once per server block, and this is another. Remove one of the two.`,
    across: (d: { plugin: string }) =>
      `All .override keys become part of one server block, where CoreDNS takes "${d.plugin}" once, and this is another. Remove one of the two.`,
  },

  check(model, report) {
    for (const set of corefileSets(model)) {
      for (const { plugins, part } of expandedBlocks(set)) {
        if (!part.corefile.isTemplated) judge(plugins, 'twice', new Set());
      }
      // Text of AKS itself: it is said elsewhere what may not be repeated there.
      if (set.isAks && set.isComplete) judge(pastedPlugins(set), 'across', ofDefaultBlock);
    }

    function judge(plugins: readonly PlacedPlugin[], message: 'twice' | 'across', except: ReadonlySet<string>): void {
      const seen = new Map<string, PlacedPlugin>();
      for (const placed of plugins) {
        const { plugin, imported } = placed;
        const name = plugin.name.text;
        if (pluginFacts(name)?.isOnceOnly !== true || except.has(name)) continue;
        const first = seen.get(name);
        if (first === undefined) {
          seen.set(name, placed);
          continue;
        }
        const place = first.imported ?? first.plugin.name;
        report({
          at: (imported ?? plugin.name).location,
          message,
          data: { plugin: name },
          related: [{ at: place.location, text: 'The first one is here.' }],
          fixes:
            imported === undefined
              ? [
                  {
                    title: `Remove this "${name}"`,
                    applicability: 'unsafe',
                    changes: [{ kind: 'remove-text', target: plugin.location }],
                  },
                ]
              : [],
        });
      }
    }
  },
});

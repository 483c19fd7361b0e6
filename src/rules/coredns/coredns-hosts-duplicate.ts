import type { Fix } from '../../model/change.ts';
import { corefileSets } from '../../model/corefile-set.ts';
import type { Plugin } from '../../model/dns.ts';
import { parseAddress } from '../../net/address.ts';
import { defineRule } from '../rule.ts';

export const corednsHostsDuplicate = defineRule({
  id: 'coredns-hosts-duplicate',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'The .override keys hold more than one hosts block.',
  condition: 'Reports every hosts but the first over all .override keys of a ConfigMap, in the order of their names.',
  why: 'All .override keys are pasted into one server block, and CoreDNS takes hosts once in it. It refuses the whole Corefile and names no line.',
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
  a.override: |
    hosts {
        10.1.0.4 a.example
        fallthrough
    }
  b.override: |
    hosts {
        10.1.0.5 b.example
        fallthrough
    }
`,
      good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  a.override: |
    hosts {
        10.1.0.4 a.example
        10.1.0.5 b.example
        fallthrough
    }
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom', 'https://coredns.io/plugins/hosts/'],
  messages: {
    second: (_: object) =>
      'All .override keys together may hold one hosts block, and this is another. Put its lines into the first.',
  },

  check(model, report) {
    for (const { overrides, isComplete } of corefileSets(model)) {
      if (!isComplete) continue;
      let first: Plugin | undefined;
      for (const { corefile } of overrides) {
        for (const plugin of corefile.plugins) {
          if (plugin.name.text !== 'hosts') continue;
          if (first === undefined) {
            first = plugin;
            continue;
          }
          const fix = mergeFix(first, plugin);
          report({
            at: plugin.name.location,
            message: 'second',
            data: {},
            related: [{ at: first.name.location, text: 'The first hosts block is here.' }],
            fixes: fix === undefined ? [] : [fix],
          });
        }
      }
    }
  },
});

/** Moves the lines of `second` to the top of `first`, where both hold addresses and at most a plain fallthrough. */
function mergeFix(first: Plugin, second: Plugin): Fix | undefined {
  const [top] = first.block ?? [];
  const names = (plugin: Plugin): string => plugin.args.map(({ text }) => text).join(' ');
  if (top === undefined || second.block === undefined || names(first) !== names(second)) return undefined;
  const lines = second.block.filter(({ name }) => parseAddress(name.text) !== undefined);
  const rest = second.block.filter((property) => !lines.includes(property));
  if (lines.length === 0 || rest.some(({ name, args }) => name.text !== 'fallthrough' || args.length > 0))
    return undefined;
  return {
    title: 'Move its lines to the first hosts block',
    applicability: 'unsafe',
    changes: [
      {
        kind: 'insert-lines',
        at: top.location,
        where: 'before',
        like: top.location,
        lines: lines.map(({ name, args }) => [name, ...args].map(({ text }) => text).join(' ')),
      },
      { kind: 'remove-text', target: second.location },
    ],
  };
}

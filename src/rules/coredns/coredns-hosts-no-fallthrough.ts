import type { Fix } from '../../model/change.ts';
import { corefileSets, expandedBlocks, type PlacedPlugin, pastedPlugins } from '../../model/corefile-set.ts';
import type { Plugin } from '../../model/dns.ts';
import { mayBeReplaced } from '../../model/dns-queries.ts';
import { defineRule } from '../rule.ts';

export const corednsHostsNoFallthrough = defineRule({
  id: 'coredns-hosts-no-fallthrough',
  severity: 'warning',
  fixable: 'safe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A hosts plugin answers for every name, because it does not end in fallthrough.',
  condition:
    'Reports a hosts plugin without fallthrough in a .override key, and in a server block that has a forward behind it. One that names its own zones is left alone unless "." is among them.',
  why: 'CoreDNS asks hosts before forward and kubernetes, and hosts says that any name it does not list does not exist. In an override that is every name of the cluster.',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  names.override: |
    hosts {
        10.1.0.10 www.corp.example
    }
`,
      good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  names.override: |
    hosts {
        10.1.0.10 www.corp.example
        fallthrough
    }
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/coredns-custom',
    'https://coredns.io/plugins/hosts/',
    'https://github.com/coredns/coredns/issues/3276',
  ],
  messages: {
    override: (_: object) =>
      'This hosts plugin says of every name it does not list that it does not exist, those of the cluster included. Add "fallthrough" at its end.',
    server: (_: object) =>
      'This hosts plugin answers for every name of the zone, so the forward behind it is never asked. Add "fallthrough" at its end.',
  },

  check(model, report) {
    for (const set of corefileSets(model)) {
      // Where the block is never closed, nobody knows what it holds.
      const parts = [...set.overrides, ...set.servers];
      if (parts.some(({ corefile }) => corefile.braceProblems.some(({ owner }) => owner?.text === 'hosts'))) continue;
      if (set.isAks)
        judge(
          pastedPlugins(set).filter(({ isTemplated }) => !isTemplated),
          'override',
        );
      for (const { plugins, part, isComplete } of expandedBlocks(set)) {
        const hasForward = plugins.some(
          ({ plugin }) => plugin.name.text === 'forward' || plugin.name.text === 'kubernetes',
        );
        if (hasForward && isComplete && !part.corefile.isTemplated) judge(plugins, 'server');
      }
    }

    function judge(plugins: readonly PlacedPlugin[], message: 'override' | 'server'): void {
      for (const { plugin } of plugins) {
        if (plugin.name.text !== 'hosts' || !answersEverything(plugin)) continue;
        const fix = fallthroughFix(plugin);
        report({ at: plugin.name.location, message, data: {}, fixes: fix === undefined ? [] : [fix] });
      }
    }
  },
});

function answersEverything({ args, block, words }: Plugin): boolean {
  const zones = args.slice(1);
  if (zones.length > 0 && !zones.some(({ text }) => text === '.')) return false;
  if (words.some((word) => mayBeReplaced(word) || word.text === 'import')) return false;
  // A misspelt one is said to be that.
  return block?.some(({ name }) => /^fall/i.test(name.text)) !== true;
}

function fallthroughFix({ block, name, args, words }: Plugin): Fix | undefined {
  const title = 'Add "fallthrough"';
  const last = block?.at(-1);
  if (last !== undefined) {
    // On the line of a brace there is no place for another line.
    if (words.some(({ text, line }) => (text === '{' || text === '}') && line === last.name.line)) return undefined;
    return {
      title,
      applicability: 'safe',
      changes: [
        { kind: 'insert-lines', at: last.location, where: 'after', like: last.location, lines: ['fallthrough'] },
      ],
    };
  }
  const end = (args.at(-1) ?? name).location;
  if (block !== undefined) return undefined;
  const target = { uri: end.uri, span: { start: end.span.end, end: end.span.end } };
  return {
    title,
    applicability: 'safe',
    changes: [
      { kind: 'replace-text', target, to: ' {' },
      { kind: 'insert-lines', at: name.location, where: 'after', like: name.location, lines: ['    fallthrough', '}'] },
    ],
  };
}

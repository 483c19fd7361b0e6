import { isZone, isZoneInside, normalizeZone, zoneHost } from '../../model/corefile/names.ts';
import { corefileSets, expandedBlocks } from '../../model/corefile-set.ts';
import { mayBeReplaced } from '../../model/dns-queries.ts';
import { parseCidr } from '../../net/cidr.ts';
import { defineRule } from '../rule.ts';

export const corednsForwardOutsideZone = defineRule({
  id: 'coredns-forward-outside-zone',
  severity: 'warning',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A forward names a zone that its server block never gets queries for.',
  condition:
    'Reports a forward whose zone neither lies in a zone of its server block nor holds one. Blocks of networks and of zones that a tool fills in are left alone.',
  why: 'A server block gets the queries for its own zones only, so the forward is never used and its names stay unanswered.',
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
        forward other.example 10.1.0.4
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
        forward . 10.1.0.4
    }
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom', 'https://coredns.io/plugins/forward/'],
  messages: {
    outside: (d: { zone: string; block: string }) =>
      `This server block gets queries for "${d.block}" only, and "${d.zone}" is not part of it. Write ".", or forward it in a block of its own.`,
  },

  check(model, report) {
    for (const set of corefileSets(model)) {
      for (const { block, plugins } of expandedBlocks(set)) {
        const keys = block.keys.map(({ text }) => text);
        for (const { plugin, imported } of plugins) {
          const [from] = plugin.args;
          if (plugin.name.text !== 'forward' || from === undefined || from.text === '.' || imported !== undefined)
            continue;
          if (![...keys, from.text].every(isPlainZone)) continue;
          // A rewrite may have turned the name into another before forward sees it.
          if (plugins.some((other) => other.plugin.name.text === 'rewrite')) continue;
          const zones = keys.map(normalizeZone);
          const zone = normalizeZone(from.text);
          if (zones.some((own) => isZoneInside(zone, own) || isZoneInside(own, zone))) continue;
          report({
            at: from.location,
            message: 'outside',
            data: { zone: from.text, block: keys.join('", "') },
            related: block.keys.slice(0, 1).map((key) => ({ at: key.location, text: 'The server block is this one.' })),
            fixes: [
              {
                title: 'Forward every name of the block',
                applicability: 'unsafe',
                changes: [{ kind: 'replace-text', target: from.location, to: '.' }],
              },
            ],
          });
        }
      }
    }
  },
});

function isPlainZone(text: string): boolean {
  return !mayBeReplaced(text) && isZone(text) && !parseCidr(zoneHost(text)).ok;
}

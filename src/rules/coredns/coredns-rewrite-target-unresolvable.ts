import { isZone, isZoneInside, normalizeZone } from '../../model/corefile/names.ts';
import { corefileSets, expandedBlocks } from '../../model/corefile-set.ts';
import type { Plugin, Word } from '../../model/dns.ts';
import { mayBeReplaced } from '../../model/dns-queries.ts';
import { defineRule } from '../rule.ts';

export const corednsRewriteTargetUnresolvable = defineRule({
  id: 'coredns-rewrite-target-unresolvable',
  severity: 'information',
  fixable: 'never',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A server block rewrites names to those of the cluster and asks a server that does not know them.',
  condition:
    'Reports a rewrite to a name below cluster.local in a .server key whose block has no kubernetes plugin and forwards to /etc/resolv.conf or 168.63.129.16.',
  why: 'Names of the cluster are known to CoreDNS only. The resolver of Azure answers that they do not exist.',
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
        rewrite name suffix .corp.example .default.svc.cluster.local answer auto
        forward . /etc/resolv.conf
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
        rewrite name suffix .corp.example .default.svc.cluster.local answer auto
        forward . 10.0.0.10
    }
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom'],
  messages: {
    unresolvable: (d: { target: string; upstream: string }) =>
      `${d.upstream} does not know "${d.target}". Forward to the DNS service of the cluster, such as 10.0.0.10.`,
  },

  check(model, report) {
    for (const set of corefileSets(model)) {
      if (!set.isAks) continue;
      for (const { plugins, isComplete } of expandedBlocks(set)) {
        if (!isComplete || plugins.some(({ plugin }) => plugin.name.text === 'kubernetes')) continue;
        const upstream = plugins.map(({ plugin }) => foreignUpstream(plugin)).find((word) => word !== undefined);
        if (upstream === undefined) continue;
        for (const { plugin } of plugins) {
          const target = rewriteTarget(plugin);
          if (target === undefined) continue;
          report({
            at: target.location,
            message: 'unresolvable',
            data: { target: target.text, upstream: upstream.text },
            related: [{ at: upstream.location, text: 'The name is asked for here.' }],
          });
        }
      }
    }
  },
});

/** An upstream that knows no name of the cluster, where it is the only one. */
function foreignUpstream({ name, args }: Plugin): Word | undefined {
  const [from, upstream, ...others] = args;
  if (name.text !== 'forward' || from?.text !== '.' || others.length > 0) return undefined;
  return upstream !== undefined && /^(?:\/etc\/resolv\.conf|168\.63\.129\.16)$/.test(upstream.text)
    ? upstream
    : undefined;
}

/** The name of the cluster that a rewrite makes of a name that is none. */
function rewriteTarget({ name, args, block }: Plugin): Word | undefined {
  if (name.text !== 'rewrite') return undefined;
  const words = [...args, ...(block ?? []).flatMap((property) => [property.name, ...property.args])];
  const start = words.findIndex(({ text }) => text.toLowerCase() === 'name');
  if (start < 0 || start > 1) return undefined;
  const rest = words.slice(start + 1);
  const hasType = /^(?:exact|prefix|suffix|substring|regex)$/i.test(rest[0]?.text ?? '') && rest.length > 2;
  const [from, to] = hasType ? rest.slice(1) : rest;
  if (from === undefined || to === undefined || mayBeReplaced(from) || mayBeReplaced(to)) return undefined;
  const isCluster = (text: string): boolean =>
    /(?:^|\.)cluster\.local\.?$/i.test(text) || (isZone(text) && isZoneInside(normalizeZone(text), 'cluster.local.'));
  return isCluster(to.text) && !/cluster\\?\.local/i.test(from.text) ? to : undefined;
}

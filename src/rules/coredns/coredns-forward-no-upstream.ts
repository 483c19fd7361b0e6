import type { Fix } from '../../model/change.ts';
import type { Plugin, ServerBlock } from '../../model/dns.ts';
import { activePlugins, mayBeReplaced } from '../../model/dns-queries.ts';
import { defineRule } from '../rule.ts';

/** The address at which every Azure virtual network has its resolver. */
const azureResolver = '168.63.129.16';

export const corednsForwardNoUpstream = defineRule({
  id: 'coredns-forward-no-upstream',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A forward names no server to forward to.',
  condition:
    'Reports a forward that has no address behind its zone. For names that only the resolver of Azure knows (internal.cloudapp.net, privatelink zones), its address is offered.',
  why: 'CoreDNS refuses the line and with it the whole Corefile.',
  serviceError: 'Wrong argument count or unexpected line ending',
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  azure.server: |
    internal.cloudapp.net:53 {
        forward .
    }
`,
      good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  azure.server: |
    internal.cloudapp.net:53 {
        forward . 168.63.129.16
    }
`,
    },
  ],
  references: [
    'https://learn.microsoft.com/azure/aks/coredns-custom',
    'https://coredns.io/plugins/forward/',
    'https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16',
  ],
  messages: {
    noUpstream: (d: { zone: string }) =>
      `This forward sends "${d.zone}" to no server. Add the address of a DNS server.`,
    nothing: (_: object) =>
      'This forward names neither a zone nor a server. Write "forward . " and the address of a DNS server.',
  },

  check(model, report) {
    for (const { plugin, block } of activePlugins(model)) {
      const [zone, upstream] = plugin.args;
      if (plugin.name.text !== 'forward' || upstream !== undefined) continue;
      // A deployment tool may put several words in the place of one.
      if (zone !== undefined && mayBeReplaced(zone) && !/^\{[$%]/.test(zone.text)) continue;
      const fix = resolverFix(plugin, block);
      const fixes = fix === undefined ? [] : [fix];
      if (zone === undefined) report({ at: plugin.name.location, message: 'nothing', data: {}, fixes });
      else report({ at: zone.location, message: 'noUpstream', data: { zone: zone.text }, fixes });
    }
  },
});

function resolverFix({ name, args }: Plugin, block: ServerBlock | undefined): Fix | undefined {
  const [zone] = args;
  const zones = zone !== undefined && zone.text !== '.' ? [zone.text] : (block?.keys.map((key) => key.text) ?? []);
  if (zones.length === 0 || !zones.every(isAzureZone)) return undefined;
  const { uri, span } = (zone ?? name).location;
  const to = zone === undefined ? ` . ${azureResolver}` : ` ${azureResolver}`;
  return {
    title: `Forward to ${azureResolver}`,
    applicability: 'unsafe',
    changes: [{ kind: 'replace-text', target: { uri, span: { start: span.end, end: span.end } }, to }],
  };
}

function isAzureZone(zone: string): boolean {
  return /(?:^|\.)(?:internal\.cloudapp\.net|privatelink\.[\w.-]+)\.?(?::\d+)?$/i.test(zone);
}

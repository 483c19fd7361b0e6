import { onceInDefaultBlock } from '../../model/aks-coredns.ts';
import type { Fix } from '../../model/change.ts';
import type { Corefile, ServerBlock, Word } from '../../model/dns.ts';
import {
  activePlugins,
  isAvailable,
  mayBeReplaced,
  nearestPlugin,
  newestAksCoredns,
  pluginFacts,
} from '../../model/dns-queries.ts';
import { defineRule } from '../rule.ts';

/** Plugins that others offer and that a CoreDNS must be built with. */
const external: ReadonlySet<string> = new Set(
  `ads alias alternate amazondns bgp blocklist consul dnsredir docker ens fanout finalize fqdnfilter gslb gathersrv git
handshake idetcd ipecho ipin k8s_crd k8s_dns_chaos k8s_gateway kubenodes kubernetai lighthouse local_cluster mdns meship
mysql multicluster namesilo netbox nomad_services on_demand pdsql powerdns proxy_cache ratelimit records redis redisc
rrl split sqlite svcb system transfer_ns unbound vault warnlist wgsd`.split(/\s/),
);

export const corednsUnknownPlugin = defineRule({
  id: 'coredns-unknown-plugin',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A directive is not a plugin of the CoreDNS that AKS runs.',
  condition:
    'Reports a directive whose name is no built-in plugin of the CoreDNS version in the settings, or of the newest that AKS runs where none is set. In a plain Corefile, which may belong to a CoreDNS built with more plugins, a name that resembles none is a warning.',
  why: 'CoreDNS refuses the whole Corefile for one unknown word. AKS runs the stock image: external plugins are not in it.',
  serviceError: 'Unknown directive',
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
        forwrd . 10.1.0.4
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
  references: [
    'https://learn.microsoft.com/azure/aks/coredns-custom',
    'https://github.com/coredns/coredns/blob/master/plugin.cfg',
  ],
  messages: {
    misspelt: (d: { name: string; nearest: string }) =>
      `"${d.name}" is not a CoreDNS plugin. Did you mean "${d.nearest}"?`,
    unknown: (d: { name: string; version: string }) =>
      `"${d.name}" is not a plugin of CoreDNS ${d.version}, and AKS has no external ones. Remove it.`,
    nested: (d: { name: string }) =>
      `"${d.name}" is a zone, and server blocks cannot stand inside one another. Move its block out.`,
    notStock: (d: { name: string; version: string }) =>
      `"${d.name}" is not a plugin of the stock CoreDNS ${d.version}. Remove it, or run a CoreDNS that is built with it.`,
    newer: (d: { name: string; since: string; version: string }) =>
      `"${d.name}" came with CoreDNS ${d.since}, but ${d.version} is assumed here. Remove it, or state the version that you run.`,
    external: (d: { name: string; version: string }) =>
      `"${d.name}" is an external plugin, and AKS runs the stock CoreDNS ${d.version} without any. Remove it.`,
  },

  check(model, report, settings) {
    const version = settings.corednsVersion ?? newestAksCoredns;
    for (const { plugin, block, corefile } of activePlugins(model)) {
      const { name } = plugin;
      const facts = pluginFacts(name.text);
      if ((facts !== undefined && isAvailable(facts, version)) || name.text === '' || mayBeReplaced(name)) continue;
      // A plugin stands in the place of the zone: everything in such a block is read wrongly, which another rule says.
      if (isBare(block, corefile)) continue;
      const data = { name: name.text, version };
      const related = [{ at: name.location, text: `CoreDNS says: Unknown directive '${name.text}'` }];
      // What older releases had is said elsewhere.
      if (facts?.until !== undefined) continue;
      if (facts !== undefined) {
        report({ at: name.location, message: 'newer', data: { ...data, since: facts.since }, related });
      } else if (plugin.block !== undefined && /:\d+$|^\w+:\/\/|\w\.\w/.test(name.text)) {
        report({ at: name.location, message: 'nested', data: { name: name.text }, related });
      } else {
        const nearest = external.has(name.text)
          ? undefined
          : (nearestPlugin(name.text, version) ?? longerThan(name.text));
        if (nearest !== undefined) {
          // What the default block has already is refused in an override under its right name as well.
          const isTaken = corefile.role === 'override' && onceInDefaultBlock.includes(nearest);
          const fixes = isTaken ? [] : [renameFix(name, nearest)];
          report({ at: name.location, message: 'misspelt', data: { name: name.text, nearest }, related, fixes });
        } else if (corefile.role === 'corefile' && mayBeBuiltIn(name.text)) {
          report({ at: name.location, message: 'notStock', data, related, severity: 'warning' });
        } else {
          report({ at: name.location, message: external.has(name.text) ? 'external' : 'unknown', data, related });
        }
      }
    }
  },
});

/** The plugin that a name such as `minimal-response` begins with: no plugin, built in or not, has a hyphen behind one. */
function longerThan(name: string): string | undefined {
  const [plugin = ''] = name.split('-', 1);
  return plugin !== name && pluginFacts(plugin)?.until === undefined ? pluginFacts(plugin)?.name : undefined;
}

/** Whether somebody may have a plugin of that name: an option of a plugin, or a word in capitals, is none. */
function mayBeBuiltIn(name: string): boolean {
  return (
    /^[a-z\d_-]+$/.test(name) &&
    !/^(?:fallthrough|upstream|except|answer|match|rcode|ttl|policy|health_check|max_fails)$/.test(name)
  );
}

/** Whether a plugin stands where the zone of a server block belongs. */
function isBare(block: ServerBlock | undefined, { role }: Corefile): boolean {
  return role === 'server' && pluginFacts(block?.keys[0]?.text ?? '') !== undefined;
}

function renameFix(name: Word, to: string): Fix {
  return {
    title: `Replace by "${to}"`,
    applicability: 'unsafe',
    changes: [{ kind: 'replace-text', target: name.location, to }],
  };
}

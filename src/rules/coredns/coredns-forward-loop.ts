import { readUpstream } from '../../model/corefile/upstreams.ts';
import { type CorefileSet, corefileSets, expandedBlocks, expandPlugins, snippetsOf } from '../../model/corefile-set.ts';
import type { Plugin } from '../../model/dns.ts';
import { mayBeReplaced, newestAksCoredns } from '../../model/dns-queries.ts';
import type { Model } from '../../model/model.ts';
import { knownValue } from '../../model/value.ts';
import { formatAddress, parseAddress } from '../../net/address.ts';
import { defineRule } from '../rule.ts';

/** The address at which AKS puts the cluster's DNS service where nobody says otherwise. */
const defaultServiceIP = '10.0.0.10';

export const corednsForwardLoop = defineRule({
  id: 'coredns-forward-loop',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A forward in coredns-custom leads back to the cluster.',
  condition:
    'Reports upstreams at a loopback address or at those of LocalDNS (169.254.10.10 and .11), and the address of the cluster DNS service where no rewrite takes the name out of its zone first. That address is the one of the clusters in the same files, or 10.0.0.10.',
  why: 'The query comes back to CoreDNS, until it times out or the loop plugin ends the process.',
  azureError: 'Loop detected for zone',
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
        forward . 127.0.0.1
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
    'https://coredns.io/plugins/loop/',
    'https://learn.microsoft.com/azure/aks/localdns-custom',
  ],
  messages: {
    loopback: (d: { server: string }) =>
      `${d.server} is the CoreDNS pod itself, so the query comes back. Forward to a server outside the cluster.`,
    local: (d: { server: string }) =>
      `${d.server} is LocalDNS on the node, which asks CoreDNS again. Forward to a server outside the cluster.`,
    service: (d: { server: string }) =>
      `${d.server} is the DNS service of the cluster, so the query comes back to CoreDNS. Forward to a server outside the cluster.`,
  },

  check(model, report, settings) {
    const version = settings.corednsVersion ?? newestAksCoredns;
    const services = serviceAddresses(model);
    for (const set of corefileSets(model)) {
      if (!set.isAks) continue;
      for (const { plugin, hasRewrite } of forwardsOf(set)) {
        for (const word of plugin.args.slice(1)) {
          if (!mayLoop(word.text, services) || mayBeReplaced(word)) continue;
          const upstream = readUpstream(word.text, 'forward', version);
          if (upstream.kind !== 'address') continue;
          const address = parseAddress(upstream.host);
          const server = address === undefined ? upstream.host : formatAddress(address);
          if (/^127\.|^::1$/.test(server)) report({ at: word.location, message: 'loopback', data: { server } });
          else if (/^169\.254\.10\.1[01]$/.test(server))
            report({ at: word.location, message: 'local', data: { server } });
          else if (!hasRewrite && services.has(server))
            report({ at: word.location, message: 'service', data: { server } });
        }
      }
    }
  },
});

/** A glance at the text, for nearly no upstream is one of these. */
function mayLoop(text: string, services: ReadonlySet<string>): boolean {
  if (/127\.|:|169\.254\.10\.1/.test(text)) return true;
  return services.has(text);
}

function serviceAddresses(model: Model): ReadonlySet<string> {
  const declared = model.managedClusters
    .map((cluster) => knownValue(cluster.networkProfile.dnsServiceIP))
    .filter((ip) => ip !== undefined);
  return new Set(declared.length > 0 ? declared.map(String) : [defaultServiceIP]);
}

function* forwardsOf(set: CorefileSet): Generator<{ readonly plugin: Plugin; readonly hasRewrite: boolean }> {
  const snippets = snippetsOf(set);
  const lists = [
    set.overrides.flatMap(({ corefile }) => expandPlugins(corefile.plugins, snippets).plugins),
    ...expandedBlocks(set).map(({ plugins }) => plugins),
  ];
  for (const plugins of lists) {
    const hasRewrite = plugins.some(({ plugin }) => plugin.name.text === 'rewrite');
    for (const { plugin } of plugins) if (plugin.name.text === 'forward') yield { plugin, hasRewrite };
  }
}

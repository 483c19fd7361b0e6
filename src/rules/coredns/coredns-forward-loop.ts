import { splitHostPort } from '../../model/corefile/go-values.ts';
import { readUpstream } from '../../model/corefile/upstreams.ts';
import {
  type CorefileSet,
  corefileSets,
  expandedBlocks,
  type PlacedPlugin,
  pastedPlugins,
} from '../../model/corefile-set.ts';
import type { Plugin, Word } from '../../model/dns.ts';
import { mayBeReplaced, newestAksCoredns } from '../../model/dns-queries.ts';
import type { Model } from '../../model/model.ts';
import { knownValue } from '../../model/value.ts';
import { zoneAddresses } from '../../model/zone-address.ts';
import { formatAddress, parseAddress } from '../../net/address.ts';
import { defineRule } from '../rule.ts';

/** The address at which AKS puts the cluster's DNS service where nobody says otherwise. */
const defaultServiceIP = '10.0.0.10';

/** Where LocalDNS takes the queries of pods, most of which it passes on to CoreDNS. */
const localDns = '169.254.10.11';

export const corednsForwardLoop = defineRule({
  id: 'coredns-forward-loop',
  severity: 'warning',
  fixable: 'never',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A forward in coredns-custom leads back to the cluster.',
  condition:
    'Reports upstreams at a loopback address, at the address where LocalDNS takes the queries of pods (169.254.10.11; what it hears at 169.254.10.10 goes to the virtual network), and at the cluster DNS service where no rewrite takes the name out of its zone first. That service is the one of the clusters in the same files, or 10.0.0.10. An error where the block runs the loop plugin and asks nobody but itself.',
  why: 'The query comes back to CoreDNS until it times out: DNS starts, but names of the zone do not resolve, hence a warning. With the loop plugin in the block, CoreDNS ends itself as soon as it starts.',
  serviceError: 'Loop detected for zone',
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
      for (const scope of forwardsOf(set)) {
        const upstreams = scope.plugin.args.slice(1);
        const looping = upstreams.flatMap((word) => loopOf(word, scope.ports, services, version) ?? []);
        const endsCoredns =
          scope.hasLoop &&
          scope.plugin.args[0]?.text === '.' &&
          looping.length === upstreams.length &&
          looping.every(({ message }) => message === 'loopback');
        for (const { word, message, server } of looping) {
          report({ at: word.location, message, data: { server }, severity: endsCoredns ? 'error' : 'warning' });
        }
      }
    }
  },
});

/** A forward in a block without a rewrite, which may take the name out of the zone so that another block answers it. */
interface ForwardScope {
  readonly plugin: Plugin;
  /** The ports at which its server block listens. */
  readonly ports: () => readonly number[];
  readonly hasLoop: boolean;
}

interface Loop {
  readonly word: Word;
  readonly message: 'loopback' | 'local' | 'service';
  readonly server: string;
}

/** How an upstream leads back to the block that asks it; undefined where it leads elsewhere, or nobody can know. */
function loopOf(
  word: Word,
  ports: ForwardScope['ports'],
  services: ReadonlySet<string>,
  version: string,
): Loop | undefined {
  if (!mayLoop(word.text, services) || mayBeReplaced(word)) return undefined;
  const upstream = readUpstream(word.text, 'forward', version);
  if (upstream.kind !== 'address' || upstream.scheme !== 'dns') return undefined;
  const written = splitHostPort(word.text.replace(/^dns:\/\//, ''));
  // At another port another block or another server listens.
  if (!ports().includes(written.ok ? Number(written.value.port) : 53)) return undefined;
  const address = parseAddress(upstream.host);
  const server = address === undefined ? upstream.host : formatAddress(address);
  if (/^127\.|^::1$/.test(server)) return { word, message: 'loopback', server };
  if (server === localDns) return { word, message: 'local', server };
  return services.has(server) ? { word, message: 'service', server } : undefined;
}

/** A glance at the text, for nearly no upstream is one of these. */
function mayLoop(text: string, services: ReadonlySet<string>): boolean {
  if (/127\.|:|169\.254\.10\.11/.test(text)) return true;
  return services.has(text);
}

function serviceAddresses(model: Model): ReadonlySet<string> {
  const declared = model.managedClusters
    .map((cluster) => knownValue(cluster.networkProfile.dnsServiceIP))
    .filter((ip) => ip !== undefined);
  return new Set(declared.length > 0 ? declared.map(String) : [defaultServiceIP]);
}

function* forwardsOf(set: CorefileSet): Generator<ForwardScope> {
  // The forward of AKS comes first, so that the loop plugin of its block never meets one from here.
  yield* forwardsIn(pastedPlugins(set), () => [53], false);
  for (const { plugins, block } of expandedBlocks(set)) {
    yield* forwardsIn(plugins, () => block.keys.flatMap((key) => zoneAddresses(key).map(({ port }) => port)), true);
  }
}

function* forwardsIn(
  plugins: readonly PlacedPlugin[],
  ports: ForwardScope['ports'],
  mayEnd: boolean,
): Generator<ForwardScope> {
  const has = (name: string): boolean => plugins.some(({ plugin }) => plugin.name.text === name);
  const forwards = plugins.filter(({ plugin }) => plugin.name.text === 'forward');
  if (forwards.length === 0 || has('rewrite')) return;
  const hasLoop = mayEnd && forwards.length === 1 && has('loop');
  for (const { plugin } of forwards) yield { plugin, ports, hasLoop };
}

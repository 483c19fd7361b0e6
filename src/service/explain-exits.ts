import { firstMatches } from './explain-matches.ts';
import { guide } from './explain-pages.ts';

/** How the set-up of a node ended. */
export interface NodeExit {
  readonly status: number;
  readonly meaning: string;
  readonly rules: readonly string[];
  readonly reference: string;
}

/** The script that sets up nodes, where the numbers are defined. */
export const nodeScript = 'https://github.com/Azure/AgentBaker';

const registry = [
  'mcr-route-missing',
  'forced-tunnel-mcr-unreachable',
  'nsg-blocks-egress',
  'egress-fqdn-list-incomplete',
  'stale-mcr-ip-route',
];
const egress = [
  'mcr-route-missing',
  'forced-tunnel-mcr-unreachable',
  'nsg-blocks-egress',
  'egress-fqdn-list-incomplete',
];
const dns = ['private-cluster-custom-dns', 'nsg-blocks-egress', 'private-dns-zone-name'];

/** Statuses with which the set-up of a node fails for its network. */
export const nodeExits: readonly NodeExit[] = [
  exit(31, 'The node could not fetch Kubernetes in time: the download stalled or was blocked.', egress),
  exit(41, 'The node could not fetch the network plugin in time: the download stalled or was blocked.', egress),
  exit(45, 'The node could not install oras, with which it fetches everything else.', egress),
  exit(
    50,
    'The node could not reach mcr.microsoft.com on port 443: a route, a firewall or a network security group keeps it from the registry.',
    registry,
    guide('error-codes/vmextensionerror-outboundconnfail'),
  ),
  exit(
    51,
    'The node knows the address of the API server but could not connect to it: a firewall, a network security group or the list of authorised ranges is in the way.',
    ['nsg-blocks-egress', 'authorized-ips-missing-egress', 'nsg-apiserver-subnet', 'egress-fqdn-list-incomplete'],
    guide('error-codes/vmextensionerror-k8sapiserverconnfail'),
  ),
  exit(
    52,
    'The node could not look up the name of the API server. That is a matter of DNS, not of the registry: the DNS servers of the network do not answer or do not know the name. For a private cluster its DNS zone has to be linked to the network of the DNS servers.',
    dns,
    guide('error-codes/vmextensionerror-k8sapiserverdnslookupfail'),
  ),
  exit(
    53,
    'The node could not look up the name of the API server at the DNS service of Azure itself, 168.63.129.16.',
    dns,
    guide('error-codes/vmextensionerror-k8sapiserverdnslookupfail'),
  ),
  exit(208, 'The node could not fetch the credential provider through oras.', registry),
  exit(210, 'The metadata service of Azure, 169.254.169.254, did not answer the node in time.', ['aks-reserved-range']),
  exit(211, 'oras got no token, or no answer from the network, in time.', registry),
  exit(212, 'The registry refused what oras presented: the identity of the nodes may not pull from the cache.', [
    'outbound-none-not-isolated',
  ]),
  exit(216, 'The DNS service on the node, LocalDNS, did not start.', [
    'localdns-requirements',
    'localdns-root-cluster-dns',
  ]),
  exit(217, 'The configuration of LocalDNS is missing on the node.', ['localdns-requirements']),
  exit(218, 'The service description of LocalDNS is missing on the node.', ['localdns-requirements']),
  exit(219, 'The program of LocalDNS is missing on the node.', ['localdns-requirements']),
  exit(231, 'The node could not fetch a system extension through oras.', registry),
];

/** Names that stand for a status in what Azure writes. */
export const exitNames: Readonly<Record<string, number>> = {
  VMExtensionError_OutboundConnFail: 50,
  VMExtensionError_K8SAPIServerConnFail: 51,
  VMExtensionError_K8SAPIServerDNSLookupFail: 52,
  ERR_OUTBOUND_CONN_FAIL: 50,
  ERR_K8S_API_SERVER_CONN_FAIL: 51,
  ERR_K8S_API_SERVER_DNS_LOOKUP_FAIL: 52,
  ERR_K8S_API_SERVER_AZURE_DNS_LOOKUP_FAIL: 53,
};

/** The ways in which a status is written, in JSON inside of a string too. */
const statusPattern = /\bexit[ _]?(?:status|code)(?:\\*["'])?\s*[:= ]\s*(?:\\*["'])?(\d{1,3})(?!\d)/gi;

/** A status of a text with its place. */
export interface FoundExit {
  readonly status: number;
  readonly offset: number;
}

/** Every status that a text names, in its order, each once. A text that is nothing but a number is one, too. */
export function findExits(text: string): FoundExit[] {
  const bare = /^\s*(\d{1,3})\s*$/.exec(text);
  if (bare !== null) return [{ status: Number(bare[1]), offset: 0 }];
  const found = [
    ...firstMatches(text, statusPattern).map((match) => ({ status: Number(match[1]), offset: match.index })),
    ...Object.entries(exitNames).flatMap(([name, status]) => {
      const offset = text.indexOf(name);
      return offset < 0 || /\w/.test(text[offset + name.length] ?? '') ? [] : [{ status, offset }];
    }),
  ].sort((a, b) => a.offset - b.offset);
  const first = new Map<number, FoundExit>();
  for (const exit of found) if (exit.status !== 0 && !first.has(exit.status)) first.set(exit.status, exit);
  return [...first.values()];
}

/** Whether a text is about the set-up of a node. */
export function isNodeLog(text: string): boolean {
  return /vmssCSE|vmssIaaS|"?CSEStartTime|VMExtension|cse_(?:cmd|main)|ERR_[A-Z0-9_]+_FAIL/i.test(text);
}

/** What the log of a node shows beside its status, in sentences. */
export function nodeEvidence(text: string, status: number): string[] {
  const lines: string[] = [];
  for (const { pattern, tell } of evidence) {
    for (const match of firstMatches(text, pattern)) lines.push(tell(match, status));
  }
  return [...new Set(lines)].filter((line) => line !== '').slice(0, maximumEvidence);
}

/** Logs repeat themselves. */
const maximumEvidence = 6;

const evidence: readonly { readonly pattern: RegExp; tell(match: RegExpMatchArray, status: number): string }[] = [
  {
    pattern: /Connected to (mcr\.microsoft\.com)\b/g,
    tell: (_match, status) =>
      status === 50
        ? 'The log shows a connection to mcr.microsoft.com, so that the way there is open at times: look for a firewall that cuts connections.'
        : 'The log shows that mcr.microsoft.com answered, so that the way to the registry is open and not the cause.',
  },
  {
    pattern: /nc: connect to ([\w.:-]{1,253}) port (\d{1,5}) \((?:tcp|udp)\) (?:failed|timed out)/g,
    tell: ([, host = '', port = '']) => `Nothing answered the node at ${host}, port ${port}.`,
  },
  {
    pattern: /lookup ([\w.-]{1,253}) on ([\d.]{7,15}):53: (no such host|server misbehaving|[^\n"]{0,80}timeout)/g,
    tell: ([, host = '', server = '', problem = '']) =>
      problem.endsWith('timeout')
        ? `The DNS server ${server} did not answer about ${host}.`
        : `The DNS server ${server} does not know ${host}.${zoneAdvice(host)}`,
  },
  {
    pattern: /server can't find ([\w.-]{1,253}): (?:NXDOMAIN|SERVFAIL|REFUSED)/g,
    tell: ([, host = '']) => `The DNS servers of the network do not know ${host}.${zoneAdvice(host)}`,
  },
  {
    pattern: /Could not resolve host:? ([\w.-]{1,253})/gi,
    tell: ([, host = '']) => `No DNS server told the node the address of ${host}.${zoneAdvice(host)}`,
  },
  {
    pattern: /connection timed out; no servers could be reached/g,
    tell: () => 'No DNS server answered at all: check that the nodes reach the dnsServers of the network on port 53.',
  },
];

function zoneAdvice(host: string): string {
  const zone = /(privatelink\.[\w-]+\.azmk8s\.io)\.?$/.exec(host)?.[1];
  return zone === undefined ? '' : ` Link the private DNS zone ${zone} to the network of the DNS servers.`;
}

function exit(status: number, meaning: string, rules: readonly string[], reference = nodeScript): NodeExit {
  return { status, meaning, rules, reference };
}

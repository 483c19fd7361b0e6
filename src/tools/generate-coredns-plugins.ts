/**
 * Writes `src/model/coredns-plugins.ts` from the measured plugin schema, whose path is the first argument. Run it after
 * the schema changed: `node src/tools/run.mjs generate-coredns-plugins`, then format the file.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface Schema {
  readonly aksCoreDNS: Readonly<Record<string, string>>;
  readonly removedPlugins: Readonly<Record<string, { readonly first: string; readonly last: string }>>;
  readonly plugins: readonly { name: string; docs: string; since: string; repeat: string }[];
}

const source = process.argv[2] ?? '../shared/coredns/plugins.json';
const target = 'src/model/coredns-plugins.ts';

/** What each plugin does, in our own words, as hovers and completions show it. */
const summaries: Readonly<Record<string, string>> = {
  root: 'Names the directory from which other plugins resolve relative paths.',
  metadata: 'Collects facts about each query for other plugins to use.',
  geoip: 'Adds where a client is, from a MaxMind database, to the metadata.',
  cancel: 'Gives up on a query after a time limit.',
  proxyproto: 'Reads the client address from PROXY protocol headers.',
  quic: 'Sets limits of the DNS-over-QUIC server.',
  grpc_server: 'Sets limits of the DNS-over-gRPC server.',
  https: 'Sets limits of the DNS-over-HTTPS server.',
  https3: 'Sets limits of the DNS-over-HTTP/3 server.',
  timeouts: 'Sets how long a connection may read, write or idle.',
  multisocket: 'Listens with several sockets on one port to use more cores.',
  reload: 'Loads the Corefile again when it changes.',
  nsid: 'Tells clients which server answered.',
  bufsize: 'Caps the UDP message size that EDNS0 announces.',
  bind: 'Listens on given addresses or interfaces only.',
  debug: 'Lets a crash end the process and turns on debug logs.',
  trace: 'Sends a trace of each query to a tracing system.',
  ready: 'Answers an HTTP readiness probe.',
  health: 'Answers an HTTP liveness probe.',
  pprof: 'Offers runtime profiles over HTTP.',
  shed: 'Drops UDP queries when the server is overloaded.',
  prometheus: 'Publishes metrics for Prometheus.',
  errors: 'Logs errors that occur while a query is answered.',
  log: 'Logs each query to standard output.',
  dnstap: 'Streams queries and answers in dnstap form.',
  local: 'Answers localhost names without asking anyone.',
  dns64: 'Makes IPv6 answers for names that have only IPv4 ones.',
  any: 'Gives a minimal answer to queries of type ANY.',
  chaos: 'Answers the version and author queries of class CHAOS.',
  loadbalance: 'Reorders the addresses in each answer.',
  tsig: 'Checks and signs messages with shared keys.',
  rewrite: 'Changes a query on its way in and its answer on the way out.',
  autopath: "Tries a client's search domains for it, in one go.",
  acl: 'Allows or refuses queries by client address and query type.',
  cache: 'Keeps answers for a while.',
  header: 'Sets or clears flags in the header of a message.',
  dnssec: 'Signs answers as they are given.',
  tls: 'Names the certificate for encrypted DNS.',
  minimal: 'Leaves out sections of an answer that a client can do without.',
  template: 'Makes answers from a text template.',
  transfer: 'Lets other servers copy zones.',
  hosts: 'Answers from lines in the form of /etc/hosts.',
  route53: 'Answers from zones in AWS Route 53.',
  azure: 'Answers from zones in Azure DNS.',
  clouddns: 'Answers from zones in Google Cloud DNS.',
  k8s_external: 'Answers for the external addresses of Kubernetes services.',
  kubernetes: 'Answers for the services and pods of the cluster.',
  file: 'Answers from a zone file.',
  auto: 'Answers from every zone file in a directory.',
  secondary: 'Answers from zones copied from another server.',
  etcd: 'Answers from records kept in etcd.',
  loop: 'Stops the server when it forwards queries to itself.',
  forward: 'Sends queries to other DNS servers.',
  grpc: 'Sends queries to other DNS servers over gRPC.',
  erratic: 'Answers late, wrong or not at all, to test clients.',
  whoami: "Answers with the client's own address and port.",
  on: 'Runs a command when the server starts or stops.',
  sign: 'Signs a zone file now and then.',
  view: 'Uses a server block only for queries that fit an expression.',
  nomad: 'Answers for services registered in Nomad.',
  reverse: 'Made up names for reverse lookups.',
  federation: 'Answered for federated Kubernetes services.',
  proxy: 'Sent queries to other DNS servers; `forward` took its place.',
  startup: 'Ran a command when the server started; `on` took its place.',
  shutdown: 'Ran a command when the server stopped; `on` took its place.',
};

const schema = JSON.parse(readFileSync(source, 'utf8')) as Schema;
const rows = [
  ...schema.plugins.map((plugin) => row(plugin.name, plugin.since, undefined, plugin.repeat === 'once', plugin.docs)),
  ...Object.entries(schema.removedPlugins).map(([name, { first, last }]) =>
    row(name, first, last, false, `https://coredns.io/explugins/${name}/`),
  ),
];
const versions = Object.entries(schema.aksCoreDNS).map(([kubernetes, coredns]) => `  '${kubernetes}': '${coredns}',`);

writeFileSync(
  target,
  `// generated by src/tools/generate-coredns-plugins.ts

/** What is known about a plugin of the stock CoreDNS image. */
export interface PluginFacts {
  readonly name: string;
  /** The first CoreDNS version that has it. */
  readonly since: string;
  /** The last version that has it; undefined where the newest still does. */
  readonly until: string | undefined;
  /** Whether CoreDNS refuses a second one in the same server block. */
  readonly isOnceOnly: boolean;
  /** Its page on coredns.io. */
  readonly docs: string;
  readonly summary: string;
}

/** The CoreDNS version that AKS runs, by Kubernetes version. */
export const aksCorednsVersions: Readonly<Record<string, string>> = {
${versions.join('\n')}
};

// Name, first version, last version, how often in a server block, page, summary.
const rows: readonly (readonly [string, string, string, 'once' | 'many', string, string])[] = [
${rows.join('\n')}
];

/** All plugins, in the order in which CoreDNS runs them; removed ones come last. */
export const corednsPlugins: readonly PluginFacts[] = rows.map(([name, since, until, repeat, page, summary]) => ({
  name,
  since,
  until: until === '' ? undefined : until,
  isOnceOnly: repeat === 'once',
  docs: \`https://coredns.io/\${page}/\`,
  summary,
}));
`,
);

function row(name: string, since: string, until: string | undefined, isOnceOnly: boolean, docs: string): string {
  const summary = summaries[name];
  if (summary === undefined) throw new Error(`Write a summary for the plugin ${name} first.`);
  const quoted = summary.includes("'") ? `"${summary}"` : `'${summary}'`;
  const page = docs.replace('https://coredns.io/', '').replace(/\/$/, '');
  const start = `'${name}', '${since}', '${until ?? ''}', '${isOnceOnly ? 'once' : 'many'}', '${page}'`;
  const line = `  [${start}, ${quoted}],`;
  return line.length <= 120
    ? line
    : `  [${start.replaceAll(', ', ',\n    ').replace(/^/, '\n    ')},\n    ${quoted},\n  ],`;
}

/** What the schema does not say, or says wrongly, read off the setup code of each plugin and measured. */

/** How a plugin goes on after its first line; see `PluginSyntax.loop`. `each` is the rule. */
export const loops: Readonly<Record<string, string>> = {
  metadata: 'single',
  multisocket: 'single',
  quic: 'first',
  grpc_server: 'first',
  https: 'first',
  https3: 'first',
  reload: 'first',
  bufsize: 'first',
  any: 'ignored',
  local: 'ignored',
  chaos: 'first',
  minimal: 'first',
  whoami: 'first',
  etcd: 'first',
  nomad: 'first',
  header: 'first',
};

/** Plugins that read no argument at all, or look at no more than the next word. */
export const lineModes: Readonly<Record<string, string>> = {
  root: '>',
  debug: '}',
  loop: '}',
  whoami: '}',
  minimal: '}',
  erratic: '>',
  header: '>',
  any: '*',
  local: '*',
  nomad: '~',
  dnstap: '~',
};

/** Plugins that never look for a block. */
export const blockless = [
  ...[
    'metadata',
    'root',
    'cancel',
    'multisocket',
    'reload',
    'nsid',
    'bufsize',
    'debug',
    'shed',
    'any',
    'chaos',
    'autopath',
  ],
  ...['minimal', 'loop', 'whoami', 'on'],
];

/** Properties that take the next word and leave the rest of the line to be read as further properties. */
export const takesNextWord = new Set([
  ...['geoip.edns-subnet', 'errors.stacktrace', 'dnssec.cache_capacity', 'template.rcode', 'hosts.no_reverse'],
  ...['dnstap.identity', 'dnstap.version', 'dnstap.extra', 'dnstap.skipverify'],
  ...['dns64.prefix', 'dns64.translate_all', 'dns64.allow_ipv4', 'etcd.stubzones', 'etcd.debug', 'etcd.path'],
  ...['etcd.min-lease-ttl', 'etcd.max-lease-ttl', 'route53.aws_endpoint', 'route53.credentials', 'route53.refresh'],
  ...['azure.tenant', 'azure.client', 'azure.secret', 'azure.subscription', 'azure.environment', 'azure.access'],
  ...['clouddns.credentials', 'k8s_external.headless', 'file.reload_by_mtime', 'erratic.large'],
  ...['forward.max_fails', 'forward.max_connect_attempts', 'forward.tls_servername', 'forward.expire'],
  ...['forward.max_age', 'forward.max_idle_conns', 'forward.read_timeout', 'forward.doh_method', 'forward.policy'],
  ...['forward.max_concurrent', 'forward.source_address', 'grpc.tls_servername', 'grpc.policy'],
]);

/** Properties of which surplus words are thrown away. */
export const ignoresSurplus = new Set([
  ...['cache.success', 'cache.denial', 'hosts.ttl', 'route53.aws_access_key', 'k8s_external.ttl', 'k8s_external.apex'],
  ...['kubernetes.ttl', 'kubernetes.ignore', 'kubernetes.startup_timeout', 'file.reload', 'auto.reload'],
]);

/** The version that brought a property, where the schema gives the version of its present form or none. */
export const propertySince: Readonly<Record<string, string>> = {
  'geoip.edns-subnet': '1.9.2',
  'timeouts.maxtcpqueries': '1.14.7',
  'errors.consolidate': '1.5.0',
  'acl.allow': '1.6.4',
  'acl.block': '1.6.4',
  'acl.filter': '1.8.2',
  'acl.drop': '1.10.1',
  'header.query': '1.9.4',
  'header.response': '1.9.4',
  'azure.fallthrough': '1.6.2',
  'clouddns.fallthrough': '1.6.3',
  'k8s_external.fallthrough': '1.11.0',
  'file.fallthrough': '1.12.2',
  'secondary.fallthrough': '1.14.4',
  'grpc.fallthrough': '1.12.3',
  'template.var': '1.15.0',
  'template.expr': '1.15.0',
};

/** Arguments of a property or, under the plugin's own name, of a plugin that the schema describes more loosely. */
export const argumentTexts: Readonly<Record<string, string>> = {
  'forward.health_check': 'DURATION:duration(0s..) OPTION:string*',
  'cache.serve_stale': 'DURATION:duration(0s..)? REFRESH:enum~(immediate,verify)?',
  'errors.consolidate': 'DURATION:duration REGEXP:regex LEVEL:string{0,2}',
  'kubernetes.ignore': 'WHAT:enum(empty_service)?',
  'etcd.upstream': 'X:string*',
  'transfer.to': 'HOST:transfer-target+',
  'forward.resolver': 'IP:ip-or-hostport+',
  'cache.servfail': 'DURATION:duration(0s..5m)',
  'hosts.reload': 'DURATION:duration(0s..)',
  'auto.reload': 'DURATION:duration(0s..)',
  'forward.expire': 'DURATION:duration(0s..)',
  'forward.max_age': 'DURATION:duration(0s..)',
  'tsig.require': 'QTYPE:string+',
  'etcd.min-lease-ttl': 'TTL:duration-or-seconds(0s..)',
  'etcd.max-lease-ttl': 'TTL:duration-or-seconds(0s..)',
  'route53.refresh': 'DURATION:duration-or-seconds(1ns..)',
  cancel: 'TIMEOUT:duration(1ns..)?',
  'header.query': 'ACTION:enum~(set,clear) FLAGS:enum~(aa,ra,rd)+',
  'header.response': 'ACTION:enum~(set,clear) FLAGS:enum~(aa,ra,rd)+',
  'secondary.transfer': 'FROM:enum(from) ADDRESS:hostport-ip+',
  'tsig.require_opcode': 'OPCODE:string+',
  trace: 'TYPE:string? ENDPOINT:string?',
  dnstap: 'SOCKET:string FULL:string? WRITEBUFFER:string? QUEUE:string?',
  loadbalance: 'POLICY:enum(round_robin,weighted)? WEIGHTFILE:path?',
  cache: 'TTL:ttl-or-zone? ZONES:zone*',
  log: 'NAMES:zone* FORMAT:string?',
  tls: 'CERT:path KEY:path CA:path?',
  autopath: 'ZONES:zone* RESOLV_CONF:resolv-conf',
  on: 'EVENT:enum~(startup,shutdown,certrenew) COMMAND:string+',
  rewrite: 'RULE:string*',
};

/** Properties that may stand once; the second one is refused. */
export const onceProperties = new Set([
  ...['quic.max_streams', 'quic.worker_pool_size', 'grpc_server.max_streams', 'grpc_server.max_connections'],
  ...['https.max_connections', 'https3.max_streams', 'https3.max_connections', 'prometheus.tls'],
  ...['cache.serve_stale_policy', 'transfer.source'],
]);

/** Options that are gone, with the version that has them no more. */
export const removedProperties: Readonly<Record<string, string>> = {
  'kubernetes.upstream': '1.7.0',
  'kubernetes.resyncperiod': '1.7.0',
  'kubernetes.transfer': '1.8.0',
  'forward.spray': '1.1.0',
  'file.transfer': '1.8.0',
  'auto.transfer': '1.8.0',
  'auto.no_reload': '1.5.0',
  'file.no_reload': '1.5.0',
};

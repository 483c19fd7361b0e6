import { type PluginSyntax, pluginSyntax } from '../coredns-syntax.ts';
import type { Word } from '../dns.ts';
import { compareVersions } from '../dns-queries.ts';
import type { DirectiveCursor } from './cursor.ts';
import { forwardHooks, grpcHooks } from './hooks-forward.ts';
import { hostsHooks } from './hooks-hosts.ts';
import {
  autopathHooks,
  bindHooks,
  bufsizeHooks,
  cacheHooks,
  dns64Hooks,
  dnstapHooks,
  geoipHooks,
  loadbalanceHooks,
  onHooks,
  reloadHooks,
  timeoutsHooks,
  tlsHooks,
  traceHooks,
  tsigHooks,
} from './hooks-other.ts';
import { errorsHooks, templateHooks } from './hooks-patterns.ts';
import { aclHooks, headerHooks } from './hooks-rules.ts';
import {
  autoHooks,
  azureHooks,
  clouddnsHooks,
  dnssecHooks,
  kubernetesHooks,
  route53Hooks,
  secondaryHooks,
  signHooks,
  transferHooks,
} from './hooks-zones.ts';
import type { PluginProblem } from './problem.ts';
import { judgeRewrite } from './rewrite.ts';
import { Setup, type SetupHooks, type SetupPlace } from './setup.ts';

const hooks: Readonly<Record<string, SetupHooks>> = {
  acl: aclHooks,
  auto: autoHooks,
  autopath: autopathHooks,
  azure: azureHooks,
  bind: bindHooks,
  bufsize: bufsizeHooks,
  cache: cacheHooks,
  clouddns: clouddnsHooks,
  dns64: dns64Hooks,
  dnssec: dnssecHooks,
  dnstap: dnstapHooks,
  errors: errorsHooks,
  forward: forwardHooks,
  geoip: geoipHooks,
  grpc: grpcHooks,
  header: headerHooks,
  hosts: hostsHooks,
  kubernetes: kubernetesHooks,
  loadbalance: loadbalanceHooks,
  log: { line: () => undefined },
  nomad: { ignoresCase: true },
  on: onHooks,
  ready: { passesOver: () => true },
  reload: reloadHooks,
  rewrite: { line: judgeRewriteLine },
  route53: route53Hooks,
  secondary: secondaryHooks,
  sign: signHooks,
  template: templateHooks,
  timeouts: timeoutsHooks,
  tls: tlsHooks,
  trace: traceHooks,
  transfer: transferHooks,
  tsig: tsigHooks,
};

/** All words of a block with fewer than two words before it belong to one rule, whatever their lines. */
function judgeRewriteLine(setup: Setup, args: readonly Word[]): void {
  const words = [...args];
  const name = setup.cursor.word;
  if (words.length < 2) while (setup.cursor.nextBlock()) words.push(setup.cursor.word);
  judgeRewrite(setup, words[0] ?? name, words);
}

/** What is wrong with the words of all instances of a plugin in one server block. */
export function setupProblems(
  plugin: string,
  cursor: DirectiveCursor,
  version: string,
  place: SetupPlace,
): readonly PluginProblem[] {
  const syntax = pluginSyntax(plugin);
  if (syntax === undefined) return [];
  return new Setup(plugin, ofVersion(plugin, syntax, version), hooksOf(plugin, version), cursor, version, place).run();
}

/** Options that a plugin passed over in silence are refused from this version on. */
const strictSince = '1.14.4';

function hooksOf(plugin: string, version: string): SetupHooks {
  const own = hooks[plugin] ?? {};
  if (own.passesOver === undefined || compareVersions(version, strictSince) < 0) return own;
  return { ...own, passesOver: () => false };
}

/** The syntax that a plugin had in that version. */
function ofVersion(plugin: string, syntax: PluginSyntax, version: string): PluginSyntax {
  const isBefore = (other: string): boolean => compareVersions(version, other) < 0;
  switch (plugin) {
    case 'ready':
      return { ...syntax, takesBlock: !isBefore('1.12.2') };
    case 'prometheus':
      return { ...syntax, takesBlock: !isBefore('1.14.3') };
    case 'dnstap':
      return isBefore('1.11.0') ? { ...syntax, loop: 'first' } : syntax;
    case 'loadbalance':
      if (isBefore('1.10.1')) return { ...syntax, loop: 'first', takesBlock: false };
      return isBefore('1.12.4') ? { ...syntax, loop: 'first' } : syntax;
    case 'multisocket':
      return isBefore('1.13.2') ? withoutMost(syntax) : syntax;
    default:
      return syntax;
  }
}

function withoutMost(syntax: PluginSyntax): PluginSyntax {
  return { ...syntax, line: { ...syntax.line, args: syntax.line.args.map((argument) => ({ ...argument, most: '' })) } };
}

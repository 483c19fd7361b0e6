import type { ValueRefusal } from '../coredns-syntax.ts';
import { compareVersions } from '../dns-queries.ts';
import type { ValueProblem } from './values.ts';

/** CoreDNS's words for an option that a plugin does not know, and whether they name the line. */
export function unknownPropertyText(
  plugin: string,
  option: string,
  version: string,
  argErr: () => string,
): { readonly text: string; readonly namesLine: boolean } {
  switch (plugin) {
    case 'geoip':
    case 'route53':
    case 'clouddns':
    case 'transfer':
      return { text: `unknown property "${option}"`, namesLine: true };
    case 'azure':
      return { text: `unknown property: "${option}"`, namesLine: true };
    case 'prometheus':
      return { text: `unknown option: ${option}`, namesLine: true };
    case 'timeouts':
      return { text: `unknown option: '${option}'`, namesLine: true };
    case 'tls':
    case 'proxyproto':
      return { text: `unknown option '${option}'`, namesLine: true };
    case 'bind':
      return { text: `invalid option "${option}"`, namesLine: false };
    case 'errors':
      return {
        text: `Syntax error: Unexpected token '${option}', expecting 'Unknown field ${option}'`,
        namesLine: true,
      };
    case 'health':
    case 'log':
      if (compareVersions(version, '1.14.4') >= 0) break;
      return { text: argErr(), namesLine: true };
    case 'cache':
    case 'template':
    case 'tsig':
      return { text: argErr(), namesLine: true };
  }
  return { text: `unknown property '${option}'`, namesLine: true };
}

/** What some plugins say of one argument, or of one bound, that differs from what they say of the others. */
export function specialRefusal(plugin: string, argument: string, problem: ValueProblem): ValueRefusal | undefined {
  const says = (message: string): ValueRefusal => ({ message, namesLine: false });
  if (plugin === 'cache' && problem.isTooHigh)
    return says('caching SERVFAIL responses over 5 minutes is not permitted');
  if (plugin === 'cache' && argument === 'MINTTL' && problem.isOutOfRange)
    return says('cache min TTL can not be negative: {v}');
  if (plugin === 'multisocket' && problem.isTooHigh) return says('num sockets exceeds maximum (1024): {v}');
  if (plugin === 'template' && argument === 'TYPE') return { message: 'invalid RR class {v}', namesLine: true };
  return undefined;
}

/** What some plugins say of a line that has too few words. */
export function countText(plugin: string, option: string): string | undefined {
  return countTexts[`${plugin}.${option}`];
}

const countTexts: Readonly<Record<string, string>> = {
  'autopath.autopath': 'no resolv-conf specified',
  'bind.bind': 'at least one address or interface name is expected',
  'bind.except': 'at least one address or interface must be given to except subdirective',
  'hosts.ttl': 'ttl needs a time in second',
  'hosts.reload': 'reload needs a duration (zero seconds to disable)',
  'file.reload': 'reload duration value is expected',
  'auto.reload': 'reload duration value is expected',
  'loadbalance.reload': 'reload duration value is missing',
  'route53.aws_access_key': "invalid access key: '[]'",
  'nomad.address': 'at least one address is required',
  'nomad.token': 'exactly one token is required',
  'nomad.ttl': 'exactly one ttl value is required',
};

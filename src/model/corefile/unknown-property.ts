import { compareVersions } from '../dns-queries.ts';

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

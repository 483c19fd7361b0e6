import { parseAddress } from '../../net/address.ts';
import { compareVersions } from '../dns-queries.ts';
import { splitHostPort } from './go-values.ts';
import { isDomainName } from './names.ts';

/** A server that queries are sent to, as far as its text tells. */
export type Upstream =
  | { readonly kind: 'address'; readonly scheme: string; readonly host: string; readonly serverName: string }
  /** A path: its content is not known. */
  | { readonly kind: 'file'; readonly path: string }
  /** A name that older versions refuse and newer ones resolve. */
  | { readonly kind: 'host-name'; readonly scheme: string; readonly host: string }
  | {
      readonly kind: 'refused';
      readonly reason: 'empty' | 'neither' | 'scheme' | 'path';
      readonly scheme: string;
      readonly error: string;
    };

const schemes = ['dns', 'tls', 'quic', 'grpc', 'https', 'https3', 'unix'];

/** What CoreDNS of that version makes of an upstream of `forward` or `grpc`. */
export function readUpstream(text: string, plugin: 'forward' | 'grpc', version: string): Upstream {
  const known =
    compareVersions(version, '1.11.0') >= 0
      ? schemes
      : schemes.filter((scheme) => scheme !== 'quic' && scheme !== 'unix');
  const prefix = known.find((scheme) => text.startsWith(`${scheme}://`));
  const scheme = prefix ?? 'dns';
  const host = prefix === undefined ? text : text.slice(prefix.length + 3);
  const isRecent = compareVersions(version, '1.14.4') >= 0;
  if (host === '') {
    const error =
      compareVersions(version, '1.11.0') >= 0 ? `invalid address: "${text}"` : `not an IP address or file: "${text}"`;
    return { kind: 'refused', reason: 'empty', scheme, error };
  }
  if (scheme === 'unix') {
    return plugin === 'grpc'
      ? { kind: 'address', scheme, host, serverName: '' }
      : { kind: 'refused', reason: 'scheme', scheme, error: unsupported(scheme, text) };
  }
  const split = splitHostPort(host);
  const trims = compareVersions(version, '1.14.2') >= 0;
  const bare = split.ok ? split.value.host : trims ? host.replace(/^[[\]]+|[[\]]+$/g, '') : host;
  const percent = bare.indexOf('%');
  const address = percent < 0 ? bare : bare.slice(0, percent);
  if (parseAddress(address) !== undefined) {
    const allowed =
      plugin === 'grpc' ||
      scheme === 'dns' ||
      scheme === 'tls' ||
      (scheme === 'https' && compareVersions(version, '1.14.5') >= 0);
    if (!allowed)
      return {
        kind: 'refused',
        reason: 'scheme',
        scheme,
        error: unsupported(scheme, withPort(scheme, host, split.ok)),
      };
    return { kind: 'address', scheme, host: address, serverName: percent < 0 ? '' : bare.slice(percent + 1) };
  }
  const error = `not an IP address or file: "${host}"`;
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(host))
    return { kind: 'refused', reason: 'scheme', scheme: host.slice(0, host.indexOf(':')), error };
  if (prefix === undefined && (host.includes('/') || host.includes('\\'))) {
    return /^[\d.]+\//.test(host) ? { kind: 'refused', reason: 'path', scheme, error } : { kind: 'file', path: host };
  }
  if (scheme === 'https' && host.includes('/')) return { kind: 'refused', reason: 'path', scheme, error };
  const name = split.ok ? split.value.host : host;
  const looksLikeName = isDomainName(name) && /^(?=.*[a-z])[\w.-]+$/i.test(name);
  if (!looksLikeName) {
    return {
      kind: 'refused',
      reason: 'neither',
      scheme,
      error: isRecent ? `not an IP address, file, or valid domain: "${host}"` : error,
    };
  }
  return { kind: 'host-name', scheme, host: name };
}

function unsupported(scheme: string, text: string): string {
  return `'${scheme}' is not supported as a destination protocol in forward: ${text}`;
}

function withPort(scheme: string, host: string, hasPort: boolean): string {
  const port = scheme === 'quic' || scheme === 'tls' ? 853 : 443;
  return `${scheme}://${hasPort ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`}`;
}

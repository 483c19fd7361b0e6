import { parseCidr } from '../../net/cidr.ts';

/** The types that a query may name, as CoreDNS spells them. */
export const queryTypes: ReadonlySet<string> = new Set(
  `A AAAA AFSDB AMTRELAY ANY APL ATMA AVC AXFR CAA CDNSKEY CDS CERT CNAME CSYNC DHCID DLV DNAME DNSKEY DS EID EUI48 EUI64
GID GPOS HINFO HIP HTTPS IPSECKEY ISDN IXFR KEY KX L32 L64 LOC LP MAILA MAILB MB MD MF MG MINFO MR MX NAPTR NID NIMLOC
NINFO NS NSAP-PTR NSEC NSEC3 NSEC3PARAM NULL NXNAME NXT None OPENPGPKEY OPT PTR PX RESINFO RKEY RP RRSIG RT Reserved
SIG SMIMEA SOA SPF SRV SSHFP SVCB TA TALINK TKEY TLSA TSIG TXT UID UINFO UNSPEC URI X25 ZONEMD`.split(/\s/),
);

export const queryClasses: ReadonlySet<string> = new Set(['IN', 'CS', 'CH', 'HS', 'NONE', 'ANY']);

export const responseCodes: ReadonlySet<string> = new Set(
  `NOERROR FORMERR SERVFAIL NXDOMAIN NOTIMP NOTIMPL REFUSED YXDOMAIN YXRRSET NXRRSET NOTAUTH NOTZONE DSOTYPENI BADSIG
BADVERS BADKEY BADTIME BADMODE BADNAME BADALG BADTRUNC BADCOOKIE`.split(/\s/),
);

/** Whether CoreDNS takes the text for a name: labels of at most 63 bytes, none of them empty, 255 bytes in all. */
export function isDomainName(text: string): boolean {
  if (text === '') return false;
  if (text === '.') return true;
  const labels = text.replace(/\.$/, '').split(/(?<!\\)\./);
  let size = 1;
  for (const label of labels) {
    const bytes = byteLength(label.replace(/\\(?:\d{3}|.)/g, 'x'));
    if (bytes === 0 || bytes > 63) return false;
    size += bytes + 1;
  }
  return size <= 255;
}

/** What a zone is without its scheme and port. */
export function zoneHost(zone: string): string {
  const host = zone.replace(/^(?:dns|tls|quic|grpc|https3?|unix):\/\//, '');
  const colon = host.lastIndexOf(':');
  return colon > 0 && /^:\d+$/.test(host.slice(colon)) && !isCidr(host) ? host.slice(0, colon) : host;
}

function isCidr(text: string): boolean {
  return text.includes('/') && parseCidr(text).ok;
}

/** Whether CoreDNS can make a zone of the text. */
export function isZone(text: string): boolean {
  const host = zoneHost(text);
  return isCidr(host) || isDomainName(host);
}

/** A zone in lower case, without scheme and port and with its final dot; a CIDR stays as it is. */
export function normalizeZone(zone: string): string {
  const host = zoneHost(zone).toLowerCase();
  return host.endsWith('.') || isCidr(host) ? host : `${host}.`;
}

/** Whether every name of `zone` lies in `parent`; both normalized. */
export function isZoneInside(zone: string, parent: string): boolean {
  return parent === '.' || zone === parent || zone.endsWith(`.${parent}`);
}

function byteLength(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

import { parseCidr, subnetAt } from '../net/cidr.ts';
import type { Word } from './dns.ts';
import { mayBeReplaced } from './dns-queries.ts';

/** A zone as CoreDNS serves it: names below `zone`, asked for over `transport` at `port`. */
export interface ZoneAddress {
  readonly transport: string;
  /** With its final dot, spelled as written. */
  readonly zone: string;
  readonly port: number;
}

const defaultPorts: Readonly<Record<string, number>> = {
  dns: 53,
  tls: 853,
  quic: 853,
  grpc: 443,
  https: 443,
  https3: 443,
};

/** The zones that one key of a server block stands for; empty where CoreDNS refuses the key or nobody can know them. */
export function zoneAddresses(key: Word): readonly ZoneAddress[] {
  if (mayBeReplaced(key)) return [];
  const scheme = /^(dns|tls|quic|grpc|https3?):\/\//.exec(key.text);
  const transport = scheme?.[1] ?? 'dns';
  const rest = key.text.slice(scheme?.[0].length ?? 0);
  const written = /:([+-]?\d+)$/.exec(rest);
  const port = written === null ? (defaultPorts[transport] ?? 53) : Number(written[1]);
  const name = written === null ? rest : rest.slice(0, written.index);
  if (name === '' || name.endsWith(':')) return [];
  return zonesOf(name).map((zone) => ({ transport, zone, port }));
}

/** How CoreDNS writes an address in its messages. */
export function formatZoneAddress({ transport, zone, port }: ZoneAddress): string {
  return `${transport}://${zone}:${port}`;
}

/** Whether `name` lies in `zone` or is it; both may lack the final dot. */
export function isInZone(name: string, zone: string): boolean {
  const [inner, outer] = [absolute(name.toLowerCase()), absolute(zone.toLowerCase())];
  return outer === '.' || inner === outer || inner.endsWith(`.${outer}`);
}

function absolute(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}

/** A name is its own zone; an address block becomes reverse zones, cut at octets or at hexadecimal digits. */
function zonesOf(name: string): readonly string[] {
  const parsed = name.includes('/') ? parseCidr(name) : undefined;
  if (parsed?.ok !== true) return [absolute(name)];
  const { cidr } = parsed;
  if (cidr.length === 0) return [];
  const step = cidr.family === 4 ? 8 : 4;
  const length = Math.max(step, Math.ceil(cidr.length / step) * step);
  const count = 2 ** (length - cidr.length);
  return Array.from({ length: count }, (_, index) => subnetAt(cidr, length, index)).flatMap((part) =>
    part === undefined ? [] : reverseZone(part.first, part.family, length),
  );
}

function reverseZone(first: bigint, family: 4 | 6, length: number): string {
  const [total, step, base, suffix] = family === 4 ? [32, 8, 10, 'in-addr.arpa.'] : [128, 4, 16, 'ip6.arpa.'];
  const labels: string[] = [];
  for (let bit = length; bit > 0; bit -= step) {
    labels.push(((first >> BigInt(total - bit)) & ((1n << BigInt(step)) - 1n)).toString(base));
  }
  return `${labels.join('.')}.${suffix}`;
}

import ipaddr from 'ipaddr.js';

export type Family = 4 | 6;

/** An IP address as a number; IPv4 has 32 bits, IPv6 has 128. */
export interface Address {
  readonly family: Family;
  readonly value: bigint;
}

/** Bits of an address of the family. */
export function addressBits(family: Family): number {
  return family === 4 ? 32 : 128;
}

/**
 * Reads four decimal parts or an IPv6 address. Octal, hexadecimal and shortened IPv4 forms, zones and IPv4 parts with
 * leading zeros give undefined: no Azure API takes them.
 */
export function parseAddress(text: string): Address | undefined {
  const v4 = parseIPv4(text);
  if (v4 !== undefined) return { family: 4, value: BigInt(v4) };
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined;
  return { family: 6, value: fromBytes(ipaddr.IPv6.parse(text).toByteArray()) };
}

/** Dotted decimal, or IPv6 as RFC 5952 writes it. */
export function formatAddress(address: Address): string {
  if (address.family === 4) return formatIPv4(Number(address.value));
  return new ipaddr.IPv6(toBytes(address.value, 16)).toRFC5952String();
}

/** By hand: the library runs several regular expressions for it, most of the time that a prefix takes to read. */
function parseIPv4(text: string): number | undefined {
  if (text.length > 15) return undefined;
  let value = 0;
  let part = 0;
  let digits = 0;
  let dots = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === dot) {
      if (digits === 0 || ++dots > 3) return undefined;
      value = value * 256 + part;
      part = 0;
      digits = 0;
    } else if (code >= zero && code <= zero + 9) {
      if (digits > 0 && part === 0) return undefined;
      part = part * 10 + code - zero;
      digits++;
      if (part > 255) return undefined;
    } else return undefined;
  }
  return dots === 3 && digits > 0 ? value * 256 + part : undefined;
}

const dot = 46;
const zero = 48;

function formatIPv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

function fromBytes(bytes: readonly number[]): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function toBytes(value: bigint, length: number): number[] {
  return Array.from({ length }, (_, index) => Number((value >> BigInt(8 * (length - 1 - index))) & 0xffn));
}

import { type Address, addressBits, type Family, formatAddress, parseAddress } from './address.ts';

/**
 * An address prefix as written: `address` keeps its host bits (10.0.5.7/24), `first` and `last` are the bounds of the
 * block it lies in, both included.
 */
export interface Cidr {
  readonly family: Family;
  readonly length: number;
  readonly address: bigint;
  readonly first: bigint;
  readonly last: bigint;
}

/** What keeps a text from being an address prefix. */
export type CidrProblem = 'not-an-address' | 'no-length' | 'bad-length';

export type CidrResult =
  | { readonly ok: true; readonly cidr: Cidr }
  | { readonly ok: false; readonly problem: CidrProblem };

/** Reads `address/length`. The length is decimal without sign; the address may have host bits. */
export function parseCidr(text: string): CidrResult {
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (address === undefined) return { ok: false, problem: 'not-an-address' };
  if (slash < 0) return { ok: false, problem: 'no-length' };
  const digits = text.slice(slash + 1);
  const length = /^\d{1,3}$/.test(digits) ? Number(digits) : Number.NaN;
  if (!(length <= addressBits(address.family))) return { ok: false, problem: 'bad-length' };
  return { ok: true, cidr: makeCidr(address, length) };
}

/** The block of `length` bits that holds the address. */
export function makeCidr(address: Address, length: number): Cidr {
  const hostBits = BigInt(addressBits(address.family) - length);
  const first = (address.value >> hostBits) << hostBits;
  return { family: address.family, length, address: address.value, first, last: first + (1n << hostBits) - 1n };
}

/** A prefix from a text that is known to be right: for tables and tests. Throws on anything else. */
export function cidr(text: string): Cidr {
  const result = parseCidr(text);
  if (!result.ok) throw new Error(`Not an address prefix: ${text}`);
  return result.cidr;
}

/** `first/length`: the prefix without host bits. */
export function formatCidr(prefix: Cidr): string {
  return `${formatAddress({ family: prefix.family, value: prefix.first })}/${prefix.length}`;
}

/** Addresses in the block. */
export function cidrSize(prefix: Cidr): bigint {
  return prefix.last - prefix.first + 1n;
}

export function hasHostBits(prefix: Cidr): boolean {
  return prefix.address !== prefix.first;
}

/** Whether the two share an address. Different families never do. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

export function containsCidr(outer: Cidr, inner: Cidr): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

export function containsAddress(prefix: Cidr, address: Address): boolean {
  return prefix.family === address.family && prefix.first <= address.value && address.value <= prefix.last;
}

export function sameCidr(a: Cidr, b: Cidr): boolean {
  return a.family === b.family && a.first === b.first && a.length === b.length;
}

/** The address `index` places after the network address, or undefined when it lies outside the block. */
export function addressAt(prefix: Cidr, index: bigint | number): Address | undefined {
  const value = prefix.first + BigInt(index);
  return value < prefix.first || value > prefix.last ? undefined : { family: prefix.family, value };
}

/** How many blocks of `length` fit; 0 when they are larger than the prefix. */
export function countSubnets(prefix: Cidr, length: number): bigint {
  if (length < prefix.length || length > addressBits(prefix.family)) return 0n;
  return 1n << BigInt(length - prefix.length);
}

/** The `index`-th block of `length` inside the prefix, from 0, or undefined when there is none. */
export function subnetAt(prefix: Cidr, length: number, index: bigint | number): Cidr | undefined {
  const position = BigInt(index);
  if (position < 0n || position >= countSubnets(prefix, length)) return undefined;
  const step = 1n << BigInt(addressBits(prefix.family) - length);
  return makeCidr({ family: prefix.family, value: prefix.first + position * step }, length);
}

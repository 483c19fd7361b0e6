import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from '../../../src/net/address.ts';
import {
  addressAt,
  cidr,
  cidrSize,
  containsAddress,
  containsCidr,
  countSubnets,
  formatCidr,
  hasHostBits,
  overlaps,
  parseCidr,
  sameCidr,
  subnetAt,
} from '../../../src/net/cidr.ts';
import { readPrefix } from '../../../src/net/prefix.ts';
import { random, randomPrefix } from './random.ts';

describe('parseCidr', () => {
  it.each([
    ['10.0.0.0/16', '10.0.0.0/16', '10.0.255.255', false],
    ['10.0.5.7/24', '10.0.5.0/24', '10.0.5.255', true],
    ['0.0.0.0/0', '0.0.0.0/0', '255.255.255.255', false],
    ['255.255.255.255/32', '255.255.255.255/32', '255.255.255.255', false],
    ['fd00::/8', 'fd00::/8', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', false],
    ['fd00::1/64', 'fd00::/64', 'fd00::ffff:ffff:ffff:ffff', true],
    ['::/0', '::/0', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', false],
    ['::1/128', '::1/128', '::1', false],
  ])('reads %s', (text, block, last, hostBits) => {
    const prefix = cidr(text);
    expect(formatCidr(prefix)).toBe(block);
    expect(formatAddress({ family: prefix.family, value: prefix.last })).toBe(last);
    expect(hasHostBits(prefix)).toBe(hostBits);
  });

  it.each([
    ['', 'not-an-address'],
    ['10.0.0/16', 'not-an-address'],
    ['999.0.0.0/16', 'not-an-address'],
    ['/16', 'not-an-address'],
    ['Internet', 'not-an-address'],
    ['10.0.0.0', 'no-length'],
    ['fd00::', 'no-length'],
    ['10.0.0.0/', 'bad-length'],
    ['10.0.0.0/33', 'bad-length'],
    ['10.0.0.0/-1', 'bad-length'],
    ['10.0.0.0/+8', 'bad-length'],
    ['10.0.0.0/8 ', 'bad-length'],
    ['10.0.0.0/8/8', 'bad-length'],
    ['10.0.0.0/1e1', 'bad-length'],
    ['10.0.0.0/0008', 'bad-length'],
    ['10.0.0.0/255.0.0.0', 'bad-length'],
    ['fd00::/129', 'bad-length'],
  ])('names what is wrong with "%s"', (text, problem) => {
    expect(parseCidr(text)).toEqual({ ok: false, problem });
    expect(readPrefix(text)).toEqual({ text, cidr: undefined, problem });
  });

  it('keeps the text beside the prefix', () => {
    expect(readPrefix('10.0.5.7/24')).toMatchObject({ text: '10.0.5.7/24', problem: undefined, cidr: { length: 24 } });
  });

  it('refuses a table entry that is no prefix', () => {
    expect(() => cidr('10.0.0.0')).toThrow('10.0.0.0');
  });
});

describe('relations of prefixes', () => {
  it('agree with the bounds of random prefixes', () => {
    const below = random(2);
    for (let round = 0; round < 5_000; round++) {
      const [a, b] = [randomPrefix(below), randomPrefix(below)];
      const share = a.family === b.family && a.first <= b.last && b.first <= a.last;
      expect(overlaps(a, b)).toBe(share);
      expect(overlaps(b, a)).toBe(share);
      // Two blocks that share an address are nested.
      expect(containsCidr(a, b) || containsCidr(b, a)).toBe(share);
      expect(sameCidr(a, b)).toBe(containsCidr(a, b) && containsCidr(b, a));
      expect(
        containsAddress(a, { family: b.family, value: b.first }) ||
          containsAddress(b, { family: a.family, value: a.first }),
      ).toBe(share);
      expect(cidrSize(a)).toBe(a.last - a.first + 1n);
    }
  });

  it('never holds between IPv4 and IPv6', () => {
    expect(overlaps(cidr('0.0.0.0/0'), cidr('::/0'))).toBe(false);
    expect(containsCidr(cidr('::/0'), cidr('10.0.0.0/8'))).toBe(false);
    expect(containsAddress(cidr('::/0'), parseAddress('10.0.0.1') ?? { family: 6, value: 0n })).toBe(false);
  });
});

describe('addresses and blocks inside a prefix', () => {
  it('finds addresses by index', () => {
    const at = (text: string, index: number): string | undefined => {
      const address = addressAt(cidr(text), index);
      return address && formatAddress(address);
    };
    expect(at('10.0.0.0/24', 10)).toBe('10.0.0.10');
    expect(at('10.0.0.7/24', 0)).toBe('10.0.0.0');
    expect(at('10.0.0.0/24', 255)).toBe('10.0.0.255');
    expect(at('10.0.0.0/24', 256)).toBeUndefined();
    expect(at('10.0.0.0/24', -1)).toBeUndefined();
    expect(at('fd00::/64', 10)).toBe('fd00::a');
  });

  it('finds blocks by index', () => {
    const at = (text: string, length: number, index: number): string | undefined => {
      const block = subnetAt(cidr(text), length, index);
      return block && formatCidr(block);
    };
    expect(at('10.0.0.0/16', 24, 255)).toBe('10.0.255.0/24');
    expect(at('10.0.0.0/16', 24, 256)).toBeUndefined();
    expect(at('10.0.0.0/16', 15, 0)).toBeUndefined();
    expect(at('10.0.0.0/16', 33, 0)).toBeUndefined();
    expect(at('10.0.0.0/16', 24, -1)).toBeUndefined();
    expect(at('fd00::/48', 64, 1)).toBe('fd00:0:0:1::/64');
    expect(countSubnets(cidr('fd00::/48'), 64)).toBe(65_536n);
    expect(countSubnets(cidr('::/0'), 128)).toBe(1n << 128n);
  });
});

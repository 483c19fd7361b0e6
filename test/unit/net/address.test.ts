import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from '../../../src/net/address.ts';
import { random } from './random.ts';

describe('parseAddress', () => {
  it.each([
    ['0.0.0.0', 4, 0n],
    ['10.0.0.1', 4, 0x0a000001n],
    ['168.63.129.16', 4, 0xa83f8110n],
    ['255.255.255.255', 4, 0xffffffffn],
    ['::', 6, 0n],
    ['::1', 6, 1n],
    ['fd00::1', 6, (0xfd00n << 112n) + 1n],
    ['FD00::ABCD', 6, (0xfd00n << 112n) + 0xabcdn],
    ['2001:db8:0:1:2:3:4:5', 6, 0x20010db8000000010002000300040005n],
    ['::ffff:10.0.0.1', 6, 0xffff0a000001n],
  ] as const)('reads %s', (text, family, value) => {
    expect(parseAddress(text)).toEqual({ family, value });
  });

  it.each([
    '',
    '.',
    '...',
    '1',
    '10.0.0',
    '10.0.0.',
    '.10.0.0',
    '10..0.0',
    '10.0.0.0.',
    '10.0.0.0.0',
    '10.0.0.256',
    '10.0.0.1000',
    '010.0.0.1',
    '10.00.0.1',
    '0x0a.0.0.1',
    '0x0a000001',
    '167772161',
    '10.0.0.-1',
    '+10.0.0.1',
    ' 10.0.0.1',
    '10.0.0.1 ',
    '10.0.0.1\n',
    '10.0.0.a',
    '１０.0.0.1',
    '10.0.0.0/8',
    'fd00:::1',
    'fd00::1%eth0',
    ':',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    'g::',
    '::1/64',
    'localhost',
  ])('does not read "%s"', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it('agrees with the library about random texts', () => {
    const below = random(1);
    const pieces = ['0', '1', '9', '10', '25', '255', '256', '00', '.', '.', '.', 'a', ' '];
    for (let round = 0; round < 20_000; round++) {
      const text = Array.from({ length: 1 + below(8) }, () => pieces[below(pieces.length)]).join('');
      const isPlain = ipaddr.IPv4.isValidFourPartDecimal(text) && !/(^|\.)0\d/.test(text);
      expect(parseAddress(text)?.family === 4, text).toBe(isPlain);
      if (isPlain) expect(formatAddress(parseAddress(text) ?? { family: 4, value: -1n })).toBe(text);
    }
  });
});

describe('formatAddress', () => {
  it.each([
    '0.0.0.0',
    '10.20.30.40',
    '255.255.255.255',
    '::',
    '::1',
    'fd00::1',
    '2001:db8::1:0:0:1',
    'fdad:3236:5555::',
  ])('writes %s as it is read', (text) => {
    const address = parseAddress(text);
    expect(address && formatAddress(address)).toBe(text);
  });

  it('shortens IPv6 as RFC 5952 says', () => {
    const address = parseAddress('2001:0DB8:0000:0000:0001:0000:0000:0001');
    expect(address && formatAddress(address)).toBe('2001:db8::1:0:0:1');
  });
});

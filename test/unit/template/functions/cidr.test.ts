import { describe, expect, it } from 'vitest';
import { hole, invoke, run } from './call.ts';

function refusal(name: string, ...args: unknown[]): string {
  const { result, refused } = invoke(name, args);
  expect(result.kind).toBe('unknown');
  const [only] = refused;
  return only === undefined ? 'nothing refused' : `${only.argument}: ${only.message}`;
}

describe('cidrSubnet', () => {
  it.each([
    ['10.144.0.0/20', 24, 0, '10.144.0.0/24'],
    ['10.144.0.0/20', 24, 15, '10.144.15.0/24'],
    ['10.0.0.0/16', 16, 0, '10.0.0.0/16'],
    ['10.0.5.7/16', 24, 1, '10.0.1.0/24'],
    ['0.0.0.0/0', 32, 4294967295, '255.255.255.255/32'],
    ['fdad:3236:5555::/48', 52, 4, 'fdad:3236:5555:4000::/52'],
    ['fd00::/48', 64, 65535, 'fd00:0:0:ffff::/64'],
  ])('cuts block of %s /%i at %i', (network, length, index, expected) => {
    expect(run('cidrSubnet', network, length, index)).toBe(expected);
  });

  it('refuses an index past the last block and names the range', () => {
    expect(refusal('cidrSubnet', '10.0.0.0/24', 26, 4)).toBe(
      '2: 10.0.0.0/24 holds 4 blocks of /26, so indexes go from 0 to 3, not 4.',
    );
    expect(refusal('cidrSubnet', '10.0.0.0/24', 24, 1)).toBe(
      '2: 10.0.0.0/24 holds 1 block of /24, so the only index is 0, not 1.',
    );
    expect(refusal('cidrSubnet', '10.0.0.0/24', 26, -1)).toContain('not -1');
  });

  it('refuses a block larger than the network and a length that does not exist', () => {
    expect(refusal('cidrSubnet', '10.0.0.0/24', 23, 0)).toBe(
      '1: A /23 block is larger than 10.0.0.0/24, so it cannot be cut out of it.',
    );
    expect(refusal('cidrSubnet', '10.0.0.0/24', 33, 0)).toBe('1: The length of an IPv4 prefix is at most 32, not 33.');
    expect(refusal('cidrSubnet', 'fd00::/48', 129, 0)).toBe('1: The length of an IPv6 prefix is at most 128, not 129.');
  });

  it.each(['', 'abc', '10.0.0.0/', '999.0.0.0/16', '10.0.0/16/8', 'fd00:::/48'])(
    'refuses "%s" as a network',
    (text) => {
      expect(refusal('cidrSubnet', text, 24, 0)).toMatch(/^0: ".*" is not an address prefix/);
    },
  );

  it('says which lengths exist when only the length is wrong', () => {
    expect(refusal('cidrSubnet', '10.0.0.0/33', 24, 0)).toBe(
      '0: "10.0.0.0/33" is not an address prefix: the length after the slash must be 0 to 32.',
    );
  });

  it('takes a network without a length where every guess agrees', () => {
    expect(run('cidrSubnet', '10.0.0.0', 16, 0)).toBe('10.0.0.0/16');
    expect(run('cidrSubnet', '192.168.1.0', 24, 0)).toBe('192.168.1.0/24');
    expect(invoke('cidrSubnet', ['10.1.0.0', 16, 0])).toMatchObject({ result: { kind: 'unknown' }, refused: [] });
    expect(invoke('cidrSubnet', ['192.168.1.0', 16, 0])).toMatchObject({ result: { kind: 'unknown' }, refused: [] });
  });

  it.each(['10.0.0.0/255.255.0.0', '010.0.0.0/8', '10.0/16', ' 10.0.0.0/16'])(
    'says nothing about "%s", which .NET reads',
    (text) => {
      expect(invoke('cidrSubnet', [text, 24, 0])).toMatchObject({ result: { kind: 'unknown' }, refused: [] });
    },
  );

  it('keeps the reason of an unknown argument', () => {
    expect(run('cidrSubnet', hole(), 24, 0)).toBe('<parameter-without-default>');
    expect(run('cidrSubnet', '10.0.0.0/16', hole(), 0)).toBe('<parameter-without-default>');
    expect(run('cidrSubnet', '10.0.0.0/16', 24, hole())).toBe('<parameter-without-default>');
    expect(run('cidrSubnet', '10.0.0.0/16', '24', 0)).toBe('<wrong-type>');
    expect(run('cidrSubnet')).toBe('<invalid-argument>');
  });

  it('refuses a length that is too short even when the index is unknown', () => {
    expect(refusal('cidrSubnet', '10.0.0.0/24', 16, hole())).toContain('/16');
  });
});

describe('cidrHost', () => {
  it.each([
    ['10.144.3.0/24', 0, '10.144.3.1'],
    ['10.144.3.0/24', 253, '10.144.3.254'],
    ['10.144.3.77/24', 3, '10.144.3.4'],
    ['10.0.0.0/30', 1, '10.0.0.2'],
    ['fdad:3236:5555:3000::/52', 0, 'fdad:3236:5555:3000::1'],
  ])('gives host of %s at %i', (network, index, expected) => {
    expect(run('cidrHost', network, index)).toBe(expected);
  });

  it('refuses indexes outside of the hosts', () => {
    expect(refusal('cidrHost', '10.144.3.0/24', 254)).toBe(
      '1: 10.144.3.0/24 has 254 hosts, so indexes go from 0 to 253, not 254.',
    );
    expect(refusal('cidrHost', '10.144.3.0/24', -1)).toBe('1: The host index is -1, but indexes start at 0.');
  });

  it('leaves what is not documented unknown', () => {
    expect(invoke('cidrHost', ['10.0.0.0/31', 0])).toMatchObject({ result: { kind: 'unknown' }, refused: [] });
    expect(invoke('cidrHost', ['10.0.0.0/32', 0])).toMatchObject({ result: { kind: 'unknown' }, refused: [] });
    expect(invoke('cidrHost', ['fd00::/120', 254])).toMatchObject({ result: { kind: 'unknown' }, refused: [] });
  });
});

describe('parseCidr', () => {
  it('describes an IPv4 prefix', () => {
    expect(run('parseCidr', '10.144.0.0/20')).toEqual({
      network: '10.144.0.0',
      netmask: '255.255.240.0',
      broadcast: '10.144.15.255',
      firstUsable: '10.144.0.1',
      lastUsable: '10.144.15.254',
      cidr: 20,
    });
  });

  it('describes an IPv6 prefix without a broadcast address', () => {
    expect(run('parseCidr', 'fdad:3236:5555::/48')).toEqual({
      network: 'fdad:3236:5555::',
      netmask: 'ffff:ffff:ffff::',
      firstUsable: 'fdad:3236:5555::',
      lastUsable: 'fdad:3236:5555:ffff:ffff:ffff:ffff:ffff',
      cidr: 48,
    });
  });

  it('masks host bits', () => {
    expect(run('parseCidr', '10.0.5.7/24')).toMatchObject({ network: '10.0.5.0' });
  });
});

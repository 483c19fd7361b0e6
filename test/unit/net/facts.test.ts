import { describe, expect, it } from 'vitest';
import { formatAddress, parseAddress } from '../../../src/net/address.ts';
import * as aks from '../../../src/net/aks.ts';
import {
  findSpecialSubnet,
  forbiddenRanges,
  isPrivate,
  rangeKind,
  reservedAddresses,
  usableAddresses,
} from '../../../src/net/azure.ts';
import { cidr, containsAddress, formatCidr, hasHostBits, overlaps } from '../../../src/net/cidr.ts';

describe('Azure subnets', () => {
  it.each([
    ['10.0.0.0/24', 251],
    ['10.0.0.0/29', 3],
    ['10.0.0.0/30', 0],
    ['10.0.0.0/32', 0],
    ['10.0.0.0/16', 65_531],
  ])('have in %s room for %i addresses', (text, usable) => {
    expect(usableAddresses(cidr(text))).toBe(usable);
  });

  it('keep the first four addresses and the last', () => {
    const of = (text: string): string[] =>
      reservedAddresses(cidr(text)).map(({ address, purpose }) => `${formatAddress(address)} ${purpose}`);
    expect(of('10.0.0.0/24')).toEqual([
      '10.0.0.0 network',
      '10.0.0.1 gateway',
      '10.0.0.2 dns',
      '10.0.0.3 dns',
      '10.0.0.255 broadcast',
    ]);
    expect(of('10.0.0.0/30')).toEqual(['10.0.0.0 network', '10.0.0.1 gateway', '10.0.0.2 dns', '10.0.0.3 broadcast']);
    expect(of('10.0.0.0/32')).toEqual(['10.0.0.0 network']);
  });

  it('know their special names in any case', () => {
    expect(findSpecialSubnet('gatewaysubnet')?.longestLength).toBe(29);
    expect(findSpecialSubnet('aks')).toBeUndefined();
  });
});

describe('rangeKind', () => {
  it.each([
    ['10.1.0.0/16', 'private'],
    ['172.66.0.0/16', 'public'],
    ['172.16.0.0/12', 'private'],
    ['172.0.0.0/8', 'mixed'],
    ['100.64.0.0/16', 'shared'],
    ['169.254.10.0/24', 'link-local'],
    ['192.0.2.0/25', 'documentation'],
    ['240.0.0.0/8', 'reserved'],
    ['224.0.0.0/24', 'multicast'],
    ['0.0.0.0/0', 'mixed'],
    ['8.8.8.0/24', 'public'],
    ['fd00::/48', 'private'],
    ['2001:db8::/48', 'documentation'],
    ['2603:1000::/24', 'public'],
  ])('of %s is %s', (text, kind) => {
    expect(rangeKind(cidr(text))).toBe(kind);
    expect(isPrivate(cidr(text))).toBe(kind === 'private' || kind === 'shared');
  });
});

describe('AKS facts', () => {
  it('are free of host bits', () => {
    const all = [...aks.reservedRanges, ...aks.proposedRanges, ...forbiddenRanges.map((range) => range.cidr)];
    expect(all.filter(hasHostBits)).toEqual([]);
  });

  it('have defaults that fit each other', () => {
    const dns = parseAddress(aks.defaults.dnsServiceIP);
    expect(dns && containsAddress(cidr(aks.defaults.serviceCidr), dns)).toBe(true);
    expect(overlaps(cidr(aks.defaults.serviceCidr), cidr(aks.defaults.podCidr))).toBe(false);
    expect(overlaps(aks.managedNetwork.addressSpace, cidr(aks.defaults.podCidr))).toBe(false);
  });

  it('propose ranges that AKS takes', () => {
    for (const range of aks.proposedRanges) {
      expect(isPrivate(range), formatCidr(range)).toBe(true);
      expect(aks.reservedRanges.some((reserved) => overlaps(reserved, range))).toBe(false);
      expect(overlaps(range, cidr(aks.defaults.serviceCidr))).toBe(false);
    }
    expect(aks.proposedRanges.slice(0, 2).map(formatCidr)).toEqual(['172.16.0.0/16', '172.17.0.0/16']);
  });

  it.each([
    ['10.0.0.0/16', '10.0.0.10'],
    ['10.200.0.0/16', '10.200.0.10'],
    ['10.0.0.0/28', '10.0.0.10'],
    ['10.0.0.0/29', '10.0.0.2'],
    ['10.0.0.0/30', '10.0.0.2'],
    ['10.0.0.0/31', undefined],
    ['fd00::/108', 'fd00::a'],
  ])('puts the DNS service of %s at %s', (range, address) => {
    expect(aks.suggestDnsServiceIP(cidr(range))).toBe(address);
  });

  it('reserve ranges inside a larger prefix', () => {
    const touched = aks.reservedRanges.filter((reserved) => overlaps(reserved, cidr('172.16.0.0/12')));
    expect(touched.map(formatCidr)).toEqual(['172.30.0.0/16', '172.31.0.0/16']);
  });
});

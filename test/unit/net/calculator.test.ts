import { describe, expect, it } from 'vitest';
import { describeCidr, planNetwork, splitByCount, splitByLength } from '../../../src/net/calculator.ts';
import { cidr } from '../../../src/net/cidr.ts';

describe('describeCidr', () => {
  it('tells all about an IPv4 prefix', () => {
    expect(describeCidr(cidr('10.0.5.7/24'))).toEqual({
      cidr: '10.0.5.0/24',
      hostAddress: '10.0.5.7',
      family: 4,
      length: 24,
      netmask: '255.255.255.0',
      wildcard: '0.0.0.255',
      first: '10.0.5.0',
      last: '10.0.5.255',
      broadcast: '10.0.5.255',
      addressCount: 256,
      hostBits: 8,
      usableInAzure: 251,
      firstUsableInAzure: '10.0.5.4',
      lastUsableInAzure: '10.0.5.254',
      reservedInAzure: [
        { address: '10.0.5.0', purpose: 'network' },
        { address: '10.0.5.1', purpose: 'gateway' },
        { address: '10.0.5.2', purpose: 'dns' },
        { address: '10.0.5.3', purpose: 'dns' },
        { address: '10.0.5.255', purpose: 'broadcast' },
      ],
      kind: 'private',
      conflicts: [{ cidr: '10.0.0.0/16', with: 'service-cidr', name: undefined }],
      parent: '10.0.4.0/23',
      halves: ['10.0.5.0/25', '10.0.5.128/25'],
    });
  });

  it('tells about IPv6 and about the ends of the address space', () => {
    expect(describeCidr(cidr('fd00::/64'))).toMatchObject({
      netmask: 'ffff:ffff:ffff:ffff::',
      wildcard: '::ffff:ffff:ffff:ffff',
      broadcast: undefined,
      hostBits: 64,
      firstUsableInAzure: 'fd00::4',
      halves: ['fd00::/65', 'fd00::8000:0:0:0/65'],
    });
    expect(describeCidr(cidr('0.0.0.0/0'))).toMatchObject({ parent: undefined, netmask: '0.0.0.0', kind: 'mixed' });
    expect(describeCidr(cidr('10.0.0.1/32'))).toMatchObject({
      halves: [],
      usableInAzure: 0,
      lastUsableInAzure: undefined,
    });
  });

  it('names the ranges that it touches', () => {
    const conflicts = (text: string): string[] =>
      describeCidr(cidr(text)).conflicts.map((conflict) => `${conflict.with} ${conflict.cidr}`);
    expect(conflicts('10.224.5.0/24')).toEqual(['managed-network 10.224.0.0/16']);
    expect(conflicts('10.244.0.0/24')).toEqual(['pod-cidr 10.244.0.0/16']);
    expect(conflicts('172.30.1.0/24')).toEqual(['aks-reserved 172.30.0.0/16']);
    expect(conflicts('169.254.0.0/24')).toEqual(['azure-forbidden 169.254.0.0/16', 'aks-reserved 169.254.0.0/16']);
    expect(conflicts('192.168.0.0/16')).toEqual([]);
  });

  it('can be written as JSON', () => {
    expect(() => JSON.stringify(describeCidr(cidr('fd00::/8')))).not.toThrow();
  });
});

describe('splits', () => {
  it('cut a prefix by length and by count', () => {
    expect(splitByLength(cidr('10.0.0.0/22'), 24)).toEqual({
      length: 24,
      count: 4,
      blocks: ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24'],
    });
    expect(splitByCount(cidr('10.0.0.0/24'), 3)).toMatchObject({ length: 26, count: 4 });
    expect(splitByCount(cidr('10.0.0.0/24'), 1)).toEqual({ length: 24, count: 1, blocks: ['10.0.0.0/24'] });
    expect(splitByLength(cidr('10.0.0.0/8'), 24, 2)).toEqual({
      length: 24,
      count: 65_536,
      blocks: ['10.0.0.0/24', '10.0.1.0/24'],
    });
  });

  it('are undefined where there is nothing to cut', () => {
    expect(splitByLength(cidr('10.0.0.0/24'), 23)).toBeUndefined();
    expect(splitByLength(cidr('10.0.0.0/24'), 33)).toBeUndefined();
    expect(splitByLength(cidr('10.0.0.0/24'), 24.5)).toBeUndefined();
    expect(splitByCount(cidr('10.0.0.0/30'), 5)).toBeUndefined();
    expect(splitByCount(cidr('10.0.0.0/30'), 0)).toBeUndefined();
    expect(splitByCount(cidr('10.0.0.0/30'), Number.NaN)).toBeUndefined();
  });
});

describe('planNetwork', () => {
  it('plans the node subnet of Azure CNI', () => {
    expect(planNetwork({ mode: 'node-subnet', pools: [{ nodes: 2, maxPods: 250 }] })).toEqual({
      nodes: 2,
      surge: 1,
      ranges: [
        {
          range: 'node-subnet',
          required: { addresses: 498, formula: '2 × (250 − 1)', prefixLength: 23, spare: 9 },
          recommended: { addresses: 753, formula: '(2 + 1) × (250 + 1)', prefixLength: 22, spare: 266 },
        },
      ],
    });
  });

  it('adds pools up', () => {
    const plan = planNetwork({
      mode: 'node-subnet',
      pools: [
        { nodes: 3, maxPods: 30, maxSurge: '0' },
        { nodes: 10, maxPods: 50, maxSurge: '33%' },
      ],
    });
    expect(plan.ranges[0]?.required.formula).toBe('3 × (30 − 1) + 10 × (50 − 1)');
    expect(plan.ranges[0]?.recommended).toMatchObject({
      formula: '3 × (30 + 1) + (10 + 4) × (50 + 1)',
      addresses: 807,
      prefixLength: 22,
    });
  });

  it('plans nodes and pods of overlay apart', () => {
    const plan = planNetwork({ mode: 'overlay', pools: [{ nodes: 5, maxPods: 250, maxSurge: '1' }] });
    expect(plan.ranges.map(({ range, required }) => [range, required.addresses, required.prefixLength])).toEqual([
      ['node-subnet', 5, 28],
      ['pod-cidr', 1_280, 21],
    ]);
    expect(plan.ranges[1]?.recommended).toEqual({
      addresses: 1_536,
      formula: '(5 + 1) × 256',
      prefixLength: 21,
      spare: 512,
    });
  });

  it('plans pod subnets with dynamic and static allocation', () => {
    const pools = [{ nodes: 2, maxPods: 110, maxSurge: '1' }];
    expect(planNetwork({ mode: 'pod-subnet', pools }).ranges[1]).toEqual({
      range: 'pod-subnet',
      required: { addresses: 32, formula: '2 × 16', prefixLength: 26, spare: 27 },
      recommended: { addresses: 384, formula: '(2 + 1) × 16 × 8', prefixLength: 23, spare: 123 },
    });
    expect(planNetwork({ mode: 'pod-subnet', pools, podAllocation: 'static' }).ranges[1]?.required).toMatchObject({
      addresses: 224,
      formula: '2 × 16 × 7',
    });
  });

  it('plans nothing for no pools and too much for no prefix', () => {
    expect(planNetwork({ mode: 'byo-cni', pools: [] }).ranges).toEqual([
      {
        range: 'node-subnet',
        required: { addresses: 0, formula: '0', prefixLength: 29, spare: 3 },
        recommended: { addresses: 0, formula: '0', prefixLength: 29, spare: 3 },
      },
    ]);
    const huge = planNetwork({ mode: 'overlay', pools: [{ nodes: 100_000_000, maxPods: 30 }] });
    expect(huge.ranges[1]?.required).toMatchObject({ prefixLength: undefined, spare: undefined });
  });
});

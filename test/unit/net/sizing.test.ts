import { describe, expect, it } from 'vitest';
import { usableAddresses } from '../../../src/net/azure.ts';
import { cidr } from '../../../src/net/cidr.ts';
import {
  checkedAddressesPerNode,
  defaultMaxPods,
  dynamicPodAddressesPerNode,
  effectiveNetworkMode,
  plannedAddressesPerNode,
  podCidrAddressesPerNode,
  smallestPodCidrLength,
  smallestPrefixLength,
  staticPodAddressesPerNode,
  surgeNodes,
} from '../../../src/net/sizing.ts';

describe('the node subnet of Azure CNI', () => {
  it.each([
    // Refusals and acceptances of the service: nodes, maxPods, subnet, addresses it named, whether they fit.
    [2, 250, '10.32.0.0/24', 498, false],
    [3, 250, '10.33.0.0/24', 747, false],
    [1, 250, '10.3.0.0/24', 249, true],
    [2, 250, '10.2.0.0/16', 498, true],
    [2, 250, '10.2.0.0/23', 498, true],
    [3, 110, '10.0.0.0/24', 327, false],
  ])('counts %i nodes of %i pods in %s as the service does', (nodes, maxPods, subnet, addresses, fits) => {
    expect(nodes * checkedAddressesPerNode(maxPods)).toBe(addresses);
    expect(addresses <= usableAddresses(cidr(subnet))).toBe(fits);
  });

  it('is planned with all pods and the node itself', () => {
    // The planning page: 50 nodes and one of surge with 30 pods each.
    expect(51 * plannedAddressesPerNode(30)).toBe(1_581);
    expect(smallestPrefixLength(1_581)).toBe(21);
  });

  it('counts Windows nodes as before 2022', () => {
    expect(checkedAddressesPerNode(30, 'Windows')).toBe(31);
  });
});

describe('pod ranges', () => {
  it('takes a /24 for each node, as in the refusal of five nodes in a /22', () => {
    expect(5 * podCidrAddressesPerNode).toBe(1_280);
    expect(smallestPodCidrLength(5)).toBe(21);
    expect(smallestPodCidrLength(4)).toBe(22);
    expect(smallestPodCidrLength(1)).toBe(24);
    expect(smallestPodCidrLength(256)).toBe(16);
    expect(smallestPodCidrLength(257)).toBe(15);
  });

  it.each([
    [30, 48],
    [40, 48],
    [41, 64],
    [110, 128],
    [250, 272],
  ])('takes batches of 16 for %i pods', (maxPods, addresses) => {
    expect(dynamicPodAddressesPerNode(maxPods)).toBe(addresses);
  });

  it.each([
    [15, 16],
    [16, 32],
    [31, 32],
    [110, 112],
    [111, 112],
    [250, 256],
  ])('takes static blocks for %i pods', (maxPods, addresses) => {
    expect(staticPodAddressesPerNode(maxPods)).toBe(addresses);
  });
});

describe('smallestPrefixLength', () => {
  it.each([
    [0, 29],
    [3, 29],
    [4, 28],
    [11, 28],
    [12, 27],
    [251, 24],
    [252, 23],
    [498, 23],
    [4_294_967_291, 0],
    [4_294_967_292, undefined],
  ])('has room for %i addresses in a /%s', (addresses, length) => {
    expect(smallestPrefixLength(addresses)).toBe(length);
  });

  it('is the longest that fits', () => {
    for (let addresses = 0; addresses < 3_000; addresses += 7) {
      const length = smallestPrefixLength(addresses) ?? 0;
      expect(usableAddresses(cidr(`10.0.0.0/${length}`))).toBeGreaterThanOrEqual(addresses);
      if (length < 29) expect(usableAddresses(cidr(`10.0.0.0/${length + 1}`))).toBeLessThan(addresses);
    }
  });

  it('takes another reserve, limit and family', () => {
    expect(smallestPrefixLength(256, { reserved: 0, longest: 24 })).toBe(24);
    expect(smallestPrefixLength(1, { reserved: 0, longest: 32 })).toBe(32);
    expect(smallestPrefixLength(1_000, { reserved: 0, longest: 128, family: 6 })).toBe(118);
  });
});

describe('surgeNodes', () => {
  it.each([
    [3, undefined, 1],
    [10, undefined, 1],
    [11, undefined, 2],
    [0, undefined, 0],
    [5, '1', 1],
    [5, '33%', 2],
    [5, '100%', 5],
    [5, '0', 0],
    [5, '1.5', undefined],
    [5, 'many', undefined],
    [5, '', undefined],
  ])('of %i nodes with maxSurge %s', (nodes, maxSurge, expected) => {
    expect(surgeNodes(nodes, maxSurge)).toBe(expected);
  });
});

describe('effectiveNetworkMode', () => {
  it.each([
    ['azure', 'overlay', false, 'overlay', 250],
    ['azure', undefined, true, 'pod-subnet', undefined],
    ['azure', undefined, false, 'node-subnet', 30],
    ['Azure', 'Overlay', false, 'overlay', 250],
    ['kubenet', undefined, false, 'kubenet', 110],
    ['none', undefined, false, 'byo-cni', undefined],
    [undefined, undefined, false, 'overlay-or-kubenet', undefined],
    [undefined, 'overlay', false, 'overlay', 250],
  ] as const)('of plugin %s, mode %s, pod subnet %s', (networkPlugin, networkPluginMode, podSubnet, mode, maxPods) => {
    expect(effectiveNetworkMode({ networkPlugin, networkPluginMode, podSubnet })).toBe(mode);
    expect(defaultMaxPods(mode)).toBe(maxPods);
  });

  it.each([
    ['kubenet', 'overlay', false],
    ['azure', 'overlay', true],
    ['azure', 'bridge', false],
    ['calico', undefined, false],
    ['none', 'overlay', false],
    [undefined, undefined, true],
  ] as const)('is none for plugin %s, mode %s, pod subnet %s', (networkPlugin, networkPluginMode, podSubnet) => {
    expect(effectiveNetworkMode({ networkPlugin, networkPluginMode, podSubnet })).toBeUndefined();
  });
});

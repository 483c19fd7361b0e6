import { describe, expect, test } from 'vitest';
import type { ManagedCluster } from '../../../src/model/cluster.ts';
import {
  identityKind,
  largestNodeCount,
  loadBalancerSku,
  maxPods,
  networkMode,
  outboundType,
  podIPAllocationMode,
  podRanges,
  serviceRanges,
  surge,
  usesPodRanges,
} from '../../../src/model/effective.ts';
import { bicepModel } from '../template/network/models.ts';

/** The only cluster of a Bicep file; `p` is a parameter without a value. */
function clusterOf(properties: string, body = ''): ManagedCluster {
  const model = bicepModel(`param p string
resource aks 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  ${body}
  properties: {
    ${properties}
  }
}
`);
  const [cluster] = model.managedClusters;
  if (cluster === undefined) throw new Error('no cluster');
  return cluster;
}

const withProfile = (profile: string, pool = ''): ManagedCluster =>
  clusterOf(`agentPoolProfiles: [ { name: 'one'\n${pool}\n} ]\nnetworkProfile: { ${profile} }`);

describe('network mode', () => {
  const podSubnet = "podSubnetID: resourceId('Microsoft.Network/virtualNetworks/subnets', 'v', 'p')";

  test.each([
    ["networkPlugin: 'azure'\nnetworkPluginMode: 'overlay'", '', 'overlay'],
    ["networkPlugin: 'Azure'", '', 'node-subnet'],
    ["networkPlugin: 'azure'", podSubnet, 'pod-subnet'],
    ["networkPlugin: 'kubenet'", '', 'kubenet'],
    ["networkPlugin: 'none'", '', 'byo-cni'],
    ['', '', 'overlay-or-kubenet'],
    ['networkPlugin: p', '', undefined],
    ["networkPlugin: 'azure'\nnetworkPluginMode: p", '', undefined],
    ["networkPlugin: 'azure'", 'podSubnetID: p', undefined],
    ["networkPlugin: 'kubenet'\nnetworkPluginMode: 'overlay'", '', undefined],
  ])('%j with a pool of %j is %s', (profile, pool, mode) => {
    const cluster = withProfile(profile, pool);
    expect(cluster.agentPools.items.map((item) => networkMode(cluster, item))).toEqual([mode]);
  });

  test('is overlay or kubenet without a network profile', () => {
    const cluster = clusterOf("agentPoolProfiles: [ { name: 'one' } ]");
    expect(cluster.agentPools.items.map((item) => networkMode(cluster, item))).toEqual(['overlay-or-kubenet']);
  });
});

describe('ranges', () => {
  const texts = (ranges: readonly { readonly text: string; readonly origin: unknown }[]): string[] =>
    ranges.map(({ text, origin }) => (origin === undefined ? `${text} by default` : text));

  test.each([
    ["networkPlugin: 'azure'\nnetworkPluginMode: 'overlay'", ['10.244.0.0/16 by default']],
    ["networkPlugin: 'kubenet'\npodCidr: '10.9.0.0/16'", ['10.9.0.0/16']],
    ["networkPlugin: 'kubenet'\npodCidr: p", []],
    ["networkPlugin: 'kubenet'\npodCidrs: ['10.9.0.0/16', p]", ['10.9.0.0/16']],
    [
      "networkPlugin: 'kubenet'\npodCidr: '10.9.0.0/16'\npodCidrs: ['10.9.0.0/16', 'fd00::/64']",
      ['10.9.0.0/16', 'fd00::/64'],
    ],
    ["networkPlugin: 'azure'", []],
    ["networkPlugin: 'none'", []],
    ['networkPlugin: p', []],
    ['', ['10.244.0.0/16 by default']],
  ])('of pods with %j are %j', (profile, expected) => {
    expect(texts(podRanges(withProfile(profile)))).toEqual(expected);
  });

  test('of pods are not known without a plugin but with a pod subnet', () => {
    expect(usesPodRanges(withProfile('', "podSubnetID: '/subscriptions/1/subnets/p'"))).toBeUndefined();
    expect(usesPodRanges(withProfile("networkPlugin: 'azure'", 'podSubnetID: p'))).toBe(false);
  });

  test.each([
    ['', ['10.0.0.0/16 by default']],
    ["serviceCidr: '10.9.0.0/16'", ['10.9.0.0/16']],
    ["serviceCidr: ''", ['10.0.0.0/16 by default']],
    ['serviceCidr: p', []],
    ["serviceCidrs: ['10.9.0.0/16', 'fd00::/108']", ['10.9.0.0/16', 'fd00::/108']],
  ])('of services with %j are %j', (profile, expected) => {
    expect(texts(serviceRanges(withProfile(profile).networkProfile))).toEqual(expected);
  });
});

describe('outbound type', () => {
  test.each([
    ['', '', 'loadBalancer'],
    ["outboundType: 'UserDefinedRouting'", '', 'userDefinedRouting'],
    ["outboundType: 'somethingNew'", '', 'somethingNew'],
    ['outboundType: p', '', undefined],
    ['', "sku: { name: 'Base' }", 'loadBalancer'],
    ['', "sku: { name: 'Automatic' }", undefined],
    ['', 'sku: { name: p }', undefined],
  ])('with %j and %j is %s', (profile, body, expected) => {
    expect(outboundType(clusterOf(`networkProfile: { ${profile} }`, body))?.value).toBe(expected);
  });

  test('of an unknown profile is unknown', () => {
    expect(outboundType(clusterOf('networkProfile: json(p)'))).toBeUndefined();
  });
});

test.each([
  ['', 'standard'],
  ["loadBalancerSku: 'Basic'", 'basic'],
  ['loadBalancerSku: p', undefined],
])('load balancer SKU with %j is %s', (profile, expected) => {
  expect(loadBalancerSku(withProfile(profile).networkProfile)?.value).toBe(expected);
});

describe('pools', () => {
  const overlay = "networkPlugin: 'azure'\nnetworkPluginMode: 'overlay'";

  test.each([
    [overlay, '', 250],
    ["networkPlugin: 'azure'", '', 30],
    ["networkPlugin: 'kubenet'", '', 110],
    ["networkPlugin: 'none'", '', undefined],
    ['', '', undefined],
    ['', 'maxPods: 40', 40],
    [overlay, 'maxPods: 0', 250],
    [overlay, 'maxPods: int(p)', undefined],
    ['networkPlugin: p', '', undefined],
  ])('have with %j and %j at most %s pods on a node', (profile, pool, expected) => {
    const cluster = withProfile(profile, pool);
    expect(cluster.agentPools.items.map((item) => maxPods(cluster, item)?.value)).toEqual([expected]);
  });

  test.each([
    ['', 'DynamicIndividual'],
    ["podIPAllocationMode: 'staticblock'", 'StaticBlock'],
    ["podIPAllocationMode: 'dynamicIndividual'", 'DynamicIndividual'],
    ["podIPAllocationMode: 'somethingNew'", undefined],
    ['podIPAllocationMode: p', undefined],
  ])('with %j take pod addresses as %s', (pool, expected) => {
    expect(withProfile('', pool).agentPools.items.map(podIPAllocationMode)).toEqual([expected]);
  });

  test.each([
    ['count: 3', 3, 1],
    ['count: 30', 30, 3],
    ["count: 30\nupgradeSettings: { maxSurge: '5' }", 30, 5],
    ["count: 30\nupgradeSettings: { maxSurge: '33%' }", 30, 10],
    ['count: 30\nupgradeSettings: { maxSurge: p }', 30, undefined],
    ["count: 30\nupgradeSettings: { maxUnavailable: '5' }", 30, undefined],
    ["count: 30\nupgradeSettings: { maxUnavailable: '0' }", 30, 3],
    ["count: 30\nupgradeSettings: { maxSurge: '0', maxUnavailable: '5' }", 30, 0],
    ['count: 3\nenableAutoScaling: true\nmaxCount: 9', 9, 1],
    ['count: 3\nenableAutoScaling: false\nmaxCount: 9', 3, 1],
    ['count: 3\nenableAutoScaling: true\nmaxCount: int(p)', 3, 1],
    ['count: int(p)\nenableAutoScaling: true\nmaxCount: 9', 9, 1],
    ['count: int(p)', undefined, undefined],
  ])('of %j have %s nodes and %s more in upgrades', (pool, nodes, extra) => {
    const [item] = withProfile('', pool).agentPools.items;
    if (item === undefined) throw new Error('no pool');
    const largest = largestNodeCount(item);
    expect([largest, largest === undefined ? undefined : surge(item, largest)]).toEqual([nodes, extra]);
  });
});

test.each([
  ["identity: { type: 'SystemAssigned' }", '', 'SystemAssigned'],
  ["identity: { type: 'userassigned' }", '', 'UserAssigned'],
  ["identity: { type: 'None' }", '', 'None'],
  ['', "servicePrincipalProfile: { clientId: '1' }", 'ServicePrincipal'],
  ['', '', undefined],
  ['identity: { type: p }', '', undefined],
  ['identity: json(p)', '', undefined],
])('identity with %j and %j is %s', (body, properties, expected) => {
  expect(identityKind(clusterOf(properties, body))).toBe(expected);
});

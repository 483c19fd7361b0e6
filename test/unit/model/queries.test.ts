import { describe, expect, test } from 'vitest';
import type { ManagedCluster } from '../../../src/model/cluster.ts';
import { clusterPeers, onPremisesRanges, peersOf } from '../../../src/model/connected-networks.ts';
import { firewallsAllowRegistry } from '../../../src/model/firewall-egress.ts';
import { firewallBehind, rulesOfFirewall } from '../../../src/model/firewall-queries.ts';
import type { Model } from '../../../src/model/model.ts';
import type { Subnet } from '../../../src/model/network.ts';
import { clusterDemands, demandsBySubnet } from '../../../src/model/pool-demand.ts';
import {
  apiServerSubnet,
  areDifferent,
  clusterNetworkIds,
  clusterOf,
  nameInId,
  networkSecurityGroupOf,
  nodeSubnets,
  podSubnets,
  routeTableOf,
  subnetsOfNetwork,
  subnetsUsing,
  usesManagedNetwork,
} from '../../../src/model/queries.ts';
import { nodePoolsIn, subnetUsers } from '../../../src/model/subnet-users.ts';
import { knownValue } from '../../../src/model/value.ts';
import { expectLinear } from '../../support/growth.ts';
import { bicepModel } from '../template/network/models.ts';

const network = 'Microsoft.Network/virtualNetworks';
const subnetId = (name: string, vnet = 'spoke'): string => `resourceId('${network}/subnets', '${vnet}', '${name}')`;

const model = bicepModel(`resource spoke '${network}@2024-05-01' = {
  name: 'spoke'
  properties: {
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24', routeTable: { id: table.id }, networkSecurityGroup: { id: group.id } } }
      { name: 'pods', properties: { addressPrefix: '10.1.1.0/24' } }
      { name: 'api', properties: { addressPrefix: '10.1.2.0/28' } }
      { name: 'edge', properties: { addressPrefix: '10.1.3.0/24', routeTable: { id: table.id } } }
    ]
  }
}
resource toHub '${network}/virtualNetworkPeerings@2024-05-01' = {
  parent: spoke
  name: 'hub'
  properties: { remoteVirtualNetwork: { id: hub.id } }
}
resource hub '${network}@2024-05-01' = {
  name: 'hub'
  properties: {
    subnets: [ { name: 'AzureFirewallSubnet', properties: { addressPrefix: '10.0.1.0/26' } } ]
    virtualNetworkPeerings: [
      { name: 'far', properties: { remoteVirtualNetwork: { id: resourceId('other', '${network}', 'far') } } }
    ]
  }
}
resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'table'
  properties: {
    routes: [
      { name: 'in subnet', properties: { nextHopIpAddress: '10.0.1.9' } }
      { name: 'elsewhere', properties: { nextHopIpAddress: '10.7.0.4' } }
    ]
  }
}
resource group 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'group'
}
resource onPremises 'Microsoft.Network/localNetworkGateways@2024-05-01' = {
  name: 'site'
  properties: { localNetworkAddressSpace: { addressPrefixes: ['192.168.0.0/16', 'no prefix'] } }
}
resource gateway 'Microsoft.Network/applicationGateways@2024-05-01' = {
  name: 'gateway'
  properties: { gatewayIPConfigurations: [ { name: 'one', properties: { subnet: { id: ${subnetId('edge')} } } } ] }
}
resource firewall 'Microsoft.Network/azureFirewalls@2024-05-01' = {
  name: 'firewall'
  properties: {
    firewallPolicy: { id: policy.id }
    ipConfigurations: [ { name: 'one', properties: { subnet: { id: ${subnetId('AzureFirewallSubnet', 'hub')} } } } ]
  }
}
resource base 'Microsoft.Network/firewallPolicies@2024-05-01' = {
  name: 'base'
  resource rules 'ruleCollectionGroups' = {
    name: 'rules'
    properties: {
      ruleCollections: [ { ruleCollectionType: 'FirewallPolicyFilterRuleCollection', rules: [ { name: 'from base' } ] } ]
    }
  }
}
resource policy 'Microsoft.Network/firewallPolicies@2024-05-01' = {
  name: 'policy'
  properties: { basePolicy: { id: base.id } }
  resource rules 'ruleCollectionGroups' = {
    name: 'rules'
    properties: {
      ruleCollections: [ { ruleCollectionType: 'FirewallPolicyFilterRuleCollection', rules: [ { name: 'own' } ] } ]
    }
  }
}
resource aks 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  properties: {
    networkProfile: { networkPlugin: 'azure' }
    apiServerAccessProfile: { subnetId: ${subnetId('api')} }
    agentPoolProfiles: [
      { name: 'system', count: 3, vnetSubnetID: ${subnetId('nodes')}, podSubnetID: ${subnetId('pods')} }
      { name: 'user', count: 2, osType: 'Windows', vnetSubnetID: ${subnetId('nodes')} }
    ]
  }
}
resource extra 'Microsoft.ContainerService/managedClusters/agentPools@2025-01-01' = {
  parent: aks
  name: 'extra'
  properties: { count: 5, enableAutoScaling: true, maxCount: 20, vnetSubnetID: ${subnetId('nodes')} }
}
`);

const names = (items: readonly { readonly name: { readonly kind: string } | undefined }[]): unknown[] =>
  items.map(({ name }) => (name !== undefined && 'value' in name ? name.value : '?'));

function clusterIn(found: Model): ManagedCluster {
  const [cluster] = found.managedClusters;
  if (cluster === undefined) throw new Error('no cluster');
  return cluster;
}

/** The subnets of all networks in which the cluster has nodes or pods. */
function networkSubnets(of: Model, cluster: ManagedCluster): readonly Subnet[] {
  return clusterNetworkIds(cluster).flatMap((id) => subnetsOfNetwork(of, id));
}

describe('subnets of a cluster', () => {
  const cluster = clusterIn(model);

  test('are those of nodes, pods and API server, and all others of the network', () => {
    expect(names(nodeSubnets(model, cluster))).toEqual(['nodes']);
    expect(names(podSubnets(model, cluster))).toEqual(['pods']);
    expect(knownValue(apiServerSubnet(model, cluster)?.name)).toBe('api');
    expect(names(networkSubnets(model, cluster))).toEqual(['nodes', 'pods', 'api', 'edge']);
    expect(usesManagedNetwork(cluster)).toBe(false);
  });

  test('lead to their route table and network security group, and back', () => {
    const [nodes] = nodeSubnets(model, cluster);
    if (nodes === undefined) throw new Error('no subnet');
    expect(routeTableOf(model, nodes)?.id).toMatch(/routetables\/table$/);
    expect(networkSecurityGroupOf(model, nodes)?.id).toMatch(/networksecuritygroups\/group$/);
    expect(names(subnetsUsing(model, model.routeTables[0]?.id ?? ''))).toEqual(['nodes', 'edge']);
  });

  test('know who uses them', () => {
    const kinds = (index: number): string[] =>
      subnetUsers(model, model.subnets[index]?.id ?? '').map(({ kind, pool }) =>
        pool === undefined ? kind : `${kind} of ${knownValue(pool.name)}`,
      );
    expect([0, 1, 2, 3, 4].map(kinds)).toEqual([
      ['nodes of system', 'nodes of user', 'nodes of extra'],
      ['pods of system'],
      ['api-server'],
      ['application-gateway'],
      ['firewall'],
    ]);
    expect(names(nodePoolsIn(model, model.subnets[0]?.id ?? ''))).toEqual(['system', 'user', 'extra']);
  });
});

describe('networks around', () => {
  test('are peers, whichever side declares the peering', () => {
    const [spoke, hub] = model.virtualNetworks;
    expect(peersOf(model, spoke?.id ?? '').map(({ network: peer }) => peer)).toEqual([hub]);
    expect(peersOf(model, hub?.id ?? '').map(({ networkId, network: peer }) => [nameInId(networkId), peer])).toEqual([
      ['far', undefined],
      ['spoke', spoke],
    ]);
    expect(clusterPeers(model, clusterIn(model)).map(({ network: peer }) => peer)).toEqual([hub]);
  });

  test('are ranges on premises', () => {
    expect(onPremisesRanges(model).map(({ text }) => text)).toEqual(['192.168.0.0/16']);
  });
});

describe('demands', () => {
  test('are known by subnet', () => {
    const demands = [...demandsBySubnet(model, 'nodes', ({ nodes }) => nodes !== undefined).values()].flat();
    expect(
      demands.map(({ pool, mode, nodes, largestNodes, surgeNodes, maxPods, osType }) => [
        knownValue(pool.name),
        mode,
        nodes,
        largestNodes,
        surgeNodes,
        maxPods,
        osType,
      ]),
    ).toEqual([
      ['system', 'pod-subnet', 3, 3, 1, undefined, 'Linux'],
      ['user', 'node-subnet', 2, 2, 1, 30, 'Windows'],
      ['extra', 'node-subnet', 5, 20, 2, 30, 'Linux'],
    ]);
    expect(demandsBySubnet(model, 'pods', () => true).size).toBe(1);
  });

  test('of pools that exclude each other are not added up', () => {
    const found = bicepModel(`param a bool
param b bool
resource aks 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  properties: { agentPoolProfiles: [ { name: 'always' } ] }
}
resource first 'Microsoft.ContainerService/managedClusters/agentPools@2025-01-01' = if (a) {
  parent: aks
  name: 'first'
}
resource same 'Microsoft.ContainerService/managedClusters/agentPools@2025-01-01' = if (a) {
  parent: aks
  name: 'same'
}
resource other 'Microsoft.ContainerService/managedClusters/agentPools@2025-01-01' = if (b) {
  parent: aks
  name: 'other'
}
`);
    const demands = clusterDemands(clusterIn(found));
    expect(demands.map(({ pool }) => knownValue(pool.name))).toEqual(['always', 'first', 'same']);
  });
});

describe('rules of a firewall', () => {
  const rulesIn = (found: Model): [unknown[], boolean] => {
    const [firewall] = found.azureFirewalls;
    if (firewall === undefined) throw new Error('no firewall');
    const { items, isComplete } = rulesOfFirewall(found, firewall);
    return [names(items), isComplete];
  };

  test('are those of its policy and the base policies', () => {
    expect(rulesIn(model)).toEqual([['own', 'from base'], true]);
  });

  test.each([
    ["resourceId('Microsoft.Network/firewallPolicies', 'elsewhere')", ''],
    ['old.id', "resource old 'Microsoft.Network/firewallPolicies@2024-05-01' existing = { name: 'old' }"],
    ['p', 'param p string'],
  ])('with the policy %s are not all known', (policy, declaration) => {
    const found = bicepModel(`${declaration}
resource firewall 'Microsoft.Network/azureFirewalls@2024-05-01' = {
  name: 'firewall'
  properties: { firewallPolicy: { id: ${policy} } }
}
`);
    expect(rulesIn(found)).toEqual([[], false]);
    expect(firewallsAllowRegistry(found)).toBe('unknown');
  });

  test('end where policies are based on each other', () => {
    const policy = (
      name: string,
      base: string,
    ): string => `resource ${name} 'Microsoft.Network/firewallPolicies@2024-05-01' = {
  name: '${name}'
  properties: { basePolicy: { id: resourceId('Microsoft.Network/firewallPolicies', '${base}') } }
}
`;
    const found = bicepModel(`${policy('a', 'b')}${policy('b', 'a')}
resource firewall 'Microsoft.Network/azureFirewalls@2024-05-01' = {
  name: 'firewall'
  properties: { firewallPolicy: { id: a.id } }
}
`);
    expect(rulesIn(found)).toEqual([[], false]);
  });

  test('serve the routes that lead to it', () => {
    const routes = model.routeTables[0]?.routes.items ?? [];
    expect(routes.map((route) => firewallBehind(model, route)?.id.split('/').at(-1))).toEqual(['firewall', undefined]);
  });
});

describe('ids', () => {
  test.each([
    ['/a/x', '/a/x', false],
    ['/a/x', '/a/y', true],
    ['/{group}/vnets/a', '/{group}/vnets/b', true],
    ['/{group}/vnets/a', '/{other}/vnets/a', false],
    ['/{group}/vnets/a', '/{group}/vnets/{name}', false],
    ['{vnet}/subnets/a', '/groups/g/vnets/v/subnets/a', false],
    ['{vnet}/subnets/a', '/groups/g/vnets/v/subnets/b', true],
    ['/a', '/a/b', true],
  ])('%s and %s: proven different is %s', (a, b, expected) => {
    expect([areDifferent(a, b), areDifferent(b, a)]).toEqual([expected, expected]);
  });
});

test('pools of a cluster that is not declared have none', () => {
  const found = bicepModel(`resource pool 'Microsoft.ContainerService/managedClusters/agentPools@2025-01-01' = {
  name: 'aks/pool'
}
`);
  expect(found.agentPools.map((pool) => clusterOf(found, pool))).toEqual([undefined]);
});

test('many subnets and pools are looked up in time that grows with their number', () => {
  expectLinear(8000, lookUpAll);
});

/** Asks for all users of that many subnets; every fiftieth has a pool. The answers are remembered for each model. */
function lookUpAll(count: number): () => void {
  const users = Math.ceil(count / 50);
  const subnets = Array.from({ length: count }, (_, index) => `{ name: 's${index}', properties: {} }`).join('\n');
  const pools = Array.from(
    { length: users },
    (_, index) => `{ name: 'p${index}', count: 1, vnetSubnetID: ${subnetId(`s${index * 50}`)} }`,
  ).join('\n');
  const found = bicepModel(`resource spoke '${network}@2024-05-01' = {
  name: 'spoke'
  properties: { subnets: [\n${subnets}\n] }
}
resource aks 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  properties: { agentPoolProfiles: [\n${pools}\n] }
}
`);
  return () => {
    const fresh = { ...found };
    const cluster = clusterIn(fresh);
    expect(nodeSubnets(fresh, cluster)).toHaveLength(users);
    expect(networkSubnets(fresh, cluster)).toHaveLength(count);
    expect(demandsBySubnet(fresh, 'nodes', () => true).size).toBe(users);
    expect(fresh.subnets.filter(({ id }) => subnetUsers(fresh, id).length > 0)).toHaveLength(users);
  };
}

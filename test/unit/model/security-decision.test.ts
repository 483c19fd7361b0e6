import { describe, expect, test } from 'vitest';
import { decideFlow, type Flow } from '../../../src/model/security-decision.ts';
import {
  type FlowEnd,
  hostEnd,
  loadBalancerEnd,
  networkEnd,
  podRangeEnd,
  registryEnd,
} from '../../../src/model/security-ends.ts';
import { knownValue } from '../../../src/model/value.ts';
import { cidr } from '../../../src/net/cidr.ts';
import { bicepModel } from '../template/network/models.ts';

const nodes = networkEnd('nodes', cidr('10.1.0.0/24'));
const pods = podRangeEnd('pods', cidr('10.244.0.0/16'));
const registry = registryEnd('registry', 'no');

/** Traffic out to the registry, unless other things are said. */
const out: Flow = { direction: 'outbound', protocol: 'tcp', port: 443, source: nodes, destination: registry };
const among: Flow = { direction: 'inbound', protocol: 'udp', port: 53, source: nodes, destination: nodes };
const fromPods: Flow = { ...among, source: pods, destination: pods };
const probe: Flow = { direction: 'inbound', protocol: 'tcp', port: 9988, source: loadBalancerEnd, destination: nodes };

/** A rule that is for everything but what is said, as Bicep. */
function rule(
  name: string,
  priority: number | string,
  access: string,
  properties: Record<string, string> = {},
): string {
  const all: Record<string, string> = {
    priority: String(priority),
    access: access.startsWith('p') ? access : `'${access}'`,
    direction: "'Outbound'",
    protocol: "'*'",
    sourceAddressPrefix: "'*'",
    sourcePortRange: "'*'",
    destinationAddressPrefix: "'*'",
    destinationPortRange: "'*'",
    ...properties,
  };
  const lines = Object.entries(all).filter(([, value]) => value !== '');
  return `{ name: '${name}', properties: { ${lines.map(([key, value]) => `${key}: ${value}`).join(', ')} } }`;
}

const inbound = { direction: "'Inbound'" };

/** What a group with these rules decides: the access, and the rule where it is not one of the defaults. */
function decide(flow: Flow, rules: readonly string[], more = ''): string {
  const model = bicepModel(`param p string
param pInt int
param pList array
param flag bool
resource group 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'group'
  properties: { securityRules: [${rules.join(', ')}] }
}
${more}`);
  const [group] = model.networkSecurityGroups;
  if (group === undefined) throw new Error('no group');
  const decision = decideFlow(model, group, flow);
  if (decision.access === 'unknown') return 'unknown';
  return `${decision.access} by ${knownValue(decision.rule?.name) ?? 'default'}`;
}

const allow = (name: string, priority: number | string, properties: Record<string, string> = {}): string =>
  rule(name, priority, 'Allow', properties);
const deny = (name: string, priority: number | string, properties: Record<string, string> = {}): string =>
  rule(name, priority, 'Deny', properties);

describe('a group without rules', () => {
  test.each([
    ['lets nodes out', out, 'allow by default'],
    ['lets the network talk', among, 'allow by default'],
    ['lets load balancers probe', probe, 'allow by default'],
    ['does not say whether pods of a range of their own may talk', fromPods, 'unknown'],
    ['keeps the internet out', { ...among, source: registry }, 'deny by default'],
  ] as const)('%s', (_, flow, expected) => {
    expect(decide(flow, [])).toBe(expected);
  });
});

describe('the first rule that is for the flow', () => {
  test.each<readonly [string, Flow, readonly string[], string]>([
    ['decides', out, [allow('a', 100), deny('b', 200)], 'allow by a'],
    ['is that of the smallest priority, wherever it stands', out, [deny('b', 200), allow('a', 100)], 'allow by a'],
    ['is in the direction of the flow', out, [deny('a', 100, inbound), allow('b', 200)], 'allow by b'],
    ['is for the protocol', out, [deny('a', 100, { protocol: "'Udp'" }), allow('b', 200)], 'allow by b'],
    [
      'may write its words in any case',
      out,
      [deny('a', 100, { protocol: "'TCP'", direction: "'OUTBOUND'" })],
      'deny by a',
    ],
    ['is for the port', out, [deny('a', 100, { destinationPortRange: "'80'" })], 'allow by default'],
    ['is for a range with the port', out, [deny('a', 100, { destinationPortRange: "'400-500'" })], 'deny by a'],
    [
      'is for one of several ports',
      out,
      [deny('a', 100, { destinationPortRange: '', destinationPortRanges: "['80', '443']" })],
      'deny by a',
    ],
    ['is for the source', out, [deny('a', 100, { sourceAddressPrefix: "'10.2.0.0/16'" })], 'allow by default'],
    ['is for a prefix around the source', out, [deny('a', 100, { sourceAddressPrefix: "'10.0.0.0/8'" })], 'deny by a'],
    [
      'is for the network around the source',
      out,
      [deny('a', 100, { sourceAddressPrefix: "'VirtualNetwork'" })],
      'deny by a',
    ],
    ['is for the internet', out, [deny('a', 100, { destinationAddressPrefix: "'Internet'" })], 'deny by a'],
    ['is for all of IPv4', out, [deny('a', 100, { destinationAddressPrefix: "'0.0.0.0/0'" })], 'deny by a'],
    ['is not for IPv6 alone', out, [deny('a', 100, { destinationAddressPrefix: "'::/0'" })], 'allow by default'],
    [
      'is not for another service',
      out,
      [deny('a', 100, { destinationAddressPrefix: "'Storage.WestEurope'" })],
      'allow by default',
    ],
    [
      'is not for private addresses',
      out,
      [deny('a', 100, { destinationAddressPrefix: "'10.0.0.0/8'" })],
      'allow by default',
    ],
    [
      'is not for the network',
      out,
      [deny('a', 100, { destinationAddressPrefix: "'VirtualNetwork'" })],
      'allow by default',
    ],
    [
      'is for the pods by their prefix',
      fromPods,
      [deny('a', 100, { ...inbound, sourceAddressPrefix: "'10.244.0.0/16'" })],
      'deny by a',
    ],
    [
      'is for the load balancer',
      probe,
      [deny('a', 100, { ...inbound, sourceAddressPrefix: "'AzureLoadBalancer'" })],
      'deny by a',
    ],
    [
      'is for the address of the host',
      probe,
      [deny('a', 100, { ...inbound, sourceAddressPrefix: "'168.63.129.16'" })],
      'deny by a',
    ],
  ])('%s', (_, flow, rules, expected) => {
    expect(decide(flow, rules)).toBe(expected);
  });
});

describe('nothing is decided', () => {
  const last = deny('last', 4096);
  test.each<readonly [string, string]>([
    ['an unknown priority', allow('a', 'pInt')],
    ['an unknown direction', allow('a', 100, { direction: 'p' })],
    ['an unknown access', rule('a', 100, 'p')],
    ['an unknown protocol', allow('a', 100, { protocol: 'p' })],
    ['an unknown port', allow('a', 100, { destinationPortRange: 'p' })],
    ['a port that cannot be read', allow('a', 100, { destinationPortRange: "'443,80'" })],
    ['source ports of its own', allow('a', 100, { sourcePortRange: "'1024-65535'" })],
    ['an unknown source', allow('a', 100, { sourceAddressPrefix: 'p' })],
    ['a part of the source', allow('a', 100, { sourceAddressPrefix: "'10.1.0.0/25'" })],
    ['unknown destinations', allow('a', 100, { destinationAddressPrefix: '', destinationAddressPrefixes: 'pList' })],
    ['a public prefix', allow('a', 100, { destinationAddressPrefix: "'20.0.0.0/8'" })],
    ['a tag that may hold the registry', allow('a', 100, { destinationAddressPrefix: "'AzureCloud.WestEurope'" })],
    [
      'an application security group',
      allow('a', 100, { sourceAddressPrefix: '', sourceApplicationSecurityGroups: "[{ id: resourceId('x/y', 'z') }]" }),
    ],
    ['the same priority', allow('a', 4096)],
  ])('behind a rule that allows with %s', (_, first) => {
    expect(decide(out, [first, last])).toBe('unknown');
  });

  test('behind a rule under a condition of its own', () => {
    const child = `resource child 'Microsoft.Network/networkSecurityGroups/securityRules@2024-05-01' = if (flag) {
  parent: group
  name: 'a'
  properties: { priority: 100, access: 'Allow', direction: 'Outbound', protocol: '*', sourceAddressPrefix: '*', sourcePortRange: '*', destinationAddressPrefix: '*', destinationPortRange: '*' }
}`;
    expect(decide(out, [last], child)).toBe('unknown');
    expect(decide(out, [last], child.replace('if (flag) ', ''))).toBe('allow by a');
  });

  test('in a list with parts that are not known, or beside a module that is not', () => {
    expect(decide(out, ['...pList', last])).toBe('unknown');
    expect(decide(out, [last], "module rest './rest.bicep' = { name: 'rest' }")).toBe('unknown');
  });

  test('for the registry where the network tag may hold public addresses', () => {
    const network = allow('a', 100, { destinationAddressPrefix: "'VirtualNetwork'" });
    expect(decide({ ...out, destination: registryEnd('registry', 'unknown') }, [network, last])).toBe('unknown');
  });

  test('for ends whose addresses are not known', () => {
    const somewhere: FlowEnd = networkEnd('somewhere', undefined);
    const prefix = allow('a', 100, { ...inbound, sourceAddressPrefix: "'10.1.0.0/24'" });
    const all = deny('last', 4096, inbound);
    expect(decide({ ...among, source: somewhere }, [prefix, all])).toBe('unknown');
    expect(decide({ ...among, source: somewhere }, [all])).toBe('deny by last');
    const server = hostEnd('server', cidr('10.0.0.4/32'), 'unknown');
    const network = allow('a', 100, { destinationAddressPrefix: "'VirtualNetwork'" });
    expect(decide({ ...out, destination: server }, [network, last])).toBe('unknown');
  });
});

test('a rule that may be for the flow does not matter where it does the same', () => {
  expect(decide(out, [deny('a', 100, { destinationPortRange: 'p' }), deny('b', 200)])).toBe('deny by b');
});

test('a group that is declared elsewhere decides nothing', () => {
  const model = bicepModel(
    "resource group 'Microsoft.Network/networkSecurityGroups@2024-05-01' existing = { name: 'group' }",
  );
  const [group] = model.networkSecurityGroups;
  expect(group && decideFlow(model, group, out).access).toBe('unknown');
});

import { describe, expect, it } from 'vitest';
import { missingRegistryTags, pinsRegistry, routesReachRegistry } from '../../../src/model/egress.ts';
import { firewallsAllowRegistry } from '../../../src/model/firewall-egress.ts';
import type { RouteTable } from '../../../src/model/network.ts';
import { expectLinear } from '../../support/growth.ts';
import { bicepModel } from '../template/network/models.ts';

const forced =
  "{ name: 'default', properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.0.1.4' } }";

function route(prefix: string, hop = "'Internet'", name = 'other'): string {
  return `{ name: '${name}', properties: { addressPrefix: ${prefix}, nextHopType: ${hop} } }`;
}

/** A table with the default route through an appliance and those routes. */
function table(...routes: readonly string[]): RouteTable {
  const [found] = bicepModel(`param p string
param extra array
resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'table'
  properties: { routes: [${[forced, ...routes].join(', ')}] }
}
`).routeTables;
  if (found === undefined) throw new Error('no table');
  return found;
}

const registry = route("'MicrosoftContainerRegistry'");
const frontDoor = route("'AzureFrontDoor.FirstParty'");

describe('routes around a forced default route', () => {
  it.each([
    ['none', [], 'no'],
    ['both service tags', [registry, frontDoor], 'yes'],
    ['both, one of a region, in another case', [route("'microsoftcontainerregistry.WestEurope'"), frontDoor], 'yes'],
    ['one service tag', [registry], 'no'],
    ['both, but to the appliance', [registry.replace('Internet', 'VirtualAppliance'), frontDoor], 'no'],
    ['the address that guides give', [route("'204.79.197.219/32'")], 'yes'],
    ['an address in a route that is named for the registry', [route("'1.2.3.4/32'", "'Internet'", 'to-mcr')], 'yes'],
    ['an address in another route', [route("'1.2.3.4/32'")], 'no'],
    ['a block around that address', [route("'204.79.0.0/16'")], 'yes'],
    ['half of the internet', [route("'128.0.0.0/1'")], 'yes'],
    ['all of Azure', [route("'AzureCloud'")], 'yes'],
    ['private addresses', [route("'10.0.0.0/8'", "'VnetLocal'")], 'no'],
    ['a prefix that is not known', [route('p')], 'unknown'],
    ['a hop that is not known', [route("'MicrosoftContainerRegistry'", 'p'), frontDoor], 'yes'],
    ['routes that are not known', ['...extra'], 'unknown'],
  ] as const)('%s', (_, routes, expected) => {
    expect(routesReachRegistry(table(...routes))).toBe(expected);
  });

  it('tell which tags are missing', () => {
    expect(missingRegistryTags(table(registry)).map(({ tag }) => tag)).toEqual(['AzureFrontDoor.FirstParty']);
    expect(missingRegistryTags(table()).map(({ tag }) => tag)).toEqual([
      'MicrosoftContainerRegistry',
      'AzureFrontDoor.FirstParty',
    ]);
  });

  it('pin the registry only with a single address to the internet', () => {
    const pins = (...args: Parameters<typeof route>): boolean => table(route(...args)).routes.items.some(pinsRegistry);
    expect(pins("'204.79.197.219/32'")).toBe(true);
    expect(pins("'204.79.197.219/32'", "'None'")).toBe(false);
    expect(pins("'204.79.197.0/24'", "'Internet'", 'mcr')).toBe(false);
  });

  it('of a long table are read in time that grows with their number', () => {
    expectLinear(4000, (count) => {
      const long = table(
        ...Array.from({ length: count }, (_, i) => route(`'10.${i >> 8}.${i & 255}.0/24'`, "'VnetLocal'")),
      );
      const items = [...long.routes.items].reverse();
      return () => expect(routesReachRegistry({ ...long, routes: { ...long.routes, items } })).toBe('no');
    });
  });
});

describe('rules of firewalls', () => {
  const firewall = (kind: 'application' | 'network', rule: string, action = 'Allow'): string => `param p string
resource firewall 'Microsoft.Network/azureFirewalls@2024-05-01' = {
  name: 'firewall'
  properties: {
    ${kind}RuleCollections: [
      { name: 'aks', properties: { priority: 100, action: { type: '${action}' }, rules: [${rule}] } }
    ]
  }
}
`;
  const verdict = (text: string): string => firewallsAllowRegistry(bicepModel(text));

  it.each([
    ['the tag for AKS', 'application', "{ name: 'r', fqdnTags: ['azurekubernetesservice'] }", 'yes'],
    ['the registry', 'application', "{ name: 'r', targetFqdns: ['MCR.microsoft.com'] }", 'yes'],
    ['a domain around it', 'application', "{ name: 'r', targetFqdns: ['*.microsoft.com'] }", 'yes'],
    ['every name', 'application', "{ name: 'r', targetFqdns: ['*'] }", 'yes'],
    ['only what its layers come from', 'application', "{ name: 'r', targetFqdns: ['*.data.mcr.microsoft.com'] }", 'no'],
    ['another name', 'application', "{ name: 'r', targetFqdns: ['github.com'] }", 'no'],
    ['another tag', 'application', "{ name: 'r', fqdnTags: ['WindowsUpdate'] }", 'no'],
    ['a name that is not known', 'application', "{ name: 'r', targetFqdns: [p] }", 'unknown'],
    ['names that are not known', 'application', "{ name: 'r', targetFqdns: split(p, ',') }", 'unknown'],
    ['its service tag', 'network', "{ name: 'r', destinationAddresses: ['MicrosoftContainerRegistry'] }", 'yes'],
    ['everything', 'network', "{ name: 'r', destinationAddresses: ['*'] }", 'yes'],
    ['its name', 'network', "{ name: 'r', destinationFqdns: ['mcr.microsoft.com'] }", 'yes'],
    [
      'everything, but only time',
      'network',
      "{ name: 'r', destinationAddresses: ['*'], destinationPorts: ['123'] }",
      'no',
    ],
    ['a range of ports', 'network', "{ name: 'r', destinationAddresses: ['*'], destinationPorts: ['400-500'] }", 'yes'],
    ['a port that is not known', 'network', "{ name: 'r', destinationAddresses: ['*'], destinationPorts: [p] }", 'yes'],
    ['everything, but by UDP', 'network', "{ name: 'r', destinationAddresses: ['*'], protocols: ['UDP'] }", 'no'],
    [
      'the registry, but without encryption',
      'application',
      "{ name: 'r', targetFqdns: ['*'], protocols: [{ protocolType: 'Http', port: 80 }] }",
      'no',
    ],
    ['a private block', 'network', "{ name: 'r', destinationAddresses: ['10.0.0.0/8'] }", 'no'],
  ] as const)('allow %s', (_, kind, rule, expected) => {
    expect(verdict(firewall(kind, rule))).toBe(expected);
  });

  it('count for nothing where they deny', () => {
    expect(verdict(firewall('application', "{ name: 'r', targetFqdns: ['*'] }", 'Deny'))).toBe('no');
  });

  it('are not there without a firewall', () => {
    expect(verdict("var nothing = 'here'\n")).toBe('no');
  });
});

import { describe, expect, test } from 'vitest';
import { id, shortOfBoth, unknown } from './models.ts';

describe('route tables', () => {
  const table = 'Microsoft.Network/routeTables';
  const route = 'Microsoft.Network/routeTables/routes';

  test('have routes, inline and as resources, and say whether they take routes of BGP', () => {
    const [bicep, arm] = shortOfBoth('routeTables', [
      [
        table,
        {
          name: 'full',
          properties: {
            disableBgpRoutePropagation: true,
            routes: [
              {
                name: 'out',
                properties: {
                  addressPrefix: '0.0.0.0/0',
                  nextHopType: 'VirtualAppliance',
                  nextHopIpAddress: '10.0.1.4',
                },
              },
              { name: 'dark', properties: unknown },
            ],
          },
        },
      ],
      [
        route,
        { name: 'full/child', properties: { addressPrefix: 'MicrosoftContainerRegistry', nextHopType: 'Internet' } },
      ],
      [table, { name: 'dark', properties: unknown }],
      [table, { name: 'bare' }],
    ]);
    expect(bicep).toEqual([
      {
        name: 'full',
        routes: [
          { name: 'out', addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.0.1.4' },
          { name: 'dark', addressPrefix: '?', nextHopType: '?', nextHopIpAddress: '?' },
          { name: 'child', addressPrefix: 'MicrosoftContainerRegistry', nextHopType: 'Internet' },
        ],
        disableBgpRoutePropagation: 'true',
      },
      { name: 'dark', routes: ['...'], disableBgpRoutePropagation: '?' },
      { name: 'bare' },
    ]);
    expect(arm).toEqual(bicep);
  });

  test('are complete although routes of other tables stand around', () => {
    const [bicep, arm] = shortOfBoth('routeTables', [
      [table, { name: 'mine', properties: { routes: [] } }],
      [route, { name: 'theirs/out', properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'None' } }],
    ]);
    expect(bicep).toEqual([{ name: 'mine' }]);
    expect(arm).toEqual(bicep);
  });
});

describe('network security groups', () => {
  const group = 'Microsoft.Network/networkSecurityGroups';
  const rule = 'Microsoft.Network/networkSecurityGroups/securityRules';

  test('have rules, inline and as resources, singular and plural in one list', () => {
    const [bicep, arm] = shortOfBoth('networkSecurityGroups', [
      [
        group,
        {
          name: 'full',
          properties: {
            securityRules: [
              {
                name: 'deny',
                properties: {
                  direction: 'Outbound',
                  access: 'Deny',
                  priority: 4096,
                  protocol: '*',
                  sourceAddressPrefix: '10.0.0.0/24',
                  sourceAddressPrefixes: ['10.0.1.0/24'],
                  sourcePortRange: '*',
                  destinationAddressPrefix: 'Internet',
                  destinationPortRanges: ['80', 443],
                  destinationApplicationSecurityGroups: [
                    { id: id('Microsoft.Network/applicationSecurityGroups', 'asg') },
                  ],
                },
              },
              { name: 'dark', properties: { direction: 'Inbound', destinationPortRange: unknown, priority: unknown } },
            ],
          },
        },
      ],
      [rule, { name: 'full/child', properties: { direction: 'Inbound', access: 'Allow', priority: 100 } }],
      [group, { name: 'dark', properties: unknown }],
      [group, { name: 'bare' }],
    ]);
    expect(bicep).toEqual([
      {
        name: 'full',
        securityRules: [
          {
            name: 'deny',
            direction: 'Outbound',
            access: 'Deny',
            priority: '4096',
            protocol: '*',
            sourceAddressPrefixes: ['10.0.0.0/24', '10.0.1.0/24'],
            destinationAddressPrefixes: ['Internet'],
            sourcePortRanges: ['*'],
            destinationPortRanges: ['80', '443'],
            destinationApplicationSecurityGroups: ['applicationsecuritygroups/asg'],
          },
          { name: 'dark', direction: 'Inbound', priority: '?', destinationPortRanges: ['?'] },
          { name: 'child', direction: 'Inbound', access: 'Allow', priority: '100' },
        ],
      },
      { name: 'dark', securityRules: ['...'] },
      { name: 'bare' },
    ]);
    expect(arm).toEqual(bicep);
  });
});

import { expect, test } from 'vitest';
import { id, shortOfBoth, unknown } from './models.ts';

const subnet = { id: id('Microsoft.Network/virtualNetworks/subnets', 'vnet', 'edge') };
const address = { id: id('Microsoft.Network/publicIPAddresses', 'ip') };

test('NAT gateways', () => {
  const type = 'Microsoft.Network/natGateways';
  const [bicep, arm] = shortOfBoth('natGateways', [
    [
      type,
      {
        name: 'full',
        sku: { name: 'StandardV2' },
        zones: ['1', 2],
        properties: {
          idleTimeoutInMinutes: 4,
          publicIpAddresses: [address],
          publicIpAddressesV6: [{ id: unknown }],
          publicIpPrefixes: [{ id: id('Microsoft.Network/publicIPPrefixes', 'prefix') }],
        },
      },
    ],
    [type, { name: 'dark', sku: unknown, zones: unknown, properties: unknown }],
    [type, { name: 'bare' }],
  ]);
  expect(bicep).toEqual([
    {
      name: 'full',
      sku: { name: 'StandardV2' },
      zones: ['1', '2'],
      publicIpAddresses: ['publicipaddresses/ip', '?'],
      publicIpPrefixes: ['publicipprefixes/prefix'],
      idleTimeoutInMinutes: '4',
    },
    {
      name: 'dark',
      sku: { name: '?' },
      zones: ['...'],
      publicIpAddresses: ['...'],
      publicIpPrefixes: ['...'],
      idleTimeoutInMinutes: '?',
    },
    { name: 'bare' },
  ]);
  expect(arm).toEqual(bicep);
});

test('public IP addresses and prefixes', () => {
  const resources = [
    [
      'Microsoft.Network/publicIPAddresses',
      {
        name: 'full',
        sku: { name: 'Standard', tier: 'Regional' },
        zones: ['1'],
        properties: {
          publicIPAllocationMethod: 'Static',
          publicIPAddressVersion: 'IPv4',
          ipAddress: '20.1.2.3',
          publicIPPrefix: { id: id('Microsoft.Network/publicIPPrefixes', 'full') },
        },
      },
    ],
    ['Microsoft.Network/publicIPAddresses', { name: 'dark', sku: { name: unknown }, properties: unknown }],
    ['Microsoft.Network/publicIPAddresses', { name: 'bare' }],
    [
      'Microsoft.Network/publicIPPrefixes',
      {
        name: 'full',
        sku: { name: 'Standard' },
        properties: { prefixLength: 28, publicIPAddressVersion: 'IPv4', ipPrefix: '20.1.2.0/28' },
      },
    ],
    ['Microsoft.Network/publicIPPrefixes', { name: 'dark', properties: { prefixLength: unknown } }],
  ] as const;
  const [bicep, arm] = shortOfBoth('publicIPAddresses', resources);
  expect(bicep).toEqual([
    {
      name: 'full',
      sku: { name: 'Standard', tier: 'Regional' },
      publicIPAllocationMethod: 'Static',
      publicIPAddressVersion: 'IPv4',
      ipAddress: '20.1.2.3',
      zones: ['1'],
      publicIPPrefix: 'publicipprefixes/full',
    },
    {
      name: 'dark',
      sku: { name: '?' },
      publicIPAllocationMethod: '?',
      publicIPAddressVersion: '?',
      ipAddress: '?',
      publicIPPrefix: '?',
    },
    { name: 'bare' },
  ]);
  expect(arm).toEqual(bicep);
  const prefixes = shortOfBoth('publicIPPrefixes', resources);
  expect(prefixes[0]).toEqual([
    {
      name: 'full',
      sku: { name: 'Standard' },
      prefixLength: '28',
      publicIPAddressVersion: 'IPv4',
      ipPrefix: '20.1.2.0/28',
    },
    { name: 'dark', prefixLength: '?' },
  ]);
  expect(prefixes[1]).toEqual(prefixes[0]);
});

test('application gateways', () => {
  const type = 'Microsoft.Network/applicationGateways';
  const [bicep, arm] = shortOfBoth('applicationGateways', [
    [
      type,
      {
        name: 'full',
        properties: {
          sku: { name: 'WAF_v2', tier: 'WAF_v2' },
          gatewayIPConfigurations: [{ name: 'one', properties: { subnet } }],
        },
      },
    ],
    [type, { name: 'dark', properties: unknown }],
    [type, { name: 'bare' }],
  ]);
  expect(bicep).toEqual([
    { name: 'full', sku: { name: 'WAF_v2', tier: 'WAF_v2' }, subnets: ['virtualnetworks/vnet/subnets/edge'] },
    { name: 'dark', sku: { name: '?', tier: '?' }, subnets: ['...'] },
    { name: 'bare' },
  ]);
  expect(arm).toEqual(bicep);
});

test('bastion hosts', () => {
  const type = 'Microsoft.Network/bastionHosts';
  const [bicep, arm] = shortOfBoth('bastionHosts', [
    [
      type,
      {
        name: 'full',
        sku: { name: 'Basic' },
        properties: { ipConfigurations: [{ name: 'one', properties: { subnet } }] },
      },
    ],
    [type, { name: 'dark', properties: { ipConfigurations: [{ name: 'one', properties: unknown }] } }],
    [type, { name: 'bare' }],
  ]);
  expect(bicep).toEqual([
    { name: 'full', sku: { name: 'Basic' }, subnets: ['virtualnetworks/vnet/subnets/edge'] },
    { name: 'dark', subnets: ['?'] },
    { name: 'bare' },
  ]);
  expect(arm).toEqual(bicep);
});

test('virtual network gateways', () => {
  const type = 'Microsoft.Network/virtualNetworkGateways';
  const [bicep, arm] = shortOfBoth('virtualNetworkGateways', [
    [
      type,
      {
        name: 'full',
        properties: {
          gatewayType: 'Vpn',
          vpnType: 'RouteBased',
          enableBgp: true,
          activeActive: false,
          sku: { name: 'VpnGw1', tier: 'VpnGw1' },
          ipConfigurations: [{ name: 'one', properties: { subnet, publicIPAddress: address } }],
        },
      },
    ],
    [type, { name: 'dark', properties: unknown }],
    [type, { name: 'bare' }],
  ]);
  expect(bicep).toEqual([
    {
      name: 'full',
      gatewayType: 'Vpn',
      vpnType: 'RouteBased',
      sku: { name: 'VpnGw1' },
      enableBgp: 'true',
      activeActive: 'false',
      subnets: ['virtualnetworks/vnet/subnets/edge'],
    },
    {
      name: 'dark',
      gatewayType: '?',
      vpnType: '?',
      sku: { name: '?' },
      enableBgp: '?',
      activeActive: '?',
      subnets: ['...'],
    },
    { name: 'bare' },
  ]);
  expect(arm).toEqual(bicep);
});

test('local network gateways', () => {
  const type = 'Microsoft.Network/localNetworkGateways';
  const [bicep, arm] = shortOfBoth('localNetworkGateways', [
    [
      type,
      {
        name: 'full',
        properties: {
          gatewayIpAddress: '20.0.0.1',
          localNetworkAddressSpace: { addressPrefixes: ['192.168.0.0/16', unknown] },
        },
      },
    ],
    [type, { name: 'dark', properties: unknown }],
    [type, { name: 'bare' }],
  ]);
  expect(bicep).toEqual([
    { name: 'full', addressPrefixes: ['192.168.0.0/16', '?'], gatewayIpAddress: '20.0.0.1' },
    { name: 'dark', addressPrefixes: ['...'], gatewayIpAddress: '?' },
    { name: 'bare' },
  ]);
  expect(arm).toEqual(bicep);
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Language } from '../rules/rule.ts';
import { parseDocument } from '../service/front-ends.ts';

/** A text to measure. */
export interface Source {
  readonly name: string;
  readonly language: Language;
  readonly text: string;
}

/** Texts that are measured together. */
export interface SourceGroup {
  readonly title: string;
  readonly sources: readonly Source[];
}

const sample = 'test/fixtures/projects/hub-and-spoke';
const corpus = '../shared/corpus';
const languages: readonly Language[] = ['bicep', 'arm', 'coredns'];
const largestCount = 5;

/** The sample workspace, one group per language. */
export function sampleGroups(): SourceGroup[] {
  const sources = readSources(sample);
  return languages.map((language) => ({
    title: `sample, ${language}`,
    sources: sources.filter((source) => source.language === language),
  }));
}

/** The largest real files of each language; empty groups where the corpus is not there. */
export function largestGroups(): SourceGroup[] {
  const sources = existsSync(corpus) ? readSources(corpus) : [];
  return languages.map((language) => {
    const own = sources.filter((source) => source.language === language);
    const largest = own.sort((a, b) => b.text.length - a.text.length).slice(0, largestCount);
    return { title: `largest ${largestCount} real, ${language}`, sources: largest };
  });
}

/** The real file of a language whose size comes closest to so many characters. */
export function realFileOfSize(language: Language, size: number): Source | undefined {
  const sources = existsSync(corpus) ? readSources(corpus) : [];
  const own = sources.filter((source) => source.language === language);
  return own.sort((a, b) => Math.abs(a.text.length - size) - Math.abs(b.text.length - size))[0];
}

let known: { readonly folder: string; readonly sources: readonly Source[] } | undefined;

function readSources(folder: string): Source[] {
  if (known?.folder !== folder) known = { folder, sources: readFolder(folder) };
  return [...known.sources];
}

function readFolder(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .filter((name) => /\.(?:bicep|jsonc?|ya?ml|corefile)$|corefile/i.test(name))
    .flatMap((name): Source[] => {
      const text = read(path.join(folder, name));
      const parsed = parseDocument({ uri: `file:///${name}`, languageId: '', version: 1, text });
      if (parsed === undefined || parsed.language === 'configuration') return [];
      return [{ name: path.basename(name), language: parsed.language, text }];
    });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    // Folders may be called like files.
    return '';
  }
}

/** How the subnets of a generated network lie: apart, or every tenth in the range of the one before it. */
export type Layout = 'apart' | 'overlapping';

function prefixOf(index: number, layout: Layout): string {
  const place = layout === 'overlapping' && index % 10 === 9 ? index - 1 : index;
  return `10.${place >> 8}.${place & 255}.0/24`;
}

/** A Bicep file with one network of so many subnets and a cluster in the first. */
export function bicepSubnets(count: number, layout: Layout = 'apart'): Source {
  const subnets = Array.from(
    { length: count },
    (_, i) =>
      `      {\n        name: 'snet-${i}'\n        properties: {\n          addressPrefix: '${prefixOf(i, layout)}'\n` +
      `          routeTable: { id: routes.id }\n        }\n      }\n`,
  );
  const text = `param location string = resourceGroup().location

resource routes 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt'
  location: location
  properties: {
    routes: [
      { name: 'default', properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'Internet' } }
    ]
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/8'] }
    subnets: [
${subnets.join('')}    ]
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2024-09-01' = {
  name: 'aks'
  location: location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [
      { name: 'system', mode: 'System', count: 3, maxPods: 30, vnetSubnetID: network.properties.subnets[0].id }
    ]
    networkProfile: { networkPlugin: 'azure', serviceCidr: '172.16.0.0/16', dnsServiceIP: '172.16.0.10' }
  }
}
`;
  return { name: `${count}.bicep`, language: 'bicep', text };
}

/** {@link bicepSubnets} with so many routes and pools besides; the pools stand in subnets of their own. */
export function bicepCrowd(subnets: number, routes: number, pools: number): Source {
  const { text } = bicepSubnets(subnets);
  const route = (i: number): string =>
    `      { name: 'r${i}', properties: { addressPrefix: '172.${16 + (i >> 8)}.${i & 255}.0/24', nextHopType: 'None' } }\n`;
  const pool = (i: number): string =>
    `      { name: 'p${i}', mode: 'User', count: 3, maxPods: 30, vnetSubnetID: network.properties.subnets[${i}].id }\n`;
  const crowded = text
    .replace(/( {6}\{ name: 'default'.*\n)/, (line) => line + repeated(routes, route))
    .replace(/( {6}\{ name: 'system'.*\n)/, (line) => line + repeated(pools, pool));
  return { name: `${subnets} subnets, ${routes} routes, ${pools} pools.bicep`, language: 'bicep', text: crowded };
}

function repeated(count: number, lineOf: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => lineOf(index)).join('');
}

/** The same as an ARM template. */
export function armSubnets(count: number, layout: Layout = 'apart'): Source {
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: { location: { type: 'string', defaultValue: '[resourceGroup().location]' } },
    resources: [
      {
        type: 'Microsoft.Network/routeTables',
        apiVersion: '2024-05-01',
        name: 'rt',
        location: "[parameters('location')]",
        properties: {
          routes: [{ name: 'default', properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'Internet' } }],
        },
      },
      {
        type: 'Microsoft.Network/virtualNetworks',
        apiVersion: '2024-05-01',
        name: 'vnet',
        location: "[parameters('location')]",
        properties: {
          addressSpace: { addressPrefixes: ['10.0.0.0/8'] },
          subnets: Array.from({ length: count }, (_, i) => ({
            name: `snet-${i}`,
            properties: {
              addressPrefix: prefixOf(i, layout),
              routeTable: { id: "[resourceId('Microsoft.Network/routeTables', 'rt')]" },
            },
          })),
        },
      },
      {
        type: 'Microsoft.ContainerService/managedClusters',
        apiVersion: '2024-09-01',
        name: 'aks',
        location: "[parameters('location')]",
        properties: {
          dnsPrefix: 'aks',
          agentPoolProfiles: [
            {
              name: 'system',
              mode: 'System',
              count: 3,
              maxPods: 30,
              vnetSubnetID: "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'vnet', 'snet-0')]",
            },
          ],
          networkProfile: { networkPlugin: 'azure', serviceCidr: '172.16.0.0/16', dnsServiceIP: '172.16.0.10' },
        },
      },
    ],
  };
  return { name: `${count}.json`, language: 'arm', text: JSON.stringify(template, undefined, 2) };
}

/** A `coredns-custom` ConfigMap with so many server blocks. */
export function corednsBlocks(count: number): Source {
  const blocks = Array.from(
    { length: count },
    (_, i) =>
      `    zone-${i}.example:53 {\n        errors\n        cache 30\n        forward . 10.0.${(i >> 8) & 255}.${i & 255}\n    }\n`,
  );
  const text = `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  zones.server: |
${blocks.join('')}`;
  return { name: `${count}.yaml`, language: 'coredns', text };
}

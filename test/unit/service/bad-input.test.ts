import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/service/analysis.ts';
import { renderFix } from '../../../src/service/code-actions.ts';
import { hoverAt } from '../../../src/service/hover.ts';
import { defaultSettings } from '../../../src/service/settings.ts';
import { analyseText, fixturesFolder, isUpdating, markersOf } from '../../support/fixtures.ts';
import { readMarkers, writeMarkers } from '../../support/markers.ts';

/** Everything that the service says about a text: it has to end, not to throw, and to point at text that is there. */
function survive(name: string, text: string): string[] {
  const document = { uri: `file:///${name}`, languageId: '', version: 1, text };
  const analysis = analyse(document, defaultSettings, (rule, _, error) => {
    throw new Error(`Rule ${rule} failed`, { cause: error });
  });
  if (analysis === undefined) return [];
  for (const { location, related } of analysis.diagnostics) {
    for (const { uri, span } of [location, ...related.map((other) => other.location)]) {
      if (uri !== document.uri || (span.start >= 0 && span.start <= span.end && span.end <= text.length)) continue;
      throw new Error(`${span.start}-${span.end} is no part of ${name}`);
    }
    const said = text.slice(location.span.start, location.span.end);
    if (/[\r\n]/.test(said)) throw new Error(`a finding spans lines: ${JSON.stringify(said)}`);
  }
  for (const { fixes } of analysis.diagnostics.slice(0, 20)) {
    for (const fix of fixes) expect(renderFix(analysis, fix)).toBeDefined();
  }
  hoverAt(analysis, Math.floor(text.length / 2));
  return analysis.diagnostics.map(({ rule, message }) => `${rule}: ${message}`);
}

const schema = '"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"';

function repeat<T>(count: number, of: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => of(index));
}

/** `10.x.y.z/28`, the block at that index. */
function block(index: number): string {
  const address = index * 16;
  return `10.${(address >> 16) & 255}.${(address >> 8) & 255}.${address & 255}/28`;
}

function armNetwork(subnets: readonly string[], space = '10.0.0.0/8'): string {
  const items = subnets.map((prefix, i) => `{"name":"s${i}","properties":{"addressPrefix":"${prefix}"}}`);
  return `{${schema},"contentVersion":"1.0.0.0","resources":[{"type":"Microsoft.Network/virtualNetworks","apiVersion":"2024-05-01","name":"v","properties":{"addressSpace":{"addressPrefixes":["${space}"]},"subnets":[\n${items.join(',\n')}]}}]}`;
}

function bicepNetwork(subnets: readonly string[]): string {
  const items = subnets.map((prefix, i) => `{ name: 's${i}', properties: { addressPrefix: '${prefix}' } }`);
  return `resource v 'Microsoft.Network/virtualNetworks@2024-05-01' = {\n  name: 'v'\n  properties: {\n    addressSpace: { addressPrefixes: ['10.0.0.0/8'] }\n    subnets: [\n${items.join('\n')}\n    ]\n  }\n}\n`;
}

const samples: readonly (readonly [name: string, text: string])[] = [
  ['main.bicep', bicepNetwork(['10.1.0.0/24', '10.1.0.1/24', 'x'])],
  ['main.json', armNetwork(['10.1.0.0/24', '10.1.0.1/24', 'x'])],
  [
    'dns.yaml',
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns-custom\n  namespace: kube-system\ndata:\n  a.server: |\n    corp.example:53 {\n      forwrd . 10.0.0.10\n  b.override: 'hosts {'\n",
  ],
];

/** Characters that look like nothing: the same ones each time. */
function junk(length: number, range: number): string {
  let state = 1;
  return repeat(length, () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fff_ffff;
    return String.fromCharCode((state >> 8) % range);
  }).join('');
}

describe.each(samples)('%s', (name, text) => {
  it('has something wrong with it', () => {
    expect(survive(name, text).length).toBeGreaterThan(1);
  });

  it('may be cut off anywhere', () => {
    for (let end = 0; end < text.length; end++) survive(name, text.slice(0, end));
  });

  it('may begin anywhere', () => {
    for (let start = 0; start < text.length; start += 3) survive(name, text.slice(start));
  });

  it('may lose any of its characters', () => {
    for (let at = 0; at < text.length; at++) survive(name, text.slice(0, at) + text.slice(at + 1));
  });

  it.each([
    ['Windows line breaks', (from: string) => from.replaceAll('\n', '\r\n')],
    ['old Mac line breaks', (from: string) => from.replaceAll('\n', '\r')],
    ['a byte order mark', (from: string) => `\uFEFF${from}`],
    ['tabs', (from: string) => from.replaceAll('  ', '\t')],
    ['a null character in every line', (from: string) => from.replaceAll('\n', '\0\n')],
    ['wide characters in names', (from: string) => from.replaceAll("'v'", "'中😀'").replaceAll('"v"', '"中😀"')],
    ['half of a surrogate pair in every line', (from: string) => from.replaceAll('\n', '\uD83D\n')],
  ])('may have %s', (_, change) => {
    survive(name, change(text));
  });

  it.each([256, 65_536])('may be followed by junk of %i kinds of characters', (range) => {
    survive(name, text + junk(20_000, range));
    survive(name, junk(20_000, range));
  });
});

describe('fixtures of bad input', () => {
  const folder = path.join(fixturesFolder, 'bad-input');

  it.each(readdirSync(folder))('%s says what its markers say', (file) => {
    const text = readFileSync(path.join(folder, file), 'utf8');
    survive(file, text);
    const found = markersOf(analyseText(file, text, defaultSettings)).sort(
      (a, b) => a.line - b.line || a.start - b.start,
    );
    if (isUpdating) writeFileSync(path.join(folder, file), writeMarkers(text, found, '//'));
    else expect(found).toEqual(readMarkers(text));
  });
});

describe('large input', () => {
  it('of ten megabytes ends', { timeout: 60_000 }, () => {
    const note = 'x'.repeat(150);
    const text = armNetwork(repeat(50_000, block)).replaceAll('{"name":', `{"note":"${note}","name":`);
    expect(text.length).toBeGreaterThan(10_000_000);
    expect(survive('main.json', text)).toEqual([expect.stringContaining('50,000 subnets')]);
  });

  it.each([
    ['brackets', 'main.json', `{${schema}, "variables": ${'['.repeat(5000)}${']'.repeat(5000)}}`],
    ['objects', 'main.json', `{${schema}, "variables": ${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`],
    [
      'resources',
      'main.json',
      `{${schema}, "resources": [${'{"type":"a/b","name":"x","resources":['.repeat(5000)}${']}'.repeat(5000)}]}`,
    ],
    ['brackets', 'main.bicep', `var a = ${'['.repeat(5000)}${']'.repeat(5000)}\n`],
    ['choices', 'main.bicep', `var a = ${'true ? 1 : '.repeat(5000)}2\n`],
    ['interpolations', 'main.bicep', `var a = ${"'${".repeat(5000)}1${"}'".repeat(5000)}\n`],
    ['sums', 'main.bicep', `var a = 1${' + 1'.repeat(50_000)}\n`],
  ])('with thousands of levels of %s in %s is refused with a finding', (_, name, text) => {
    const [first, ...others] = survive(name, text);
    expect(first).toMatch(/^(arm|bicep)-syntax: .*(deep|nested)/);
    expect(others).toEqual([]);
  });

  it('in a text of a megabyte is quoted by its ends', () => {
    const long = '1'.repeat(1_000_000);
    const text = `${bicepNetwork([long])}output host string = cidrHost('${long}', 0)\n`;
    const found = survive('main.bicep', text);
    expect(found).toEqual([
      expect.stringMatching(/^cidr-syntax: "1+ … 1+" is not an IP address prefix\. Write /),
      expect.stringMatching(/^function-argument-invalid: "1+ … 1+" is not an address prefix/),
    ]);
    for (const message of found) expect(message.length).toBeLessThan(3_000);
  });

  it('costs rules time that grows with the number of subnets', { timeout: 60_000 }, () => {
    const prefixes = repeat(5000, block);
    const count = (name: string, text: string, rule: string): number =>
      survive(name, text).filter((found) => found.startsWith(`${rule}:`)).length;
    expect(count('main.json', armNetwork(prefixes), 'subnet-overlap')).toBe(0);
    expect(count('main.bicep', bicepNetwork(prefixes), 'subnet-overlap')).toBe(0);
    const twice = armNetwork(prefixes.map((_, i) => block(i >> 1)));
    expect(count('main.json', twice, 'subnet-overlap')).toBe(2500);
    expect(count('main.json', armNetwork(prefixes, '192.168.0.0/16'), 'subnet-outside-vnet')).toBe(5000);
    expect(count('main.json', armNetwork(prefixes.map(() => '10.0.0.0/24')), 'subnet-overlap')).toBe(4999);
  });

  it('with subnets that all hang on conditions of their own ends', () => {
    const conditional = repeat(
      3000,
      (i) =>
        `param c${i} bool\nresource s${i} 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = if (c${i}) {\n  parent: v\n  name: 's${i}'\n  properties: { addressPrefix: '10.0.0.0/24' }\n}\n`,
    );
    expect(survive('main.bicep', bicepNetwork([]) + conditional.join(''))).toEqual([]);
  });

  it('with many pools, tables and clusters ends', () => {
    const tables = repeat(
      500,
      (i) =>
        `resource t${i} 'Microsoft.Network/routeTables@2024-05-01' = {\n  name: 't${i}'\n  properties: { routes: [{ name: 'd', properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'None' } }] }\n}\n`,
    );
    const subnets = repeat(
      5000,
      (i) => `{ name: 's${i}', properties: { addressPrefix: '${block(i)}', routeTable: { id: t${i % 500}.id } } }`,
    );
    const network = bicepNetwork([]).replace('subnets: [', `subnets: [\n${subnets.join('\n')}`);
    const clusters = repeat(100, (c) => {
      const pools = repeat(20, (p) => `{ name: 'p${p}', count: 1, vnetSubnetID: '\${v.id}/subnets/s${c * 50 + p}' }`);
      return `resource c${c} 'Microsoft.ContainerService/managedClusters@2025-01-01' = {\n  name: 'c${c}'\n  properties: {\n    agentPoolProfiles: [\n${pools.join('\n')}\n]\n    networkProfile: { networkPlugin: 'azure' }\n  }\n}\n`;
    });
    const found = survive('main.bicep', network + tables.join('') + clusters.join(''));
    expect(found.filter((text) => text.startsWith('service-cidr-default-overlap'))).toHaveLength(100);
    expect(found.filter((text) => text.startsWith('mcr-route-missing')).length).toBeGreaterThan(0);
  });
});

describe('text with more errors than anyone reads', () => {
  it('is said to be no text where it is none', () => {
    const bytes = repeat(300_000, (index) => String.fromCharCode((index * 7919) % 256)).join('');
    const utf16 = [...'param location string\n'.repeat(20)].join('\0');
    for (const text of [bytes, utf16]) {
      expect(survive('main.bicep', text)).toEqual([
        'bicep-syntax: This file does not hold text in UTF-8. Save it as UTF-8, or give it another extension.',
      ]);
    }
  });

  it('has the first of them, and one for all others', () => {
    const found = survive('main.bicep', '?\n'.repeat(1000));
    expect(found).toHaveLength(201);
    expect(found.at(-1)).toBe(
      'bicep-syntax: Syntax errors begin here that are not shown, 800 in all. Correct those above first.',
    );
  });
});

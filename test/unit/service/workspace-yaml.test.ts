import { describe, expect, test } from 'vitest';
import { Project, uriOf } from './workspace-project.ts';

const main = `var ranges = loadYamlContent('data/ranges.yaml')

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [{ name: 'nodes', properties: { addressPrefix: ranges.network.nodes } }]
  }
}
`;

const ranges = `# Ranges.
network:
  nodes: 10.1.0.7/24 # Of the first cluster.
  pods: 10.2.0.0/16
`;

function projectOf(yaml: string): Project {
  return new Project({ 'main.bicep': main, 'data/ranges.yaml': yaml });
}

/** The files in which the value is written like this; the fix makes of it what follows, where there is one. */
const spellings: readonly (readonly [name: string, yaml: string, underlined: string, fixed: string | undefined])[] = [
  ['plain', 'network:\n  nodes: 10.1.0.7/24\n', '10.1.0.7/24', 'network:\n  nodes: 10.1.0.0/24\n'],
  ['in single quotes', "network: { nodes: '10.1.0.7/24' }", '10.1.0.7/24', "network: { nodes: '10.1.0.0/24' }"],
  ['in double quotes', 'network: { nodes: "10.1.0.7/24" }', '10.1.0.7/24', 'network: { nodes: "10.1.0.0/24" }'],
  ['with an escape', 'network: { nodes: "10.1.0.7\\x2f24" }', '10.1.0.7\\x2f24', 'network: { nodes: "10.1.0.0/24" }'],
  ['as JSON', '{"network":{"nodes":"10.1.0.7/24"}}', '10.1.0.7/24', '{"network":{"nodes":"10.1.0.0/24"}}'],
  ['plain on one line', 'network: {nodes: 10.1.0.7/24, x: 1}', '10.1.0.7/24', 'network: {nodes: 10.1.0.0/24, x: 1}'],
  ['with CRLF', 'network:\r\n  nodes: 10.1.0.7/24\r\n', '10.1.0.7/24', 'network:\r\n  nodes: 10.1.0.0/24\r\n'],
  [
    'behind a mark',
    '\uFEFF---\nnetwork:\n  nodes: 10.1.0.7/24',
    '10.1.0.7/24',
    '\uFEFF---\nnetwork:\n  nodes: 10.1.0.0/24',
  ],
  [
    'before another document',
    'network: {nodes: 10.1.0.7/24}\n---\na: b\n',
    '10.1.0.7/24',
    'network: {nodes: 10.1.0.0/24}\n---\na: b\n',
  ],
  ['as a block', 'network:\n  nodes: >-\n    10.1.0.7/24\n  x: 1\n', '10.1.0.7/24', undefined],
  ['over an alias', 'nodes: &nodes 10.1.0.7/24\nnetwork:\n  nodes: *nodes\n', '10.1.0.7/24', undefined],
  ['in an anchored map', 'a: &a\n  nodes: 10.1.0.7/24\nnetwork: *a\n', '10.1.0.7/24', undefined],
  ['with a tag', 'network:\n  nodes: !!str 10.1.0.7/24\n', '10.1.0.7/24', undefined],
];

describe('a value that a template loads from YAML', () => {
  test('is reported where it is used while its file is not open, and mended where it is written', () => {
    const project = projectOf(ranges);
    expect(project.findings('main.bicep')).toEqual(['cidr-host-bits main.bicep:ranges.network.nodes']);
    expect(project.related('main.bicep')).toEqual(['data/ranges.yaml:10.1.0.7/24: It stands here.']);
    expect(project.fixed('main.bicep')).toEqual({ 'data/ranges.yaml': ranges.replace('10.1.0.7', '10.1.0.0') });
  });

  test('is reported and mended in its file as soon as that is open', () => {
    const project = projectOf(ranges);
    project.analyse('main.bicep');
    expect(project.findings('data/ranges.yaml')).toEqual(['cidr-host-bits data/ranges.yaml:10.1.0.7/24']);
    expect(project.findings('main.bicep')).toEqual([]);
    expect(project.fixed('data/ranges.yaml')).toEqual({ 'data/ranges.yaml': ranges.replace('10.1.0.7', '10.1.0.0') });
    project.service.close(uriOf('data/ranges.yaml'));
    expect(project.findings('main.bicep')).toEqual(['cidr-host-bits main.bicep:ranges.network.nodes']);
  });

  test.each(spellings)('is found and mended %s', (_, yaml, underlined, fixed) => {
    const project = projectOf(yaml);
    project.analyse('main.bicep');
    expect(project.findings('data/ranges.yaml')).toEqual([`cidr-host-bits data/ranges.yaml:${underlined}`]);
    expect(project.fixed('data/ranges.yaml')).toEqual(fixed === undefined ? {} : { 'data/ranges.yaml': fixed });
  });

  test('is left alone where a comment above it says so', () => {
    const project = projectOf(ranges.replace('  nodes', '  # aksnet-disable-next-line cidr-host-bits\n  nodes'));
    project.analyse('main.bicep');
    expect(project.findings('data/ranges.yaml')).toEqual([]);
  });

  test('may be missing from a map that others are merged into', () => {
    const pool = (network: string): string =>
      projectOf(`a: &a { nodes: 10.1.0.0/24 }\nnetwork:\n  <<: *a\n  ${network}\n`).findings('main.bicep').join();
    expect(pool('pods: 10.1.0.7/24')).toBe('');
    expect(pool('nodes: 10.1.0.7/24')).toBe('cidr-host-bits main.bicep:ranges.network.nodes');
  });

  test.each([
    ['malformed text', 'network: {nodes: 10.1.0.7/24'],
    ['a key that is there twice', 'network: {nodes: 10.1.0.7/24, nodes: 10.1.0.7/24}'],
    ['an alias of nothing', 'network: {nodes: 10.1.0.7/24, x: *x}'],
    ['an anchor that holds itself', 'network: &x {nodes: 10.1.0.7/24, x: *x}'],
    ['a key that is a list', 'network: {nodes: 10.1.0.7/24}\n? [a]\n: b'],
    ['an empty file', ''],
    ['deep nesting', `x: ${'['.repeat(9000)}${']'.repeat(9000)}\nnetwork: {nodes: 10.1.0.7/24}`],
    [
      'aliases that stand for billions',
      `${Array.from({ length: 30 }, (_, i) => `a${i}: &a${i} [${i === 0 ? 'x' : `*a${i - 1}, *a${i - 1}`}]\n`).join('')}network: {nodes: 10.1.0.7/24}`,
    ],
  ])('is unknown beside %s', (_, yaml) => {
    const project = projectOf(yaml);
    expect(project.findings('main.bicep')).toEqual([]);
    expect(project.findings('data/ranges.yaml')).toEqual([]);
  });

  test('may stand in a file of any name', () => {
    for (const name of ['ranges.txt', 'ranges', 'ranges.yml']) {
      const project = new Project({ 'main.bicep': main.replace('ranges.yaml', name), [`data/${name}`]: ranges });
      project.analyse('main.bicep');
      expect(project.findings(`data/${name}`)).toEqual([`cidr-host-bits data/${name}:10.1.0.7/24`]);
    }
  });
});

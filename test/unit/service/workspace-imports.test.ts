import { describe, expect, test } from 'vitest';
import { Project, type ProjectFiles } from './workspace-project.ts';

/** The prefixes of all networks of a file, and of their subnets behind a slash; the reason where one is not known. */
function prefixes(path: string, files: ProjectFiles): string[] {
  const { virtualNetworks, subnets } = new Project(files).analyse(path).model;
  const texts = (owner: (typeof virtualNetworks | typeof subnets)[number]): string[] =>
    owner.addressPrefixes.items.map((item) => (item.kind === 'known' ? item.value.text : item.reason.code));
  return [...virtualNetworks.flatMap(texts), ...subnets.flatMap(texts).map((text) => `/${text}`)];
}

function network(space: string, subnets = '[]'): string {
  return `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  properties: {
    addressSpace: { addressPrefixes: ${space} }
    subnets: [for (prefix, i) in ${subnets}: { name: 'subnet-\${i}', properties: { addressPrefix: prefix } }]
  }
}
`;
}

const library = `@export()
var ranges = { hub: '10.0.0.0/16', 'spoke-one': '10.1.0.0/16' }
var hidden = '10.5.0.0/16'
func shift() int => 1
@export()
func subnetOf(prefix string, index int) string => cidrSubnet(prefix, 24, index + shift())
@export()
var derived = [for i in range(0, 2): cidrSubnet(hidden, 24, i)]
@export()
type pool = { name: string, prefix: string, subnets: string[]? }
`;

describe('what a file imports', () => {
  test('is known under its name, an alias and the name of all of it', () => {
    const main = `import * as net from 'library.bicep'
import { ranges as r, subnetOf as cut, pool, 'derived' as list } from 'library.bicep'
param one pool = { name: 'one', prefix: net.ranges['spoke-one'] }
param more net.pool[] = [{ name: 'more', prefix: net.subnetOf(r.hub, 4), subnets: list }]
${network('[one.prefix, r.hub, net.derived[1]]', '[...more[0].subnets!, more[0].prefix, cut(r.hub, 7)]')}`;
    expect(prefixes('main.bicep', { 'main.bicep': main, 'library.bicep': library })).toEqual([
      ...['10.1.0.0/16', '10.0.0.0/16', '10.5.1.0/24'],
      ...['/10.5.0.0/24', '/10.5.1.0/24', '/10.0.5.0/24', '/10.0.8.0/24'],
    ]);
  });

  test('may come from a template that Bicep compiled, which has functions in a namespace of its own', () => {
    const compiled = JSON.stringify({
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      languageVersion: '2.0',
      contentVersion: '1.0.0.0',
      functions: [
        {
          namespace: '__bicep',
          members: {
            cut: {
              parameters: [{ type: 'string', name: 'prefix' }],
              output: { type: 'string', value: "[cidrSubnet(parameters('prefix'), 24, 1)]" },
            },
          },
        },
      ],
      variables: { hub: '10.0.0.0/16' },
      resources: {},
    });
    const main = `import { cut, hub } from 'library.json'
import * as library from 'library.json'
${network('[cut(hub), library.cut(library.hub)]')}`;
    expect(prefixes('main.bicep', { 'main.bicep': main, 'library.json': compiled })).toEqual([
      '10.0.1.0/24',
      '10.0.1.0/24',
    ]);
  });
});

test('an import of a file that is not there is reported once, used or not', () => {
  const main = `import { cut, Range } from 'gone.bicep'\nimport { x } from 'folder/file.json'\nimport * as far from 'br/public:a/b:1.0'\n`;
  const project = new Project({ 'main.bicep': main, 'folder/file.json': { kind: 'unreadable' } });
  expect(project.findings('main.bicep')).toEqual(['module-not-found main.bicep:gone.bicep']);
});

describe('a parameter file that extends another', () => {
  const files = {
    'main.bicep': `param space string\nparam extra string = '10.9.0.0/24'\nparam subnets array\n${network('[space, extra]', 'subnets')}`,
    'shared/root.bicepparam': `using none
var root = '10.1.0.0/16'
param space = root
param extra = '10.7.0.0/24'
param subnets = [cidrSubnet(root, 24, 0)]
`,
    'shared/middle.bicepparam': `using none\nextends 'root.bicepparam'\nparam extra = '10.8.0.0/24'\n`,
  };

  test('has its values, overrides them, and reads them as base', () => {
    const leaf = `using 'main.bicep'
extends 'shared/middle.bicepparam'
param subnets = [...base.subnets, cidrSubnet(base.space, 24, 3), base.?missing ?? '10.8.0.0/28']
`;
    expect(prefixes('leaf.bicepparam', { ...files, 'leaf.bicepparam': leaf })).toEqual([
      ...['10.1.0.0/16', '10.8.0.0/24'],
      ...['/10.1.0.0/24', '/10.1.3.0/24', '/10.8.0.0/28'],
    ]);
  });

  test('knows nothing of one that is not there', () => {
    const leaf = `using 'main.bicep'\nextends 'gone.bicepparam'\nparam space = base.space\nparam subnets = []\n`;
    expect(prefixes('leaf.bicepparam', { ...files, 'leaf.bicepparam': leaf })).toEqual(['unsupported', 'unsupported']);
  });

  test('says so where that is not there, itself or what it imports from, in the file that names it', () => {
    const project = new Project({
      ...files,
      'leaf.bicepparam': `using 'main.bicep'\nextends 'gone.bicepparam'\nparam space = '10.1.0.0/16'\nparam subnets = []\n`,
      'over.bicepparam': `using 'main.bicep'\nextends 'middle.bicepparam'\nimport { x } from 'far.bicep'\nparam space = x\nparam subnets = []\n`,
      'middle.bicepparam': `using none\nextends './gone.bicepparam'\nimport { y, z } from 'near.bicep'\n`,
      'none.bicepparam': `using 'nowhere.bicep'\nextends 'gone.bicepparam'\n`,
    });
    const found = (path: string): string[] =>
      project.findings(path).filter((finding) => finding.startsWith('module-not-found'));
    expect(found('leaf.bicepparam')).toEqual(['module-not-found leaf.bicepparam:gone.bicepparam']);
    expect(found('over.bicepparam')).toEqual(['module-not-found over.bicepparam:far.bicep']);
    const middle = ['./gone.bicepparam', 'near.bicep'].map((path) => `module-not-found middle.bicepparam:${path}`);
    expect(found('middle.bicepparam')).toEqual(middle);
    expect(found('none.bicepparam')).toEqual(
      ['nowhere.bicep', 'gone.bicepparam'].map((path) => `module-not-found none.bicepparam:${path}`),
    );
  });

  test('says nothing of one that cannot be read or was not read yet', () => {
    const leaf = `using 'main.bicep'\nextends 'locked.bicepparam'\nparam space = base.space\nparam subnets = []\n`;
    const project = new Project({
      ...files,
      'leaf.bicepparam': leaf,
      'locked.bicepparam': { kind: 'unreadable' },
    });
    expect(project.findings('leaf.bicepparam')).toEqual([]);
  });

  test('may extend itself', () => {
    const leaf = `using 'main.bicep'\nextends 'leaf.bicepparam'\nparam space = base.space\nparam subnets = []\n`;
    const all = { ...files, 'leaf.bicepparam': leaf };
    expect(prefixes('leaf.bicepparam', all)).toContain('10.9.0.0/24');
    expect(new Project(all).findings('leaf.bicepparam')).toEqual(['module-not-found leaf.bicepparam:leaf.bicepparam']);
  });

  test('is told of calls that Bicep refuses, in its own file and in the other', () => {
    const project = new Project({
      ...files,
      'leaf.bicepparam': `using 'main.bicep'\nextends 'low.bicepparam'\nparam space = cidrSubnet('10.0.0.0/24', 20, 0)\nparam subnets = []\n`,
      'low.bicepparam': `using none\nparam extra = cidrHost('10.0.0.0/30', 9)\n`,
    });
    expect(project.findings('leaf.bicepparam')).toEqual(['function-argument-invalid leaf.bicepparam:20']);
    expect(project.findings('low.bicepparam')).toEqual(['function-argument-invalid low.bicepparam:9']);
  });
});

describe('resources of which one or the other is deployed', () => {
  const pair = (condition: string): string => `param isFirst bool
resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  properties: { addressSpace: { addressPrefixes: ['10.0.0.0/16'] } }
}
resource first 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = if (isFirst) {
  parent: vnet
  name: 'first'
  properties: { addressPrefix: '10.0.0.0/24' }
}
resource second 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = if (${condition}) {
  parent: vnet
  name: 'second'
  properties: { addressPrefix: '10.0.0.128/25' }
}
`;

  test('are not held against each other', () => {
    expect(new Project({ 'main.bicep': pair('!isFirst') }).findings('main.bicep')).toEqual([]);
  });

  test('are where both are deployed under the same condition', () => {
    expect(new Project({ 'main.bicep': pair('isFirst') }).findings('main.bicep')).toEqual([
      'subnet-overlap main.bicep:10.0.0.128/25',
    ]);
  });
});

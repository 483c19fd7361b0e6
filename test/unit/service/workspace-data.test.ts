import { describe, expect, test } from 'vitest';
import { Project, uriOf } from './workspace-project.ts';

const ranges = `{
  "network": { "space": "10.1.0.0/16", "nodes": "10.1.0.7/24" },
  "subnets": [{ "name": "pods", "properties": { "addressPrefix": "10.2.0.0/24" } }]
}
`;

function network(...subnets: readonly string[]): string {
  return `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  properties: {
    addressSpace: { addressPrefixes: [ranges.network.space] }
    subnets: ${subnets.join('\n')}
  }
}
`;
}

const nodes = `[{ name: 'nodes', properties: { addressPrefix: ranges.network.nodes } }]`;
const load = `var ranges = loadJsonContent('data/ranges.json')\n`;
const files = { 'main.bicep': load + network(nodes), 'data/ranges.json': ranges };

describe('a value that a template loads from JSON', () => {
  test('is reported where it is used while its file is not open, and mended where it is written', () => {
    const project = new Project(files);
    expect(project.findings('main.bicep')).toEqual(['cidr-host-bits main.bicep:ranges.network.nodes']);
    expect(project.related('main.bicep')).toEqual(['data/ranges.json:10.1.0.7/24: It stands here.']);
    expect(project.fixed('main.bicep')).toEqual({
      'data/ranges.json': ranges.replace('10.1.0.7/24', '10.1.0.0/24'),
    });
  });

  test('is reported and mended in its file as soon as that is open', () => {
    const project = new Project(files);
    project.analyse('main.bicep');
    expect(project.findings('data/ranges.json')).toEqual(['cidr-host-bits data/ranges.json:10.1.0.7/24']);
    expect(project.findings('main.bicep')).toEqual([]);
    expect(project.related('data/ranges.json')).toEqual(['main.bicep:ranges.network.nodes: The value is used here.']);
    expect(project.fixed('data/ranges.json')).toEqual({
      'data/ranges.json': ranges.replace('10.1.0.7/24', '10.1.0.0/24'),
    });
    project.service.close(uriOf('data/ranges.json'));
    expect(project.findings('main.bicep')).toEqual(['cidr-host-bits main.bicep:ranges.network.nodes']);
  });

  test('is reported where the file is loaded if the value itself is never named', () => {
    const project = new Project({ ...files, 'main.bicep': load + network('ranges.subnets') });
    expect(project.findings('main.bicep')).toEqual([
      `subnet-outside-vnet main.bicep:loadJsonContent('data/ranges.json')`,
    ]);
    expect(project.findings('data/ranges.json')).toEqual(['subnet-outside-vnet data/ranges.json:10.2.0.0/24']);
    expect(project.related('data/ranges.json')).toContain(
      `main.bicep:loadJsonContent('data/ranges.json'): The file is loaded here.`,
    );
  });

  test('is reported through the modules and parameter files that pass it on', () => {
    const project = new Project({
      'main.bicepparam': `using 'main.bicep'\nparam ranges = loadJsonContent('data/ranges.json')\n`,
      'main.bicep': `param ranges object\nmodule inner 'inner.bicep' = {\n  name: 'inner'\n  params: { ranges: ranges }\n}\n`,
      'inner.bicep': `param ranges object\n${network(nodes)}`,
      'data/ranges.json': ranges,
    });
    expect(project.findings('main.bicepparam')).toEqual([
      `cidr-host-bits main.bicepparam:loadJsonContent('data/ranges.json')`,
    ]);
    expect(project.findings('data/ranges.json')).toEqual(['cidr-host-bits data/ranges.json:10.1.0.7/24']);
    expect(project.findings('main.bicepparam')).toEqual([]);
  });

  test('follows what is typed in either file', () => {
    const project = new Project(files);
    project.analyse('main.bicep');
    project.analyse('data/ranges.json');
    project.write('data/ranges.json', ranges.replace('10.1.0.7/24', '10.1.0.0/24'));
    expect(project.findings('data/ranges.json')).toEqual([]);
    project.write('main.bicep', network(nodes).replaceAll('ranges.', 'other.'));
    expect(project.findings('main.bicep')).toEqual([]);
    expect(project.tryAnalyse('data/ranges.json')).toBeUndefined();
  });

  test('may stand under a path', () => {
    for (const [path, place] of [
      ['$.network.nodes', '10.1.0.7/24'],
      ["network['nodes']", '10.1.0.7/24'],
      ['.subnets[0].properties.addressPrefix', '10.2.0.0/24'],
    ]) {
      const subnet = `[{ name: 'x', properties: { addressPrefix: loadJsonContent('data/ranges.json', '${path?.replaceAll("'", "\\'")}') } }]`;
      const project = new Project({ ...files, 'main.bicep': load + network(subnet) });
      project.analyse('main.bicep');
      expect(project.findings('data/ranges.json')).toEqual([expect.stringContaining(`data/ranges.json:${place}`)]);
    }
  });

  test('is not known under a path that leads nowhere or that selects many', () => {
    for (const path of ['$.network.pods', '$..nodes', '$.network.*', 'subnets[7]']) {
      const subnet = `[{ name: 'x', properties: { addressPrefix: loadJsonContent('data/ranges.json', '${path}') } }]`;
      const project = new Project({ ...files, 'main.bicep': load + network(subnet) });
      expect(project.model('main.bicep')['subnets']).toMatchObject([
        { addressPrefixes: { items: [{ state: 'unknown' }] } },
      ]);
    }
  });

  test('may be text that is read as JSON right there', () => {
    const text = `var ranges = json(loadTextContent('data/ranges.json'))\n`;
    const project = new Project({ ...files, 'main.bicep': text + network(nodes) });
    expect(project.findings('main.bicep')).toEqual(['cidr-host-bits main.bicep:ranges.network.nodes']);
    expect(project.fixed('main.bicep')).toEqual({
      'data/ranges.json': ranges.replace('10.1.0.7/24', '10.1.0.0/24'),
    });
    expect(project.findings('data/ranges.json')).toEqual(['cidr-host-bits data/ranges.json:10.1.0.7/24']);
    const whole = new Project({ ...files, 'main.bicep': text + network('ranges.subnets') });
    expect(whole.findings('main.bicep')).toEqual([
      "subnet-outside-vnet main.bicep:loadTextContent('data/ranges.json')",
    ]);
  });

  test('may have comments, a byte order mark and trailing commas around it', () => {
    const project = new Project({
      ...files,
      'data/ranges.json': `\uFEFF// Ranges.\n${ranges.replace('24" }', '24", }')}`,
    });
    project.analyse('main.bicep');
    expect(project.findings('data/ranges.json')).toEqual(['cidr-host-bits data/ranges.json:10.1.0.7/24']);
  });
});

describe('a comment in a template', () => {
  const silence = (rule: string): string => `// aksnet-disable-next-line ${rule}\n`;
  const quiet = nodes.replace('{', `\n${silence('cidr-host-bits')}{`);
  const used = load + network(quiet);

  test('silences what it uses of JSON, whether that is open or not', () => {
    const project = new Project({ ...files, 'main.bicep': used });
    expect(project.findings('main.bicep')).toEqual([]);
    expect(project.findings('data/ranges.json')).toEqual([]);
    expect(project.findings('main.bicep')).toEqual([]);
    project.write('main.bicep', files['main.bicep']);
    project.analyse('main.bicep');
    expect(project.findings('data/ranges.json')).toEqual(['cidr-host-bits data/ranges.json:10.1.0.7/24']);
  });

  test('silences what is never named where the file is loaded, and only there', () => {
    const whole = new Project({
      ...files,
      'main.bicep': silence('subnet-outside-vnet') + load + network('ranges.subnets'),
    });
    const named = new Project({ ...files, 'main.bicep': silence('cidr-host-bits') + load + network(nodes) });
    for (const path of ['main.bicep', 'data/ranges.json', 'main.bicep']) {
      expect(whole.findings(path)).toEqual([]);
      expect(named.findings(path)).toContainEqual(expect.stringMatching(/^(cidr-host-bits|suppression-unused)/));
    }
  });

  test('silences nothing that another template uses too', () => {
    const project = new Project({ ...files, 'main.bicep': used, 'other.bicep': files['main.bicep'] });
    for (const path of ['main.bicep', 'other.bicep']) project.analyse(path);
    expect(project.findings('data/ranges.json')).toEqual(['cidr-host-bits data/ranges.json:10.1.0.7/24']);
    expect(project.related('data/ranges.json')).toEqual(['other.bicep:ranges.network.nodes: The value is used here.']);
    expect(project.findings('main.bicep')).toEqual([]);
  });

  test('silences what a module uses, and what a parameter file passes on', () => {
    const passing = {
      'main.bicepparam': `using 'inner.bicep'\nparam ranges = loadJsonContent('data/ranges.json')\n`,
      'inner.bicep': `param ranges object\n${network(nodes)}`,
      'data/ranges.json': ranges,
    };
    const inModule = {
      ...passing,
      'inner.bicep': `param ranges object\n${network(quiet)}`,
    };
    const inFile = {
      ...passing,
      'main.bicepparam': passing['main.bicepparam'].replace('param', `${silence('cidr-host-bits')}param`),
    };
    for (const all of [inModule, inFile]) {
      const project = new Project(all);
      for (const path of ['main.bicepparam', 'data/ranges.json', 'main.bicepparam']) {
        expect(project.findings(path)).toEqual([]);
      }
    }
  });
});

describe('a file that a template loads', () => {
  test('is left alone by itself, whatever is wrong with it', () => {
    const project = new Project({ ...files, 'data/ranges.json': '{ "network": ' });
    expect(project.findings('main.bicep')).toEqual([]);
    expect(project.findings('data/ranges.json')).toEqual([]);
  });

  test('is none of ours without the template', () => {
    expect(new Project(files).tryAnalyse('data/ranges.json')).toBeUndefined();
  });

  test('is still a template where it is one', () => {
    const template = {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      network: { space: '10.1.0.0/16', nodes: '10.1.0.7/24' },
      resources: [],
    };
    const project = new Project({ ...files, 'data/ranges.json': JSON.stringify(template) });
    expect(project.findings('data/ranges.json')).toEqual([]);
    expect(project.findings('main.bicep')).toEqual(['cidr-host-bits main.bicep:ranges.network.nodes']);
  });
});

import { describe, expect, test } from 'vitest';
import { random as randomNumbers } from '../net/random.ts';
import { Project, uriOf } from './workspace-project.ts';

/**
 * A workspace in which values go every way that there is: arguments, outputs, loops, conditions, imports, files that are
 * read, nested deployments, a circle, problems in modules and in outputs that nobody may ask for.
 */
const original: Readonly<Record<string, string>> = {
  'main.bicep': `import { spaces, slice } from 'shared/ranges.bicep'
param location string = 'westeurope'
param deploySpoke bool
param count int = 2
var hubSpace = spaces.hub
module hub 'modules/network.bicep' = {
  name: 'hub'
  params: { name: 'hub', space: hubSpace, subnets: [slice(hubSpace, 0), slice(hubSpace, 1)] }
}
module spoke 'modules/network.bicep' = if (deploySpoke) {
  name: 'spoke'
  params: { name: 'spoke', space: '10.9.0.0/16', subnets: hub.outputs.prefixes }
}
module many 'modules/network.bicep' = [for i in range(0, count): {
  name: 'many-\${i}'
  scope: resourceGroup('rg-\${i}')
  params: { name: 'net-\${i}', space: '10.\${i + 20}.0.0/16', subnets: ['10.\${i + 20}.0.0/24'] }
}]
module cluster 'modules/cluster.bicep' = {
  name: 'cluster'
  params: { subnetId: hub.outputs.firstSubnet, serviceCidr: '10.0.0.0/17' }
}
module legacy 'legacy/azuredeploy.json' = { name: 'legacy', params: { space: '172.16.0.0/12' } }
resource extra 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = {
  name: '\${hub.outputs.name}/extra'
  properties: { addressPrefix: cidrSubnet(hubSpace, 24, 1) }
}
output first string = hub.outputs.firstSubnet
`,
  'other.bicep': `module hub 'modules/network.bicep' = {
  name: 'hub'
  params: { name: 'other', space: '192.168.0.0/16', subnets: ['192.168.0.0/24', '192.168.0.128/25'] }
}
module circle 'modules/circle.bicep' = { name: 'circle' }
output bad string = cidrSubnet('192.168.0.0/30', 24, 0)
`,
  'modules/network.bicep': `import * as ranges from '../shared/ranges.bicep'
param name string
param space string
param subnets array
var rules = loadJsonContent('../shared/rules.json')
module routes 'routes.bicep' = { name: 'routes', params: { name: name, hop: cidrHost(space, 3) } }
resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-\${name}'
  properties: {
    addressSpace: { addressPrefixes: [space, ranges.spaces.shared] }
    subnets: [for (prefix, i) in subnets: {
      name: 'subnet-\${i}'
      properties: { addressPrefix: prefix, routeTable: { id: routes.outputs.id } }
    }]
  }
}
resource group 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: 'nsg-\${name}'
  properties: { securityRules: rules.securityRules }
}
output name string = network.name
output prefixes array = map(subnets, prefix => cidrSubnet(prefix, 25, 0))
output firstSubnet string = network.properties.subnets[0].id
output unused string = cidrHost(space, 70000)
`,
  'modules/routes.bicep': `param name string
param hop string
resource table 'Microsoft.Network/routeTables@2024-05-01' = {
  name: 'rt-\${name}'
  properties: {
    routes: [{ name: 'default', properties: { addressPrefix: '0.0.0.0/0', nextHopType: 'VirtualAppliance', nextHopIpAddress: hop } }]
  }
}
output id string = table.id
`,
  'modules/cluster.bicep': `param subnetId string
param serviceCidr string
param location string = resourceGroup().location
resource aks 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3, vnetSubnetID: subnetId }]
    networkProfile: { networkPlugin: 'azure', serviceCidr: serviceCidr, dnsServiceIP: cidrHost(serviceCidr, 9) }
  }
}
`,
  'modules/circle.bicep': `module again '../other.bicep' = { name: 'again' }
module gone 'gone.bicep' = { name: 'gone' }
`,
  'shared/ranges.bicep': `@export()
var spaces = { hub: '10.0.0.0/16', shared: '10.200.0.0/24' }
@export()
func slice(space string, index int) string => cidrSubnet(space, 24, index)
@export()
var wrong = cidrSubnet('10.0.0.0/24', 8, 0)
`,
  'shared/rules.json': `{ "securityRules": [
  { "name": "a", "properties": { "priority": 100, "direction": "Inbound", "access": "Allow", "protocol": "Tcp", "sourcePortRange": "*", "destinationPortRange": "443", "sourceAddressPrefix": "10.0.0.0/8", "destinationAddressPrefix": "*" } }
] }
`,
  'legacy/azuredeploy.json': `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": { "space": { "type": "string" } },
  "resources": [
    {
      "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "inner",
      "properties": {
        "mode": "Incremental",
        "expressionEvaluationOptions": { "scope": "inner" },
        "parameters": { "space": { "value": "[parameters('space')]" } },
        "template": {
          "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
          "contentVersion": "1.0.0.0",
          "parameters": { "space": { "type": "string" } },
          "resources": [
            {
              "type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01", "name": "legacy",
              "properties": { "addressSpace": { "addressPrefixes": ["[parameters('space')]"] }, "subnets": [{ "name": "one", "properties": { "addressPrefix": "10.0.0.0/24" } }] }
            }
          ]
        }
      }
    }
  ]
}
`,
  'prod.bicepparam': `using 'main.bicep'
param deploySpoke = true
param count = 3
`,
};

/** The files that are open; the others are only read. */
const names = Object.keys(original).filter((name) => name !== 'shared/rules.json');

/** Words that an edit puts in the place of one of their kind. */
const words: readonly (readonly string[])[] = [
  ['10.0.0.0/16', '10.0.0.0/24', '10.1.0.0/16', '192.168.0.0/16', '10.0.0.0/99', '172.16.0.0/12', '10.9.0.0/16'],
  ['hub.outputs.prefixes', "['10.9.0.0/24']", 'hub', 'spaces', 'hub.outputs.unused', 'many[0].outputs.prefixes'],
  ['hubSpace', "'10.0.0.0/20'", 'spaces.shared', 'wrong', 'location'],
  ['true', 'false', "'yes'"],
  ['range(0, count)', 'range(0, 12)', '[]', 'spaces'],
  ['network.bicep', 'routes.bicep', 'gone.bicep', 'circle.bicep', 'cluster.bicep'],
  ['cidrSubnet', 'cidrHost', 'concat'],
  [', 24, ', ', 8, ', ', 25, ', ', index, '],
  ['output ', 'var ', '// output '],
  ['properties:', 'propertie:', '// properties:'],
];

function edit(text: string, random: (below: number) => number): string {
  switch (random(5)) {
    case 0: {
      const lines = text.split('\n');
      const line = random(lines.length);
      return [
        ...lines.slice(0, line),
        ...(random(2) === 0 ? [] : ['', lines[line] ?? '']),
        ...lines.slice(line + 1),
      ].join('\n');
    }
    case 1: {
      const at = random(text.length);
      return text.slice(0, at) + ['1', "'", '{', ' ', '\n', '}'][random(6)] + text.slice(at);
    }
    default: {
      const kind = words[random(words.length)] ?? [];
      const present = kind.filter((word) => text.includes(word));
      const from = present[random(Math.max(1, present.length))];
      if (from === undefined) return text;
      const places = text.split(from);
      const at = 1 + random(places.length - 1);
      return `${places.slice(0, at).join(from)}${kind[random(kind.length)]}${places.slice(at).join(from)}`;
    }
  }
}

/** What is said of every file of the project, fixes included. */
function said(project: Project): unknown {
  return names.map((name) => {
    const analysis = project.tryAnalyse(name);
    if (analysis === undefined) return [name, 'not ours'];
    const { model, diagnostics, render } = analysis;
    const findings = diagnostics.map(({ fixes, ...finding }) => ({
      ...finding,
      fixes: fixes.map((fix) => ({ title: fix.title, edits: render(fix.changes) })),
    }));
    return [name, model, findings];
  });
}

/** Opens a file as it is, as an editor does with each that is on show. */
function open(project: Project, name: string, version = 0): void {
  project.service.workspace.update({ uri: uriOf(name), languageId: '', version, text: project.textOf(name) });
}

describe('after any edits in a workspace of many modules', () => {
  test.each([1, 2, 3, 4])('findings and models are those of a service that starts anew (%i)', (seed) => {
    const random = randomNumbers(seed);
    const files: Record<string, string> = { ...original };
    const edited = new Project(files);
    for (const name of names) open(edited, name);
    said(edited);
    for (let round = 1; round <= 30; round++) {
      const all = Object.keys(files);
      const name = all[random(all.length)] ?? '';
      // Most edits are taken back soon, so that the workspace stays one in which something works.
      files[name] = random(3) === 0 ? (original[name] ?? '') : edit(files[name] ?? '', random);
      edited.write(name, files[name]);
      if (names.includes(name)) open(edited, name, round);
      const fresh = new Project(files);
      for (const other of names) open(fresh, other);
      expect(said(edited), `round ${round}, after an edit of ${name}:\n${files[name]}`).toEqual(said(fresh));
    }
  });
});

describe('where problems come and go', () => {
  /** Lines that are there or not: outputs are evaluated where something refuses arguments or where somebody asks. */
  const lines: Readonly<Record<string, readonly string[]>> = {
    'main.bicep': [
      "param wrong string = '10.0.0.0/40'",
      "module net 'net.bicep' = { name: 'net', params: { space: '10.0.0.0/16' } }",
      "module legacy 'legacy.json' = { name: 'legacy', params: { stage: net.outputs.name } }",
      "resource subnet 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = { name: 'a/b', properties: { addressPrefix: net.outputs.prefix } }",
      "resource store 'Microsoft.Storage/storageAccounts@2023-05-01' = if (net.outputs.prefix == parseCidr(wrong).network) { name: 's' }",
      'output bad string = cidrSubnet(wrong, 8, 0)',
      'output network object = net.outputs.network',
    ],
    'net.bicep': [
      'param space string',
      "resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = { name: 'net', properties: { addressSpace: { addressPrefixes: [space, '10.0.0.1/24'] } } }",
      "module inner 'inner.bicep' = { name: 'inner' }",
      'output network object = network',
      'output prefix string = network.properties.addressSpace.addressPrefixes[1]',
      'output name string = inner.outputs.name',
      'output unread string = cidrHost(space, 70000)',
    ],
    'inner.bicep': [
      "resource table 'Microsoft.Network/routeTables@2024-05-01' = { name: 'rt' }",
      'output name string = table.name',
      "output text string = loadTextContent('gone.txt')",
      "output unread string = cidrHost('10.0.0.0/24', -1)",
    ],
    'legacy.json': [
      '{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",',
      '"parameters": { "stage": { "type": "string" } },',
      '"variables": { "a": "[variables(\'b\')]" },',
      '"outputs": { "a": { "type": "string", "value": "[variables(\'a\')]" } },',
      '"resources": [] }',
    ],
  };

  test.each([1, 2])('findings and models are those of a service that starts anew (%i)', (seed) => {
    const random = randomNumbers(seed);
    const files = Object.fromEntries(Object.entries(lines).map(([name, all]) => [name, all.join('\n')]));
    const edited = new Project(files);
    const all = Object.keys(files);
    const answers = (project: Project): unknown => {
      for (const name of all) open(project, name);
      return all.map((name) => {
        const analysis = project.tryAnalyse(name);
        return [
          name,
          analysis?.model,
          analysis?.diagnostics.map(({ rule, message, location }) => [rule, message, location]),
        ];
      });
    };
    for (let round = 1; round <= 40; round++) {
      const name = all[random(all.length)] ?? '';
      files[name] = (lines[name] ?? []).map((line) => (random(3) === 0 ? '' : line)).join('\n');
      edited.write(name, files[name]);
      expect(answers(edited), `round ${round}\n${Object.values(files).join('\n')}`).toEqual(
        answers(new Project(files)),
      );
    }
  });
});

describe('where the budget of an entry ends', () => {
  const small = "param i int\nresource r 'Microsoft.Network/routeTables@2024-05-01' = { name: 'rt-${i}' }\n";
  const loop = (name: string, count: number): string =>
    `module ${name} 'small.bicep' = [for i in range(0, ${count}): { name: '${name}-\${i}', params: { i: i } }]\n`;
  const busy = `param n int
  var sum = reduce(range(0, 9000), 0, (a, b) => a + b + n)
  resource r 'Microsoft.Network/routeTables@2024-05-01' = { name: 'rt-\${sum}' }
`;
  const call = (name: string): string => `module ${name} 'busy.bicep' = { name: '${name}', params: { n: 1 } }\n`;
  const calls = Array.from({ length: 11 }, (_, index) => call(`busy${index}`)).join('');

  test.each([
    ['modules', { 'small.bicep': small }, loop('a', 700) + loop('b', 700), loop('c', 700)],
    ['steps', { 'busy.bicep': busy }, calls, call('one') + call('more') + call('again')],
  ])('%s that were evaluated before are paid for as if they were new', (_, modules, first, more) => {
    const fresh = (text: string) => new Project({ ...modules, 'main.bicep': text }).analyse('main.bicep').model;
    const edited = new Project({ ...modules, 'main.bicep': first });
    expect(edited.analyse('main.bicep').model).toEqual(fresh(first));
    for (const text of [first + more, `${first + more}\n`, first]) {
      edited.write('main.bicep', text);
      expect(edited.analyse('main.bicep').model).toEqual(fresh(text));
    }
    expect(fresh(first)).not.toEqual(fresh(first + more));
  });
});

describe('an analysis in steps', () => {
  const callers = Object.fromEntries(
    ['a', 'b', 'c'].map((name) => [
      `${name}.bicep`,
      `module m 'modules/routes.bicep' = { name: 'm', params: { name: '${name}', hop: '10.0.0.0/8' } }\n`,
    ]),
  );
  const module = `param name string
param space string = '10.0.0.1/16'
param hop string
resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: name
  properties: { addressSpace: { addressPrefixes: [space, cidrSubnet(hop, 4, 0)] } }
}
`;

  function opened(): Project {
    const project = new Project({ ...callers, 'modules/routes.bicep': module });
    for (const name of [...Object.keys(callers), 'modules/routes.bicep']) open(project, name);
    for (const name of [...Object.keys(callers), 'modules/routes.bicep']) project.analyse(name);
    return project;
  }

  test('takes one for each caller that an edit touches, and says what the file says of itself at once', () => {
    const project = opened();
    const text = module.replace('10.0.0.1/16', '10.0.0.2/16');
    const document = { uri: uriOf('modules/routes.bicep'), languageId: '', version: 9, text };
    const rules = (): string[] | undefined =>
      project.service.analyseSoFar(document)?.diagnostics.map(({ rule }) => rule);
    const seen: (string[] | undefined)[] = [];
    for (const _ of project.service.analyseInSteps(document)) seen.push(rules());
    expect(seen).toEqual([
      ['cidr-host-bits'],
      ['cidr-host-bits', 'function-argument-invalid'],
      ['cidr-host-bits', 'function-argument-invalid'],
    ]);
    expect(project.service.analyse(document)).toBe(project.service.analyse(document));
    expect([...project.service.analyseInSteps(document)]).toEqual([]);
  });

  test('takes none for an edit that no caller knows of', () => {
    const project = opened();
    const text = `${callers['a.bicep']}\n`;
    expect([...project.service.analyseInSteps({ uri: uriOf('a.bicep'), languageId: '', version: 9, text })]).toEqual(
      [],
    );
  });
});

import { describe, expect, test } from 'vitest';
import { Project, pathOf } from './workspace-project.ts';

const template = `param space string = '10.1.0.0/16'
param first int = 0

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: [space] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: '10.0.0.0/24' } }
      { name: 'pods', properties: { addressPrefix: cidrSubnet('10.0.0.0/22', 24, first) } }
    ]
  }
}
`;

/** Severity, rule and message of the findings of the template. */
function found(files: Record<string, string>): string[] {
  const project = new Project({ 'main.bicep': template, ...files });
  for (const path of Object.keys(files)) project.analyse(path);
  return project
    .analyse('main.bicep')
    .diagnostics.map(({ rule, severity, message }) => `${severity} ${rule} ${/This rests.*/.exec(message)?.[0] ?? ''}`);
}

describe('what is wrong with the default of a parameter', () => {
  const outside = 'subnet-outside-vnet This rests on the default of parameter "space".';
  const both = 'subnet-outside-vnet This rests on the defaults of parameters "first" and "space".';
  const overlap = 'subnet-overlap This rests on the default of parameter "first".';

  test('counts while nothing replaces it, and the message says what it rests on', () => {
    expect(found({})).toEqual([`error ${outside}`, `error ${both}`, `error ${overlap}`]);
  });

  test('counts where one of the files that deploy the template leaves it', () => {
    expect(found({ 'a.bicepparam': "using 'main.bicep'\nparam space = '10.0.0.0/16'\n" })).toEqual([
      `information ${outside}`,
      `information ${both}`,
      `error ${overlap}`,
    ]);
    expect(
      found({
        'a.bicepparam': "using 'main.bicep'\nparam space = '10.0.0.0/16'\nparam first = 1\n",
        'b.bicepparam': "using 'main.bicep'\nparam space = '10.0.0.0/16'\n",
      }),
    ).toContain(`error ${overlap}`);
  });

  test('is only worth knowing where all of them replace it', () => {
    const files = {
      'a.bicepparam': "using 'main.bicep'\nparam space = '10.0.0.0/16'\nparam first = 1\n",
      'main.parameters.json': JSON.stringify({
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
        contentVersion: '1.0.0.0',
        parameters: { space: { value: '10.0.0.0/20' }, first: { value: 2 } },
      }),
    };
    expect(found(files)).toEqual([`information ${outside}`, `information ${both}`, `information ${overlap}`]);
  });

  test('does not make less of what is wrong whatever is passed', () => {
    const literal = template.replace('first)', '0)');
    const project = new Project({
      'main.bicep': literal,
      'a.bicepparam': "using 'main.bicep'\nparam space = '10.0.0.0/16'\n",
    });
    project.analyse('a.bicepparam');
    const overlaps = project.analyse('main.bicep').diagnostics.filter(({ rule }) => rule === 'subnet-overlap');
    expect(overlaps.map(({ severity }) => severity)).toEqual(['error']);
  });

  test('is left out where a file that deploys the template says the same of other values', () => {
    const messages = (files: Record<string, string>): string[] => {
      const project = new Project({ 'main.bicep': template, ...files });
      for (const path of Object.keys(files)) project.analyse(path);
      const { diagnostics } = project.analyse('main.bicep');
      return diagnostics.flatMap(({ rule, message }) => (rule === 'subnet-overlap' ? [message] : []));
    };
    const sized = template
      .replace("'10.0.0.0/22', 24, first", "'10.0.0.0/22', first, 0")
      .replace('int = 0', 'int = 23');
    const passed = { 'main.bicep': sized, 'a.bicepparam': "using 'main.bicep'\nparam first = 22\n" };
    expect(messages({ 'main.bicep': sized })).toEqual([expect.stringMatching(/^10\.0\.0\.0\/23 overlaps/)]);
    expect(messages(passed)).toEqual([expect.stringMatching(/^10\.0\.0\.0\/22 overlaps/)]);
  });

  test('names the parameter files without which there is no finding, and no others', () => {
    const named = (text: string, parameters: string): string[] => {
      const project = new Project({ 'main.bicep': text, 'a.bicepparam': `using 'main.bicep'\n${parameters}` });
      project.analyse('a.bicepparam');
      const { diagnostics } = project.analyse('main.bicep');
      const related = diagnostics.flatMap((finding) => (finding.rule === 'subnet-overlap' ? finding.related : []));
      return related.map(({ location }) => `${pathOf(location.uri)}:${project.underlined(location)}`);
    };
    expect(named(template, '')).not.toContain('a.bicepparam:main.bicep');
    const required = template.replace('24, first)', 'first, 0)').replace('int = 0', 'int');
    expect(named(required, 'param first = 23\n')).toContain('a.bicepparam:main.bicep');
  });

  test('is said once of a module without defaults, with what its caller passes', () => {
    const module = `param subnetName string

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: resourceGroup().location
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [{ name: subnetName, properties: { addressPrefix: '10.0.0.0/24' } }]
  }
}

resource aks 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'aks'
  location: resourceGroup().location
  properties: {
    dnsPrefix: 'aks'
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 1, vnetSubnetID: vnet.properties.subnets[0].id }]
    networkProfile: { networkPlugin: 'azure', networkPluginMode: 'overlay', serviceCidr: '10.0.0.0/20' }
  }
}
`;
    const overlaps = (project: Project): string[] =>
      project
        .analyse('net.bicep')
        .diagnostics.filter(({ rule }) => rule === 'service-cidr-overlap-subnet')
        .map(({ message }) => message);
    expect(overlaps(new Project({ 'net.bicep': module }))).toHaveLength(1);
    const project = new Project({
      'main.bicep': "module net 'net.bicep' = { name: 'net', params: { subnetName: 'nodes' } }\n",
      'net.bicep': module,
    });
    project.analyse('main.bicep');
    expect(overlaps(project)).toEqual([expect.stringContaining('subnet "nodes"')]);
  });
});

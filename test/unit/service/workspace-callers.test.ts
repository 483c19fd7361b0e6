import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src/base/text-edit.ts';
import { Project, pathOf, uriOf } from './workspace-project.ts';

const folder = path.resolve(import.meta.dirname, '../../fixtures/projects/shared-network');
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\.bicep(param)?$/.test(name));

/** The project with every file open, as in an editor that shows all of them. */
function openProject(changes: Readonly<Record<string, string>> = {}): Project {
  const texts = names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n')]);
  const project = new Project({ ...Object.fromEntries(texts), ...changes });
  for (const name of names) {
    project.service.workspace.update({ uri: uriOf(name), languageId: 'bicep', version: 0, text: project.textOf(name) });
  }
  return project;
}

/** The places that are named beside a finding: `path:text`. */
function chain(project: Project, file: string, rule: string): string[] {
  const found = project.analyse(file).diagnostics.find((diagnostic) => diagnostic.rule === rule);
  return (found?.related ?? []).map(({ location }) => `${pathOf(location.uri)}:${project.underlined(location)}`);
}

describe('a file with callers and parameter files', () => {
  test('has each finding once, where the literal behind it stands', () => {
    const project = openProject();
    expect(names.flatMap((name) => project.findings(name)).sort()).toEqual([
      'cidr-host-bits main.bicep:10.1.1.0/23',
      'cidr-host-bits prod.bicepparam:10.64.0.1/16',
      'service-cidr-overlap-subnet modules/cluster.bicep:10.0.0.0/20',
      'subnet-outside-vnet main.bicep:10.0.2.0/24',
      'subnet-overlap main.bicep:10.0.2.0/24',
    ]);
  });

  test('shows beside a finding the place of use and the calls that lead there', () => {
    const project = openProject();
    expect(chain(project, 'main.bicep', 'cidr-host-bits')).toEqual([
      'modules/network.bicep:subnet.prefix',
      'main.bicep:spoke',
    ]);
    expect(chain(project, 'prod.bicepparam', 'cidr-host-bits')).toEqual([
      'modules/network.bicep:space',
      'main.bicep:hub',
    ]);
    expect(chain(project, 'modules/cluster.bicep', 'service-cidr-overlap-subnet')).toEqual([
      'main.bicep:10.0.2.0/24',
      'modules/cluster.bicep:serviceCidr',
      'main.bicep:cluster',
      'prod.bicepparam:main.bicep',
    ]);
  });

  test('has it where a caller computes the value that it passes', () => {
    const subnet = "resource subnet 'Microsoft.Network/virtualNetworks/subnets@2024-05-01' = ";
    const project = new Project({
      'main.bicep': `module a 'subnet.bicep' = { name: 'a', params: { name: 'a', prefix: cidrSubnet('10.1.0.0/16', 24, 1) } }
module b 'subnet.bicep' = { name: 'b', params: { name: 'b', prefix: half(a.outputs.prefix) } }
func half(whole string) string => cidrSubnet(whole, 25, 1)
`,
      'subnet.bicep': `param name string\nparam prefix string\n${subnet}{ name: 'vnet/\${name}', properties: { addressPrefix: prefix } }\noutput prefix string = prefix\n`,
    });
    expect(project.findings('main.bicep')).toEqual(['subnet-overlap main.bicep:half(a.outputs.prefix)']);
    expect(project.related('main.bicep')).toEqual([
      "main.bicep:cidrSubnet('10.1.0.0/16', 24, 1): The other subnet is here.",
      'subnet.bicep:prefix: The value is used here.',
      'main.bicep:b: The module is called here.',
    ]);
    expect(project.findings('subnet.bicep')).toEqual([]);
  });

  test('has its fixes edit the file that holds the literal', () => {
    const project = openProject();
    for (const [file, before, after] of [
      ['main.bicep', '10.1.1.0/23', '10.1.0.0/23'],
      ['prod.bicepparam', '10.64.0.1/16', '10.64.0.0/16'],
    ] as const) {
      const text = project.textOf(file);
      const document = { uri: uriOf(file), languageId: 'bicep', version: 1, text };
      const start = text.indexOf(before);
      const [fix] = project.service.codeActions(document, { start, end: start });
      expect(fix?.kind).toBe('fix');
      expect(fix?.edits.map(({ uri }) => pathOf(uri))).toEqual([file]);
      const fixed = applyEdits(text, fix?.edits[0]?.edits ?? []);
      expect(fixed).toBe(text.replace(before, after));
      expect(
        openProject({ [file]: fixed })
          .findings(file)
          .join(),
      ).not.toContain('cidr-host-bits');
    }
  });

  test('alone says what it says of itself', () => {
    const project = new Project({ 'cluster.bicep': readFileSync(path.join(folder, 'modules/cluster.bicep'), 'utf8') });
    expect(project.findings('cluster.bicep')).toEqual([]);
    const aloneWithFault = project.textOf('cluster.bicep').replace('10.0.0.0/20', '10.0.0.9/20');
    expect(new Project({ 'cluster.bicep': aloneWithFault }).findings('cluster.bicep')).toEqual([
      'cidr-host-bits cluster.bicep:10.0.0.9/20',
    ]);
    // Callers that say the same of it do not say it again.
    expect(openProject({ 'modules/cluster.bicep': aloneWithFault }).findings('modules/cluster.bicep')).toContain(
      'cidr-host-bits modules/cluster.bicep:10.0.0.9/20',
    );
  });

  test('follows what is typed into any of them, saved or not', () => {
    const project = openProject();
    const type = (name: string, text: string): void => {
      project.service.workspace.update({ uri: uriOf(name), languageId: 'bicep', version: 9, text });
    };
    expect(project.findings('modules/cluster.bicep')).toHaveLength(1);
    type('main.bicep', project.textOf('main.bicep').replace(/10\.0\./g, '10.7.'));
    expect(project.findings('modules/cluster.bicep')).toEqual([]);
    type('main.bicep', project.textOf('main.bicep'));
    expect(project.findings('modules/cluster.bicep')).toHaveLength(1);
    project.service.close(uriOf('main.bicep'));
    expect(
      project.service.analyse({
        uri: uriOf('modules/cluster.bicep'),
        languageId: 'bicep',
        version: 10,
        text: project.textOf('modules/cluster.bicep'),
      }),
    ).toBeDefined();
  });

  test('is linted through the JSON parameter files that are named after it and give what it takes', () => {
    const net = `param Prefix string = '10.1.0.0/16'\nresource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {\n  name: 'vnet'\n  properties: { addressSpace: { addressPrefixes: [Prefix] } }\n}\n`;
    const given = (name: string, prefix: string): string =>
      JSON.stringify({
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
        contentVersion: '1.0.0.0',
        parameters: { [name]: { value: prefix } },
      });
    const files = {
      'net.bicep': net,
      'net.test.parameters.json': given('prefix', '10.3.0.1/16'),
      'parameters/net.parameters.all.json': given('Prefix', '10.4.0.1/16'),
      'parameters/net.parameters.other.json': given('regions', '10.5.0.1/16'),
    };
    const project = new Project(files);
    for (const file of Object.keys(files)) project.service.workspace.want(uriOf(file));
    expect(Object.keys(files).flatMap((file) => project.findings(file))).toEqual([
      'cidr-host-bits net.test.parameters.json:10.3.0.1/16',
      'cidr-host-bits parameters/net.parameters.all.json:10.4.0.1/16',
    ]);
    // A file that is for something else does not make less of what the template says of itself.
    const faulty = new Project({ ...files, 'net.bicep': net.replace('10.1.0.0', '10.1.0.1') });
    faulty.service.workspace.want(uriOf('parameters/net.parameters.other.json'));
    expect(faulty.analyse('net.bicep').diagnostics.map(({ severity }) => severity)).toEqual(['error']);
  });

  test('is linted through a parameter file that extends another and one in JSON', () => {
    const project = new Project({
      'net.bicep': `param prefix string\nresource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {\n  name: 'vnet'\n  properties: { addressSpace: { addressPrefixes: [prefix] } }\n}\n`,
      'base.bicepparam': "using none\nparam prefix = '10.3.0.1/16'\n",
      'prod.bicepparam': "using 'net.bicep'\nextends 'base.bicepparam'\n",
      'net.parameters.json': JSON.stringify({
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
        contentVersion: '1.0.0.0',
        parameters: { prefix: { value: '10.4.0.1/16' } },
      }),
    });
    expect(project.analyse('prod.bicepparam').model.virtualNetworks).toHaveLength(1);
    expect(project.findings('base.bicepparam')).toEqual(['cidr-host-bits base.bicepparam:10.3.0.1/16']);
    expect(project.findings('net.parameters.json')).toEqual(['cidr-host-bits net.parameters.json:10.4.0.1/16']);
  });
});

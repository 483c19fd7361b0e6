import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileUri } from '../../../src/cli/engine.ts';
import { run, workspace } from './workspace.ts';

const spoke = `param prefix string
param nodes string = '10.1.0.0/24'

resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  location: 'westeurope'
  properties: {
    addressSpace: { addressPrefixes: [prefix] }
    subnets: [
      { name: 'nodes', properties: { addressPrefix: nodes } }
    ]
  }
}
`;

function main(module: string): string {
  return `module spoke '${module}' = {\n  name: 'spoke'\n  params: { prefix: '10.9.0.0/16' }\n}\n`;
}

async function findings(folder: string, ...args: string[]): Promise<string[]> {
  const { output, errors } = await run(folder, ['lint', '--format', 'json', ...args]);
  expect(errors).toBe('');
  return JSON.parse(output).map((finding: { file: string; rule: string }) => `${finding.file} ${finding.rule}`);
}

describe('files that reference others', () => {
  test('are linted together, with what one of them says of the other at its own place', async () => {
    const folder = workspace({ 'main.bicep': main('modules/spoke.bicep'), 'modules/spoke.bicep': spoke });
    expect(await findings(folder)).toEqual(['modules/spoke.bicep subnet-outside-vnet']);
  });

  test('lead to them where only one is named, as what is wrong may stand in any of them', async () => {
    const folder = workspace({
      'main.bicep': main('modules/spoke.bicep').replace("'10.9.0.0/16'", "'10.9.0.7/16'"),
      'main.bicepparam': "using 'main.bicep'\n",
      'modules/spoke.bicep': spoke,
      'other.bicep': spoke,
    });
    const all = ['main.bicep cidr-host-bits', 'modules/spoke.bicep subnet-outside-vnet'];
    expect(await findings(folder, 'main.bicep')).toEqual(all);
    expect(await findings(folder, 'main.bicepparam')).toEqual(all);
    expect(await findings(folder, 'modules/spoke.bicep')).toEqual([]);
    expect(JSON.parse((await run(folder, ['model', 'main.bicep'])).output).subnets).toHaveLength(1);
  });

  test('are found whatever their folders are called', async () => {
    const folder = workspace({
      'a+b @ö/main.bicep': main('c&d, (1)/sp oke.bicep'),
      'a+b @ö/c&d, (1)/sp oke.bicep': spoke,
    });
    expect(await findings(folder)).toEqual(['a+b @ö/c&d, (1)/sp oke.bicep subnet-outside-vnet']);
    expect(await findings(folder, 'a+b @ö/main.bicep')).toEqual(['a+b @ö/c&d, (1)/sp oke.bicep subnet-outside-vnet']);
  });

  test('may lead nowhere, to a folder, to each other or to another machine', async () => {
    const folder = workspace({
      'gone.bicep': main('nowhere.bicep'),
      'a.bicep': main('b.bicep'),
      'b.bicep': main('a.bicep'),
      'folder.bicep': main('modules'),
      'host.bicep': main('//server/share/x.bicep'),
    });
    mkdirSync(path.join(folder, 'modules'));
    const rules = await findings(folder);
    expect(rules).toContain('gone.bicep module-not-found');
    expect(rules.filter((rule) => /^(folder|host)/.test(rule))).toEqual([]);
  });

  test.each([
    ['json', 'loadJsonContent', '{ "prefix": "10.9.0.7/16" }\n'],
    ['yaml', 'loadYamlContent', 'prefix: 10.9.0.7/16\n'],
  ])('are reported in the %s that they load, and mended there', async (format, name, data) => {
    const folder = workspace({
      // Named so that it is read before the template.
      [`data.${format}`]: data,
      'main.bicep': main('spoke.bicep').replace("'10.9.0.0/16'", `${name}('data.${format}').prefix`),
      [`other.${format}`]: data,
      'spoke.bicep': spoke.replace('10.1.0.0/24', '10.9.0.0/24'),
    });
    expect(await findings(folder)).toEqual([`data.${format} cidr-host-bits`]);
    expect(await findings(folder, 'main.bicep')).toEqual([`data.${format} cidr-host-bits`]);
    const paths = ['main.bicep', `data.${format}`, `other.${format}`];
    const { output, errors } = await run(folder, ['lint', ...paths, '--fix']);
    expect(output).toBe('No problems in 3 files. 1 problem fixed.\n');
    expect(errors).toContain(`other.${format} was skipped`);
    expect(readFileSync(path.join(folder, `data.${format}`), 'utf8')).toBe(data.replace('10.9.0.7', '10.9.0.0'));
  });

  test('are not read where they are no files', async () => {
    const folder = workspace({
      'main.bicep': "var endless = loadTextContent('zero.txt')\nvar also = loadTextContent('/dev/zero')\n",
    });
    symlinkSync('/dev/zero', path.join(folder, 'zero.txt'));
    await findings(folder);
  });

  test('may be modules of a registry that Bicep has restored', async () => {
    const compiled = JSON.stringify({
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      parameters: { prefix: { type: 'string' } },
      resources: [
        {
          type: 'Microsoft.Network/virtualNetworks',
          apiVersion: '2024-05-01',
          name: 'vnet',
          properties: { addressSpace: { addressPrefixes: ["[parameters('prefix')]"] } },
        },
      ],
    });
    const folder = workspace({
      'main.bicep': main('br:registry.example/net/spoke:1.0').replace('10.9.0.0/16', '10.9.0.7/16'),
      'cache/br/registry.example/net$spoke/1.0$/main.json': compiled,
    });
    const lint = (root?: string) =>
      run(folder, ['lint', 'main.bicep'], root === undefined ? {} : { moduleCache: { root, home: folder } });
    expect((await lint(path.join(folder, 'cache'))).output).toContain('main.bicep:3:22: error 10.9.0.7/16');
    expect((await lint()).code).toBe(0);
    const usual = path.join(folder, '.bicep');
    expect((await lint(usual)).code).toBe(0);
    for (const cacheRootDirectory of ['~/cache', path.join(folder, 'cache')]) {
      writeFileSync(path.join(folder, 'bicepconfig.json'), JSON.stringify({ cacheRootDirectory }));
      expect((await lint(usual)).output).toContain('main.bicep:3:22: error 10.9.0.7/16');
    }
  });

  test('have the safe fixes of all of them applied', async () => {
    const folder = workspace({
      'main.bicep': main('spoke.bicep').replace("'10.9.0.0/16'", "'10.1.0.7/16'"),
      'spoke.bicep': spoke.replace("'10.1.0.0/24'", "'10.1.0.9/24'"),
    });
    const { code, output } = await run(folder, ['lint', '--fix']);
    expect(output).toBe('No problems in 2 files. 2 problems fixed.\n');
    expect(code).toBe(0);
  });
});

test('a file has the URI that the engine gives to a path', () => {
  expect(fileUri('/a b/c+d@é.bicep')).toBe('file:///a%20b/c%2Bd%40%C3%A9.bicep');
});

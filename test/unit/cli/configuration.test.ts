import { describe, expect, test } from 'vitest';
import { badBicep, run, workspace } from './workspace.ts';

describe('aksnet lint with a configuration file', () => {
  test('takes the nearest one, wherever the files are', async () => {
    const folder = workspace({
      'aksnet.jsonc': '{ "severity": { "address-space": "off" } }',
      'a/main.bicep': badBicep,
      'b/aksnet.jsonc': '{ "severity": { "cidr-host-bits": "information", "subnet-outside-vnet": "off" } }',
      'b/main.bicep': badBicep,
    });
    const { code, output } = await run(folder, ['lint', '--format', 'json', 'a/main.bicep', 'b/main.bicep']);
    expect(JSON.parse(output)).toMatchObject([
      { file: 'b/main.bicep', rule: 'cidr-host-bits', severity: 'information' },
    ]);
    expect(code).toBe(0);
  });

  test('lets options override it', async () => {
    const folder = workspace({
      'aksnet.jsonc': '{ "severity": { "address-space": "off" } }',
      'main.bicep': badBicep,
    });
    const { output } = await run(folder, ['lint', '--format', 'json', '--severity', 'cidr-host-bits=warning']);
    expect(JSON.parse(output)).toMatchObject([{ rule: 'cidr-host-bits', severity: 'warning' }]);
  });

  test('reports what is wrong with it, also where it was not named', async () => {
    const folder = workspace({ 'aksnet.jsonc': '{ "sevrity": {} }', 'sub/main.bicep': badBicep });
    const { code, output } = await run(folder, ['lint', '--format', 'json', 'sub']);
    expect(code).toBe(1);
    expect(JSON.parse(output)).toContainEqual({
      file: 'aksnet.jsonc',
      rule: 'configuration-invalid',
      severity: 'warning',
      message: 'There is no setting "sevrity". Did you mean "severity"?',
      range: { start: { line: 1, column: 4 }, end: { line: 1, column: 11 } },
      related: [],
      fixable: 'unsafe',
    });
    const whole = await run(folder, ['lint', '--format', 'json']);
    expect(JSON.parse(whole.output).filter(({ file }: { file: string }) => file === 'aksnet.jsonc')).toHaveLength(1);
  });

  test('leaves ignored files alone and says so of those that were named', async () => {
    const folder = workspace({ 'aksnet.jsonc': '{ "ignore": ["old"] }', 'old/main.bicep': badBicep });
    const all = await run(folder, ['lint', '--format', 'json']);
    expect(all).toEqual({ code: 0, output: '[]\n', errors: '' });
    const named = await run(folder, ['lint', '--format', 'json', 'old/main.bicep']);
    expect(named).toEqual({
      code: 0,
      output: '[]\n',
      errors: 'aksnet: old/main.bicep was skipped: aksnet.jsonc says to ignore it.\n',
    });
    const model = await run(folder, ['model', 'old/main.bicep']);
    expect(model.errors).toContain('old/main.bicep was not read: aksnet.jsonc says to ignore it.');
  });

  test('follows entry files into modules that are linted alone', async () => {
    const folder = workspace({
      'aksnet.jsonc': '{ "entryFiles": ["main.bicep"] }',
      'main.bicep': "module net 'modules/net.bicep' = {\n  name: 'n'\n  params: { prefix: '10.1.0.7/24' }\n}\n",
      'modules/net.bicep': `param prefix string\n${badBicep.replace("'10.1.0.7/24'", 'prefix').replace('10.2.0.0', '10.1.0.0')}`,
    });
    const { output } = await run(folder, ['lint', '--format', 'json', 'modules']);
    expect(JSON.parse(output)).toMatchObject([{ file: 'modules/net.bicep', rule: 'subnet-overlap' }]);
  });
});

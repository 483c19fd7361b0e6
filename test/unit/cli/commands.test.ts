import { describe, expect, test } from 'vitest';
import { goodBicep, run, workspace } from './workspace.ts';

const armTemplate = JSON.stringify({
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  resources: [
    {
      type: 'Microsoft.Network/virtualNetworks',
      apiVersion: '2024-05-01',
      name: 'vnet',
      location: 'westeurope',
      properties: {
        addressSpace: { addressPrefixes: ['10.1.0.0/16'] },
        subnets: [
          { name: 'nodes', properties: { addressPrefix: '10.1.0.0/24' } },
          { name: 'pods', properties: { addressPrefix: '10.1.1.0/24' } },
        ],
      },
    },
  ],
});

describe('aksnet', () => {
  test('explains itself and each of its commands', async () => {
    const folder = workspace({});
    for (const args of [['--help'], ['-h'], ['help']])
      expect((await run(folder, args)).output).toContain('Usage: aksnet');
    for (const command of ['lint', 'model', 'cidr']) {
      const { code, output } = await run(folder, [command, '--help']);
      expect(output).toContain(`Usage: aksnet ${command}`);
      expect(code).toBe(0);
      expect((await run(folder, ['help', command])).output).toBe(output);
    }
  });

  test('tells its version', async () => {
    expect(await run(workspace({}), ['--version'])).toEqual({ code: 0, output: '1.2.3\n', errors: '' });
  });

  test.each([[[]], [['lnit']], [['--nope']], [['toString']], [['help', 'lnit']]])('%j could not run', async (args) => {
    const { code, output, errors } = await run(workspace({}), args);
    expect(errors).not.toBe('');
    expect([code, output]).toEqual([2, '']);
  });
});

describe('aksnet model', () => {
  test('prints the same model for the same network in Bicep and in ARM JSON', async () => {
    const folder = workspace({ 'main.bicep': goodBicep, 'azuredeploy.json': armTemplate });
    const bicep = await run(folder, ['model', 'main.bicep']);
    const arm = await run(folder, ['model', 'azuredeploy.json']);
    expect(JSON.parse(bicep.output)).toEqual(JSON.parse(arm.output));
    expect([bicep.code, arm.code]).toEqual([0, 0]);
  });

  test('prints every value as known with its text, unknown with its reason, or absent', async () => {
    const folder = workspace({
      'main.bicep': "param prefix string\nparam size string = '10.9.0.0/24'\n".concat(
        goodBicep.replace("'10.1.0.0/24'", 'prefix').replace("'10.1.1.0/24'", 'size'),
      ),
    });
    const model = JSON.parse((await run(folder, ['model', 'main.bicep'])).output);
    const [network] = model.virtualNetworks;
    expect(network.name).toEqual({ state: 'known', text: 'vnet' });
    expect(network.addressPrefixes).toEqual({ complete: true, items: [{ state: 'known', text: '10.1.0.0/16' }] });
    expect(network.subnets.items).toEqual(model.subnets.map((subnet: { id: string }) => subnet.id));
    const [nodes, pods] = model.subnets;
    expect(nodes.addressPrefixes.items).toEqual([
      { state: 'unknown', reason: 'parameter-without-default', text: expect.any(String) },
    ]);
    expect(pods.addressPrefixes.items).toEqual([{ state: 'known', text: '10.9.0.0/24', default: 'size' }]);
    expect(pods.routeTable).toEqual({ state: 'absent' });
  });

  test('has the same top level for every language', async () => {
    const folder = workspace({
      'main.bicep': '',
      'coredns.yaml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: coredns-custom\n  namespace: kube-system\ndata:\n  a.override: |\n    log\n',
    });
    const keys = async (file: string) => Object.keys(JSON.parse((await run(folder, ['model', file])).output));
    expect(await keys('main.bicep')).toEqual(await keys('coredns.yaml'));
    const { output } = await run(folder, ['model', 'coredns.yaml']);
    expect(JSON.parse(output).configMaps[0].entries[0].corefile.plugins).toEqual([
      { name: 'log', args: [], block: [] },
    ]);
  });

  test.each([
    [['model'], 'model takes one file.'],
    [['model', 'a.bicep', 'b.bicep'], 'model takes one file.'],
    [['model', 'gone.bicep'], 'gone.bicep: there is no such file or folder.'],
    [['model', '.'], '.: it is a folder.'],
    [['model', 'notes.txt'], 'notes.txt is no Bicep file'],
    [['model', '--format', 'text', 'a.bicep'], "Unknown option '--format'."],
  ])('%j could not run', async (args, message) => {
    const { code, output, errors } = await run(workspace({ 'notes.txt': 'x' }), args);
    expect(errors).toContain(message);
    expect([code, output]).toEqual([2, '']);
  });
});

describe('aksnet cidr', () => {
  test('answers a prefix and a cluster', async () => {
    const folder = workspace({});
    expect((await run(folder, ['cidr', '10.240.0.0/22'])).output).toContain('255.255.252.0');
    const plan = await run(folder, ['cidr', '2', 'x', '250']);
    expect(plan.output).toContain('498');
    expect(plan.code).toBe(0);
  });

  test('takes free ranges from the network of a file', async () => {
    const { output } = await run(workspace({ 'main.bicep': goodBicep }), ['cidr', '--in', 'main.bicep', '/24']);
    expect(output).toContain('10.1.2.0/24');
  });

  test.each([[['cidr']], [['cidr', '10.0.0.0/99']], [['cidr', '--in', 'gone.bicep', '/24']]])(
    '%j could not run',
    async (args) => {
      const { code, output, errors } = await run(workspace({}), args);
      expect(errors).toContain('Run "aksnet cidr --help" for the usage.');
      expect([code, output]).toEqual([2, '']);
    },
  );
});

import { describe, expect, test } from 'vitest';
import { badBicep, run, workspace } from './workspace.ts';

const outside =
  "Subnet 'pods' is not valid because its IP address range is outside the IP address range of virtual network 'vnet'.";

describe('aksnet explain', () => {
  test('explains its arguments', async () => {
    const { code, output } = await run(workspace({}), ['explain', 'exit', 'status=52']);
    expect(code).toBe(0);
    expect(output).toContain('Exit status 52 of the node set-up\n');
    expect(output).toContain('a matter of DNS');
    expect(output).toContain('Reference: https://');
  });

  test('explains standard input', async () => {
    const { output } = await run(workspace({}), ['explain'], {
      input: `Code: NetcfgSubnetRangeOutsideVnet\n${outside}`,
    });
    expect(output).toMatch(/^NetcfgSubnetRangeOutsideVnet\n/);
    expect(output).toContain('The subnet pods has addresses outside of the addressSpace of vnet.');
    expect(output).toContain('Found by: subnet-outside-vnet');
  });

  test('points at the place to blame', async () => {
    const folder = workspace({ 'infra/main.bicep': badBicep });
    const { output } = await run(folder, ['explain', '--in', 'infra', outside]);
    expect(output).toMatch(/^ {2}(?:Named by the error: )?infra\/main\.bicep:8:53: .* subnet-outside-vnet$/m);
    const elsewhere = await run(folder, ['explain', '--in', 'infra', 'NetcfgSubnetRangesOverlap']);
    expect(elsewhere.output).toContain('None of these rules reports in the files.');
  });

  test('prints JSON of a stable shape', async () => {
    const folder = workspace({ 'main.bicep': badBicep });
    const { output } = await run(folder, ['explain', '--format', 'json', '--in', '.', outside]);
    expect(JSON.parse(output)).toEqual([
      {
        title: 'NetcfgSubnetRangeOutsideVnet',
        origin: 'azure',
        meaning: expect.any(String),
        details: ['The subnet pods has addresses outside of the addressSpace of vnet.'],
        rules: ['subnet-outside-vnet'],
        places: [
          {
            file: 'main.bicep',
            line: 8,
            column: 53,
            rule: 'subnet-outside-vnet',
            severity: 'error',
            message: expect.any(String),
            isNamed: expect.any(Boolean),
          },
        ],
        reference: expect.stringMatching(/^https:/),
      },
    ]);
  });

  test('ends with 1 where nothing is known', async () => {
    const { code, output } = await run(workspace({}), ['explain', 'hello']);
    expect(code).toBe(1);
    expect(output).toContain('Nothing in this text is known to aksnet.');
    expect((await run(workspace({}), ['explain', '--format', 'json', 'hello'])).output).toBe('[]\n');
  });

  test.each([
    [['explain'], 'explain needs the text of an error'],
    [['explain', '--format', 'xml', 'x'], 'There is no format "xml".'],
    [['explain', '--in', 'nowhere', 'x'], 'nowhere: there is no such file or folder.'],
  ])('ends with 2 when it could not run: %s', async (args, message) => {
    const { code, errors } = await run(workspace({}), args);
    expect(code).toBe(2);
    expect(errors).toContain(message);
    expect(errors).toContain('aksnet explain --help');
  });

  test('keeps terminals safe from what was pasted', async () => {
    const { output } = await run(workspace({}), ['explain', "Unknown directive 'a\u001b[31mb'"]);
    expect(output).not.toContain('\u001b');
  });
});

import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { badBicep, goodBicep, run, workspace } from './workspace.ts';

const hostBits = '10.1.0.7/24';
const settled = badBicep.replace('10.1.0.7', '10.1.0.0');

describe('aksnet lint', () => {
  test('shows each finding with its line and an underline', async () => {
    const { code, output, errors } = await run(workspace({ 'infra/main.bicep': badBicep }), ['lint']);
    expect(errors).toBe('');
    expect(output.split('\n').slice(0, 3)).toEqual([
      'infra/main.bicep:7:54: error 10.1.0.7/24 does not start at the first address of its block. Write 10.1.0.0/24. Azure would answer InvalidCIDRNotation. cidr-host-bits',
      "  7 |       { name: 'nodes', properties: { addressPrefix: '10.1.0.7/24' } }",
      '    |                                                      ^^^^^^^^^^^',
    ]);
    expect(output).toContain('    = infra/main.bicep:5:');
    expect(output).toContain('\n2 errors in 1 file. 1 of them can be put right with --fix.\n');
    expect(code).toBe(1);
  });

  test('says so when there is nothing to say', async () => {
    expect(await run(workspace({ 'main.bicep': goodBicep }), ['lint'])).toEqual({
      code: 0,
      output: 'No problems in 1 file.\n',
      errors: '',
    });
  });

  test('colours only where it is asked to', async () => {
    const folder = workspace({ 'main.bicep': badBicep });
    expect((await run(folder, ['lint'])).output).not.toContain('\u001B[');
    expect((await run(folder, ['lint'], { hasColour: true })).output).toContain('\u001B[31merror\u001B[39m');
  });

  test('prints JSON of one fixed shape', async () => {
    const { output } = await run(workspace({ 'infra/main.bicep': badBicep }), ['lint', '--format', 'json', 'infra']);
    const findings: unknown = JSON.parse(output);
    expect(findings).toEqual([
      {
        file: 'infra/main.bicep',
        rule: 'cidr-host-bits',
        severity: 'error',
        message: expect.stringContaining(hostBits),
        range: { start: { line: 7, column: 54 }, end: { line: 7, column: 65 } },
        related: [],
        fixable: 'safe',
      },
      {
        file: 'infra/main.bicep',
        rule: 'subnet-outside-vnet',
        severity: 'error',
        message: expect.any(String),
        range: { start: { line: 8, column: 53 }, end: { line: 8, column: 64 } },
        related: [
          {
            file: 'infra/main.bicep',
            message: expect.any(String),
            range: { start: { line: 5, column: 40 }, end: { line: 5, column: 51 } },
          },
        ],
        fixable: expect.stringMatching(/^(safe|unsafe|never)$/),
      },
    ]);
  });

  test('prints an empty array where nothing is wrong', async () => {
    expect((await run(workspace({}), ['lint', '--format=json'])).output).toBe('[]\n');
  });

  test('counts columns in UTF-16 units', async () => {
    const folder = workspace({ 'main.bicep': badBicep.replace("'nodes'", "'🚀é'") });
    const { output } = await run(folder, ['lint', '--format', 'json']);
    expect(JSON.parse(output)[0].range.start).toEqual({ line: 7, column: 52 });
  });

  test('takes severities, and ends with 0 when only information is left', async () => {
    const folder = workspace({ 'main.bicep': badBicep });
    const args = ['lint', '--severity', 'cidr-host-bits=information', '--severity', 'subnet-outside-vnet=off'];
    const { code, output } = await run(folder, args);
    expect(output).toContain(': information 10.1.0.7/24');
    expect(output).toContain('\n1 information in 1 file.');
    expect(code).toBe(0);
    expect((await run(folder, ['lint', '--severity', 'cidr-host-bits=warning'])).code).toBe(1);
  });

  test('reports syntax errors as findings', async () => {
    const { code, output } = await run(workspace({ 'main.bicep': 'resource a = {\n' }), ['lint', '--format', 'json']);
    expect(JSON.parse(output).map((finding: { rule: string }) => finding.rule)).toContain('bicep-syntax');
    expect(code).toBe(1);
  });

  test('passes by what is not ours, and says so only of a named file', async () => {
    const folder = workspace({ 'package.json': '{}', 'deployment.yaml': 'kind: Deployment\n' });
    expect(await run(folder, ['lint'])).toEqual({ code: 0, output: 'No problems in 0 files.\n', errors: '' });
    const named = await run(folder, ['lint', 'package.json']);
    expect(named.code).toBe(0);
    expect(named.errors).toContain('package.json was skipped');
  });

  test('reads junk as it is', async () => {
    const junk = Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256);
    const folder = workspace({ 'a.bicep': junk, 'b.json': junk, 'c.yaml': junk, Corefile: junk, 'empty.bicep': '' });
    const { code, errors } = await run(folder, ['lint']);
    expect(errors).toBe('');
    expect(code).toBe(1);
  });

  test('tells about a path that is not there and lints the others', async () => {
    const folder = workspace({ 'main.bicep': badBicep });
    const { code, output, errors } = await run(folder, ['lint', 'gone.bicep', 'main.bicep']);
    expect(errors).toBe('aksnet: gone.bicep: there is no such file or folder.\n');
    expect(output).toContain('cidr-host-bits');
    expect(code).toBe(2);
  });
});

describe('aksnet lint --fix', () => {
  test('writes the safe fixes and reports what is left', async () => {
    const folder = workspace({ 'main.bicep': badBicep, 'good.bicep': goodBicep });
    const before = statSync(path.join(folder, 'good.bicep')).mtimeMs;
    const { code, output } = await run(folder, ['lint', '--fix']);
    expect(readFileSync(path.join(folder, 'main.bicep'), 'utf8')).toBe(settled);
    expect(statSync(path.join(folder, 'good.bicep')).mtimeMs).toBe(before);
    expect(output).toContain('1 error in 2 files. 1 problem fixed.');
    expect(output).not.toContain('cidr-host-bits');
    expect(code).toBe(1);
  });

  test('keeps byte order mark, encoding and line endings', async () => {
    const windows = `\uFEFF${badBicep.replaceAll('\n', '\r\n')}`;
    const folder = workspace({ 'a.bicep': windows, 'b.bicep': Buffer.from(windows, 'utf16le') });
    await run(folder, ['lint', '--fix']);
    const expected = windows.replace('10.1.0.7', '10.1.0.0');
    expect(readFileSync(path.join(folder, 'a.bicep'), 'utf8')).toBe(expected);
    expect(readFileSync(path.join(folder, 'b.bicep'), 'utf16le')).toBe(expected);
  });

  test('never writes a file with bytes that are no text', async () => {
    const bytes = Buffer.concat([Buffer.from(badBicep), Buffer.from([0x2f, 0x2f, 0xff, 0x0a])]);
    const folder = workspace({ 'main.bicep': bytes });
    const { output } = await run(folder, ['lint', '--fix']);
    expect(readFileSync(path.join(folder, 'main.bicep')).equals(bytes)).toBe(true);
    expect(output).toContain('cidr-host-bits');
  });

  test('writes nothing without it', async () => {
    const folder = workspace({ 'main.bicep': badBicep });
    await run(folder, ['lint']);
    expect(readFileSync(path.join(folder, 'main.bicep'), 'utf8')).toBe(badBicep);
  });
});

describe('aksnet lint --stdin-file-path', () => {
  test('lints standard input under that name, which need not exist', async () => {
    const { code, output } = await run(workspace({}), ['lint', '--stdin-file-path', 'new/main.bicep'], {
      input: badBicep,
    });
    expect(output).toContain('new/main.bicep:7:54: error');
    expect(code).toBe(1);
  });

  test('with --fix prints the fixed text, and the findings beside it', async () => {
    const { output, errors } = await run(workspace({}), ['lint', '--fix', '--stdin-file-path=a.bicep'], {
      input: badBicep,
    });
    expect(output).toBe(settled);
    expect(errors).toContain('subnet-outside-vnet');
  });

  test('with --fix gives back what is not ours as it is', async () => {
    const { code, output } = await run(workspace({}), ['lint', '--fix', '--stdin-file-path=a.json'], { input: '{}' });
    expect([code, output]).toEqual([0, '{}']);
  });
});

describe('an option that cannot be meant', () => {
  test.each([
    [['lint', '--nope'], "Unknown option '--nope'."],
    [['lint', '--format', 'sarif'], 'There is no format "sarif". Formats: text, json.'],
    [['lint', '--format', 'toString'], 'There is no format "toString".'],
    [['lint', '--severity', 'subnet-overlap'], '--severity takes RULE=LEVEL'],
    [['lint', '--severity', 'no-such-rule=off'], 'There is no rule or group of rules "no-such-rule".'],
    [['lint', '--severity', 'subnet-overlap=fatal'], 'There is no severity "fatal".'],
    [['lint', '--coredns-version', 'latest'], '--coredns-version takes a version such as 1.12.1, not "latest".'],
    [['lint', '--stdin-file-path', 'a.bicep', 'b.bicep'], 'takes no further paths'],
    [['lint', '--fix=yes'], '--fix'],
    [['lint', '--stdin-file-path'], '--stdin-file-path'],
  ])('%j ends with 2 and says why', async (args, message) => {
    const { code, output, errors } = await run(workspace({}), args);
    expect(errors).toContain(message);
    expect(errors).toContain('Run "aksnet lint --help" for the usage.');
    expect([code, output]).toEqual([2, '']);
  });
});

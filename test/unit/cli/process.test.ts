import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { beforeAll, describe, expect, test } from 'vitest';
import { badBicep, goodBicep, workspace } from './workspace.ts';

const cli = path.resolve('dist/cli.js');

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, ['src/tools/build.mjs', '--only', 'cli'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
});

function aksnet(folder: string, args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
    input,
  });
  return { code: status, output: stdout, errors: stderr };
}

describe('the built aksnet', () => {
  test('ends with 0 when nothing is wrong', () => {
    expect(aksnet(workspace({ 'main.bicep': goodBicep }), ['lint'])).toEqual({
      code: 0,
      output: 'No problems in 1 file.\n',
      errors: '',
    });
  });

  test('ends with 1 when something is, without colours in a pipe', () => {
    const { code, output, errors } = aksnet(workspace({ 'main.bicep': badBicep }), ['lint']);
    expect(output).toContain('cidr-host-bits');
    expect(output).not.toContain('\u001B');
    expect([code, errors]).toEqual([1, '']);
  });

  test('ends with 2 when it could not run', () => {
    const { code, output, errors } = aksnet(workspace({}), ['lint', '--nope']);
    expect(errors).toContain("aksnet: Unknown option '--nope'.");
    expect([code, output]).toEqual([2, '']);
  });

  test('reads standard input', () => {
    const { code, output } = aksnet(
      workspace({}),
      ['lint', '--stdin-file-path', 'a.bicep', '--format', 'json'],
      badBicep,
    );
    expect(JSON.parse(output)[0]).toMatchObject({ file: 'a.bicep', rule: 'cidr-host-bits' });
    expect(code).toBe(1);
  });

  test('tells the version of the package', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(aksnet(workspace({}), ['--version']).output).toBe(`${version}\n`);
  });

  test('does not complain when the reader of its output leaves', () => {
    const subnets = Array.from(
      { length: 2_000 },
      (_, i) => `      { name: 's${i}', properties: { addressPrefix: '10.1.0.7/24' } }\n`,
    );
    const folder = workspace({
      'main.bicep': badBicep.replace('    subnets: [\n', `    subnets: [\n${subnets.join('')}`),
    });
    const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${cli}" lint | head -n 1`], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });

  test('tells which file it could not read', () => {
    const folder = workspace({ 'main.bicep': goodBicep, 'secret.bicep': '' });
    chmodSync(path.join(folder, 'secret.bicep'), 0);
    const { code, errors } = aksnet(folder, ['lint']);
    // Root reads everything.
    if (process.getuid?.() === 0) expect([code, errors]).toEqual([0, '']);
    else expect([code, errors]).toEqual([2, 'aksnet: secret.bicep: permission denied.\n']);
  });
});

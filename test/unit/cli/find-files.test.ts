import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findFiles } from '../../../src/cli/find-files.ts';
import { workspace } from './workspace.ts';

const files = {
  'main.bicep': '',
  'main.bicepparam': '',
  'infra/azuredeploy.json': '',
  'infra/coredns.yaml': '',
  'infra/deep/er/x.bicep': '',
  'infra/notes.md': '',
  'infra/Corefile': '',
  '.github/net.bicep': '',
  'node_modules/a/x.bicep': '',
  'infra/dist/x.json': '',
  '.git/x.yaml': '',
};

async function found(folder: string, ...paths: string[]): Promise<string[]> {
  const { files: all, problems } = await findFiles(folder, paths);
  const names = all.map((file) => path.relative(folder, file.path).replaceAll(path.sep, '/'));
  return [...names, ...problems.map((problem) => `! ${problem.path}: ${problem.message}`)];
}

describe('the files to lint', () => {
  test('are those of a folder that may be ours, by name, without what tools made', async () => {
    expect(await found(workspace(files), '.')).toEqual([
      '.github/net.bicep',
      'infra/Corefile',
      'infra/azuredeploy.json',
      'infra/coredns.yaml',
      'infra/deep/er/x.bicep',
      'main.bicep',
      'main.bicepparam',
    ]);
  });

  test('are named files whatever they are called, each once', async () => {
    const folder = workspace(files);
    expect(await found(folder, 'infra/notes.md', 'infra', 'main.bicep', path.join(folder, 'main.bicep'))).toEqual([
      'infra/notes.md',
      'infra/Corefile',
      'infra/azuredeploy.json',
      'infra/coredns.yaml',
      'infra/deep/er/x.bicep',
      'main.bicep',
    ]);
  });

  test('are those that a glob matches', async () => {
    const folder = workspace(files);
    expect(await found(folder, '**/*.bicep')).toEqual(['.github/net.bicep', 'infra/deep/er/x.bicep', 'main.bicep']);
    expect(await found(folder, 'infra/*.{json,yaml}')).toEqual(['infra/azuredeploy.json', 'infra/coredns.yaml']);
    expect(await found(folder, 'infra/**/x.*')).toEqual(['infra/deep/er/x.bicep']);
    expect(await found(folder, './*.bicep')).toEqual(['main.bicep']);
    expect(await found(folder, path.join(folder, 'in*', '*.json'))).toEqual(['infra/azuredeploy.json']);
    expect(await found(path.join(folder, 'infra'), '../*.bicep')).toEqual(['../main.bicep']);
  });

  test('are a skipped folder when it is named', async () => {
    expect(await found(workspace(files), 'node_modules')).toEqual(['node_modules/a/x.bicep']);
  });

  test('are a file whose name looks like a glob', async () => {
    const folder = workspace({ 'a[1].bicep': '', 'a1.bicep': '' });
    expect(await found(folder, 'a[1].bicep')).toEqual(['a[1].bicep']);
  });

  test('leave a word for every path that leads nowhere', async () => {
    const folder = workspace({ 'main.bicep': '' });
    expect(await found(folder, 'nope', '*.json', 'gone/*.json', 'main.bicep/x')).toEqual([
      '! nope: there is no such file or folder',
      '! *.json: no file matches it',
      '! gone/*.json: no file matches it',
      '! main.bicep/x: a part of the path is not a folder',
    ]);
  });

  test('are found in a folder whose links form loops', async () => {
    const folder = workspace({ 'a/main.bicep': '' });
    symlinkSync(path.join(folder, 'a'), path.join(folder, 'a/self'));
    symlinkSync('loop.bicep', path.join(folder, 'loop.bicep'));
    symlinkSync('nowhere', path.join(folder, 'gone.bicep'));
    symlinkSync('a/main.bicep', path.join(folder, 'link.bicep'));
    expect(await found(folder, '.')).toEqual(['a/main.bicep', 'link.bicep']);
    expect(await found(folder, '**/*.bicep')).toEqual(['a/main.bicep', 'link.bicep']);
    expect(await found(folder, 'loop.bicep')).toEqual(['! loop.bicep: its symbolic links form a loop']);
  });
});

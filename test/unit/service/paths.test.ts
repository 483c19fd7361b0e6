import { describe, expect, test } from 'vitest';
import { filesAbove, templatesNextTo } from '../../../src/service/paths.ts';

describe('the files above a document', () => {
  test.each([
    ['file:///a/b/main.bicep', ['file:///a/b/x.jsonc', 'file:///a/x.jsonc', 'file:///x.jsonc']],
    ['file:///main.bicep', ['file:///x.jsonc']],
    ['vscode-vfs://github/owner/main.bicep', ['vscode-vfs://github/owner/x.jsonc', 'vscode-vfs://github/x.jsonc']],
    ['git:/a/main.bicep?{"path":"/c/d"}#/e', ['git:/a/x.jsonc', 'git:/x.jsonc']],
    ['file:///c%3A/a/main.bicep', ['file:///c%3A/a/x.jsonc', 'file:///c%3A/x.jsonc', 'file:///x.jsonc']],
    ['untitled:Untitled-1', []],
    ['main.bicep', []],
  ])('of %s, nearest first', (uri, expected) => {
    expect(filesAbove(uri, 'x.jsonc')).toEqual(expected);
  });
});

describe('the templates that a parameter file may be for', () => {
  test.each([
    ['main.parameters.json', ['main.bicep', 'main.json']],
    ['main.parameters.prod.json', ['main.bicep', 'main.json']],
    ['azuredeploy.parameters.json', ['azuredeploy.bicep', 'main.bicep', 'azuredeploy.json']],
    ['main.test.parameters.json', ['main.test.bicep', 'main.test.json', 'main.bicep', 'main.json']],
    ['parameters/hub.parameters.all.json', ['hub.bicep', 'hub.json', '../hub.bicep', '../hub.json']],
    ['parameters.json', ['template.json']],
    ['Parameters.json', ['template.json']],
    ['my-parameters.json', []],
    ['parameters.prod.json', []],
  ])('%s', (name, expected) => {
    expect(templatesNextTo(`file:///work/${name}`)).toEqual(expected);
  });
});

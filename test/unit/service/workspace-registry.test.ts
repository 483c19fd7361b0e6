import { describe, expect, test } from 'vitest';
import { cachedPath, readReference } from '../../../src/service/registry.ts';
import { Project, type ProjectFiles, pathOf, uriOf } from './workspace-project.ts';

function call(reference: string): string {
  return `module it '${reference}' = {\n  name: 'it'\n  params: { name: 'hub', prefix: '10.0.0.7/16' }\n}\n`;
}

/** A network as Bicep compiles it, with the prefix that its parameter is given. */
const compiled = JSON.stringify({
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  parameters: { name: { type: 'string' }, prefix: { type: 'string' } },
  resources: [
    {
      type: 'Microsoft.Resources/deployments',
      apiVersion: '2022-09-01',
      name: 'inner',
      properties: {
        mode: 'Incremental',
        expressionEvaluationOptions: { scope: 'inner' },
        parameters: { prefix: { value: "[parameters('prefix')]" } },
        template: {
          $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
          contentVersion: '1.0.0.0',
          parameters: { prefix: { type: 'string' } },
          resources: [
            {
              type: 'Microsoft.Network/virtualNetworks',
              apiVersion: '2024-05-01',
              name: 'hub',
              properties: { addressSpace: { addressPrefixes: ["[parameters('prefix')]", '172.16.0.9/12'] } },
            },
          ],
        },
      },
    },
  ],
});

function project(files: ProjectFiles): Project {
  const made = new Project(files);
  made.service.workspace.moduleCache = { root: uriOf('cache'), home: uriOf('home') };
  return made;
}

const cached = 'cache/br/registry.example/net$network/1.0$/main.json';

describe('a module of a registry', () => {
  test('is read as Bicep has restored it, and findings stand in the file that calls it', () => {
    const made = project({ 'main.bicep': call('br:registry.example/net/network:1.0'), [cached]: compiled });
    expect(made.findings('main.bicep')).toEqual([
      'cidr-host-bits main.bicep:it',
      'cidr-host-bits main.bicep:10.0.0.7/16',
    ]);
    expect(made.analyse('main.bicep').model.unreadParts).toEqual([]);
    for (const { related } of made.analyse('main.bicep').diagnostics) {
      for (const { location } of related) expect(pathOf(location.uri)).toBe('main.bicep');
    }
  });

  test('is read there before anything that stands in for it', () => {
    const reference = 'br/public:avm/res/network/virtual-network:0.5.1';
    const text = call(reference).replace("prefix: '10.0.0.7/16'", "addressPrefixes: ['10.0.0.0/16']");
    const path = cachedPath(readReference(reference, undefined) ?? fail()) ?? '';
    expect(decodeURIComponent(path)).toMatch(
      /^br\/[\w.]+\/bicep\$avm\$res\$network\$virtual-network\/0\.5\.1\$\/main\.json$/,
    );
    const restored = project({ 'main.bicep': text, [`cache/${decodeURIComponent(path)}`]: compiled });
    expect(restored.findings('main.bicep')).toContain('cidr-host-bits main.bicep:it');
    expect(project({ 'main.bicep': text }).analyse('main.bicep').model.virtualNetworks).toHaveLength(1);
  });

  test('is not looked for without a cache, and counts as not read', () => {
    const made = new Project({ 'main.bicep': call('br:registry.example/net/network:1.0'), [cached]: compiled });
    expect(made.analyse('main.bicep').model.unreadParts).toHaveLength(1);
    expect(made.asked.filter((path) => path.startsWith('cache'))).toEqual([]);
  });

  test('that is broken or no template counts as not read', () => {
    for (const text of ['{', '[]', '{"a": 1}', { kind: 'unreadable' } as const]) {
      const made = project({ 'main.bicep': call('br:registry.example/net/network:1.0'), [cached]: text });
      expect(made.findings('main.bicep')).toEqual([]);
      expect(made.analyse('main.bicep').model.unreadParts).toHaveLength(1);
    }
  });
});

describe('the folder of restored modules', () => {
  const files = { 'a/main.bicep': call('br:registry.example/net/network:1.0') };
  const below = 'br/registry.example/net$network/1.0$/main.json';

  /** Where the module is looked for under this configuration. */
  function askedWith(config: string): string[] {
    const made = project(files);
    made.service.workspace.provide(uriOf('bicepconfig.json'), { kind: 'text', text: config });
    expect(made.findings('a/main.bicep')).toEqual([]);
    return made.asked.flatMap((path) => (path.endsWith('main.json') ? [decodeURIComponent(path)] : []));
  }

  test.each([
    ['{}', `cache/${below}`],
    ['{ "cacheRootDirectory": " " }', `cache/${below}`],
    ['{ "cacheRootDirectory": null }', `cache/${below}`],
    ['{ "cacheRootDirectory": "/project/own#/", }', `own#/${below}`],
    ['{ "cacheRootDirectory": "~" }', `home/${below}`],
    ['{ "cacheRootDirectory": "~/own" }', `home/own/${below}`],
    ['{ "cacheRootDirectory": "~\\\\own\\\\" }', `home/own/${below}`],
    ['{ "cacheRootDirectory": "C:\\\\own" }', `file:///C:/own/${below}`],
  ])('is as Bicep reads %s', (config, path) => {
    expect(askedWith(config)).toEqual([path]);
  });

  test.each(['own', './own', '~own', '//server/share', '\\\\\\\\server\\\\share', 'https://example.com/own'])(
    'is none where Bicep would refuse it or go to another machine: %s',
    (written) => {
      expect(askedWith(`{ "cacheRootDirectory": "${written}" }`)).toEqual([]);
    },
  );

  test('is that of the nearest configuration, and follows it', () => {
    const made = project({
      ...files,
      'bicepconfig.json': '{ "cacheRootDirectory": "/project/far" }',
      'a/bicepconfig.json': '{ "cacheRootDirectory": "/project/near" }',
      [`near/${below}`]: compiled,
    });
    expect(made.findings('a/main.bicep')).toContain('cidr-host-bits a/main.bicep:10.0.0.7/16');
    made.write('a/bicepconfig.json', '{}');
    expect(made.findings('a/main.bicep')).toEqual([]);
  });

  test('is not looked for where there is no cache', () => {
    const made = new Project({ ...files, 'bicepconfig.json': '{ "cacheRootDirectory": "/project/own" }' });
    expect(made.findings('a/main.bicep')).toEqual([]);
    expect(made.asked.filter((path) => !path.endsWith('aksnet.jsonc'))).toEqual([]);
  });
});

describe('an alias', () => {
  const config = (registry: string): string => `{
  // Where our modules are.
  "moduleAliases": {
    "br": { "ours": { "registry": "${registry}", "modulePath": "net" }, "bare": { "registry": "${registry}" } },
    "ts": { "specs": { "subscription": "11111111-1111-1111-1111-111111111111", "resourceGroup": "Specs" } },
  },
}`;

  test.each([
    ['br/ours:network:1.0', cached],
    ['br/bare:net/network:1.0', cached],
    ['ts/specs:Network:v1', 'cache/ts/11111111-1111-1111-1111-111111111111/specs/network/v1/main.json'],
  ])('%s is looked up in bicepconfig.json', (reference, path) => {
    const made = project({
      'deploy/main.bicep': call(reference),
      'bicepconfig.json': config('registry.example'),
      [path]: compiled,
    });
    expect(made.findings('deploy/main.bicep')).toContain('cidr-host-bits deploy/main.bicep:10.0.0.7/16');
  });

  test('is that of the nearest file, even if only one further up declares it', () => {
    const files = {
      'a/b/main.bicep': call('br/ours:network:1.0'),
      'bicepconfig.json': config('registry.example'),
      [cached]: compiled,
    };
    expect(project({ ...files, 'a/bicepconfig.json': config('elsewhere.example') }).findings('a/b/main.bicep')).toEqual(
      [],
    );
    expect(project({ ...files, 'a/bicepconfig.json': '{}' }).findings('a/b/main.bicep')).toEqual([]);
    expect(project(files).findings('a/b/main.bicep')).toHaveLength(2);
  });

  test('that changes is seen', () => {
    const made = project({
      'main.bicep': call('br/ours:network:1.0'),
      'bicepconfig.json': config('elsewhere.example'),
      [cached]: compiled,
    });
    expect(made.findings('main.bicep')).toEqual([]);
    made.write('bicepconfig.json', config('registry.example'));
    expect(made.findings('main.bicep')).toHaveLength(2);
  });

  test.each(['{', '[]', '{"moduleAliases": 1}', '{"moduleAliases": {"br": {"ours": {"registry": 1}}}}', ''])(
    'in a configuration that reads %s is not known',
    (text) => {
      const made = project({ 'main.bicep': call('br/ours:network:1.0'), 'bicepconfig.json': text, [cached]: compiled });
      expect(made.findings('main.bicep')).toEqual([]);
    },
  );
});

describe('a reference', () => {
  test.each([
    ['br:localhost:5000/a/b:v1', 'br/localhost$5000/a$b/v1$/main.json'],
    [`br:r.example/a@sha256:${'0'.repeat(64)}`, `br/r.example/a/sha256#${'0'.repeat(64)}/main.json`],
    ['ts:SUB/Group/Spec:V1', 'ts/sub/group/spec/v1/main.json'],
  ])('%s is cached in %s', (reference, path) => {
    const module = readReference(reference, undefined);
    expect(module === undefined ? undefined : decodeURIComponent(cachedPath(module) ?? '')).toBe(path);
  });

  test.each(['br:a/b', 'br:b:1', 'br/ours:', 'ts:a/b:1', 'br:../x/y:1', 'br:r/..:1', 'br:r.example/a:V1'])(
    '%s leads to no place in the cache',
    (reference) => {
      const module = readReference(reference, undefined);
      const path = module === undefined ? undefined : cachedPath(module);
      expect(path?.includes('..') ?? false).toBe(false);
      if (reference !== 'br:r/..:1') expect(path).toBeUndefined();
    },
  );
});

function fail(): never {
  throw new Error('the reference is not read');
}

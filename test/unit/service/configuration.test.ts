import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src/base/text-edit.ts';
import { ruleAreas } from '../../../src/rules/index.ts';
import type { Analysis } from '../../../src/service/analysis.ts';
import { applyFixes, isSafe } from '../../../src/service/code-actions.ts';
import { isIgnored, readConfiguration } from '../../../src/service/configuration.ts';
import { matchesPath } from '../../../src/service/configuration-paths.ts';
import { LanguageService } from '../../../src/service/language-service.ts';
import { ruleEntries } from '../../../src/service/rule-list.ts';
import { defaultSettings, mergeSettings } from '../../../src/service/settings.ts';
import { analyseText } from '../../support/fixtures.ts';

const uri = 'file:///work/aksnet.jsonc';

function settingsOf(text: string) {
  return mergeSettings([readConfiguration({ uri, text }).configuration.settings]);
}

/** The findings of a configuration file as `severity characters: message`. */
function problems(text: string): string[] {
  return analyseText('aksnet.jsonc', text, defaultSettings).diagnostics.map(
    ({ severity, location: { span }, message, rule }) => {
      expect(rule).toBe('configuration-invalid');
      return `${severity} ${text.slice(span.start, span.end)}: ${message}`;
    },
  );
}

describe('a configuration file', () => {
  test('says everything in one place', () => {
    const text = `{
      // comments and trailing commas are fine
      "$schema": "./aksnet.schema.json",
      "severity": { "sizing": "off", "subnet-overlap": "information" },
      "reserved": [{ "name": "on-premises", "prefixes": ["10.0.0.0/12"] }],
      "peeredNetworks": [{ "name": "hub", "prefixes": ["10.64.0.0/16", "fd00::/64"] }],
      "egressNextHops": ["10.64.1.4"],
      "kubernetesVersion": "1.33.2",
      "entryFiles": ["main.bicep"],
      "ignore": ["legacy"],
    }`;
    expect(problems(text)).toEqual([]);
    expect(settingsOf(text)).toEqual({
      severities: { 'subnet-overlap': 'information', ...groupOf('sizing', 'off') },
      reserved: [{ name: 'on-premises', prefixes: ['10.0.0.0/12'] }],
      peeredNetworks: [{ name: 'hub', prefixes: ['10.64.0.0/16', 'fd00::/64'] }],
      egressNextHops: ['10.64.1.4'],
      corednsVersion: '1.12.1',
    });
    const { configuration } = readConfiguration({ uri, text });
    expect(configuration.entryFiles.map(({ value }) => value)).toEqual(['main.bicep']);
    expect(configuration.ignore).toEqual(['legacy']);
  });

  test('may be an empty object, and that changes nothing', () => {
    expect(problems('{}')).toEqual([]);
    expect(settingsOf('{}')).toEqual(defaultSettings);
  });

  test.each([
    ['1.24', '1.9.4'],
    ['1.31.5', '1.9.4'],
    ['1.32', '1.11.3'],
    ['1.35.1', '1.13.1'],
    ['1.36', '1.14.3'],
    ['1.99', undefined],
  ])('takes the CoreDNS of Kubernetes %s', (version, coredns) => {
    expect(settingsOf(`{ "kubernetesVersion": "${version}" }`).corednsVersion).toBe(coredns);
  });

  test('prefers a CoreDNS version to a Kubernetes version', () => {
    expect(settingsOf('{ "kubernetesVersion": "1.32", "corednsVersion": "1.14.3" }').corednsVersion).toBe('1.14.3');
  });

  test.each([
    ['{ "sevrity": {} }', ['warning sevrity: There is no setting "sevrity". Did you mean "severity"?']],
    [
      '{ "rules": {} }',
      [
        'warning rules: There is no setting "rules". There are $schema, severity, reserved, peeredNetworks, egressNextHops, corednsVersion, kubernetesVersion, entryFiles, parameterFiles, ignore.',
      ],
    ],
    [
      '{ "severity": { "subnet-overlp": "off" } }',
      ['warning subnet-overlp: There is no rule or group of rules "subnet-overlp". Did you mean "subnet-overlap"?'],
    ],
    [
      '{ "severity": { "nothing-like-it": "off" } }',
      ['warning nothing-like-it: There is no rule or group of rules "nothing-like-it". Remove it.'],
    ],
    [
      '{ "severity": { "sizing": "warn" } }',
      ['error warn: "warn" has no meaning here. Write error, warning, information or off.'],
    ],
    ['{ "severity": { "sizing": "eror" } }', ['error eror: "eror" has no meaning here. Did you mean "error"?']],
    [
      '{ "severity": { "sizing": 2 } }',
      ['error 2: This is a number. Write error, warning, information or off, in quotes.'],
    ],
    ['{ "severity": [] }', ['error []: This is a list. Write an object such as { "sizing": "warning" }.']],
    ['[]', ['error []: This is a list. Write an object such as { "severity": { "sizing": "warning" } }.']],
    [
      '{ "reserved": { "name": "x" } }',
      [
        'error { "name": "x" }: This is an object. Write a list such as [{ "name": "on-premises", "prefixes": ["10.0.0.0/12"] }].',
      ],
    ],
    [
      '{ "reserved": [{ "prefixes": [] }] }',
      [
        'error { "prefixes": [] }: This has no "name". Write it like { "name": "on-premises", "prefixes": ["10.0.0.0/12"] }.',
      ],
    ],
    [
      '{ "reserved": [{ "name": "a", "prefixes": ["10.0.0/8", "10.0.0.1/8"] }] }',
      [
        'error 10.0.0/8: "10.0.0/8" is no address prefix. Write one such as 10.0.0.0/12.',
        'error 10.0.0.1/8: 10.0.0.1/8 does not start at the first address of its block. Write 10.0.0.0/8.',
      ],
    ],
    ['{ "egressNextHops": ["fd00::1"] }', ['error fd00::1: "fd00::1" is no IPv4 address. Write one such as 10.0.1.4.']],
    ['{ "corednsVersion": "latest" }', ['error latest: "latest" is no version. Write one such as "1.13.1".']],
    [
      '{ "kubernetesVersion": "1.20" }',
      [
        'error 1.20: aksnet does not know the CoreDNS of Kubernetes 1.20, only from 1.24 on. Set corednsVersion instead.',
      ],
    ],
    ['{ "corednsVersion": 1.13 }', ['error 1.13: This is a number. Write a text such as "1.13.1".']],
    ['{ "ignore": [""] }', ['error : This is empty. Write a text such as "legacy".']],
    ['{ "ignore": ["!a"] }', ['error !a: "!a" has a sign without a meaning here. Only *, ** and ? have one.']],
    ['{ "entryFiles": ["*.bicep"] }', ['error *.bicep: "*.bicep" is a pattern. Name each file.']],
    [
      '{ "ignore": [], "ignore": [] }',
      ['error ignore: "ignore" is set above already, and that counts. Remove one of the two.'],
    ],
    [
      '{ "severity": { "sizing": null } }',
      ['error null: This is null. Write error, warning, information or off, in quotes.'],
    ],
    ['{ "severity": { } ', ['error {: This "{" is never closed. Add "}".']],
    ['', ['error : This file is empty. Put a JSON object here.']],
  ])('is told what is wrong with %s', (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test('keeps what can be used beside what cannot', () => {
    const settings = settingsOf(
      '{ "severity": { "sizing": "loud", "egress": "off" }, "reserved": [{ "name": "a", "prefixes": ["x", "10.1.0.0/16"] }, 1] }',
    );
    expect(settings.severities).toEqual(groupOf('egress', 'off'));
    expect(settings.reserved).toEqual([{ name: 'a', prefixes: ['10.1.0.0/16'] }]);
  });

  test('is repaired by its fixes, the safe ones without asking', () => {
    const text = '{ "ignore": ["a\\\\b"], "reserved": [{ "name": "a", "prefixes": ["10.0.0.1/8"] }], "sevrity": {} }';
    const analysis = analyseText('aksnet.jsonc', text, defaultSettings);
    expect(applyFixes(analysis, isSafe).text).toBe(
      '{ "ignore": ["a/b"], "reserved": [{ "name": "a", "prefixes": ["10.0.0.0/8"] }], "sevrity": {} }',
    );
    expect(applyFixes(analysis, () => true).text).toContain('"severity": {}');
  });

  test('survives every prefix of itself', () => {
    const text =
      '{ "severity": { "sizing": "off" }, "reserved": [{ "name": "a", "prefixes": ["10.0.0.0/8"] }], "ignore": ["x"] }';
    for (let end = 0; end <= text.length; end++) {
      const part = text.slice(0, end);
      const { diagnostics } = analyseText('aksnet.jsonc', part, defaultSettings);
      for (const { location } of diagnostics) expect(location.span.end).toBeLessThanOrEqual(part.length);
    }
  });

  test('is refused where it is nested without end', () => {
    expect(problems('['.repeat(5_000))).toHaveLength(1);
  });
});

describe('rule groups', () => {
  test('have names that no rule has', () => {
    const ids = new Set(ruleEntries().map(({ id }) => id));
    expect(ruleAreas.filter(({ folder }) => ids.has(folder))).toEqual([]);
  });
});

describe('settings', () => {
  test('of a later layer override what they mention and nothing else', () => {
    const merged = mergeSettings([
      {
        severities: { 'subnet-overlap': 'off', 'cidr-syntax': 'warning' },
        egressNextHops: ['10.0.0.4'],
        corednsVersion: '1.9.4',
      },
      { severities: { 'subnet-overlap': 'warning' }, egressNextHops: [] },
    ]);
    expect(merged.severities).toEqual({ 'subnet-overlap': 'warning', 'cidr-syntax': 'warning' });
    expect(merged.egressNextHops).toEqual(['10.0.0.4']);
    expect(merged.corednsVersion).toBe('1.9.4');
  });

  test('let a rule outdo its group in one layer, and a group the rules of the layers before', () => {
    const first = { severities: { 'address-space': 'off', 'subnet-overlap': 'warning' } } as const;
    expect(mergeSettings([first]).severities).toEqual({
      ...groupOf('address-space', 'off'),
      'subnet-overlap': 'warning',
    });
    const second = { severities: { 'address-space': 'information' } } as const;
    expect(mergeSettings([first, second]).severities).toEqual(groupOf('address-space', 'information'));
  });
});

describe('ignored paths', () => {
  test.each([
    ['legacy', 'legacy/main.bicep', true],
    ['legacy', 'infra/legacy/main.bicep', true],
    ['/legacy', 'infra/legacy/main.bicep', false],
    ['/legacy/', 'legacy/main.bicep', true],
    ['./main.bicep', 'main.bicep', true],
    ['./main.bicep', 'a/main.bicep', false],
    ['*.json', 'a/b.json', true],
    ['a/*.json', 'a/b/c.json', false],
    ['a/**/c.json', 'a/c.json', true],
    ['a/**/c.json', 'a/b/b/c.json', true],
    ['**', 'anything', true],
    ['a/**', 'a/b', true],
    ['ma?n.bicep', 'main.bicep', true],
    ['ma?n.bicep', 'man.bicep', false],
    ['legacy', 'legacy2/main.bicep', false],
    ['a.b', 'axb', false],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(matchesPath(pattern, path)).toBe(expected);
  });

  // Trying every way in which the stars may share the path would not end.
  test('end, whatever the pattern', () => {
    expect(matchesPath(`${'**/a*a*a*/'.repeat(60)}b`, `${'a'.repeat(200)}/`.repeat(60))).toBe(false);
  });

  test('are relative to the folder of the file, and never the file itself', () => {
    const { configuration } = readConfiguration({ uri, text: '{ "ignore": ["*"] }' });
    expect(isIgnored(configuration, 'file:///work/a%20b/main.bicep')).toBe(true);
    expect(isIgnored(configuration, 'file:///other/main.bicep')).toBe(false);
    expect(isIgnored(configuration, uri)).toBe(false);
  });
});

/** Every rule of a group with one severity. */
function groupOf(folder: string, severity: 'off' | 'information'): Record<string, string> {
  const area = ruleAreas.find((candidate) => candidate.folder === folder);
  return Object.fromEntries((area?.rules ?? []).map(({ id }) => [id, severity]));
}

const overlap = `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'a', properties: { addressPrefix: '10.1.0.0/24' } }
      { name: 'b', properties: { addressPrefix: '10.1.0.128/25' } }
    ]
  }
}
`;

/** A service over these files, which are read as an adapter would. */
class Files {
  readonly service = new LanguageService((rule, at, error) => {
    throw new Error(`${rule} failed on ${at}`, { cause: error });
  });
  private readonly texts: Record<string, string>;

  constructor(texts: Record<string, string>) {
    this.texts = texts;
  }

  analyse(name: string): Analysis | undefined {
    const document = { uri: `file:///${name}`, languageId: '', version: 1, text: this.texts[name] ?? '' };
    for (let round = 0; ; round++) {
      const analysis = this.service.analyse(document);
      const { wanted } = this.service.workspace;
      if (wanted.length === 0) return analysis;
      expect(round).toBeLessThan(10);
      for (const other of wanted) {
        const text = this.texts[decodeURIComponent(other.slice('file:///'.length))];
        this.service.workspace.provide(other, text === undefined ? { kind: 'missing' } : { kind: 'text', text });
      }
    }
  }

  found(name: string): string[] | undefined {
    return this.analyse(name)?.diagnostics.map(({ severity, rule }) => `${severity} ${rule}`);
  }
}

describe('the language service', () => {
  test('takes the nearest configuration and no other', () => {
    const files = new Files({
      'aksnet.jsonc': '{ "severity": { "subnet-overlap": "off" } }',
      'a/aksnet.jsonc': '{ "severity": { "subnet-overlap": "information" } }',
      'main.bicep': overlap,
      'a/b/c/main.bicep': overlap,
    });
    expect(files.found('main.bicep')).toEqual([]);
    expect(files.found('a/b/c/main.bicep')).toEqual(['information subnet-overlap']);
  });

  test('lets what the editor or the command line says override it', () => {
    const files = new Files({ 'aksnet.jsonc': '{ "severity": { "subnet-overlap": "off" } }', 'main.bicep': overlap });
    files.service.configure({ severities: { 'subnet-overlap': 'warning' } });
    expect(files.found('main.bicep')).toEqual(['warning subnet-overlap']);
  });

  test('follows the configuration while it is edited', () => {
    const files = new Files({ 'main.bicep': overlap });
    expect(files.found('main.bicep')).toEqual(['error subnet-overlap']);
    const configuration = { uri: 'file:///aksnet.jsonc', languageId: 'jsonc', version: 1 };
    files.service.analyse({ ...configuration, text: '{ "severity": { "subnet-overlap": "off" } }' });
    expect(files.found('main.bicep')).toEqual([]);
    files.service.analyse({ ...configuration, version: 2, text: '{ "severity": { } }' });
    expect(files.found('main.bicep')).toEqual(['error subnet-overlap']);
  });

  test('leaves ignored files alone, as documents and as callers', () => {
    const files = new Files({
      'aksnet.jsonc': '{ "ignore": ["old"] }',
      'old/main.bicep': overlap,
      'main.bicep': overlap,
    });
    expect(files.found('old/main.bicep')).toBeUndefined();
    expect(files.found('main.bicep')).toEqual(['error subnet-overlap']);
  });

  test('looks at modules through the entry files that are named', () => {
    const module = overlap.replace("'10.1.0.128/25'", 'prefix').replace(/^/, 'param prefix string\n');
    const files = new Files({
      'aksnet.jsonc': '{ "entryFiles": ["main.bicep"] }',
      'main.bicep': "module net 'modules/net.bicep' = {\n  name: 'n'\n}\n",
      'modules/net.bicep': "module inner 'inner.bicep' = {\n  name: 'i'\n  params: { prefix: '10.1.0.128/25' }\n}\n",
      'modules/inner.bicep': module,
    });
    const diagnostics = files.analyse('modules/inner.bicep')?.diagnostics.map(({ rule }) => rule);
    const elsewhere = files.analyse('modules/net.bicep')?.diagnostics.map(({ rule }) => rule);
    expect([...(diagnostics ?? []), ...(elsewhere ?? [])]).toContain('subnet-overlap');
    const without = new Files({ 'modules/inner.bicep': module });
    expect(without.found('modules/inner.bicep')).toEqual([]);
  });

  test('takes parameter files for the template that is set for them', () => {
    const schema = 'https://schema.management.azure.com/schemas/2019-04-01';
    const parameters = (prefix: string): string =>
      JSON.stringify({ $schema: `${schema}/deploymentParameters.json#`, parameters: { prefix: { value: prefix } } });
    const subnets = ['10.1.0.0/24', "[parameters('prefix')]"].map((addressPrefix, index) => ({
      name: `subnet-${index}`,
      properties: { addressPrefix },
    }));
    const template = JSON.stringify({
      $schema: `${schema}/deploymentTemplate.json#`,
      contentVersion: '1.0.0.0',
      parameters: { prefix: { type: 'string' } },
      resources: [
        {
          type: 'Microsoft.Network/virtualNetworks',
          apiVersion: '2023-11-01',
          name: 'vnet',
          properties: { addressSpace: { addressPrefixes: ['10.1.0.0/16'] }, subnets },
        },
      ],
    });
    const others = {
      'main.json': template,
      'env/prod.json': parameters('10.1.0.128/25'),
      'env/test.json': parameters('10.1.1.0/24'),
    };
    const found = (files: Files) => Object.keys(others).map((name) => files.found(name));
    const configuration = '{ "parameterFiles": [{ "files": "env/*.json", "template": "main.json" }] }';
    expect(found(new Files({ ...others, 'aksnet.jsonc': configuration }))).toEqual([[], ['error subnet-overlap'], []]);
    expect(found(new Files(others))).toEqual([[], [], []]);
    const misspelt = new Files({ ...others, 'aksnet.jsonc': configuration.replace('main.json', 'mian.json') });
    expect(misspelt.found('aksnet.jsonc')).toEqual(['warning configuration-invalid']);
  });

  test('tells of entry files that do not exist', () => {
    const files = new Files({ 'aksnet.jsonc': '{ "entryFiles": ["main.bicep", "no.bicep"] }', 'main.bicep': '' });
    expect(files.analyse('aksnet.jsonc')?.diagnostics.map(({ message }) => message)).toEqual([
      'There is no file "no.bicep" in the folder of this configuration. Correct the path, or remove it.',
    ]);
  });

  test('offers the near miss in the configuration file', () => {
    const files = new Files({});
    const text = '{ "ignre": [] }';
    const document = { uri: 'file:///aksnet.jsonc', languageId: 'jsonc', version: 1, text };
    const [fix] = files.service.codeActions(document, { start: 4, end: 4 });
    expect(fix?.title).toBe('Replace with "ignore"');
    expect(applyEdits(text, fix?.edits[0]?.edits ?? [])).toBe('{ "ignore": [] }');
  });

  test('does without a configuration for a document without a folder', () => {
    const service = new LanguageService(() => {});
    service.analyse({ uri: 'untitled:Untitled-1', languageId: 'bicep', version: 1, text: overlap });
    expect(service.workspace.wanted).toEqual([]);
  });
});

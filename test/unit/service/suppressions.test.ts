import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src/base/text-edit.ts';
import { applyFixes, isSafe, renderFix } from '../../../src/service/code-actions.ts';
import { LanguageService } from '../../../src/service/language-service.ts';
import { defaultSettings, type Settings } from '../../../src/service/settings.ts';
import { analyseText } from '../../support/fixtures.ts';

function found(name: string, text: string, settings: Partial<Settings> = {}): string[] {
  const { diagnostics } = analyseText(name, text, { ...defaultSettings, ...settings });
  return diagnostics.map(({ rule, location: { span } }) => `${rule} ${text.slice(span.start, span.end)}`);
}

function messages(name: string, text: string): string[] {
  return analyseText(name, text, defaultSettings)
    .diagnostics.filter(({ rule }) => rule === 'suppression-unused')
    .map(({ message, severity }) => {
      expect(severity).toBe('information');
      return message;
    });
}

/** A network whose second subnet overlaps the first; `above` stands on the line above it. */
function network(above: string, prefix = '10.1.0.128/25'): string {
  return `resource vnet 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  properties: {
    addressSpace: { addressPrefixes: ['10.1.0.0/16'] }
    subnets: [
      { name: 'a', properties: { addressPrefix: '10.1.0.0/24' } }
${above === '' ? '' : `      ${above}\n`}      { name: 'b', properties: { addressPrefix: '${prefix}' } }
    ]
  }
}
`;
}

const free = '10.1.1.0/24';

describe('a suppression', () => {
  test.each([
    '// aksnet-disable-next-line subnet-overlap',
    '// aksnet-disable-next-line cidr-syntax, subnet-overlap -- cidr-syntax is a test',
    '/* aksnet-disable-next-line subnet-overlap */',
    '#disable-next-line subnet-overlap',
    '#disable-next-line BCP036 subnet-overlap no-unused-params',
    '// aksnet-disable-next-line *',
    '// aksnet-disable subnet-overlap',
  ])('silences a rule: %s', (comment) => {
    expect(found('main.bicep', network(comment)).filter((text) => !text.startsWith('suppression'))).toEqual([]);
  });

  test.each(['// aksnet-disabled subnet-overlap', '// see aksnet-disable subnet-overlap', '// aksnet-disable-next'])(
    'is no other comment: %s',
    (comment) => {
      expect(found('main.bicep', network(comment))).toEqual(['subnet-overlap 10.1.0.128/25']);
    },
  );
});

describe('suppression-unused', () => {
  test.each([
    [
      '// aksnet-disable-next-line subnet-overlap',
      'subnet-overlap reports nothing on the next line that this comment could silence. Remove it.',
    ],
    [
      '// aksnet-disable subnet-overlap -- old',
      'subnet-overlap reports nothing in this file that this comment could silence. Remove it.',
    ],
    [
      '// aksnet-disable-next-line *',
      'No rule reports anything on the next line that this comment could silence. Remove it.',
    ],
    ['// aksnet-disable-next-line', 'This comment names no rule and silences nothing. Name the rules, or remove it.'],
    ['// aksnet-disable-next-line subnet-overlp', 'There is no rule "subnet-overlp". Did you mean "subnet-overlap"?'],
    ['#disable-next-line subnet-overlp', 'There is no rule "subnet-overlp". Did you mean "subnet-overlap"?'],
    [
      '// aksnet-disable-next-line because it is old',
      'There is no rule "because". Name a rule that exists, and put remarks behind " -- ".',
    ],
  ])('is said of %s', (comment, message) => {
    expect(messages('main.bicep', network(comment, free))).toEqual([message]);
  });

  test.each([
    '#disable-next-line BCP036 no-unused-params use-safe-access',
    '// aksnet-disable-next-line suppression-unused\n// aksnet-disable-next-line subnet-overlap',
    '// aksnet-disable suppression-unused',
  ])('is not said of %s', (comment) => {
    expect(messages('main.bicep', network(comment, free))).toEqual([]);
  });

  test('is said of each name that has no effect, at that name', () => {
    const text = network('// aksnet-disable-next-line cidr-syntax subnet-overlap cidr-host-bits');
    expect(found('main.bicep', text)).toEqual(['suppression-unused cidr-syntax', 'suppression-unused cidr-host-bits']);
  });

  test('is not said of rules that are off, nor of * while any is', () => {
    const severities = { 'subnet-overlap': 'off' } as const;
    const named = network('// aksnet-disable-next-line subnet-overlap', free);
    expect(found('main.bicep', named, { severities })).toEqual([]);
    const all = network('// aksnet-disable-next-line *', free);
    expect(found('main.bicep', all, { severities })).toEqual([]);
    const itself = { 'suppression-unused': 'off' } as const;
    expect(found('main.bicep', named, { severities: itself })).toEqual([]);
  });

  test('is not said while the file cannot be read as a whole', () => {
    const text = `${network('// aksnet-disable-next-line subnet-overlap', free)}resource`;
    expect(messages('main.bicep', text)).toEqual([]);
    expect(messages('main.bicep', `${network('// aksnet-disable-next-line subnet-overlp')}resource`)).toHaveLength(1);
  });

  test('is not said where a parameter without a value may still make a finding', () => {
    const text = network('// aksnet-disable-next-line subnet-overlap', free);
    expect(messages('main.bicep', `param location string\n${text}`)).toEqual([]);
    expect(messages('main.bicep', `param location string?\n${text}`)).toHaveLength(1);
    expect(messages('main.bicep', `param location string = 'westeurope'\n${text}`)).toHaveLength(1);
  });

  test('is not said where a module was not read', () => {
    const text = network('// aksnet-disable-next-line subnet-overlap', free);
    expect(messages('main.bicep', `${text}module m 'other.bicep' = {\n  name: 'm'\n}\n`)).toEqual([]);
  });

  test.each([
    ['// aksnet-disable-next-line subnet-overlap', ''],
    ['// aksnet-disable-next-line subnet-overlap cidr-syntax', ''],
    ['/* aksnet-disable-next-line subnet-overlap */', ''],
    ['#disable-next-line subnet-overlap', ''],
    ['#disable-next-line BCP036 subnet-overlap', '#disable-next-line BCP036'],
    ['// aksnet-disable-next-line subnet-overlp', '// aksnet-disable-next-line subnet-overlp'],
  ])('is put right without asking: %s', (comment, left) => {
    let text = network(comment, free);
    for (let round = 0; round < 3; round++) {
      text = applyFixes(analyseText('main.bicep', text, defaultSettings), isSafe).text;
    }
    expect(text).toBe(network(left, free));
  });

  test('keeps the names that have an effect', () => {
    const text = network('// aksnet-disable-next-line cidr-syntax, subnet-overlap -- why');
    const analysis = analyseText('main.bicep', text, defaultSettings);
    expect(applyFixes(analysis, isSafe).text).toBe(network('// aksnet-disable-next-line subnet-overlap -- why'));
  });

  test('offers the near miss first', () => {
    const text = network('// aksnet-disable-next-line subnet-overlp');
    const analysis = analyseText('main.bicep', text, defaultSettings);
    const unknown = analysis.diagnostics.find(({ rule }) => rule === 'suppression-unused');
    const [fix] = unknown?.fixes ?? [];
    expect(fix?.applicability).toBe('unsafe');
    const edits = fix && renderFix(analysis, fix);
    const fixed = applyEdits(text, edits?.[0]?.edits ?? []);
    expect(found('main.bicep', fixed)).toEqual([]);
  });

  test('asks before it removes what another deployment may need', () => {
    const text = `param prefix string = '${free}'\n${network('// aksnet-disable-next-line subnet-overlap', free).replace(`'${free}'`, 'prefix')}`;
    const analysis = analyseText('main.bicep', text, defaultSettings);
    expect(analysis.diagnostics.map(({ fixes }) => fixes.map(({ applicability }) => applicability))).toEqual([
      ['unsafe'],
    ]);
    expect(applyFixes(analysis, isSafe).text).toBe(text);
  });

  test('is said in ARM templates', () => {
    const text = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  // aksnet-disable-next-line subnet-overlap
  "resources": [] // aksnet-disable cidr-syntax
}
`;
    expect(messages('azuredeploy.json', text)).toHaveLength(2);
    expect(applyFixes(analyseText('azuredeploy.json', text, defaultSettings), isSafe).text).toBe(
      text.replace(/ {2}\/\/ .*\n/, '').replace(/ \/\/ .*/, ''),
    );
  });

  test('is said in ConfigMaps, in the YAML and in a Corefile, with the line ends of the file', () => {
    const text = [
      'apiVersion: v1',
      'kind: ConfigMap',
      'metadata:',
      '  name: coredns-custom',
      '  namespace: kube-system # aksnet-disable-next-line coredns-namespace',
      'data:',
      '  corp.server: |',
      '    corp.example:53 {',
      '        # aksnet-disable-next-line coredns-unknown-plugin',
      '        errors',
      '        # aksnet-disable-next-line coredns-unknown-plugin',
      '        nonesuch',
      '        forward . 10.1.0.4',
      '    }',
      '',
    ].join('\r\n');
    expect(found('a.yaml', text).filter((item) => item.startsWith('suppression'))).toEqual([
      'suppression-unused coredns-namespace',
      'suppression-unused coredns-unknown-plugin',
    ]);
    expect(applyFixes(analyseText('a.yaml', text, defaultSettings), isSafe).text).toBe(
      text
        .replace(' # aksnet-disable-next-line coredns-namespace', '')
        .replace('        # aksnet-disable-next-line coredns-unknown-plugin\r\n', ''),
    );
    const templated = text.replace('10.1.0.4', '{{ .Values.dns }}');
    expect(messages('a.yaml', templated)).toEqual([]);
  });

  test('is judged by what the callers of a module pass to it', () => {
    const module = `param prefix string\n${network('// aksnet-disable-next-line subnet-overlap', free).replace(`'${free}'`, 'cidrSubnet(prefix, 25, 1)')}`;
    const caller = (prefix: string): string =>
      `module net 'net.bicep' = {\n  name: 'n'\n  params: { prefix: '${prefix}' }\n}\n`;
    const judged = (texts: Record<string, string>): string[] => {
      const service = new LanguageService((_rule, _uri, error) => {
        throw error;
      });
      for (const [name, text] of Object.entries(texts))
        service.workspace.provide(`file:///w/${name}`, { kind: 'text', text });
      const document = { uri: 'file:///w/net.bicep', languageId: '', version: 1, text: module };
      return (service.analyse(document)?.diagnostics ?? []).map(
        ({ rule, fixes }) => `${rule} ${fixes[0]?.applicability}`,
      );
    };
    expect(judged({})).toEqual([]);
    expect(judged({ 'main.bicep': caller('10.1.0.0/24') })).toEqual([]);
    expect(judged({ 'main.bicep': caller(free) })).toEqual(['suppression-unused safe']);
    expect(judged({ 'main.bicep': caller(free), 'other.bicep': caller('10.1.0.0/24') })).toEqual([]);
    const open = `param prefix string\n${caller(free).replace(`'${free}'`, 'prefix')}`;
    expect(judged({ 'main.bicep': open })).toEqual([]);
    const using = `using './main.bicep'\nparam prefix = '${free}'\n`;
    expect(judged({ 'main.bicep': open, 'main.bicepparam': using })).toEqual(['suppression-unused safe']);
    expect(judged({ 'main.bicep': open, 'main.bicepparam': "using './main.bicep'\n" })).toEqual([]);
  });
});

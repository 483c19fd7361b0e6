import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../../src/service/analysis.ts';
import { defaultSettings, type Settings } from '../../../src/service/settings.ts';
import { analyseText } from '../../support/fixtures.ts';

function lint(text: string, settings: Partial<Settings> = {}, name = 'main.bicep'): Analysis {
  return analyseText(name, text, { ...defaultSettings, ...settings });
}

/** The findings in short: rule, severity and the text under the line. */
function sketch({ diagnostics, document }: Analysis): string[] {
  return diagnostics.map(
    ({ rule, severity, location: { span } }) => `${severity} ${rule}: ${document.text.slice(span.start, span.end)}`,
  );
}

const network = (prefixes: string) => `resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  properties: { addressSpace: { addressPrefixes: ${prefixes} } }
}
`;

describe('findings', () => {
  it('stand in the order of the text, whatever rule they are of', () => {
    const text = network("['10.1.0.0', '10.2.0.1/16', 'x', '10.4.0.1/16']");
    expect(sketch(lint(text))).toEqual([
      'error cidr-syntax: 10.1.0.0',
      'error cidr-host-bits: 10.2.0.1/16',
      'error cidr-syntax: x',
      'error cidr-host-bits: 10.4.0.1/16',
    ]);
  });

  it('have the severity that is set for their rule, and are left out where that is off', () => {
    const text = network("['10.1.0.0', '10.2.0.1/16']");
    expect(sketch(lint(text, { severities: { 'cidr-host-bits': 'information', 'cidr-syntax': 'off' } }))).toEqual([
      'information cidr-host-bits: 10.2.0.1/16',
    ]);
    expect(sketch(lint('var x =\n', { severities: { 'bicep-syntax': 'off' } }))).toEqual([]);
    expect(sketch(lint('var x =\n', { severities: { 'bicep-syntax': 'warning' } }))).toHaveLength(1);
  });

  it('are reported at the literal that is wrong, and name the place that uses it', () => {
    const text = `var space = '10.1.0.1/16'\n\n${network('[space]')}`;
    const [finding] = lint(text).diagnostics;
    const used = text.lastIndexOf('space');
    expect(finding?.location.span.start).toBe(text.indexOf('10.1.0.1'));
    expect(finding?.related).toEqual([
      {
        location: { uri: 'file:///main.bicep', span: { start: used, end: used + 5 } },
        text: 'The value is used here.',
      },
    ]);
  });

  it('say that a parameter default is only a default', () => {
    const [finding] = lint(`param space string = '10.1.0.1/16'\n\n${network('[space]')}`).diagnostics;
    expect(finding?.related.map(({ text }) => text)).toEqual(['The default of parameter "space" is used here.']);
  });

  it('are one where many resources use one wrong literal, with all the places named', () => {
    const networks = ['a', 'b', 'c'].map((name) => network('[space]').replace('network', name).replace('vnet', name));
    const { diagnostics } = lint(`var space = '10.1.0.1/16'\n\n${networks.join('\n')}`);
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]?.related).toHaveLength(3);
  });

  it('name every place that takes part, at its own text', () => {
    const text = `${network("['10.1.0.0/16']").replace(
      'addressSpace',
      "subnets: [{ name: 'a', properties: { addressPrefix: '10.1.0.0/24' } }, { name: 'b', properties: { addressPrefix: '10.1.0.128/25' } }]\n    addressSpace",
    )}`;
    const [finding] = lint(text).diagnostics;
    expect(
      finding?.related.map(({ location: { span }, text: what }) => [text.slice(span.start, span.end), what]),
    ).toEqual([['10.1.0.0/24', 'The other subnet is here.']]);
  });

  it('never span lines', () => {
    const subnets = `[for i in range(0, 2): {
  name: 's\${i}'
  properties: {
    addressPrefix: cidrSubnet(
      '10.1.0.0/16',
      24,
      0
    )
  }
}]`;
    for (const lineBreak of ['\n', '\r\n']) {
      const text = network("['10.1.0.0/16']").replace('addressSpace', `subnets: ${subnets}\n    addressSpace`);
      const { diagnostics, document } = lint(text.replaceAll('\n', lineBreak));
      expect(diagnostics.length).toBeGreaterThan(0);
      for (const {
        location: { span },
      } of diagnostics)
        expect(document.text.slice(span.start, span.end)).not.toMatch(/[\r\n]/);
    }
  });

  it('are the same, at the same text, with Windows line breaks and a byte order mark', () => {
    const text = `var space = '10.1.0.1/16'\n\n// Zürich 😀\n${network("[space, '10.2.0.0', '10.3.0.1/16']")}`;
    const expected = sketch(lint(text));
    expect(expected).toHaveLength(3);
    expect(sketch(lint(text.replaceAll('\n', '\r\n')))).toEqual(expected);
    expect(sketch(lint(`\uFEFF${text}`))).toEqual(expected);
    expect(sketch(lint(text.replaceAll('  ', '\t')))).toEqual(expected);
  });

  it('of a file that is none of ours do not exist', () => {
    const settings = defaultSettings;
    for (const [name, text] of [
      ['package.json', '{ "name": "x" }'],
      ['deployment.yaml', 'apiVersion: apps/v1\nkind: Deployment\n'],
      ['notes.txt', 'forward . 10.0.0.1'],
      ['main.json', ''],
    ] as const) {
      expect(() => analyseText(name, text, settings)).toThrow('is not recognised');
    }
  });
});

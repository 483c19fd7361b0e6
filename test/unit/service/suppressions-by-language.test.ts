import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../src/base/text-edit.ts';
import type { Analysis } from '../../../src/service/analysis.ts';
import { suppressionEdit } from '../../../src/service/code-actions.ts';
import { defaultSettings } from '../../../src/service/settings.ts';
import { analyseText } from '../../support/fixtures.ts';
import { expectLinear } from '../../support/growth.ts';

const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';

/** A virtual network with one wrong prefix; `above` goes on the lines before it, `behind` on its own. */
const networks = {
  'main.bicep': (above = '', behind = '') => `resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  properties: {
    addressSpace: {
      addressPrefixes: [
${above}        '10.0.0.1/16'${behind}
      ]
    }
  }
}
`,
  'main.json': (above = '', behind = '') => `{
  "$schema": "${schema}",
  "contentVersion": "1.0.0.0",
  "resources": [
    {
      "type": "Microsoft.Network/virtualNetworks",
      "apiVersion": "2024-05-01",
      "name": "vnet",
      "properties": {
        "addressSpace": {
          "addressPrefixes": [
${above}            "10.0.0.1/16"${behind}
          ]
        }
      }
    }
  ]
}
`,
} as const;

const configMap = (above = '', behind = '') => `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  corp.server: |
    corp.example:53 {
      errors
${above}      forwrd . 10.0.0.10${behind}
    }
`;

type Name = keyof typeof networks | 'coredns-custom.yaml';
const names: readonly Name[] = ['main.bicep', 'main.json', 'coredns-custom.yaml'];
const textOf = (name: Name, above = '', behind = ''): string =>
  (name === 'coredns-custom.yaml' ? configMap : networks[name])(above, behind);
const ruleOf = (name: Name): string => (name === 'coredns-custom.yaml' ? 'coredns-unknown-plugin' : 'cidr-host-bits');
const sign = (name: Name): string => (name === 'coredns-custom.yaml' ? '#' : '//');

function rulesOf(analysis: Analysis): string[] {
  return analysis.diagnostics.map(({ rule }) => rule).filter((rule) => rule !== 'suppression-unused');
}

function lint(name: string, text: string): string[] {
  return rulesOf(analyseText(name, text, defaultSettings));
}

describe.each(names)('suppressions in %s', (name) => {
  const rule = ruleOf(name);
  const comment = (text: string): string => `      ${sign(name)} ${text}\n`;

  it('report without a comment', () => {
    expect(lint(name, textOf(name))).toEqual([rule]);
  });

  it.each([
    ['on the line above', `aksnet-disable-next-line ${'RULE'}`],
    ['among others', 'aksnet-disable-next-line subnet-overlap, RULE'],
    ['with a remark', 'aksnet-disable-next-line RULE -- agreed with the network team'],
    ['for every rule', 'aksnet-disable-next-line *'],
    ['for the file, from any line', 'aksnet-disable RULE'],
  ])('silence a rule %s', (_, directive) => {
    expect(lint(name, textOf(name, comment(directive.replace('RULE', rule))))).toEqual([]);
  });

  it.each([
    'aksnet-disable-next-line',
    'aksnet-disable-next-line subnet-overlap',
    'aksnet-disable-next-line subnet-overlap -- not RULE',
    'aksnet-disable-next-lines RULE',
    'see aksnet-disable-next-line RULE',
  ])('do not silence with "%s"', (directive) => {
    expect(lint(name, textOf(name, comment(directive.replace('RULE', rule))))).toEqual([rule]);
  });

  it('reach no further than the next line', () => {
    const text = textOf(name, `${comment(`aksnet-disable-next-line ${rule}`)}\n`);
    expect(lint(name, text)).toEqual([rule]);
  });

  it('reach over the directives below them', () => {
    const text = textOf(
      name,
      comment(`aksnet-disable-next-line ${rule}`) + comment('aksnet-disable-next-line subnet-overlap'),
    );
    expect(lint(name, text)).toEqual([]);
  });

  it('do not reach over code with a directive behind it', () => {
    const directive = `aksnet-disable-next-line ${rule}`;
    const text = textOf(name, '', ` ${sign(name)} ${directive}`);
    expect(lint(name, text)).toEqual([rule]);
  });

  it.each(['line', 'file'] as const)('are written by the offer to disable the rule for this %s', (scope) => {
    for (const text of [textOf(name), textOf(name).replaceAll('\n', '\r\n'), `\uFEFF${textOf(name)}`]) {
      const before = analyseText(name, text, defaultSettings);
      const [diagnostic] = before.diagnostics;
      if (diagnostic === undefined) throw new Error('nothing to silence');
      const silenced = applyEdits(text, [suppressionEdit(before, diagnostic, scope)]);
      const after = analyseText(name, silenced, defaultSettings);
      expect(rulesOf(after)).toEqual([]);
      expect(after.parsed.errors).toEqual(before.parsed.errors);
      expect(silenced.startsWith('\uFEFF')).toBe(text.startsWith('\uFEFF'));
      expect(/[^\r]\n/.test(silenced)).toBe(!text.includes('\r\n'));
    }
  });
});

describe('suppressions', () => {
  it('take block comments and the pragma of Bicep', () => {
    const network = networks['main.bicep'];
    expect(lint('main.bicep', network('/* aksnet-disable-next-line cidr-host-bits */\n'))).toEqual([]);
    expect(lint('main.bicep', network('/*\n aksnet-disable-next-line cidr-host-bits\n*/\n'))).toEqual([]);
    expect(lint('main.bicep', network('#disable-next-line cidr-host-bits\n'))).toEqual([]);
    expect(lint('main.bicep', network('#disable-next-line BCP037 cidr-host-bits\n'))).toEqual([]);
    expect(lint('main.bicep', network('#disable-next-line BCP037\n'))).toEqual(['cidr-host-bits']);
    expect(lint('main.json', networks['main.json']('/* aksnet-disable-next-line cidr-host-bits */\n'))).toEqual([]);
  });

  it('are no comments inside of text', () => {
    const text = `var note = '// aksnet-disable cidr-host-bits'\nvar more = '''\n// aksnet-disable cidr-host-bits\n'''\n`;
    expect(lint('main.bicep', text + networks['main.bicep']())).toEqual(['cidr-host-bits']);
    const described = networks['main.json']().replace('1.0.0.0', '1.0.0.0 // aksnet-disable cidr-host-bits');
    expect(lint('main.json', described)).toEqual(['cidr-host-bits']);
  });

  it('silence several rules of one line one after the other', () => {
    const text = `resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet'
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [
      { name: 'a', properties: { addressPrefix: '10.1.0.0/24' } }
      { name: 'b', properties: { addressPrefix: '10.1.0.1/24' } }
    ]
  }
}
`;
    let current = analyseText('main.bicep', text, defaultSettings);
    expect(rulesOf(current).sort()).toEqual([
      'cidr-host-bits',
      'subnet-outside-vnet',
      'subnet-outside-vnet',
      'subnet-overlap',
    ]);
    for (let left = 4; left > 0; left--) {
      expect(rulesOf(current)).toHaveLength(left);
      const last = current.diagnostics.at(-1);
      if (last === undefined) break;
      const next = applyEdits(current.document.text, [suppressionEdit(current, last, 'line')]);
      current = analyseText('main.bicep', next, defaultSettings);
    }
    expect(rulesOf(current)).toEqual([]);
  });

  it('cost time that grows with their number, not with its square', () => {
    const subnets = (count: number): string =>
      Array.from(
        { length: count },
        (_, i) =>
          `// aksnet-disable-next-line subnet-outside-vnet\n{ name: 's${i}', properties: { addressPrefix: '10.9.${i % 250}.0/24' } }`,
      ).join('\n');
    expectLinear(2400, (count) => {
      const text = `// aksnet-disable subnet-overlap\n${networks['main.bicep']()
        .replace('10.0.0.1/16', '10.0.0.0/16')
        .replace('addressSpace', `subnets: [\n${subnets(count)}\n]\naddressSpace`)}`;
      return () => expect(lint('main.bicep', text)).toEqual([]);
    });
  });
});

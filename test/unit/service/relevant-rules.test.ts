import { describe, expect, test } from 'vitest';
import { emptyModel, type Model } from '../../../src/model/model.ts';
import { rules } from '../../../src/rules/index.ts';
import { relevantRules } from '../../../src/service/relevant-rules.ts';
import { defaultSettings, type Settings } from '../../../src/service/settings.ts';
import { analyseText } from '../../support/fixtures.ts';

const names = { bicep: 'main.bicep', arm: 'azuredeploy.json', coredns: 'coredns-custom.yaml' } as const;

function idsFor(model: Model, settings: Settings = defaultSettings): string[] {
  return relevantRules('bicep', model, settings).map(({ id }) => id);
}

describe('the rules that a model is for', () => {
  test('are told by bits, of which there are enough', () => {
    expect(Object.keys(emptyModel).length).toBeLessThan(32);
  });

  test('are none for an empty one', () => {
    expect(idsFor(emptyModel)).toEqual([]);
  });

  test('are those about what it holds', () => {
    const { model } = analyseText(
      'main.bicep',
      "resource r 'Microsoft.Network/routeTables@2024-01-01' = {\n  name: 'r'\n}\n",
      defaultSettings,
    );
    const ids = idsFor(model);
    expect(ids).toContain('route-duplicate');
    expect(ids).not.toContain('subnet-overlap');
    expect(ids).not.toContain('dns-service-ip-outside-service-cidr');
  });

  test('depend on the settings', () => {
    const { model } = analyseText(
      'main.bicep',
      "resource v 'Microsoft.Network/virtualNetworks@2024-01-01' = {\n  name: 'v'\n}\n",
      defaultSettings,
    );
    const off: Settings = { ...defaultSettings, severities: { 'subnet-overlap': 'off' } };
    const stated: Settings = { ...defaultSettings, reserved: [{ name: 'data centre', prefixes: ['10.0.0.0/8'] }] };
    expect(idsFor(model)).toContain('subnet-overlap');
    expect(idsFor(model)).not.toContain('configured-range-overlap');
    expect(idsFor(model, off)).not.toContain('subnet-overlap');
    expect(idsFor(model, stated)).toContain('configured-range-overlap');
  });

  test.each(rules.flatMap(({ id, examples }) => examples.map((example, index) => [id, index + 1, example] as const)))(
    'leave out none that reports, in the example %s %i',
    (_, __, { language, bad, settings }) => {
      const all = { ...defaultSettings, ...settings };
      const { model } = analyseText(names[language], bad, all);
      const relevant = new Set(relevantRules(language, model, all));
      for (const rule of rules) {
        if (relevant.has(rule) || !rule.languages.includes(language)) continue;
        rule.check(model, () => expect.fail(`${rule.id} reports`), all);
      }
    },
  );
});

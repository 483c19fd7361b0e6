import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ruleAreas, rules } from '../../src/rules/index.ts';
import type { RuleExample } from '../../src/rules/rule.ts';
import { defaultSettings } from '../../src/service/settings.ts';
import { analyseText } from '../support/fixtures.ts';

const exampleNames = { bicep: 'main.bicep', arm: 'azuredeploy.json', coredns: 'coredns-custom.yaml' } as const;

function folders(parent: string): string[] {
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function reported({ language, settings }: RuleExample, text: string): string[] {
  const { diagnostics } = analyseText(exampleNames[language], text, { ...defaultSettings, ...settings });
  return [...new Set(diagnostics.map((diagnostic) => diagnostic.rule))];
}

describe('the registry', () => {
  test('has an area for every folder of rules', () => {
    expect(folders('src/rules')).toEqual(ruleAreas.map(({ folder }) => folder).sort());
  });

  test.each(ruleAreas.map((area) => [area.folder, area] as const))('names every rule file of %s', (folder, area) => {
    const files = readdirSync(`src/rules/${folder}`).filter((name) => name.endsWith('.ts'));
    expect(area.rules.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
  });

  test('names every fixture folder', () => {
    expect(folders('test/fixtures/rules')).toEqual(rules.map(({ id }) => id).sort());
  });

  test('uses every id once', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('has an example of which every bad one reports this rule alone and every good one nothing', () => {
    expect(rule.examples.length).toBeGreaterThan(0);
    for (const example of rule.examples) {
      expect(reported(example, example.bad), example.bad).toEqual([id]);
      expect(reported(example, example.good), example.good).toEqual([]);
    }
  });

  test('is described in sentences, with a source', () => {
    for (const sentence of [rule.summary, rule.condition, rule.why]) expect(sentence).toMatch(/^\S.*\.$/s);
    expect(rule.summary.length).toBeLessThan(120);
    expect(rule.since).toMatch(/^\d+\.\d+\.\d+$/);
    expect(rule.languages.length).toBeGreaterThan(0);
    expect(rule.references.length).toBeGreaterThan(0);
    for (const url of rule.references) expect(() => new URL(url)).not.toThrow();
    expect(existsSync(`test/fixtures/rules/${id}`)).toBe(true);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { azureCodes } from '../../../src/service/explain-codes.ts';
import { corednsMessages } from '../../../src/service/explain-coredns.ts';
import { nodeExits } from '../../../src/service/explain-exits.ts';
import { ruleEntries } from '../../../src/service/rule-list.ts';
import { only, titles } from './explanations.ts';

// The catalogue of facts lies outside of the repository and is not everywhere.
const factsFile = new URL('../../../../shared/domain/FACTS.json', import.meta.url);
describe.skipIf(!existsSync(factsFile))('the tables', () => {
  test('hold every code and status of the catalogue', () => {
    const facts = JSON.parse(readFileSync(factsFile, 'utf8')) as {
      exitCodes: Record<string, unknown>;
      errorCodes: readonly { code: string }[];
    };
    const codes = new Set(azureCodes.map(({ code }) => code));
    expect(facts.errorCodes.filter(({ code }) => !codes.has(code))).toEqual([]);
    const statuses = new Set(nodeExits.map((exit) => String(exit.status)));
    expect(Object.keys(facts.exitCodes).filter((name) => /^\d+$/.test(name) && !statuses.has(name))).toEqual([]);
  });

  test('explain the logs of the seeds', () => {
    const seed = (name: string): string =>
      readFileSync(new URL(`../../../../shared/seeds/${name}`, import.meta.url), 'utf8');
    expect(titles(seed('000_7d0b6e531fa181ae.txt'))).toEqual([
      'CustomRouteTableMissingPermission',
      'Exit status 52 of the node set-up',
    ]);
    expect(only(seed('004_050392714a6bcd8c.txt')).details).toHaveLength(2);
  });

  test('name rules of the catalogue', () => {
    const catalogue = readFileSync(new URL('../../../../shared/domain/RULES.md', import.meta.url), 'utf8');
    const ids = new Set(Array.from(catalogue.matchAll(/`([a-z0-9]+(?:-[a-z0-9]+)+)`/g), ([, id]) => id));
    const entries = new Set(ruleEntries().map(({ id }) => id));
    const used = [...azureCodes, ...nodeExits].flatMap((row) => row.rules);
    const further = corednsMessages.flatMap((message) => message.rules(['', '']));
    expect([...new Set([...used, ...further])].filter((id) => !ids.has(id) && !entries.has(id))).toEqual([]);
  });
});

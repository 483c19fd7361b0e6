import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { rules } from '../../src/rules/index.ts';
import { parseDocument } from '../../src/service/front-ends.ts';
import { checkEachFix, checkFixes, checkMarkers, documentOf, ruleFixtures } from '../support/fixtures.ts';
import { readMarkers } from '../support/markers.ts';

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const fixtures = ruleFixtures(id);

  test.each(fixtures.map((fixture) => [path.basename(fixture.file), fixture] as const))(
    'reports what %s says',
    (_, fixture) => {
      const analysis = checkMarkers(fixture);
      checkFixes(fixture, analysis);
    },
  );

  test.each(fixtures.map((fixture) => [path.basename(fixture.file), fixture] as const))(
    'each fix of %s is right alone',
    (_, fixture) => {
      checkEachFix(fixture);
    },
  );

  test('has a reporting and a silent file in each of its languages', () => {
    for (const language of rule.languages) {
      const own = fixtures.filter(
        ({ file, text }) => parseDocument(documentOf(path.basename(file), text))?.language === language,
      );
      const reporting = own.filter(({ text }) => readMarkers(text).some(({ what }) => what === id));
      expect(reporting.length, `reporting files in ${language}`).toBeGreaterThan(0);
      expect(own.length - reporting.length, `silent files in ${language}`).toBeGreaterThan(0);
    }
  });

  test('its fixtures agree with what it says of its fixes', () => {
    const withFix = fixtures.some(({ text }) => readMarkers(text).some(({ what, hasFix }) => what === id && hasFix));
    expect(withFix).toBe(rule.fixable !== 'never');
  });
});

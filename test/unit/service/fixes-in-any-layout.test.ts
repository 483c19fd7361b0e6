import { describe, expect, test } from 'vitest';
import { rules } from '../../../src/rules/index.ts';
import { checkEachFix, type RuleFixture, ruleFixtures } from '../../support/fixtures.ts';
import { withoutMarkers } from '../../support/markers.ts';

type Layout = (text: string, file: string) => string | undefined;

/** Ways to write one and the same file; undefined for a file that cannot be written so. */
const layouts: readonly [string, Layout][] = [
  ['Windows line ends', (text) => text.replace(/\r?\n/g, '\r\n')],
  ['tabs', (text, file) => (isTemplate(file) ? text.replace(/^(?: {2})+/gm, halfTabs) : undefined)],
  ['a comment behind every value', (text, file) => (isTemplate(file) ? commented(text) : undefined)],
  ['one line', (text, file) => (file.endsWith('.json') ? minified(text) : undefined)],
  [
    'trailing commas',
    (text, file) => (file.endsWith('.json') ? text.replace(/(["\d\]}])(\r?\n *[\]}])/g, '$1,$2') : undefined),
  ],
];

const fixtures: readonly RuleFixture[] = rules.flatMap(({ id }) => ruleFixtures(id));

describe('every fix holds in a file that is written with', () => {
  test.each(layouts)(
    '%s',
    (_, layout) => {
      let count = 0;
      for (const fixture of sample(layout)) {
        // Markers count the characters of the layout that they were written for.
        const text = layout(withoutMarkers(fixture.text), fixture.file);
        if (text === undefined || text === fixture.text) continue;
        checkEachFix({ ...fixture, text });
        count++;
      }
      expect(count).toBeGreaterThan(20);
    },
    60_000,
  );
});

/** Every so many fixtures, others for each layout: all of them in all layouts take a minute. */
function sample(layout: Layout): readonly RuleFixture[] {
  const turn = layouts.findIndex(([, other]) => other === layout);
  return fixtures.filter((_, index) => index % layouts.length === turn);
}

function isTemplate(file: string): boolean {
  return /\.(?:bicep|json)$/.test(file);
}

function halfTabs(indent: string): string {
  return '\t'.repeat(indent.length / 2);
}

/** Lines that end with a simple value, outside of strings of several lines. */
function commented(text: string): string | undefined {
  return text.includes("'''") ? undefined : text.replace(/^([^\n/]*['"\d][,}\]]?)$/gm, '$1 // why');
}

function minified(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return undefined;
  }
}

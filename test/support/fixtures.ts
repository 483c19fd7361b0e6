import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LineIndex } from '../../src/base/line-index.ts';
import { applyEdits } from '../../src/base/text-edit.ts';
import { rules } from '../../src/rules/index.ts';
import { type Analysis, analyse } from '../../src/service/analysis.ts';
import { applyFixes, renderFix } from '../../src/service/code-actions.ts';
import type { Diagnostic } from '../../src/service/diagnostic.ts';
import type { Document } from '../../src/service/document.ts';
import { defaultSettings, type Settings } from '../../src/service/settings.ts';
import { type Marker, readMarkers, withoutMarkers, writeMarkers } from './markers.ts';

export const fixturesFolder = path.resolve(import.meta.dirname, '../fixtures');

/** Whether expectations are rewritten instead of compared; a person reads that diff. */
export const isUpdating = process.env['UPDATE_MARKERS'] === '1';

export interface RuleFixture {
  readonly rule: string;
  readonly file: string;
  readonly text: string;
}

/** The inputs of a rule's folder; `*.fixed.*` are results. */
export function ruleFixtures(rule: string): RuleFixture[] {
  const folder = path.join(fixturesFolder, 'rules', rule);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => !name.includes('.fixed.') && /\.(bicep|json|ya?ml)$|^Corefile/.test(name))
    .map((name) => ({ rule, file: path.join(folder, name), text: readFileSync(path.join(folder, name), 'utf8') }));
}

/** A document as the service gets it; the language follows from the name. */
export function documentOf(name: string, text: string): Document {
  return { uri: `file:///${name}`, languageId: '', version: 1, text };
}

/** Analyses with rule failures thrown, as tests want them. */
export function analyseText(name: string, text: string, settings: Settings): Analysis {
  const analysis = analyse(documentOf(name, text), settings, (rule, uri, error) => {
    throw new Error(`Rule ${rule} failed on ${uri}`, { cause: error });
  });
  if (analysis === undefined) throw new Error(`${name} is not recognised`);
  return analysis;
}

/** Settings with one rule on. A first line `fixture-settings: {...}` in a comment adds to them. */
export function onlyRule(rule: string, text: string): Settings {
  const severities = Object.fromEntries(rules.filter(({ id }) => id !== rule).map(({ id }) => [id, 'off' as const]));
  return { ...defaultSettings, ...extraSettings(text), severities };
}

/** Settings with all rules on. */
export function allRules(text: string): Settings {
  return { ...defaultSettings, ...extraSettings(text) };
}

function extraSettings(text: string): Partial<Settings> {
  const match = /^\s*(?:\/\/|#) fixture-settings: (\{.*\})\s*$/m.exec(text);
  return match === null ? {} : (JSON.parse(match[1] ?? '{}') as Partial<Settings>);
}

const syntaxRules: ReadonlySet<string> = new Set(['bicep-syntax', 'arm-syntax', 'corefile-syntax']);

/** What the engine says about a text, as markers. */
export function markersOf(analysis: Analysis): Marker[] {
  const lines = new LineIndex(analysis.document.text);
  return analysis.diagnostics.flatMap((diagnostic) => [
    markerAt(
      lines,
      diagnostic.location.span,
      syntaxRules.has(diagnostic.rule) ? 'syntax' : diagnostic.rule,
      diagnostic.fixes.length > 0,
      diagnostic.message,
    ),
    ...diagnostic.related
      .filter((related) => related.location.uri === analysis.document.uri)
      .map((related) => markerAt(lines, related.location.span, 'related', false, related.text)),
  ]);
}

function markerAt(
  lines: LineIndex,
  span: { start: number; end: number },
  what: string,
  hasFix: boolean,
  message: string,
): Marker {
  const start = lines.position(span.start);
  const end = Math.min(span.end, lines.lineSpan(start.line).end) - lines.lineSpan(start.line).start;
  return { line: start.line, start: start.character, end: Math.max(end, start.character + 1), what, hasFix, message };
}

/** Compares findings and markers; the failure lists what is missing and what is unexpected, with the code. */
export function checkMarkers(fixture: RuleFixture): Analysis {
  const analysis = analyseText(path.basename(fixture.file), fixture.text, onlyRule(fixture.rule, fixture.text));
  const found = sorted(markersOf(analysis));
  if (isUpdating) {
    const sign = analysis.language === 'coredns' ? '#' : '//';
    const updated = writeMarkers(fixture.text, found, sign);
    if (updated !== fixture.text) writeFileSync(fixture.file, updated);
    return analysis;
  }
  const expected = sorted(readMarkers(fixture.text));
  const describe = (marker: Marker): string => {
    const code = fixture.text.split(/\r?\n/)[marker.line] ?? '';
    const label = `${marker.what}${marker.hasFix ? '[fix]' : ''}: ${marker.message}`;
    return `${marker.line + 1}:${marker.start + 1}-${marker.end + 1} ${label}\n      ${code.slice(marker.start, marker.end)}`;
  };
  const [foundTexts, expectedTexts] = [new Set(found.map(describe)), new Set(expected.map(describe))];
  const missing = [...expectedTexts].filter((text) => !foundTexts.has(text));
  const unexpected = [...foundTexts].filter((text) => !expectedTexts.has(text));
  if (missing.length > 0 || unexpected.length > 0) {
    const list = (title: string, texts: readonly string[]): string =>
      texts.length === 0 ? '' : `${title}:\n  ${texts.join('\n  ')}\n`;
    throw new Error(`${path.basename(fixture.file)}\n${list('missing', missing)}${list('unexpected', unexpected)}`);
  }
  return analysis;
}

function sorted(markers: readonly Marker[]): Marker[] {
  return [...markers].sort((a, b) => a.line - b.line || a.start - b.start || (a.message < b.message ? -1 : 1));
}

/** Applies the best fix of every finding until nothing changes; compares with the `.fixed` file beside the fixture. */
export function checkFixes(fixture: RuleFixture, analysis: Analysis): void {
  if (analysis.diagnostics.every((diagnostic) => diagnostic.fixes.length === 0)) return;
  const name = path.basename(fixture.file);
  const settings = onlyRule(fixture.rule, fixture.text);
  let text = fixture.text;
  let current = analyseText(name, text, settings);
  const errorsBefore = current.parsed.errors.length;
  for (let round = 0; ; round++) {
    if (round === 10) throw new Error(`${name}: the fixes do not settle within ten rounds`);
    const { text: next, applied } = applyFixes(current, () => true);
    if (applied.length === 0) break;
    text = next;
    current = analyseText(name, text, settings);
  }
  if (current.parsed.errors.length > errorsBefore) throw new Error(`${name}: a fix leaves a syntax error\n${text}`);
  // Markers speak about the text before the fix.
  text = withoutMarkers(text);
  const fixedFile = fixture.file.replace(/(\.[a-z]+)?$/, (extension) => `.fixed${extension}`);
  if (isUpdating) {
    writeFileSync(fixedFile, text);
    return;
  }
  const expected = existsSync(fixedFile) ? readFileSync(fixedFile, 'utf8') : undefined;
  if (expected !== text) throw new Error(`${name}: the fixed text differs from ${path.basename(fixedFile)}\n${text}`);
}

const rank = { information: 0, warning: 1, error: 2 } as const;

/** With all rules on, every single fix removes its finding and adds none of the same weight. */
export function checkEachFix(fixture: RuleFixture): void {
  const name = path.basename(fixture.file);
  const settings = allRules(fixture.text);
  const before = analyseText(name, fixture.text, settings);
  for (const diagnostic of before.diagnostics) {
    for (const fix of diagnostic.fixes) {
      const edits = renderFix(before, fix);
      const text = applyEdits(fixture.text, edits?.flatMap((document) => document.edits) ?? []);
      const after = analyseText(name, text, settings);
      const title = `${name}: "${fix.title}" (${diagnostic.rule})`;
      const isMixed = /(?:^|[^\r])\n/.test(text) && !/(?:^|[^\r])\n/.test(fixture.text);
      if (isMixed) throw new Error(`${title} mixes line ends\n${text}`);
      if (after.parsed.errors.length > before.parsed.errors.length)
        throw new Error(`${title} leaves a syntax error\n${text}`);
      const key = ({ rule, message }: Diagnostic): string => `${rule}: ${message}`;
      const count = (all: readonly Diagnostic[], one: string): number =>
        all.filter((other) => key(other) === one).length;
      if (count(after.diagnostics, key(diagnostic)) >= count(before.diagnostics, key(diagnostic))) {
        throw new Error(`${title} does not remove its finding\n${text}`);
      }
      // Counted by rule: a finding that was there before may come back with other numbers in its message.
      const byRule = (all: readonly Diagnostic[], rule: string): number =>
        all.filter((other) => other.rule === rule).length;
      const worse = after.diagnostics.filter(
        (other) =>
          other.rule !== fix.tradesFor &&
          rank[other.severity] >= rank[diagnostic.severity] &&
          byRule(after.diagnostics, other.rule) > byRule(before.diagnostics, other.rule),
      );
      if (worse.length > 0) throw new Error(`${title} adds ${worse.map(key).join('; ')}\n${text}`);
    }
  }
}

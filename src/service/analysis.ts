import { LineIndex } from '../base/line-index.ts';
import { compareLocations, type Location } from '../base/span.ts';
import { emptyModel, type Model } from '../model/model.ts';
import { type Origin, valueLocation } from '../model/value.ts';
import { rules } from '../rules/index.ts';
import type { Language, Rule, Severity } from '../rules/rule.ts';
import type { Diagnostic, RelatedInformation } from './diagnostic.ts';
import type { Document } from './document.ts';
import { type ParsedDocument, parseDocument } from './front-ends.ts';
import type { Settings } from './settings.ts';
import { findSuppressions, withoutSuppressed } from './suppressions.ts';

/** Everything known about one document at one version. */
export interface Analysis {
  readonly document: Document;
  readonly language: Language;
  readonly parsed: ParsedDocument;
  readonly lines: LineIndex;
  readonly model: Model;
  /** In the order of the text; suppressed findings are left out. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What to do with an exception in a rule: a bug of ours that must not hide the findings of the other rules. */
export type OnRuleFailure = (ruleId: string, uri: string, error: unknown) => void;

/** Analyses one document; undefined for a document that is none of ours. */
export function analyse(document: Document, settings: Settings, onRuleFailure: OnRuleFailure): Analysis | undefined {
  const parsed = parseDocument(document);
  if (parsed === undefined) return undefined;
  const lines = new LineIndex(document.text);
  const model = parsed.lower();
  const found: Diagnostic[] = [];
  for (const error of parsed.errors) {
    found.push(plainDiagnostic(parsed.syntaxRule, 'error', error.message, { uri: document.uri, span: error.span }));
  }
  found.push(...runRules(parsed.language, model, settings, document.uri, onRuleFailure));
  const kept = found
    .filter((diagnostic) => settings.severities[diagnostic.rule] !== 'off')
    .map((diagnostic) => finish(diagnostic, settings, parsed, lines, document));
  const ordered = distinct(kept).sort(byPlace);
  const diagnostics = withoutSuppressed(ordered, findSuppressions(parsed.comments, lines), lines);
  return { document, language: parsed.language, parsed, lines, model, diagnostics };
}

/** The findings of all rules of a language over a model, before severities, suppressions and order are applied. */
export function runRules(
  language: Language,
  model: Model,
  settings: Settings,
  uri: string,
  onRuleFailure: OnRuleFailure,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (model === emptyModel) return found;
  for (const rule of rules) {
    if (!rule.languages.includes(language) || settings.severities[rule.id] === 'off') continue;
    try {
      runRule(rule, model, settings, found);
    } catch (error) {
      onRuleFailure(rule.id, uri, error);
    }
  }
  return found;
}

function runRule(rule: Rule, model: Model, settings: Settings, found: Diagnostic[]): void {
  rule.check(
    model,
    (finding) =>
      found.push({
        rule: rule.id,
        severity: finding.severity,
        message: finding.text,
        location: placeOf(finding.at),
        related: [
          ...finding.related.map((related) => ({ location: placeOf(related.at), text: related.text })),
          ...usesOf(finding.at),
        ],
        fixes: finding.fixes,
      }),
    settings,
  );
}

function placeOf(at: Location | Origin): Location {
  return 'uri' in at ? at : valueLocation(at);
}

/** A value that is spelled elsewhere is reported there; the place that uses it is named beside it. */
function usesOf(at: Location | Origin): RelatedInformation[] {
  if ('uri' in at || at.from === undefined || at.from === at.at) return [];
  if (at.from.uri === at.at.uri && at.from.span.start === at.at.span.start) return [];
  const text =
    at.parameterDefault === undefined
      ? 'The value is used here.'
      : `The default of parameter "${at.parameterDefault}" is used here.`;
  return [{ location: at.at, text }];
}

function finish(
  diagnostic: Diagnostic,
  settings: Settings,
  parsed: ParsedDocument,
  lines: LineIndex,
  document: Document,
): Diagnostic {
  const setting = settings.severities[diagnostic.rule];
  return {
    ...diagnostic,
    severity: setting === undefined || setting === 'off' ? diagnostic.severity : setting,
    location: onOneLine(diagnostic.location, lines, document),
    fixes: diagnostic.fixes.filter((fix) => fix.changes.every((change) => parsed.render(change) !== undefined)),
  };
}

/** A location cut to its first line: an underline over many lines hides the text instead of pointing at it. */
function onOneLine(location: Location, lines: LineIndex, document: Document): Location {
  if (location.uri !== document.uri) return location;
  const { start, end } = location.span;
  const line = lines.lineSpan(lines.position(start).line);
  return { uri: location.uri, span: { start, end: Math.max(start, Math.min(end, line.end)) } };
}

function plainDiagnostic(rule: string, severity: Severity, message: string, location: Location): Diagnostic {
  return { rule, severity, message, location, related: [], fixes: [] };
}

/** One finding per rule, place and message, however many resources use the value; their other places are joined. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const byKey = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { uri, span } = diagnostic.location;
    const key = `${diagnostic.rule} ${uri} ${span.start} ${span.end} ${diagnostic.message}`;
    const twin = byKey.get(key);
    if (twin === undefined) byKey.set(key, diagnostic);
    else byKey.set(key, { ...twin, related: joinRelated(twin.related, diagnostic.related) });
  }
  return [...byKey.values()];
}

function joinRelated(a: readonly RelatedInformation[], b: readonly RelatedInformation[]): RelatedInformation[] {
  const isNew = (item: RelatedInformation): boolean =>
    !a.some((other) => other.text === item.text && compareLocations(other.location, item.location) === 0);
  return [...a, ...b.filter(isNew)];
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return (
    compareLocations(a.location, b.location) ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) ||
    (a.message < b.message ? -1 : 1)
  );
}

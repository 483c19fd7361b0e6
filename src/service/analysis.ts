import { groupBy } from '../base/group.ts';
import { LineIndex } from '../base/line-index.ts';
import { compareLocations, type Location } from '../base/span.ts';
import { type DocumentEdits, haveOverlap } from '../base/text-edit.ts';
import { type Change, type Fix, referencesOf } from '../model/change.ts';
import { emptyModel, type Model } from '../model/model.ts';
import type { Severity } from '../rules/rule.ts';
import type { Session } from '../template/session.ts';
import type { ParameterDeclaration, ParameterFile } from '../template/template.ts';
import { isCompleteEntry } from './completeness.ts';
import { findConfigurationProblems } from './configuration-lookup.ts';
import { withStatedVersion } from './coredns-version.ts';
import type { Diagnostic, RawFinding } from './diagnostic.ts';
import type { Document } from './document.ts';
import { lowerEntry } from './entries.ts';
import type { DocumentLanguage, ParsedDocument } from './parsed-document.ts';
import { ReferenceIndex } from './references.ts';
import { distinctDiagnostics, type OnRuleFailure, runRules } from './rule-runner.ts';
import type { Settings } from './settings.ts';
import { findingsToShow } from './shown-findings.ts';
import { findSuppressions, withoutSuppressed } from './suppressions.ts';
import { findUnusedSuppressions, type SuppressionContext, unusedRule } from './suppressions-unused.ts';
import { syntaxErrorsToShow } from './syntax-errors.ts';
import { Workspace } from './workspace.ts';

/** Everything known about one document at one version. */
export interface Analysis {
  readonly document: Document;
  readonly language: DocumentLanguage;
  readonly parsed: ParsedDocument;
  readonly lines: LineIndex;
  /** The model of the document as an entry file. */
  readonly model: Model;
  /** In the order of the text; suppressed findings are left out. */
  readonly diagnostics: readonly Diagnostic[];
  /** The edits of the changes of a fix, in whatever documents they are; undefined where one cannot be written. */
  render(changes: readonly Change[]): DocumentEdits[] | undefined;
}

/** What one entry file says, about itself and about the files it references. */
export interface EntryFindings {
  readonly model: Model;
  readonly reads: ReadonlySet<string>;
  /** Where it names files that may be no documents of their own. */
  readonly namedAt: ReadonlyMap<string, Location>;
  readonly diagnostics: readonly RawFinding[];
  /** Whether everything was seen, so that the absence of a finding proves something. */
  readonly isComplete: () => boolean;
  /** Rules that did not run: they are off, or they failed. */
  readonly skipped: ReadonlySet<string>;
  /** Whether it deploys nothing, so that it says nothing of any template. */
  readonly isIdle?: boolean;
  /**
   * Those of `diagnostics` that hold whatever is passed for the parameters; absent where there are no defaults that could
   * be replaced. Computed when it is first asked for.
   */
  readonly independent?: () => readonly RawFinding[];
}

/** What a file of data says by itself. */
export const noFindings: EntryFindings = {
  model: emptyModel,
  reads: new Set(),
  namedAt: new Map(),
  diagnostics: [],
  isComplete: () => true,
  skipped: new Set(),
};

/** Stands for the findings of an entry file that are still to come. */
export const findingsToCome: EntryFindings = { ...noFindings, isComplete: () => false };

/** Analyses one document by itself; undefined for a document that is none of ours. */
export function analyse(document: Document, settings: Settings, onRuleFailure: OnRuleFailure): Analysis | undefined {
  const workspace = new Workspace();
  workspace.update(document);
  const own = findInEntry(workspace, document.uri, settings, onRuleFailure);
  return own === undefined
    ? undefined
    : finishAnalysis(workspace, new ReferenceIndex(workspace), document, own, [], settings);
}

/**
 * Runs the rules over an entry file and everything it references; undefined for a document that is none of ours.
 * `sessionOf` gives the session of the entry from before, where there is one.
 */
export function findInEntry(
  workspace: Workspace,
  uri: string,
  settings: Settings,
  onRuleFailure: OnRuleFailure,
  sessionOf?: () => Session,
): EntryFindings | undefined {
  const parsed = workspace.parse(uri);
  if (parsed === undefined) return undefined;
  const { content, language } = parsed;
  if (content.kind === 'configuration') return findConfigurationProblems(workspace, content);
  const { model, reads, namedAt, isIdle = false } = lowerEntry(workspace, uri, content, 'defaults', sessionOf);
  const skipped = new Set(Object.keys(settings.severities).filter((rule) => settings.severities[rule] === 'off'));
  const stated = language === 'coredns' ? withStatedVersion(settings, parsed.comments) : settings;
  const runOn = (each: Model): RawFinding[] =>
    runRules(language, each, stated, uri, (rule, ...failure) => {
      skipped.add(rule);
      onRuleFailure(rule, ...failure);
    });
  const diagnostics = content.kind === 'parameters' ? fromParameters(content.parameters, runOn(model)) : runOn(model);
  const isComplete = (): boolean => isCompleteEntry(workspace, parsed, model, reads);
  const findings = { model, reads, namedAt, diagnostics, isComplete, skipped, isIdle };
  if (content.kind !== 'template' || !content.template.parameters.some(hasDefault)) return findings;
  let independent: readonly RawFinding[] | undefined;
  return {
    ...findings,
    independent: () => {
      independent ??= runOn(lowerEntry(workspace, uri, content, 'any-parameters').model);
      return independent;
    },
  };
}

/** What is found with a parameter file, which the places in the template do not show. */
function fromParameters({ uri, using, values }: ParameterFile, found: readonly RawFinding[]): readonly RawFinding[] {
  const span = using?.pathSpan ?? values[0]?.nameSpan;
  if (span === undefined) return found;
  const parameterFiles = [{ uri, span }];
  return found.map((finding) => (finding.location.uri === uri ? finding : { ...finding, parameterFiles }));
}

function hasDefault({ defaultValue }: ParameterDeclaration): boolean {
  return defaultValue !== undefined;
}

/** Puts together what a document's own analysis and those of other entry files say about it. */
export function finishAnalysis(
  workspace: Workspace,
  references: ReferenceIndex,
  document: Document,
  own: EntryFindings,
  others: readonly EntryFindings[],
  settings: Settings,
): Analysis | undefined {
  const parse = (uri: string): ParsedDocument | undefined =>
    workspace.parse(uri) ?? (references.isData(uri) ? workspace.parseData(uri) : undefined);
  const parsed = parse(document.uri);
  if (parsed === undefined) return undefined;
  const lines = new LineIndex(document.text);
  const render: Analysis['render'] = (changes) => {
    const documents: DocumentEdits[] = [];
    for (const [uri, own] of groupBy(changes, documentOf)) {
      // No name of one file means anything in another.
      if (own.flatMap(referencesOf).some(({ resource }) => resource.uri !== uri)) return undefined;
      const edits = uri === undefined ? undefined : parse(uri)?.render(own);
      if (uri === undefined || edits === undefined || haveOverlap(edits)) return undefined;
      documents.push({ uri, edits });
    }
    return documents;
  };
  const found = [
    ...syntaxErrorsToShow(parsed).map((error) =>
      syntaxDiagnostic(parsed.syntaxRule, 'error', error.message, { uri: document.uri, span: error.span }),
    ),
    ...(parsed.remarks ?? []).map(({ rule, severity, message, span }) =>
      syntaxDiagnostic(rule, severity, message, { uri: document.uri, span }),
    ),
    ...findingsToShow(workspace, references, parsed, own.namedAt, [
      ...findingsAlone(parsed, own, others),
      ...others.flatMap(({ diagnostics }) => diagnostics),
    ]),
  ];
  const kept = distinctDiagnostics(found)
    .filter(({ rule }) => settings.severities[rule] !== 'off')
    .map((finding) => toDiagnostic(finding, settings, lines, render))
    .sort(byPlace);
  const suppressions = findSuppressions(parsed.comments, document.text, lines);
  const diagnostics = withoutSuppressed(kept, suppressions, lines);
  if (suppressions.length > 0 && settings.severities[unusedRule] !== 'off') {
    const seen = { document, lines, diagnostics: kept, ...proofOf(parsed, own, others) };
    const unused = findUnusedSuppressions(suppressions, seen);
    diagnostics.push(...unused.map((finding) => toDiagnostic(finding, settings, lines, render)));
    diagnostics.sort(byPlace);
  }
  return { document, language: parsed.language, parsed, lines, model: own.model, diagnostics, render };
}

/**
 * What a document says by itself. Where other files deploy it, what is wrong with its defaults alone is no more than worth
 * knowing as soon as every one of them passes something better, and is left out where they say the same of other values.
 * Corefile text that a kustomization puts together with other text says nothing: it lacks what the other text defines, and
 * is judged there.
 */
function findingsAlone(
  { language }: ParsedDocument,
  own: EntryFindings,
  others: readonly EntryFindings[],
): readonly RawFinding[] {
  if (others.length === 0 || others.includes(findingsToCome)) return own.diagnostics;
  if (language === 'coredns') return [];
  if (own.diagnostics.length === 0) return own.diagnostics;
  const elsewhere = groupBy(
    others.flatMap(({ diagnostics }) => diagnostics),
    placeKey,
  );
  let certain: ReadonlySet<string> | undefined;
  return own.diagnostics.flatMap((finding) => {
    const better = elsewhere.get(placeKey(finding));
    if (better !== undefined) return better.some(({ message }) => message === finding.message) ? [finding] : [];
    if (finding.severity === 'information' || own.independent === undefined) return [finding];
    certain ??= new Set(own.independent().map(placeKey));
    return [certain.has(placeKey(finding)) ? finding : { ...finding, severity: 'information' }];
  });
}

function placeKey({ rule, location: { uri, span } }: RawFinding): string {
  return `${rule} ${uri} ${span.start} ${span.end}`;
}

/** What the absence of a finding in a document proves. A module is seen through its callers, where there are any. */
function proofOf(
  parsed: ParsedDocument,
  own: EntryFindings,
  others: readonly EntryFindings[],
): Pick<SuppressionContext, 'isComplete' | 'isFinal' | 'skipped'> {
  const entries = others.length > 0 ? others : [own];
  const isTemplate = parsed.content.kind === 'template';
  const hasParameters = parsed.content.kind === 'template' && parsed.content.template.parameters.length > 0;
  const mayBeReplaced = !isTemplate && /\{\{/.test(parsed.document.text);
  return {
    isComplete: parsed.errors.length === 0 && !mayBeReplaced && entries.every(({ isComplete }) => isComplete()),
    isFinal: others.length > 0 || !hasParameters,
    skipped: new Set([own, ...others].flatMap(({ skipped }) => [...skipped])),
  };
}

/** A finding at its place, with the severity that is set for it and the fixes that can be written. */
function toDiagnostic(
  { listFixes, defaults = [], azureError, usedAt: _, parameterFiles = [], ...finding }: RawFinding,
  settings: Settings,
  lines: LineIndex,
  render: Analysis['render'],
): Diagnostic {
  let fixes: readonly Fix[] | undefined;
  return {
    ...finding,
    message: [finding.message, ...answerOf(azureError, finding.severity), ...defaultsPhrase(defaults)].join(' '),
    related: [
      ...finding.related,
      ...parameterFiles.map((location) => ({ location, text: 'The parameters are set here.' })),
    ],
    severity: severityOf(finding, settings),
    location: onOneLine(finding.location, lines),
    get fixes() {
      fixes ??= listFixes().filter((fix) => render(fix.changes) !== undefined);
      return fixes;
    },
  };
}

/** What Azure makes of it, so that whoever searches for the error finds its cause. */
function answerOf(azureError: string | undefined, severity: Severity): string[] {
  if (azureError === undefined || severity === 'information') return [];
  const answer = azureError.includes(' ') ? `"${azureError}"` : azureError;
  return [`Azure ${severity === 'error' ? 'would' : 'may'} answer ${answer}.`];
}

/** The parameters that a deployment may well set to something else. */
function defaultsPhrase(parameters: readonly string[]): string[] {
  if (parameters.length === 0) return [];
  const names = parameters.map((name) => `"${name}"`).join(' and ');
  return [`This rests on the ${parameters.length > 1 ? 'defaults of parameters' : 'default of parameter'} ${names}.`];
}

/** The document that a change is for; undefined for a value that no literal spells. */
function documentOf(change: Change): string | undefined {
  switch (change.kind) {
    case 'set-value':
      return change.target.from?.uri;
    case 'set-property':
    case 'remove-property':
      return change.object.uri;
    case 'append-item':
      return change.array.uri;
    case 'remove-item':
      return change.item.uri;
    case 'append-resources':
      return change.beside.uri;
    case 'insert-lines':
      return change.at.uri;
    case 'replace-text':
    case 'replace-lines':
    case 'move-to-key':
    case 'remove-text':
    case 'indent-lines':
      return change.target.uri;
  }
}

function severityOf({ rule, severity }: Omit<Diagnostic, 'fixes'>, settings: Settings): Severity {
  const setting = settings.severities[rule];
  return setting === undefined || setting === 'off' ? severity : setting;
}

/** A location cut to its first line: an underline over many lines hides the text instead of pointing at it. */
function onOneLine(location: Location, lines: LineIndex): Location {
  const { start, end } = location.span;
  const line = lines.lineSpan(lines.position(start).line);
  return { uri: location.uri, span: { start, end: Math.max(start, Math.min(end, line.end)) } };
}

function syntaxDiagnostic(rule: string, severity: Severity, message: string, location: Location): RawFinding {
  return { rule, severity, message, location, related: [], listFixes: () => [] };
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  return compareLocations(a.location, b.location) || compareTexts(a.rule, b.rule) || compareTexts(a.message, b.message);
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

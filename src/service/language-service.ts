import type { Span } from '../base/span.ts';
import { touches } from '../base/span.ts';
import type { DocumentEdits, TextEdit } from '../base/text-edit.ts';
import {
  type Analysis,
  type EntryFindings,
  findInEntry,
  findingsToCome,
  finishAnalysis,
  noFindings,
} from './analysis.ts';
import { applyFixes, isSafe, renderFix, suppressionEdit, takesCommentAbove } from './code-actions.ts';
import { type Configuration, isIgnored } from './configuration.ts';
import { findConfiguration } from './configuration-lookup.ts';
import type { CorednsCompletion } from './coredns-completion.ts';
import { corednsCompletions, corednsFolds, corednsOutline, isInCorefile } from './coredns-half.ts';
import type { Fold, OutlineEntry } from './coredns-outline.ts';
import { withStatedVersion } from './coredns-version.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Document } from './document.ts';
import type { Extras } from './extras.ts';
import { type Hover, hoverAt } from './hover.ts';
import { resolvePath } from './paths.ts';
import { ReferenceIndex } from './references.ts';
import type { OnRuleFailure } from './rule-runner.ts';
import { mergeSettings, type Settings, type SettingsLayer } from './settings.ts';
import { Session } from './template-half.ts';
import { Workspace } from './workspace.ts';

/** An offer to change the text: a fix of a finding, or a comment that silences it. */
export interface CodeAction {
  readonly title: string;
  readonly kind: 'fix' | 'suppress';
  readonly diagnostic: Diagnostic;
  /** Whether an editor may apply it without asking: only for a safe fix that comes first. */
  readonly isPreferred: boolean;
  readonly edits: readonly DocumentEdits[];
}

interface CachedAnalysis {
  readonly text: string;
  readonly parts: readonly EntryFindings[];
  readonly settings: Settings;
  /** Which documents are open says where findings in files of data stand. */
  readonly openRevision: number;
  readonly analysis: Analysis | undefined;
}

/** The findings of one entry file with the stamps of the files that they were made from. */
interface CachedEntry {
  readonly findings: EntryFindings | undefined;
  readonly inputs: ReadonlyMap<string, string | undefined>;
  /** Revision of the workspace at which the stamps were last compared and found equal. */
  checkedAt: number;
}

/** Entry files of which what was evaluated is kept to be used again; more than anyone edits at a time. */
const maxSessions = 64;

/**
 * The editor-neutral face of the engine. It keeps one analysis for each document at the version it was made from, and
 * the findings of each entry file until a file that they rest on changes.
 */
export class LanguageService {
  /** The documents and files that are analysed together. */
  readonly workspace = new Workspace();
  readonly #references = new ReferenceIndex(this.workspace);
  readonly #analyses = new Map<string, CachedAnalysis>();
  readonly #entries = new Map<string, CachedEntry>();
  /** By entry file, the one used last at the end. */
  readonly #sessions = new Map<string, Session>();
  readonly #onRuleFailure: OnRuleFailure;
  #ownSettings: SettingsLayer = {};
  /** By configuration file; `ownSettings` stand for the documents without one. */
  #settings = new WeakMap<Configuration | SettingsLayer, Settings>();

  constructor(onRuleFailure: OnRuleFailure) {
    this.#onRuleFailure = onRuleFailure;
  }

  /** Sets what users configure beside the configuration files, which it overrides; analyses made before are dropped. */
  configure(settings: SettingsLayer): void {
    this.#ownSettings = settings;
    this.#settings = new WeakMap();
    this.#analyses.clear();
    this.#entries.clear();
  }

  /**
   * The analysis of the document at this version, made now if need be; undefined for a document that is none of ours, or
   * that is to be left alone.
   */
  analyse(document: Document): Analysis | undefined {
    for (const _ of this.analyseInSteps(document));
    return this.#finish(document, (uri) => this.#findInOther(uri));
  }

  /**
   * Does the work of {@link analyse} in steps, one entry file in each and the document itself first, so that others may
   * have a turn in between. After it an analysis costs next to nothing.
   */
  *analyseInSteps(document: Document): Generator<void, void> {
    this.workspace.update(document);
    if (this.#findInOther(document.uri) === undefined && !this.isLoaded(document.uri)) return;
    for (const uri of this.#references.entriesOf(document.uri)) {
      const known = this.#entries.get(uri);
      if (known !== undefined && this.#isCurrent(known)) continue;
      yield;
      this.#findInOther(uri);
    }
  }

  /** What can be said of the document while {@link analyseInSteps} is under way: without the entry files that are still to come. */
  analyseSoFar(document: Document): Analysis | undefined {
    return this.#finish(document, (uri) => {
      const known = this.#entries.get(uri);
      return known !== undefined && this.#isCurrent(known) ? known.findings : findingsToCome;
    });
  }

  #finish(document: Document, findIn: (uri: string) => EntryFindings | undefined): Analysis | undefined {
    this.workspace.update(document);
    const configuration = this.configurationOf(document.uri);
    if (configuration !== undefined && isIgnored(configuration, document.uri)) return undefined;
    this.#openEntries(configuration);
    const settings = this.#settingsOf(configuration);
    const own = this.#findInEntry(document.uri) ?? (this.isLoaded(document.uri) ? noFindings : undefined);
    if (own === undefined) return undefined;
    const others = this.#references
      .entriesOf(document.uri)
      .flatMap((uri) => findIn(uri) ?? [])
      .filter(({ isIdle }) => isIdle !== true);
    const known = this.#analyses.get(document.uri);
    const parts = [own, ...others];
    const { openRevision } = this.workspace;
    const isCurrent = known !== undefined && known.text === document.text && known.settings === settings;
    if (isCurrent && known.openRevision === openRevision && sameItems(known.parts, parts)) return known.analysis;
    const analysis = finishAnalysis(this.workspace, this.#references, document, own, others, settings);
    this.#analyses.set(document.uri, { text: document.text, parts, settings, openRevision, analysis });
    return analysis;
  }

  /** The files that a document names, and those that they name, as far as they are known. Registries are left out. */
  filesBelow(uri: string): string[] {
    return this.#references.filesBelow(uri).filter((other) => this.workspace.textOf(other) !== undefined);
  }

  /** Whether a document is there for templates to load, so that it can be analysed although it is none of ours. */
  isLoaded(uri: string): boolean {
    return this.#references.isData(uri);
  }

  /** The configuration that counts for a document; undefined where no folder above it has one. */
  configurationOf(uri: string): Configuration | undefined {
    return findConfiguration(this.workspace, uri, () => {});
  }

  /** Gives an engine what it was built without; analyses made before are dropped. */
  provideExtras(extras: Extras): void {
    this.workspace.extras = extras;
    this.workspace.wantsExtras = false;
    this.#analyses.clear();
    this.#entries.clear();
    this.#sessions.clear();
  }

  close(uri: string): void {
    this.workspace.close(uri);
    this.#analyses.delete(uri);
    this.#entries.delete(uri);
    this.#sessions.delete(uri);
  }

  #findInEntry(uri: string): EntryFindings | undefined {
    const known = this.#entries.get(uri);
    if (known !== undefined && this.#isCurrent(known)) return known.findings;
    const read = new Set([uri]);
    const settings = this.#settingsOf(findConfiguration(this.workspace, uri, (other) => read.add(other)));
    const findings = findInEntry(this.workspace, uri, settings, this.#onRuleFailure, () => this.#sessionOf(uri));
    for (const other of findings?.reads ?? []) read.add(other);
    const inputs = new Map([...read].map((input) => [input, this.workspace.stamp(input)]));
    this.#entries.set(uri, { findings, inputs, checkedAt: this.workspace.revision });
    return findings;
  }

  #isCurrent(cached: CachedEntry): boolean {
    const { revision } = this.workspace;
    if (cached.checkedAt === revision) return true;
    for (const [input, stamp] of cached.inputs) if (this.workspace.stamp(input) !== stamp) return false;
    cached.checkedAt = revision;
    return true;
  }

  #sessionOf(uri: string): Session {
    const session = this.#sessions.get(uri) ?? new Session(this.workspace);
    this.#sessions.delete(uri);
    this.#sessions.set(uri, session);
    const [oldest] = this.#sessions.keys();
    if (oldest !== undefined && this.#sessions.size > maxSessions) this.#sessions.delete(oldest);
    return session;
  }

  /** The findings of another entry file; none where it is to be left alone. */
  #findInOther(uri: string): EntryFindings | undefined {
    const configuration = this.configurationOf(uri);
    return configuration !== undefined && isIgnored(configuration, uri) ? undefined : this.#findInEntry(uri);
  }

  /** Asks for the entry files of a configuration and what they reference, so that they are known as callers. */
  #openEntries(configuration: Configuration | undefined): void {
    if (configuration === undefined) return;
    const { uri, entryFiles } = configuration;
    const files = this.workspace.files(() => {});
    for (const { value } of entryFiles) {
      const entry = resolvePath(uri, value);
      if (entry !== undefined && files.text(uri, value) !== undefined) this.#findInOther(entry);
    }
  }

  #settingsOf(configuration: Configuration | undefined): Settings {
    const key = configuration ?? this.#ownSettings;
    const known = this.#settings.get(key);
    if (known !== undefined) return known;
    const merged = mergeSettings([configuration?.settings ?? {}, this.#ownSettings]);
    this.#settings.set(key, merged);
    return merged;
  }

  /** What to show for an offset of the document; undefined where nothing of ours stands. */
  hover(document: Document, offset: number): Hover | undefined {
    const analysis = this.analyse(document);
    return analysis === undefined ? undefined : hoverAt(analysis, offset);
  }

  /** The words that may stand at an offset of a Corefile; none anywhere else. */
  completions(document: Document, offset: number): readonly CorednsCompletion[] {
    const analysis = this.analyse(document);
    if (analysis?.language !== 'coredns') return [];
    const settings = this.#settingsOf(this.configurationOf(document.uri));
    const { corednsVersion } = withStatedVersion(settings, analysis.parsed.comments);
    return corednsCompletions(analysis.model, document.text, offset, corednsVersion);
  }

  /** Whether an offset stands in Corefile text, and not in YAML around it. */
  isInCorefile(document: Document, offset: number): boolean {
    const analysis = this.analyse(document);
    return analysis?.language === 'coredns' && isInCorefile(analysis.model, document.text, offset);
  }

  /** The outline of the Corefile text in a document; empty for any other. */
  outline(document: Document): readonly OutlineEntry[] {
    const analysis = this.analyse(document);
    return analysis?.language === 'coredns' ? corednsOutline(analysis.model) : [];
  }

  /** The folds of the Corefile text in a document; undefined for any other. */
  folds(document: Document): readonly Fold[] | undefined {
    const analysis = this.analyse(document);
    return analysis?.language === 'coredns' ? corednsFolds(analysis.model, document.text) : undefined;
  }

  /** The edits that make every safe fix of a document at once. */
  safeFixes(document: Document): readonly TextEdit[] {
    const analysis = this.analyse(document);
    return analysis === undefined ? [] : applyFixes(analysis, isSafe).edits;
  }

  /** Fixes and suppressions for the findings that a span touches, fixes first. */
  codeActions(document: Document, span: Span): CodeAction[] {
    const analysis = this.analyse(document);
    if (analysis === undefined) return [];
    const here = analysis.diagnostics.filter(
      ({ location }) =>
        location.uri === document.uri && (touches(location.span, span.start) || touches(span, location.span.start)),
    );
    return [
      ...here.flatMap((diagnostic) => fixActions(analysis, diagnostic)),
      ...here.flatMap((diagnostic) => suppressActions(analysis, diagnostic)),
    ];
  }
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function fixActions(analysis: Analysis, diagnostic: Diagnostic): CodeAction[] {
  return diagnostic.fixes.flatMap((fix, index): CodeAction[] => {
    const edits = renderFix(analysis, fix);
    if (edits === undefined) return [];
    return [
      { title: fix.title, kind: 'fix', diagnostic, isPreferred: index === 0 && fix.applicability === 'safe', edits },
    ];
  });
}

function suppressActions(analysis: Analysis, diagnostic: Diagnostic): CodeAction[] {
  // JSON has no comments: a ConfigMap written in it, or what a template loads, cannot be told to be left alone.
  if (analysis.language === 'coredns' && /^\s*[{[]/.test(analysis.document.text.slice(0, 1000))) return [];
  if (analysis.parsed.content.kind === 'data') return [];
  const scopes = takesCommentAbove(analysis, diagnostic) ? (['line', 'file'] as const) : (['file'] as const);
  return scopes.map((scope) => ({
    title: `Disable ${diagnostic.rule} for this ${scope}`,
    kind: 'suppress',
    diagnostic,
    isPreferred: false,
    edits: [{ uri: analysis.document.uri, edits: [suppressionEdit(analysis, diagnostic, scope)] }],
  }));
}

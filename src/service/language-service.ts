import type { Span } from '../base/span.ts';
import { touches } from '../base/span.ts';
import { type Analysis, type EntryFindings, findInEntry, finishAnalysis } from './analysis.ts';
import { type DocumentEdits, renderFix, suppressionEdit } from './code-actions.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Document } from './document.ts';
import { type Hover, hoverAt } from './hover.ts';
import { ReferenceIndex } from './references.ts';
import type { OnRuleFailure } from './rule-runner.ts';
import { defaultSettings, type Settings } from './settings.ts';
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
  readonly analysis: Analysis | undefined;
}

/** The findings of one entry file with the stamps of the files that they were made from. */
interface CachedEntry {
  readonly findings: EntryFindings | undefined;
  readonly inputs: ReadonlyMap<string, string | undefined>;
}

/**
 * The editor-neutral face of the engine. It keeps one analysis for each document at the version it was made from, and
 * the findings of each entry file until a file that they rest on changes.
 */
export class LanguageService {
  /** The documents and files that are analysed together. */
  readonly workspace = new Workspace();
  private readonly references = new ReferenceIndex(this.workspace);
  private readonly analyses = new Map<string, CachedAnalysis>();
  private readonly entries = new Map<string, CachedEntry>();
  private readonly onRuleFailure: OnRuleFailure;
  private settings: Settings = defaultSettings;

  constructor(onRuleFailure: OnRuleFailure) {
    this.onRuleFailure = onRuleFailure;
  }

  /** Sets what users configure; analyses made before are dropped. */
  configure(settings: Settings): void {
    this.settings = settings;
    this.analyses.clear();
    this.entries.clear();
  }

  /** The analysis of the document at this version, made now if need be; undefined for a document that is none of ours. */
  analyse(document: Document): Analysis | undefined {
    this.workspace.update(document);
    const own = this.findInEntry(document.uri);
    if (own === undefined) return undefined;
    const others = this.references.entriesOf(document.uri).flatMap((uri) => this.findInEntry(uri) ?? []);
    const known = this.analyses.get(document.uri);
    const parts = [own, ...others];
    if (known !== undefined && known.text === document.text && sameItems(known.parts, parts)) return known.analysis;
    const analysis = finishAnalysis(this.workspace, document, own, others, this.settings);
    this.analyses.set(document.uri, { text: document.text, parts, analysis });
    return analysis;
  }

  close(uri: string): void {
    this.workspace.close(uri);
    this.analyses.delete(uri);
    this.entries.delete(uri);
  }

  private findInEntry(uri: string): EntryFindings | undefined {
    const known = this.entries.get(uri);
    const isCurrent = (cached: CachedEntry): boolean =>
      [...cached.inputs].every(([input, stamp]) => this.workspace.stamp(input) === stamp);
    if (known !== undefined && isCurrent(known)) return known.findings;
    const findings = findInEntry(this.workspace, uri, this.settings, this.onRuleFailure);
    const inputs = new Map([uri, ...(findings?.reads ?? [])].map((input) => [input, this.workspace.stamp(input)]));
    this.entries.set(uri, { findings, inputs });
    return findings;
  }

  /** What to show for an offset of the document; undefined where nothing of ours stands. */
  hover(document: Document, offset: number): Hover | undefined {
    const analysis = this.analyse(document);
    return analysis === undefined ? undefined : hoverAt(analysis, offset);
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
  return (['line', 'file'] as const).map((scope) => ({
    title: `Disable ${diagnostic.rule} for this ${scope}`,
    kind: 'suppress',
    diagnostic,
    isPreferred: false,
    edits: [{ uri: analysis.document.uri, edits: [suppressionEdit(analysis, diagnostic, scope)] }],
  }));
}

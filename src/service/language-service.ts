import type { Span } from '../base/span.ts';
import { touches } from '../base/span.ts';
import { type Analysis, analyse, type OnRuleFailure } from './analysis.ts';
import { type DocumentEdits, renderFix, suppressionEdit } from './code-actions.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { Document } from './document.ts';
import { type Hover, hoverAt } from './hover.ts';
import { defaultSettings, type Settings } from './settings.ts';

/** An offer to change the text: a fix of a finding, or a comment that silences it. */
export interface CodeAction {
  readonly title: string;
  readonly kind: 'fix' | 'suppress';
  readonly diagnostic: Diagnostic;
  /** Whether an editor may apply it without asking: only for a safe fix that comes first. */
  readonly isPreferred: boolean;
  readonly edits: readonly DocumentEdits[];
}

/** The editor-neutral face of the engine: keeps one analysis per open document, for the version it was made from. */
export class LanguageService {
  private readonly analyses = new Map<
    string,
    { readonly document: Document; readonly analysis: Analysis | undefined }
  >();
  private readonly onRuleFailure: OnRuleFailure;
  private settings: Settings = defaultSettings;

  constructor(onRuleFailure: OnRuleFailure) {
    this.onRuleFailure = onRuleFailure;
  }

  /** Sets what users configure; analyses made before are dropped. */
  configure(settings: Settings): void {
    this.settings = settings;
    this.analyses.clear();
  }

  /** The analysis of the document at this version, made now if need be; undefined for a document that is none of ours. */
  analyse(document: Document): Analysis | undefined {
    const known = this.analyses.get(document.uri);
    if (known !== undefined && known.document.version === document.version && known.document.text === document.text) {
      return known.analysis;
    }
    const analysis = analyse(document, this.settings, this.onRuleFailure);
    this.analyses.set(document.uri, { document, analysis });
    return analysis;
  }

  close(uri: string): void {
    this.analyses.delete(uri);
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

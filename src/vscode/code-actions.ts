import {
  CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Disposable,
  languages,
  type Range,
  type TextDocument,
} from 'vscode';
import type { Analysis } from '../service/analysis.ts';
import { applyFixes, isSafe } from '../service/code-actions.ts';
import { type LinesOf, toRange, toSpan, toWorkspaceEdit } from './convert.ts';
import { selector, toDocument } from './documents.ts';
import type { Engine } from './engine.ts';
import type { ErrorBoundary } from './error-boundary.ts';

/** The source action that applies every safe fix, for `editor.codeActionsOnSave`. */
const fixAll = CodeActionKind.SourceFixAll.append('aksnet');

/** Offers the fixes of findings, comments that silence them, and all safe fixes at once. */
export function registerCodeActions(engine: Engine, boundary: ErrorBoundary): Disposable {
  return languages.registerCodeActionsProvider(
    selector,
    {
      provideCodeActions: (document, range, { only, diagnostics }) =>
        boundary.run('offer code actions', () => {
          const analysis = engine.analyse(document);
          if (analysis === undefined) return [];
          const context: Context = { engine, document, analysis, linesOf: engine.linesFor(document, analysis) };
          const wantsFixes = only === undefined || only.contains(CodeActionKind.QuickFix);
          return [
            ...(wantsFixes ? quickFixes(context, range, diagnostics) : []),
            // Nobody looks for it in a light bulb, and computing it costs a little.
            ...(only?.contains(fixAll) === true ? fixAllActions(context) : []),
          ];
        }),
    },
    { providedCodeActionKinds: [CodeActionKind.QuickFix, fixAll] },
  );
}

interface Context {
  readonly engine: Engine;
  readonly document: TextDocument;
  readonly analysis: Analysis;
  readonly linesOf: LinesOf;
}

function quickFixes(context: Context, range: Range, shown: readonly Diagnostic[]): CodeAction[] {
  const { engine, document, analysis, linesOf } = context;
  const offers = engine.serviceFor(document)?.codeActions(toDocument(document), toSpan(range, analysis.lines)) ?? [];
  return offers.flatMap((offer) => {
    const edit = toWorkspaceEdit(offer.edits, linesOf);
    if (edit === undefined) return [];
    const action = new CodeAction(offer.title, CodeActionKind.QuickFix);
    action.edit = edit;
    action.isPreferred = offer.isPreferred;
    const place = toRange(offer.diagnostic.location.span, analysis.lines);
    action.diagnostics = shown.filter(
      (candidate) => ruleOf(candidate) === offer.diagnostic.rule && candidate.range.isEqual(place),
    );
    return [action];
  });
}

function fixAllActions({ analysis, linesOf }: Context): CodeAction[] {
  const { edits } = applyFixes(analysis, isSafe);
  const edit = edits.length === 0 ? undefined : toWorkspaceEdit([{ uri: analysis.document.uri, edits }], linesOf);
  if (edit === undefined) return [];
  const action = new CodeAction('Apply all safe AKS network fixes', fixAll);
  action.edit = edit;
  return [action];
}

function ruleOf(diagnostic: Diagnostic): string | undefined {
  return typeof diagnostic.code === 'object' ? String(diagnostic.code.value) : undefined;
}

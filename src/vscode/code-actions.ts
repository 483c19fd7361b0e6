import { CodeAction, CodeActionKind, type Diagnostic, type Disposable, languages, type TextDocument } from 'vscode';
import type { Analysis } from '../service/analysis.ts';
import { applyFixes, isSafe } from '../service/code-actions.ts';
import { toRange, toSpan, toWorkspaceEdit } from './convert.ts';
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
      provideCodeActions: (document, range, context) =>
        boundary.run('offer code actions', () => {
          const analysis = engine.analyse(document);
          if (analysis === undefined) return [];
          const wants = (kind: CodeActionKind): boolean => context.only === undefined || context.only.contains(kind);
          return [
            ...(wants(CodeActionKind.QuickFix)
              ? quickFixes(engine, document, analysis, toSpan(range, analysis.lines), context.diagnostics)
              : []),
            // Nobody looks for it in a light bulb, and computing it costs a little.
            ...(context.only?.contains(fixAll) === true ? fixAllActions(analysis) : []),
          ];
        }),
    },
    { providedCodeActionKinds: [CodeActionKind.QuickFix, fixAll] },
  );
}

function quickFixes(
  engine: Engine,
  document: TextDocument,
  analysis: Analysis,
  span: { readonly start: number; readonly end: number },
  shown: readonly Diagnostic[],
): CodeAction[] {
  const offers = engine.serviceFor(document)?.codeActions(toDocument(document), span) ?? [];
  return offers.map((offer) => {
    const action = new CodeAction(offer.title, CodeActionKind.QuickFix);
    action.edit = toWorkspaceEdit(offer.edits, analysis);
    action.isPreferred = offer.isPreferred;
    const range = toRange(offer.diagnostic.location.span, analysis.lines);
    action.diagnostics = shown.filter(
      (candidate) => ruleOf(candidate) === offer.diagnostic.rule && candidate.range.isEqual(range),
    );
    return action;
  });
}

function fixAllActions(analysis: Analysis): CodeAction[] {
  const { edits } = applyFixes(analysis, isSafe);
  if (edits.length === 0) return [];
  const action = new CodeAction('Apply all safe AKS network fixes', fixAll);
  action.edit = toWorkspaceEdit([{ uri: analysis.document.uri, edits }], analysis);
  return [action];
}

function ruleOf(diagnostic: Diagnostic): string | undefined {
  return typeof diagnostic.code === 'object' ? String(diagnostic.code.value) : undefined;
}

import {
  CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Disposable,
  languages,
  type Range,
  type TextDocument,
} from 'vscode';
import { ruleOfDiagnostic, toRange, toSpan, toWorkspaceEdit } from './convert.ts';
import { selector, toDocument } from './documents.ts';
import { type Analysed, type Engine, linesFor } from './engine.ts';
import type { ErrorBoundary } from './error-boundary.ts';

/** The source action that applies every safe fix, for `editor.codeActionsOnSave`. */
const fixAll = CodeActionKind.SourceFixAll.append('aksnet');

/** Offers the fixes of findings, comments that silence them, and all safe fixes at once. */
export function registerCodeActions(engine: Engine, boundary: ErrorBoundary): Disposable {
  return languages.registerCodeActionsProvider(
    selector,
    {
      provideCodeActions: (document, range, { only, diagnostics }) =>
        boundary.runLater('offer code actions', async () => {
          const found = await engine.analyse(document);
          if (found === undefined) return [];
          const wantsFixes = only === undefined || only.contains(CodeActionKind.QuickFix);
          return [
            ...(wantsFixes ? quickFixes(document, found, range, diagnostics) : []),
            // Nobody looks for it in a light bulb, and computing it costs a little.
            ...(only?.contains(fixAll) === true ? fixAllActions(document, found) : []),
          ];
        }),
    },
    { providedCodeActionKinds: [CodeActionKind.QuickFix, fixAll] },
  );
}

function quickFixes(document: TextDocument, found: Analysed, range: Range, shown: readonly Diagnostic[]): CodeAction[] {
  const { analysis, service } = found;
  const linesOf = linesFor(found);
  const offers = service.codeActions(toDocument(document), toSpan(range, analysis.lines));
  return offers.flatMap((offer) => {
    const edit = toWorkspaceEdit(offer.edits, linesOf);
    if (edit === undefined) return [];
    const action = new CodeAction(offer.title, CodeActionKind.QuickFix);
    action.edit = edit;
    action.isPreferred = offer.isPreferred;
    const place = toRange(offer.diagnostic.location.span, analysis.lines);
    action.diagnostics = shown.filter(
      (candidate) => ruleOfDiagnostic(candidate) === offer.diagnostic.rule && candidate.range.isEqual(place),
    );
    return [action];
  });
}

function fixAllActions(document: TextDocument, found: Analysed): CodeAction[] {
  const edits = found.service.safeFixes(toDocument(document));
  const { uri } = found.analysis.document;
  const edit = edits.length === 0 ? undefined : toWorkspaceEdit([{ uri, edits }], linesFor(found));
  if (edit === undefined) return [];
  const action = new CodeAction('Apply all safe AKS network fixes', fixAll);
  action.edit = edit;
  return [action];
}

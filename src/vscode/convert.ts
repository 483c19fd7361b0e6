import * as vscode from 'vscode';
import { assertNever } from '../base/assert.ts';
import { LineIndex } from '../base/line-index.ts';
import type { Location, Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import type { Analysis } from '../service/analysis.ts';
import type { DocumentEdits } from '../service/code-actions.ts';
import type { Diagnostic } from '../service/diagnostic.ts';

/** The range of a span in the text that `lines` counts. */
export function toRange(span: Span, lines: LineIndex): vscode.Range {
  const start = lines.position(span.start);
  const end = lines.position(span.end);
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/** The span of a range in the text that `lines` counts. */
export function toSpan(range: vscode.Range, lines: LineIndex): Span {
  return { start: lines.offset(range.start), end: lines.offset(range.end) };
}

/** A finding as the editor shows it; `code` leads to the page of its rule. */
export function toDiagnostic(diagnostic: Diagnostic, analysis: Analysis, page: vscode.Uri): vscode.Diagnostic {
  const range = toRange(diagnostic.location.span, analysis.lines);
  const result = new vscode.Diagnostic(range, diagnostic.message, toSeverity(diagnostic.severity));
  result.source = 'aksnet';
  result.code = { value: diagnostic.rule, target: page };
  if (diagnostic.related.length > 0) {
    result.relatedInformation = diagnostic.related.map(
      ({ location, text }) => new vscode.DiagnosticRelatedInformation(toLocation(location, analysis), text),
    );
  }
  return result;
}

/** Edits of any documents as one edit of the workspace. */
export function toWorkspaceEdit(documents: readonly DocumentEdits[], analysis: Analysis): vscode.WorkspaceEdit {
  const result = new vscode.WorkspaceEdit();
  for (const { uri, edits } of documents) {
    const lines = linesOf(uri, analysis);
    if (lines === undefined) continue;
    result.set(
      vscode.Uri.parse(uri),
      edits.map((edit) => toTextEdit(edit, lines)),
    );
  }
  return result;
}

function toTextEdit(edit: TextEdit, lines: LineIndex): vscode.TextEdit {
  return new vscode.TextEdit(toRange(edit.span, lines), edit.newText);
}

function toLocation(location: Location, analysis: Analysis): vscode.Location {
  const lines = linesOf(location.uri, analysis);
  const range = lines === undefined ? new vscode.Range(0, 0, 0, 0) : toRange(location.span, lines);
  return new vscode.Location(vscode.Uri.parse(location.uri), range);
}

/** The lines of the analysed document, or of another one that is open; undefined for any other. */
function linesOf(uri: string, analysis: Analysis): LineIndex | undefined {
  if (uri === analysis.document.uri) return analysis.lines;
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
  return open === undefined ? undefined : new LineIndex(open.getText());
}

function toSeverity(severity: Diagnostic['severity']): vscode.DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return vscode.DiagnosticSeverity.Error;
    case 'warning':
      return vscode.DiagnosticSeverity.Warning;
    case 'information':
      return vscode.DiagnosticSeverity.Information;
    default:
      return assertNever(severity);
  }
}

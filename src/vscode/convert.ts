import * as vscode from 'vscode';
import { assertNever } from '../base/assert.ts';
import type { LineIndex } from '../base/line-index.ts';
import type { Location, Span } from '../base/span.ts';
import type { DocumentEdits } from '../base/text-edit.ts';
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

/** The lines of any document that a finding or an edit names; undefined for one whose text is not known. */
export type LinesOf = (uri: string) => LineIndex | undefined;

/** What the editor shows beside each finding as where it comes from. */
export const diagnosticSource = 'aksnet';

/** A finding as the editor shows it; `code` leads to the page of its rule. */
export function toDiagnostic(diagnostic: Diagnostic, linesOf: LinesOf, page: vscode.Uri): vscode.Diagnostic {
  const { range } = toLocation(diagnostic.location, linesOf);
  const result = new vscode.Diagnostic(range, diagnostic.message, toSeverity(diagnostic.severity));
  result.source = diagnosticSource;
  result.code = { value: diagnostic.rule, target: page };
  if (diagnostic.tag !== undefined) {
    const { Deprecated, Unnecessary } = vscode.DiagnosticTag;
    result.tags = [diagnostic.tag === 'deprecated' ? Deprecated : Unnecessary];
  }
  if (diagnostic.related.length > 0) {
    result.relatedInformation = diagnostic.related.map(
      ({ location, text }) => new vscode.DiagnosticRelatedInformation(toLocation(location, linesOf), text),
    );
  }
  return result;
}

/** The rule of a finding that {@link toDiagnostic} has made; undefined for one of another extension. */
export function ruleOfDiagnostic({ source, code }: vscode.Diagnostic): string | undefined {
  return source === diagnosticSource && typeof code === 'object' ? String(code.value) : undefined;
}

/** Edits of any documents as one edit of the workspace; undefined where the text of one is not known. */
export function toWorkspaceEdit(
  documents: readonly DocumentEdits[],
  linesOf: LinesOf,
): vscode.WorkspaceEdit | undefined {
  const result = new vscode.WorkspaceEdit();
  for (const { uri, edits } of documents) {
    const lines = linesOf(uri);
    if (lines === undefined) return undefined;
    result.set(
      vscode.Uri.parse(uri),
      edits.map((edit) => new vscode.TextEdit(toRange(edit.span, lines), edit.newText)),
    );
  }
  return result;
}

function toLocation(location: Location, linesOf: LinesOf): vscode.Location {
  const lines = linesOf(location.uri);
  const range = lines === undefined ? new vscode.Range(0, 0, 0, 0) : toRange(location.span, lines);
  return new vscode.Location(vscode.Uri.parse(location.uri), range);
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

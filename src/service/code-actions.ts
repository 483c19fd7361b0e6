import { encloses } from '../base/span.ts';
import { applyEdits, type DocumentEdits, type TextEdit } from '../base/text-edit.ts';
import type { Fix } from '../model/change.ts';
import type { Analysis } from './analysis.ts';
import type { Diagnostic } from './diagnostic.ts';

/** The edits of a fix; undefined where it cannot be written into the document any more. */
export function renderFix(analysis: Analysis, fix: Fix): DocumentEdits[] | undefined {
  return analysis.render(fix.changes);
}

/**
 * The text of the document with the best accepted fix of every finding applied, except where it would touch the place of
 * another one, which waits for the next round, or another document.
 */
export function applyFixes(
  analysis: Analysis,
  accepts: (fix: Fix) => boolean,
): { readonly text: string; readonly edits: readonly TextEdit[]; readonly applied: readonly Diagnostic[] } {
  const edits: TextEdit[] = [];
  const applied: Diagnostic[] = [];
  for (const diagnostic of analysis.diagnostics) {
    const fix = diagnostic.fixes.find(accepts);
    const documents = fix === undefined ? undefined : renderFix(analysis, fix);
    const [only] = documents ?? [];
    if (only === undefined || documents?.length !== 1 || only.uri !== analysis.document.uri) continue;
    const rendered = only.edits;
    if (rendered.length === 0) continue;
    if (
      rendered.some((edit) =>
        edits.some((other) => edit.span.start <= other.span.end && other.span.start <= edit.span.end),
      )
    )
      continue;
    edits.push(...rendered);
    applied.push(diagnostic);
  }
  return { text: applyEdits(analysis.document.text, edits), edits, applied };
}

/** Whether a fix may be applied without asking. */
export function isSafe(fix: Fix): boolean {
  return fix.applicability === 'safe';
}

/**
 * Whether a comment can stand above the line of a diagnostic. Inside of YAML text whose lines are joined or quoted it
 * would become part of the text, and take the rest of the Corefile with it.
 */
export function takesCommentAbove({ model, lines }: Analysis, { location }: Diagnostic): boolean {
  const entry = model.configMaps
    .flatMap(({ entries }) => entries)
    .find((candidate) => candidate.location.uri === location.uri && encloses(candidate.location.span, location.span));
  if (entry === undefined || entry.style === 'literal' || entry.style === 'file') return true;
  const lineOf = (offset: number): number => lines.position(offset).line;
  return lineOf(entry.key.location.span.start) === lineOf(location.span.start);
}

/** The edit that silences a rule for the line of a diagnostic, or for the whole file. */
export function suppressionEdit(analysis: Analysis, diagnostic: Diagnostic, scope: 'line' | 'file'): TextEdit {
  const { lines, document } = analysis;
  const sign = analysis.language === 'coredns' ? '#' : '//';
  const lineBreak = document.text.includes('\r\n') ? '\r\n' : '\n';
  if (scope === 'file') {
    const start = document.text.startsWith('\uFEFF') ? 1 : 0;
    return { span: { start, end: start }, newText: `${sign} aksnet-disable ${diagnostic.rule}${lineBreak}` };
  }
  const line = lines.lineSpan(lines.position(diagnostic.location.span.start).line);
  const indent = /^[ \t]*/.exec(document.text.slice(line.start, line.end))?.[0] ?? '';
  return {
    span: { start: line.start, end: line.start },
    newText: `${indent}${sign} aksnet-disable-next-line ${diagnostic.rule}${lineBreak}`,
  };
}

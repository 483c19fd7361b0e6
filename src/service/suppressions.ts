import type { LineIndex } from '../base/line-index.ts';
import type { Comment } from '../base/parse-error.ts';
import type { Diagnostic } from './diagnostic.ts';

/** A comment that silences rules: in the whole file, or on the line below it. */
export interface Suppression {
  readonly comment: Comment;
  /** Rule ids; `*` silences every rule. */
  readonly rules: readonly string[];
  /** Zero-based line that it is for; undefined for the whole file. */
  readonly line: number | undefined;
}

const directive = /^\s*(aksnet-disable-next-line|aksnet-disable|#disable-next-line)\b(.*)$/s;

/**
 * The directives among the comments of a document: `aksnet-disable-next-line RULE...`, `aksnet-disable RULE...` and
 * Bicep's `#disable-next-line RULE...`. Text after ` -- ` is a remark. A directive without a rule silences nothing.
 */
export function findSuppressions(comments: readonly Comment[], lines: LineIndex): Suppression[] {
  return comments.flatMap((comment): Suppression[] => {
    const match = directive.exec(comment.text);
    if (match === null) return [];
    const [, kind, rest = ''] = match;
    const rules = (rest.split(/\s--\s/)[0] ?? '').split(/[\s,]+/).filter((word) => /^[a-z][a-z0-9-]*$|^\*$/.test(word));
    if (rules.length === 0) return [];
    const line = kind === 'aksnet-disable' ? undefined : lines.position(comment.span.end).line + 1;
    return [{ comment, rules, line }];
  });
}

/** The diagnostics that no suppression silences. */
export function withoutSuppressed(
  diagnostics: readonly Diagnostic[],
  suppressions: readonly Suppression[],
  lines: LineIndex,
): Diagnostic[] {
  if (suppressions.length === 0) return [...diagnostics];
  return diagnostics.filter((diagnostic) => {
    const { line } = lines.position(diagnostic.location.span.start);
    return !suppressions.some(
      (suppression) =>
        (suppression.line === undefined || suppression.line === line) &&
        (suppression.rules.includes(diagnostic.rule) || suppression.rules.includes('*')),
    );
  });
}

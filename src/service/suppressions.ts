import type { LineIndex } from '../base/line-index.ts';
import type { Comment } from '../base/parse-error.ts';
import type { Span } from '../base/span.ts';
import type { Diagnostic } from './diagnostic.ts';

/** A comment that silences rules: in the whole file, or on the line below it. */
export interface Suppression {
  readonly comment: Comment;
  readonly kind: 'aksnet-disable' | 'aksnet-disable-next-line' | '#disable-next-line';
  /** What stands behind the directive and before the remark: rule ids, and `*` for every rule. */
  readonly words: readonly SuppressionWord[];
  /** Zero-based line that it is for; undefined for the whole file. */
  readonly line: number | undefined;
}

/** A word of a suppression with its place in the document. */
export interface SuppressionWord {
  readonly text: string;
  readonly span: Span;
}

const directive = /^(\s*)(aksnet-disable-next-line|aksnet-disable|#disable-next-line)(?![\w-])/;

/**
 * The directives among the comments of a document: `aksnet-disable-next-line RULE...`, `aksnet-disable RULE...` and
 * Bicep's `#disable-next-line RULE...`. Text after ` -- ` is a remark.
 */
export function findSuppressions(comments: readonly Comment[], text: string, lines: LineIndex): Suppression[] {
  return comments.flatMap((comment): Suppression[] => {
    const match = directive.exec(comment.text);
    if (match === null) return [];
    const kind = match[2] as Suppression['kind'];
    const line = kind === 'aksnet-disable' ? undefined : lines.position(comment.span.end).line + 1;
    return [{ comment, kind, words: wordsOf(comment, match[0].length, text), line }];
  });
}

function wordsOf(comment: Comment, from: number, text: string): SuppressionWord[] {
  // A comment inside of a quoted scalar may be spelled otherwise there; its words then share its place.
  const start = text.indexOf(comment.text, comment.span.start);
  const isFound = start >= 0 && start + comment.text.length <= comment.span.end;
  const [names = ''] = comment.text.slice(from).split(/\s--(?:\s|$)/);
  return Array.from(names.matchAll(/[^\s,]+/g), (match) => {
    const at = start + from + match.index;
    return { text: match[0], span: isFound ? { start: at, end: at + match[0].length } : comment.span };
  });
}

/** Whether a suppression is for a line. */
export function covers(suppression: Suppression, line: number): boolean {
  return suppression.line === undefined || suppression.line === line;
}

/** The diagnostics that no suppression silences. */
export function withoutSuppressed(
  diagnostics: readonly Diagnostic[],
  suppressions: readonly Suppression[],
  lines: LineIndex,
): Diagnostic[] {
  if (suppressions.length === 0) return [...diagnostics];
  return diagnostics.filter(({ rule, location }) => {
    const { line } = lines.position(location.span.start);
    return !suppressions.some(
      (suppression) => covers(suppression, line) && suppression.words.some(({ text }) => text === rule || text === '*'),
    );
  });
}

import { groupBy } from '../base/group.ts';
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
  /**
   * Zero-based lines that it is for, both included: the one below it, and down to the first that is no directive
   * itself. Undefined for the whole file.
   */
  readonly lines: { readonly first: number; readonly last: number } | undefined;
}

/** A word of a suppression with its place in the document. */
export interface SuppressionWord {
  readonly text: string;
  readonly span: Span;
}

const directive = /^(\s*)(aksnet-disable-next-line|aksnet-disable|#disable-next-line)(?![\w-])/;

/**
 * The directives among the comments of a document: `aksnet-disable-next-line RULE...`, `aksnet-disable RULE...` and
 * Bicep's `#disable-next-line RULE...`. Text after ` -- ` is a remark. Directives that stand under each other speak of
 * the first line below all of them.
 */
export function findSuppressions(comments: readonly Comment[], text: string, lines: LineIndex): Suppression[] {
  const found: Suppression[] = [];
  // Of each line that holds nothing but a directive, the line that it speaks of.
  const passedOn = new Map<number, number>();
  for (const comment of [...comments].sort((a, b) => b.span.start - a.span.start)) {
    const match = directive.exec(comment.text);
    if (match === null) continue;
    const kind = match[2] as Suppression['kind'];
    const first = lines.position(comment.span.end).line + 1;
    const last = passedOn.get(first) ?? first;
    const own = lines.position(comment.span.start).line;
    if (lines.firstCharacter(own) === comment.span.start) passedOn.set(own, last);
    const words = wordsOf(comment, match[0].length, text);
    found.push({ comment, kind, words, lines: kind === 'aksnet-disable' ? undefined : { first, last } });
  }
  return found.reverse();
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

/** Finds the suppressions that are for a line. */
export function suppressionFinder(suppressions: readonly Suppression[]): (line: number) => Suppression[] {
  const byLast = groupBy(suppressions, ({ lines }) => lines?.last);
  const lastByFirst = new Map(
    suppressions.flatMap(({ lines }) => (lines === undefined ? [] : [[lines.first, lines.last] as const])),
  );
  return (line) => {
    // A line that a directive stands on belongs to the directives above it as well.
    const around = byLast.get(lastByFirst.get(line) ?? line) ?? [];
    return [
      ...around.filter(({ lines }) => lines !== undefined && lines.first <= line),
      ...(byLast.get(undefined) ?? []),
    ];
  };
}

/** The diagnostics that no suppression silences. */
export function withoutSuppressed(
  diagnostics: readonly Diagnostic[],
  suppressions: readonly Suppression[],
  lines: LineIndex,
): Diagnostic[] {
  const isSilenced = silencer(suppressions, lines);
  return diagnostics.filter(({ rule, location }) => !isSilenced(rule, location.span.start));
}

/** Tells whether a rule is silenced at an offset. */
export function silencer(
  suppressions: readonly Suppression[],
  lines: LineIndex,
): (rule: string, offset: number) => boolean {
  const suppressionsOf = suppressionFinder(suppressions);
  return (rule, offset) =>
    suppressionsOf(lines.position(offset).line).some(({ words }) =>
      words.some(({ text }) => text === rule || text === '*'),
    );
}

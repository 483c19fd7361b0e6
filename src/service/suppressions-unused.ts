import type { LineIndex } from '../base/line-index.ts';
import { nearestWord } from '../base/near-miss.ts';
import type { Fix } from '../model/change.ts';
import type { Diagnostic, RawFinding } from './diagnostic.ts';
import type { Document } from './document.ts';
import { ruleEntries } from './rule-list.ts';
import { type Suppression, type SuppressionWord, suppressionFinder } from './suppressions.ts';

/** The rule under which suppressions without effect are reported. */
export const unusedRule = 'suppression-unused';

/** What is known about the analysis that the suppressions belong to. */
export interface SuppressionContext {
  readonly document: Document;
  readonly lines: LineIndex;
  /** Every finding of the document, silenced or not. */
  readonly diagnostics: readonly Diagnostic[];
  /** Whether all was seen that could make findings; nothing is said of known rules where it was not. */
  readonly isComplete: boolean;
  /** Whether no deployment can make findings that the analysis did not have. */
  readonly isFinal: boolean;
  /** Rules that did not run. */
  readonly skipped: ReadonlySet<string>;
}

/** Findings about the words of suppressions that silence nothing. */
export function findUnusedSuppressions(
  suppressions: readonly Suppression[],
  context: SuppressionContext,
): RawFinding[] {
  const known = new Set(ruleEntries().map(({ id }) => id));
  const rulesByLine = new Map<number | undefined, Set<string>>([[undefined, new Set()]]);
  for (const { rule, location } of context.diagnostics) {
    const { line } = context.lines.position(location.span.start);
    rulesByLine.set(line, (rulesByLine.get(line) ?? new Set()).add(rule));
    rulesByLine.get(undefined)?.add(rule);
  }
  const found = suppressions.flatMap((suppression) => {
    if (suppression.words.length === 0) return nameless(suppression, context);
    const strangers = suppression.words.filter(({ text }) => text !== '*' && !known.has(text));
    return [
      ...reportStrangers(strangers, suppression, known, context),
      ...suppression.words
        .filter((word) => !strangers.includes(word))
        .flatMap((word) => reportUnused(word, suppression, rulesByLine, context)),
    ];
  });
  // Only its own name silences this rule: "*" would silence what is said about itself.
  const own = suppressionFinder(suppressions.filter(({ words }) => words.some(({ text }) => text === unusedRule)));
  return found.filter(({ location }) => own(context.lines.position(location.span.start).line).length === 0);
}

/** The rules with findings on each line; `undefined` stands for the whole file. */
type RulesByLine = ReadonlyMap<number | undefined, ReadonlySet<string>>;

function reportUnused(
  word: SuppressionWord,
  suppression: Suppression,
  rulesByLine: RulesByLine,
  context: SuppressionContext,
): RawFinding[] {
  const { text } = word;
  const isAll = text === '*';
  if (text === unusedRule || !context.isComplete) return [];
  if (isAll ? context.skipped.size > 0 : context.skipped.has(text)) return [];
  const silenced = linesOf(suppression).map((line) => rulesByLine.get(line) ?? new Set<string>());
  if (silenced.some((rules) => (isAll ? rules.size > 0 : rules.has(text)))) return [];
  const where = suppression.lines === undefined ? 'in this file' : 'on the next line';
  const what = isAll ? 'No rule reports anything' : `${text} reports nothing`;
  const message = `${what} ${where} that this comment could silence. Remove it.`;
  return [finding(word, message, context, () => [removal(word, suppression, context, context.isFinal)])];
}

function linesOf({ lines }: Suppression): (number | undefined)[] {
  if (lines === undefined) return [undefined];
  return Array.from({ length: lines.last - lines.first + 1 }, (_, index) => lines.first + index);
}

/** Words that are no rules. Bicep's own codes share its directive, so that there only near misses count. */
function reportStrangers(
  strangers: readonly SuppressionWord[],
  suppression: Suppression,
  known: ReadonlySet<string>,
  context: SuppressionContext,
): RawFinding[] {
  let hasProse = false;
  return strangers.flatMap((word) => {
    const nearest = nearestWord(word.text.toLowerCase(), known);
    if (nearest !== undefined) {
      const message = `There is no rule "${word.text}". Did you mean "${nearest}"?`;
      const changes = [{ kind: 'replace-text' as const, target: place(word, context), to: nearest }];
      const fix: Fix = { title: `Replace with "${nearest}"`, applicability: 'unsafe', changes };
      return [finding(word, message, context, () => [fix, removal(word, suppression, context, false)])];
    }
    // A remark without its sign makes many such words; the first one says enough.
    if (suppression.kind === '#disable-next-line' || hasProse) return [];
    hasProse = true;
    const message = `There is no rule "${word.text}". Name a rule that exists, and put remarks behind " -- ".`;
    return [finding(word, message, context, () => [removal(word, suppression, context, false)])];
  });
}

function nameless(suppression: Suppression, context: SuppressionContext): RawFinding[] {
  if (suppression.kind === '#disable-next-line') return [];
  const word = { text: '', span: suppression.comment.span };
  const message = 'This comment names no rule and silences nothing. Name the rules, or remove it.';
  return [finding(word, message, context, () => [removal(word, suppression, context, false)])];
}

function finding(
  word: SuppressionWord,
  message: string,
  context: SuppressionContext,
  listFixes: () => readonly Fix[],
): RawFinding {
  const location = place(word, context);
  return { rule: unusedRule, severity: 'information', tag: 'unnecessary', message, location, related: [], listFixes };
}

/** Removes the word, or the whole comment where it is the only one. */
function removal(word: SuppressionWord, suppression: Suppression, context: SuppressionContext, isSafe: boolean): Fix {
  const applicability = isSafe ? 'safe' : 'unsafe';
  const { uri } = context.document;
  const { words, comment } = suppression;
  if (words.length < 2) {
    const target = { uri, span: comment.span };
    return { title: 'Remove the comment', applicability, changes: [{ kind: 'remove-text', target }] };
  }
  const index = words.indexOf(word);
  const before = words[index - 1]?.span.end;
  const after = words[index + 1]?.span.start;
  const span =
    before === undefined
      ? { start: word.span.start, end: after ?? word.span.end }
      : { start: before, end: word.span.end };
  const title = `Remove ${word.text} from the comment`;
  return { title, applicability, changes: [{ kind: 'replace-text', target: { uri, span }, to: '' }] };
}

function place({ span }: SuppressionWord, { document }: SuppressionContext) {
  return { uri: document.uri, span };
}

import { type Location, type Span, span } from '../base/span.ts';
import { rules } from '../rules/index.ts';
import type { Severity } from '../rules/rule.ts';
import type { Analysis } from './analysis.ts';
import { azureCodes } from './explain-codes.ts';
import { corednsEvidence, corednsMessages } from './explain-coredns.ts';
import { findExits, isNodeLog, nodeEvidence, nodeExits, nodeScript } from './explain-exits.ts';
import { firstMatches } from './explain-matches.ts';
import { azureMessages, namedValues } from './explain-messages.ts';
import { type RuleEntry, ruleEntries } from './rule-list.ts';

/** What one error of a pasted text means. */
export interface Explanation {
  /** The code of the error, or what it is called. */
  readonly title: string;
  /** Who says it: Azure when it refuses a deployment, a node while it is set up, or CoreDNS. */
  readonly origin: 'azure' | 'node' | 'coredns';
  /** Where the text names it first. */
  readonly span: Span;
  readonly meaning: string;
  /** What the values of the text say, one or two sentences each. */
  readonly details: readonly string[];
  /** The rules of this version that find the cause, the likeliest first. */
  readonly rules: readonly RuleEntry[];
  /** Where these rules report in the given analyses, places that the text names first. */
  readonly places: readonly BlamedPlace[];
  readonly reference: string;
}

/** A finding that may be the cause of an error. */
export interface BlamedPlace {
  readonly location: Location;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** Whether the text names a value that stands there. */
  readonly isNamed: boolean;
}

/** An explanation before the rules and places are looked up. */
interface Draft extends Omit<Explanation, 'rules' | 'places'> {
  readonly ruleIds: readonly string[];
}

/** Longer texts are cut: the first errors of a log are the ones that count. */
export const maximumText = 500_000;

/** Places that one explanation lists. */
const maximumPlaces = 20;

/**
 * What the errors mean that a text names, in the order of the text: codes and messages of AKS and Azure networks, the
 * set-up of nodes, and CoreDNS. Empty where nothing in it is known. `analyses` are searched for the places to blame.
 */
export function explain(pasted: string, analyses: readonly Analysis[] = []): Explanation[] {
  const text = pasted.slice(0, maximumText);
  const drafts = [...explainCodes(text), ...explainExits(text), ...explainCoredns(text)];
  const values = namedValues(text);
  return drafts
    .sort((a, b) => a.span.start - b.span.start)
    .map(({ ruleIds, ...draft }) => {
      const found = rulesOf(ruleIds, draft.title);
      return { ...draft, rules: found, places: placesOf(found, values, analyses) };
    });
}

function explainCodes(text: string): Draft[] {
  const firstAt = new Map<string, number>();
  const note = (code: string, offset: number): void => {
    firstAt.set(code, Math.min(offset, firstAt.get(code) ?? offset));
  };
  for (const match of text.matchAll(/\b[A-Z][A-Za-z0-9]{7,79}\b/g)) note(match[0], match.index);
  const details = new Map<string, Set<string>>();
  for (const { code, pattern, tell } of azureMessages) {
    for (const match of firstMatches(text, pattern)) {
      note(code, match.index);
      const known = details.get(code) ?? new Set();
      details.set(code, known.add(tell(match.slice(1))));
    }
  }
  return azureCodes.flatMap((row): Draft[] => {
    const start = firstAt.get(row.code);
    if (start === undefined) return [];
    const caution = 'No message of this code is documented; this is what its name says.';
    const own = [...(details.get(row.code) ?? [])].filter((detail) => detail !== '');
    return [
      {
        title: row.code,
        origin: 'azure',
        span: span(start, start + row.code.length),
        meaning: row.meaning,
        details: row.isNameOnly ? [...own, caution] : own,
        ruleIds: row.rules,
        reference: row.reference,
      },
    ];
  });
}

function explainExits(text: string): Draft[] {
  return findExits(text).flatMap(({ status, offset }): Draft[] => {
    const known = nodeExits.find((exit) => exit.status === status);
    // Any program may end with any status; only the set-up of a node has ours.
    if (known === undefined && !isNodeLog(text)) return [];
    return [
      {
        title: `Exit status ${status} of the node set-up`,
        origin: 'node',
        span: span(offset, offset + String(status).length),
        meaning:
          known?.meaning ??
          `The set-up of the node failed with status ${status}, which is none that aksnet knows to be about networking. The reference lists them all.`,
        details: nodeEvidence(text, status),
        ruleIds: known?.rules ?? [],
        reference: known?.reference ?? nodeScript,
      },
    ];
  });
}

function explainCoredns(text: string): Draft[] {
  const drafts = new Map<string, Draft>();
  const taken: Span[] = [];
  const evidence = corednsEvidence(text);
  for (const { title, pattern, meaning, tell, rules: rulesFor, reference } of corednsMessages) {
    for (const match of firstMatches(text, pattern)) {
      const place = span(match.index, match.index + match[0].length);
      if (taken.some((other) => other.start < place.end && place.start < other.end)) continue;
      taken.push(place);
      const values = match.slice(1);
      const detail = tell(values);
      const known = drafts.get(title);
      const details = [...(known?.details ?? []), ...(detail === '' ? [] : [detail])];
      drafts.set(title, {
        title,
        origin: 'coredns',
        span: known?.span ?? place,
        meaning,
        details: [...new Set(details)],
        ruleIds: [...new Set([...(known?.ruleIds ?? []), ...rulesFor(values)])],
        reference,
      });
    }
  }
  return [...drafts.values()].map((draft) => ({ ...draft, details: [...draft.details, ...evidence] }));
}

/** The rules of this version among the ids, and those that name the error themselves. */
function rulesOf(ids: readonly string[], title: string): RuleEntry[] {
  const entries = new Map(ruleEntries().map((entry) => [entry.id, entry]));
  const named = rules.filter(({ serviceErrors }) => serviceErrors.some((error) => error.split(/\W+/).includes(title)));
  return [...new Set([...ids, ...named.map(({ id }) => id)])].flatMap((id) => entries.get(id) ?? []);
}

function placesOf(
  found: readonly RuleEntry[],
  values: ReadonlySet<string>,
  analyses: readonly Analysis[],
): BlamedPlace[] {
  const order = found.map(({ id }) => id);
  const places = analyses.flatMap(({ document, diagnostics }) =>
    diagnostics
      .filter(({ rule }) => order.includes(rule))
      .map(({ location, rule, severity, message, related }): BlamedPlace => {
        const written = document.text.slice(location.span.start, location.span.end);
        const words = `${message} ${written} ${related.map((other) => other.text).join(' ')}`.split(/[\s"',;()[\]]+/);
        return { location, rule, severity, message, isNamed: words.some((word) => values.has(trimStop(word))) };
      }),
  );
  return places
    .sort((a, b) => Number(b.isNamed) - Number(a.isNamed) || order.indexOf(a.rule) - order.indexOf(b.rule))
    .slice(0, maximumPlaces);
}

function trimStop(word: string): string {
  return word.replace(/[.:]+$/, '');
}

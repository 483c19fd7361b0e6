import type { Fix } from '../../model/change.ts';
import { endsDefaultBlock } from '../../model/corefile-set.ts';
import type { BraceProblem, ConfigMap, Corefile, Word } from '../../model/dns.ts';
import { activeCorefiles, mayBeReplaced, type PlacedCorefile } from '../../model/dns-queries.ts';
import { defineRule, type RelatedPlace } from '../rule.ts';

/** `owner` is empty where the brace belongs to nothing. */
interface BraceData {
  readonly owner: string;
  readonly text: string;
}

export const corednsUnbalancedBraces = defineRule({
  id: 'coredns-unbalanced-braces',
  severity: 'error',
  fixable: 'unsafe',
  since: '0.1.0',
  languages: ['coredns'],
  summary: 'A brace of a Corefile is missing, superfluous or in a place where CoreDNS reads it as a word.',
  condition:
    'Reports a block that is never closed, a closing brace too many, a brace stuck to a word, a block written on one line, and an opening brace below its line. An error where CoreDNS refuses the text, a warning where it takes the text and reads something else.',
  why: 'All keys of coredns-custom become one Corefile: a brace that is wrong in one of them stops CoreDNS at its next start, and its message often blames another key.',
  serviceError: "Unexpected token, expecting '}'",
  examples: [
    {
      language: 'coredns',
      bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  corp.server: |
    corp.example:53 {
        cache 30
        forward . 10.1.0.4
`,
      good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns-custom
  namespace: kube-system
data:
  corp.server: |
    corp.example:53 {
        cache 30
        forward . 10.1.0.4
    }
`,
    },
  ],
  references: ['https://learn.microsoft.com/azure/aks/coredns-custom', 'https://github.com/coredns/caddy'],
  messages: {
    unclosed: (d: BraceData) =>
      d.owner === '' ? 'This block is never closed. Add "}".' : `The block of "${d.owner}" is never closed. Add "}".`,
    unopened: (_: BraceData) => 'No block is open that this "}" could close. Remove it.',
    gluedOpen: (d: BraceData) =>
      `In "${d.text}" the brace is part of the word, so it opens no block. Put a space before "{".`,
    gluedEmpty: (d: BraceData) => `CoreDNS reads "${d.text}" as a word, not as an empty block. Remove it.`,
    gluedClose: (d: BraceData) =>
      `In "${d.text}" the brace is part of the word, so it closes no block. Put "}" on a line of its own.`,
    oneLine: (d: BraceData) =>
      `The block of "${d.owner}" stands on one line, where CoreDNS reads the "}" as an argument. Give each directive and the "}" a line of its own.`,
    nextLine: (d: BraceData) =>
      `This "{" stands below the line of "${d.owner}", which therefore gets no block. Put it at the end of that line.`,
    braceless: (d: BraceData) =>
      `The block of "${d.owner}" has no braces, so it takes everything after it for its own. Put its lines in { }.`,
    trailing: (_: BraceData) =>
      'This "}" stands behind other words, so it closes no block. Put it on a line of its own.',
    ownerless: (_: BraceData) => 'No plugin or zone stands before this "{". Remove it, or write what it opens.',
  },

  check(model, report) {
    for (const placed of activeCorefiles(model)) {
      // Said by a rule of its own, for every brace has its pair in the text of AKS.
      if (endsDefaultBlock(placed.corefile)) continue;
      const last = placed.corefile.serverBlocks.at(-1);
      if (placed.corefile.braceProblems.length === 0 && last?.isBraceless !== true) continue;
      const next = firstWordAfter(placed);
      const isFollowed = next !== undefined && placed.corefile.role === 'server';
      const blamed = next === undefined ? [] : [{ at: next.location, text: blame }];
      const zone = last?.keys[0];
      const isZone = zone !== undefined && last?.isSnippet === false && !mayBeReplaced(zone);
      if (isFollowed && last?.isBraceless === true && isZone && !placed.corefile.isTemplated) {
        report({
          at: zone.location,
          message: 'braceless',
          data: { owner: zone.text, text: zone.text },
          related: blamed,
        });
      }
      for (const problem of placed.corefile.braceProblems) {
        const severity = problem.isRefused || (leavesOpen(problem) && isFollowed) ? 'error' : 'warning';
        const owner = problem.owner?.text ?? '';
        const fix = fixOf(problem);
        report({
          at: problem.location,
          message: messageOf(problem),
          data: { owner, text: problem.text },
          related: [...relatedOf(problem), ...(problem.kind === 'unclosed' ? blamed : [])],
          fixes: fix === undefined ? [] : [fix],
          severity,
        });
      }
    }
  },
});

type MessageId =
  | 'braceless'
  | 'gluedClose'
  | 'gluedEmpty'
  | 'gluedOpen'
  | 'nextLine'
  | 'oneLine'
  | 'ownerless'
  | 'trailing'
  | 'unclosed'
  | 'unopened';

function messageOf({ kind, text }: BraceProblem): MessageId {
  switch (kind) {
    case 'glued':
      return text === '{}' ? 'gluedEmpty' : text.startsWith('}') ? 'gluedClose' : 'gluedOpen';
    case 'one-line':
      return 'oneLine';
    case 'next-line':
      return 'nextLine';
    default:
      return kind;
  }
}

/** Whether the problem leaves a block open, or begins a new one, at the end of the text. */
function leavesOpen({ kind }: BraceProblem): boolean {
  return kind === 'unclosed' || kind === 'unopened';
}

const blame = 'CoreDNS reads the keys one behind the other, so it may complain of this one instead.';

/**
 * The first word of the next key. CoreDNS reads the keys of a kind as one text, by name: a block that is open at the end
 * of one does no harm if no zone follows, and takes the lines of any later key for its own.
 */
function firstWordAfter({ corefile, configMap }: PlacedCorefile): Word | undefined {
  if (configMap === undefined) return undefined;
  const known = followers.get(configMap) ?? followersOf(configMap);
  followers.set(configMap, known);
  return known.get(corefile);
}

/** Read once per ConfigMap: a broken one may hold thousands of keys. */
const followers = new WeakMap<ConfigMap, ReadonlyMap<Corefile, Word | undefined>>();

function followersOf({ entries }: ConfigMap): ReadonlyMap<Corefile, Word | undefined> {
  const words = new Map<Corefile, Word | undefined>();
  const next = new Map<string, Word | undefined>();
  for (const { corefile, role } of [...entries].sort((a, b) => (a.key.text < b.key.text ? 1 : -1))) {
    if (corefile === undefined) continue;
    words.set(corefile, next.get(role));
    const word = firstWord(corefile);
    if (word !== undefined) next.set(role, word);
  }
  return words;
}

function firstWord(corefile: Corefile | undefined): Word | undefined {
  if (corefile?.role === 'server') return corefile.serverBlocks[0]?.keys[0];
  return corefile?.plugins[0]?.name;
}

function relatedOf({ refusal, insertAfter, kind }: BraceProblem): readonly RelatedPlace[] {
  const related: RelatedPlace[] = [];
  if (kind === 'unclosed' && insertAfter !== undefined) {
    related.push({ at: insertAfter, text: 'The "}" belongs behind this line.' });
  }
  if (refusal !== undefined) related.push({ at: refusal.location, text: `CoreDNS gives up here: ${refusal.message}` });
  return related;
}

function fixOf({ kind, location, text, owner, insertAfter }: BraceProblem): Fix | undefined {
  switch (kind) {
    case 'unclosed':
      if (insertAfter === undefined) return undefined;
      return {
        title: 'Add "}"',
        applicability: 'unsafe',
        changes: [
          { kind: 'insert-lines', at: insertAfter, where: 'after', like: owner?.location ?? location, lines: ['}'] },
        ],
      };
    case 'unopened':
      return { title: 'Remove "}"', applicability: 'unsafe', changes: [{ kind: 'remove-text', target: location }] };
    case 'glued':
      if (text.startsWith('}') || text === '{}') return undefined;
      return {
        title: 'Put a space before "{"',
        applicability: 'unsafe',
        changes: [{ kind: 'replace-text', target: location, to: `${text.slice(0, -1)} {` }],
      };
    case 'next-line': {
      if (insertAfter === undefined) return undefined;
      const end = { ...insertAfter, span: { start: insertAfter.span.end, end: insertAfter.span.end } };
      return {
        title: 'Move "{" to the end of the line above',
        applicability: 'unsafe',
        changes: [
          { kind: 'replace-text', target: end, to: ' {' },
          { kind: 'remove-text', target: location },
        ],
      };
    }
    case 'trailing':
      if (owner === undefined) return undefined;
      return {
        title: 'Put "}" on a line of its own',
        applicability: 'unsafe',
        changes: [
          { kind: 'remove-text', target: location },
          { kind: 'insert-lines', at: location, where: 'after', like: owner.location, lines: ['}'] },
        ],
      };
    case 'one-line':
    case 'ownerless':
    case 'braceless':
      return undefined;
  }
}

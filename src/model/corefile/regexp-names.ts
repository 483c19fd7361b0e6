import type { Fix } from '../change.ts';
import type { Word } from '../dns.ts';
import { replaceInside } from './problem.ts';
import { parseRegexp, type RegexpNode } from './regexp.ts';

/** Why a pattern cannot do what it is meant to do with the names that CoreDNS compares it with. */
export interface NamePatternProblem {
  readonly message: string;
  readonly severity: 'warning' | 'information';
  fixes(word: Word): readonly Fix[];
}

const dot = 46;

/**
 * What is wrong with a pattern for names: CoreDNS compares it with the whole name in lower case and with its final dot.
 * Reports only what can never match, and dots that match more than a dot.
 */
export function neverMatches(pattern: string): NamePatternProblem | undefined {
  const result = parseRegexp(pattern);
  if (!result.ok) return undefined;
  const { root } = result;
  if (endsBeforeDot(root)) {
    const end = /\$(\)*)$/.exec(pattern);
    return {
      message: `CoreDNS compares this pattern with names that end in a dot, so it never matches. Put "\\." before its end.`,
      severity: 'warning',
      fixes: (word) =>
        end === null
          ? []
          : [replaceInside(word, `${pattern.slice(0, end.index)}\\.${end[0]}`, 'Add "\\." before the end')],
    };
  }
  const capital = requiredCapital(root);
  if (capital !== undefined) {
    return {
      message: `CoreDNS compares this pattern with names in lower case, and "${String.fromCodePoint(capital)}" never stands in one. Write it in lower case.`,
      severity: 'warning',
      fixes: (word) =>
        /\\/.test(pattern) ? [] : [replaceInside(word, pattern.toLowerCase(), 'Write the pattern in lower case')],
    };
  }
  const loose = looseDots(root);
  if (loose.length === 0) return undefined;
  return {
    message: `${loose.length === 1 ? 'A dot in this pattern matches' : `${loose.length} dots in this pattern match`} any character, not only a dot. Write "\\." for a dot.`,
    severity: 'information',
    fixes: (word) => {
      let escaped = pattern;
      for (const at of [...loose].reverse()) escaped = `${escaped.slice(0, at)}\\${escaped.slice(at)}`;
      return [replaceInside(word, escaped, loose.length === 1 ? 'Escape the dot' : 'Escape the dots')];
    },
  };
}

/** Whether every match would have to end at the end of the text behind something other than a dot. */
function endsBeforeDot(node: RegexpNode): boolean {
  switch (node.kind) {
    case 'choice':
      return node.items.every(endsBeforeDot);
    case 'list': {
      let at = node.items.length - 1;
      while (at >= 0 && node.items[at]?.kind === 'other-assertion') at--;
      const last = node.items[at];
      if (last === undefined) return false;
      if (last.kind !== 'end') return endsBeforeDot(last) && !canBeEmpty(last);
      return at > 0 && !lastMayBeDot(node.items.slice(0, at));
    }
    default:
      return false;
  }
}

/** Whether the text that the items match may end in a dot, or be empty so that what stands before decides. */
function lastMayBeDot(items: readonly RegexpNode[]): boolean {
  for (let at = items.length - 1; at >= 0; at--) {
    const item = items[at];
    if (item === undefined || item.kind === 'end' || item.kind === 'other-assertion') continue;
    if (nodeMayEndInDot(item)) return true;
    if (!canBeEmpty(item)) return false;
  }
  return true;
}

function nodeMayEndInDot(node: RegexpNode): boolean {
  switch (node.kind) {
    case 'literal':
      return node.code === dot;
    case 'class':
      return node.has(dot);
    case 'list':
      return lastMayBeDot(node.items) && !node.items.every(isAssertion);
    case 'choice':
      return node.items.some(nodeMayEndInDot);
    case 'repeat':
      return node.max > 0 && nodeMayEndInDot(node.of);
    default:
      return false;
  }
}

function isAssertion({ kind }: RegexpNode): boolean {
  return kind === 'end' || kind === 'other-assertion';
}

function canBeEmpty(node: RegexpNode): boolean {
  switch (node.kind) {
    case 'literal':
    case 'class':
      return false;
    case 'list':
      return node.items.every(canBeEmpty);
    case 'choice':
      return node.items.some(canBeEmpty);
    case 'repeat':
      return node.min === 0 || canBeEmpty(node.of);
    default:
      return true;
  }
}

/** A capital letter that every match has to hold. */
function requiredCapital(node: RegexpNode): number | undefined {
  switch (node.kind) {
    case 'literal':
      return !node.ignoresCase && node.code >= 65 && node.code <= 90 ? node.code : undefined;
    case 'list':
      return node.items.map(requiredCapital).find((code) => code !== undefined);
    case 'repeat':
      return node.min > 0 ? requiredCapital(node.of) : undefined;
    default:
      return undefined;
  }
}

/** Where dots stand between letters as in `corp.example`, which are hardly meant to match any character. */
function looseDots(node: RegexpNode): readonly number[] {
  if (node.kind === 'choice') return node.items.flatMap(looseDots);
  if (node.kind === 'repeat') return looseDots(node.of);
  if (node.kind !== 'list') return [];
  const found: number[] = [];
  for (const [index, item] of node.items.entries()) {
    if (item.kind === 'class' && item.isAny) {
      const [before, after] = [node.items[index - 1], node.items[index + 1]];
      const isNamed = isLetter(after) && (before === undefined || isLetter(before) || before.kind !== 'class');
      if (isNamed && before !== undefined && before.kind !== 'other-assertion') found.push(item.at);
    } else {
      found.push(...looseDots(item));
    }
  }
  return found;
}

function isLetter(node: RegexpNode | undefined): boolean {
  return node?.kind === 'literal' && /[\w-]/.test(String.fromCodePoint(node.code));
}

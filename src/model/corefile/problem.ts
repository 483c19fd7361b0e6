import type { Fix } from '../change.ts';
import type { Word } from '../dns.ts';

/** What is wrong with the words of a plugin; the rules divide the kinds among themselves. */
export type ProblemKind =
  | 'argument-count'
  | 'unknown-property'
  | 'removed-property'
  | 'invalid-value'
  | 'repeated-property'
  | 'conflict'
  | 'forward-host-name'
  | 'forward-too-many'
  | 'rewrite'
  | 'rewrite-regex'
  | 'missing-file'
  | 'hosts-entry'
  | 'hosts-file'
  | 'cache-zone';

/** A finding about the words of a plugin. */
export interface PluginProblem {
  readonly kind: ProblemKind;
  readonly plugin: string;
  readonly at: Word;
  /** What is wrong with the real values in it, then what to do. */
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'information';
  /** CoreDNS's own words; undefined where it says nothing. */
  readonly says: string | undefined;
  /** The word on the line that CoreDNS names; undefined where it names none. */
  readonly saysAt: Word | undefined;
  readonly fixes: readonly Fix[];
}

/** Replaces a word. */
export function replaceWord(word: Word, to: string, title = `Replace by "${to}"`): Fix {
  return { title, applicability: 'unsafe', changes: [{ kind: 'replace-text', target: word.location, to }] };
}

/** Removes a word; with it the line, where nothing else stands there. */
export function removeWord(word: Word): Fix {
  return {
    title: `Remove "${word.text}"`,
    applicability: 'unsafe',
    changes: [{ kind: 'remove-text', target: word.location }],
  };
}

/** Replaces the text of a word whose quotes, if it has any, stay. */
export function replaceInside(word: Word, to: string, title: string): Fix {
  const { uri, span } = word.location;
  const margin = (span.end - span.start - word.text.length) / 2;
  if (margin !== 0 && margin !== 1) return replaceWord(word, to, title);
  const target = { ...word, location: { uri, span: { start: span.start + margin, end: span.end - margin } } };
  return replaceWord(target, to, title);
}

/** Removes an option with its arguments. */
export function removeOption(name: Word, args: readonly Word[]): Fix {
  const { uri, span } = name.location;
  const end = args.at(-1)?.location.span.end ?? span.end;
  return { ...removeWord(name), changes: [{ kind: 'remove-text', target: { uri, span: { start: span.start, end } } }] };
}

/** Logs repeat themselves: more matches of one pattern say nothing new. */
const maximumMatches = 100;

/** The first matches of a pattern with the flag `g`, bounded so that no text takes long. */
export function firstMatches(text: string, pattern: RegExp): RegExpExecArray[] {
  const matches: RegExpExecArray[] = [];
  for (const match of text.matchAll(pattern)) {
    matches.push(match);
    if (matches.length === maximumMatches) break;
  }
  return matches;
}

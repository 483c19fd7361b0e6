import type { ScopedLine } from './grammar.ts';

/**
 * What a marker comment says about the line above it: every character from `start` to `end` carries all of `scopes`
 * and none of `absent`.
 */
export interface ScopeMarker {
  /** Zero-based line that the marker speaks about. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly scopes: readonly string[];
  readonly absent: readonly string[];
}

/**
 * Reads the markers of a fixture: a comment line below the code, with carets under the characters or with
 * `<---` for characters that start in the column of the comment sign, then scope names. A scope name stands for
 * all names that it is a dotted prefix of; `!` in front says that the scope must not be there.
 */
export function readMarkers(text: string): ScopeMarker[] {
  const markers: ScopeMarker[] = [];
  let target = -1;
  text.split('\n').forEach((line, index) => {
    const match = /^(\s*)(?:#|\/\/)(\s*)(\^+|<-+)\s+(\S.*)$/.exec(line);
    if (match === null) {
      target = index;
      return;
    }
    const [, indent = '', , arrow = '', names = ''] = match;
    const column = line.indexOf(arrow);
    const start = arrow.startsWith('<') ? indent.length : column;
    const length = arrow.startsWith('<') ? arrow.length - 1 : arrow.length;
    const all = names.trim().split(/\s+/);
    markers.push({
      line: target,
      start,
      end: start + length,
      scopes: all.filter((name) => !name.startsWith('!')),
      absent: all.filter((name) => name.startsWith('!')).map((name) => name.slice(1)),
    });
  });
  return markers;
}

/** Says what is wrong with each marker that the tokens do not bear out; empty when all of them hold. */
export function checkMarkers(lines: readonly ScopedLine[], markers: readonly ScopeMarker[]): string[] {
  const problems: string[] = [];
  for (const marker of markers) {
    const line = lines[marker.line];
    if (line === undefined || marker.end > line.text.length) {
      problems.push(`line ${marker.line + 1}: the marker reaches past the end of the line`);
      continue;
    }
    for (const token of line.tokens) {
      if (token.end <= marker.start || token.start >= marker.end) continue;
      const has = (name: string) => token.scopes.some((scope) => scope === name || scope.startsWith(`${name}.`));
      const missing = marker.scopes.filter((name) => !has(name));
      const unexpected = marker.absent.filter(has);
      if (missing.length === 0 && unexpected.length === 0) continue;
      const text = JSON.stringify(line.text.slice(token.start, token.end));
      problems.push(
        `line ${marker.line + 1}: ${text} is ${token.scopes.slice(1).join(' ') || 'without scopes'}; ` +
          [...missing.map((name) => `missing ${name}`), ...unexpected.map((name) => `unexpected ${name}`)].join(', '),
      );
    }
  }
  return problems;
}

/** Text that a repair puts into a document, at an offset of the original. */
export interface Insertion {
  readonly kind: 'metadata' | 'data' | 'indicator';
  readonly offset: number;
  readonly text: string;
}

/** `keys`: a missing `metadata:` or `data:`. `indicators`: a missing `|`. */
export type RepairStep = 'keys' | 'indicators';

const corefileKey = /^["']?(?:[\w.-]+\.(?:override|server)|Corefile)["']?[ \t]*:/;

interface Line {
  readonly start: number;
  readonly text: string;
  readonly indent: number;
}

/** The insertions that would make a broken ConfigMap readable, sorted, those made `before` included. */
export function repairConfigMap(text: string, step: RepairStep, before: readonly Insertion[]): readonly Insertion[] {
  const lines = contentLines(text);
  const found = step === 'keys' ? missingKeys(lines) : missingIndicators(text, lines);
  return [...before, ...found].sort((a, b) => a.offset - b.offset);
}

/** `name:` indented under `kind: ConfigMap`, as if that were a mapping; and Corefile keys beside it. */
function missingKeys(lines: readonly Line[]): readonly Insertion[] {
  const insertions: Insertion[] = [];
  lines.forEach((kind, index) => {
    if (!/^kind[ \t]*:[ \t]*["']?ConfigMap["']?[ \t\r]*(?:#.*)?$/.test(kind.text.slice(kind.indent))) return;
    const next = lines[index + 1];
    if (next === undefined || next.indent <= kind.indent || !/^[\w."'-]+[ \t]*:/.test(next.text.slice(next.indent)))
      return;
    const rest = lines.slice(index + 1);
    const margin = kind.text.slice(0, kind.indent);
    const stands = (key: string) => lines.some((line) => line.indent === kind.indent && startsWithKey(line, key));
    if (!stands('metadata') && !corefileKey.test(next.text.slice(next.indent))) {
      insertions.push({ kind: 'metadata', offset: next.start, text: `${margin}metadata:\n` });
    }
    const entry = rest.find((line) => line.indent === next.indent && corefileKey.test(line.text.slice(line.indent)));
    if (entry !== undefined && !stands('data')) {
      insertions.push({ kind: 'data', offset: entry.start, text: `${margin}data:\n` });
    }
  });
  return insertions;
}

/** A Corefile key whose lines follow without `|`. */
function missingIndicators(text: string, lines: readonly Line[]): readonly Insertion[] {
  const insertions: Insertion[] = [];
  lines.forEach((line, index) => {
    const content = line.text.slice(line.indent);
    const key = corefileKey.exec(content)?.[0];
    const next = lines[index + 1];
    if (key === undefined || next === undefined || next.indent <= line.indent) return;
    if (!/^[ \t\r]*(?:#.*)?$/.test(content.slice(key.length)) || /^[|>"'*&!]/.test(next.text.slice(next.indent)))
      return;
    const offset = line.start + line.indent + key.length;
    insertions.push({ kind: 'indicator', offset, text: ` ${literalIndicator(text, offset) ?? '|'}` });
  });
  return insertions;
}

/**
 * The block scalar indicator that would keep the lines below a key as they are; `offset` is behind its colon. It states
 * the indentation where the first line has more than a later one. Undefined where the value begins on the key's line.
 */
export function literalIndicator(text: string, offset: number): string | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const keyIndent = leadingSpaces(text.slice(lineStart, offset));
  const keyEnd = endOfLine(text, offset);
  if (!/^[ \t\r]*(?:#.*)?$/.test(text.slice(offset, keyEnd))) return undefined;
  let first: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (let start = keyEnd + 1; start < text.length; start = endOfLine(text, start) + 1) {
    const line = text.slice(start, endOfLine(text, start));
    if (/^\s*$/.test(line)) continue;
    const indent = leadingSpaces(line);
    if (indent <= keyIndent) break;
    first ??= indent;
    least = Math.min(least, indent);
  }
  if (first === undefined) return undefined;
  return first === least ? '|' : `|${least - keyIndent}`;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function leadingSpaces(line: string): number {
  return line.length - line.trimStart().length;
}

function startsWithKey(line: Line, key: string): boolean {
  return new RegExp(`^["']?${key}["']?[ \\t]*:`).test(line.text.slice(line.indent));
}

/** The lines that are neither empty nor comments. */
function contentLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start < text.length) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    const line = text.slice(start, end);
    const indent = line.search(/[^ ]/);
    if (indent >= 0 && !/^[\s#]/.test(line[indent] ?? '')) lines.push({ start, text: line, indent });
    start = end + 1;
  }
  return lines;
}

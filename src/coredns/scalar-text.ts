import type { Run } from '../base/offset-map.ts';

/** Text of a YAML scalar with every line break kept, and where each piece of it stands in the YAML. */
export interface ScalarText {
  readonly text: string;
  readonly runs: readonly Run[];
}

/**
 * The content lines of a block scalar, whatever its style makes of their breaks. `start` is where its first line begins,
 * `body` the text from there to its end, `indent` the explicit indentation or undefined where the first line decides.
 */
export function blockScalarText(body: string, start: number, indent: number | undefined): ScalarText {
  const builder = new TextBuilder();
  const lines = linesOf(body);
  const depth = indent ?? detectIndent(body, lines);
  for (const line of lines) {
    const cut = Math.min(depth, leadingSpaces(body, line.start, line.end));
    builder.copy(body, line.start + cut, line.end, start);
    builder.lineBreak(body, line.end, start);
  }
  return builder.finish();
}

/** The lines of a plain scalar; what indentation all lines but the first have in common is left out. */
export function plainScalarText(source: string, start: number): ScalarText {
  const builder = new TextBuilder();
  const lines = linesOf(source);
  let shared = Number.POSITIVE_INFINITY;
  for (const line of lines.slice(1)) {
    const spaces = leadingSpaces(source, line.start, line.end);
    if (line.start + spaces < line.end) shared = Math.min(shared, spaces);
  }
  lines.forEach((line, index) => {
    const cut = index === 0 ? 0 : Math.min(shared, leadingSpaces(source, line.start, line.end));
    builder.copy(source, line.start + cut, line.end, start);
    builder.lineBreak(source, line.end, start);
  });
  return builder.finish();
}

/** The content of a quoted scalar; `source` includes its quotation marks. */
export function quotedScalarText(source: string, start: number): ScalarText {
  const isDouble = source.startsWith('"');
  const builder = new TextBuilder();
  const end = source.length > 1 && source.endsWith(isDouble ? '"' : "'") ? source.length - 1 : source.length;
  let position = 1;
  let copied = 1;
  while (position < end) {
    const char = source[position];
    if (char === '\n') {
      builder.copy(source, copied, source[position - 1] === '\r' ? position - 1 : position, start);
      builder.lineBreak(source, position, start);
      position++;
      while (source[position] === ' ' || source[position] === '\t') position++;
      copied = position;
    } else if (!isDouble && char === "'") {
      builder.copy(source, copied, position, start);
      copied = position + 1;
      position += 2;
    } else if (isDouble && char === '\\') {
      builder.copy(source, copied, position, start);
      position = readEscape(source, position, start, builder);
      copied = position;
    } else {
      position++;
    }
  }
  builder.copy(source, copied, Math.max(copied, end), start);
  return builder.finish();
}

/** A piece of the text of a scalar. */
export function textBetween({ text, runs }: ScalarText, from: number, to: number): ScalarText {
  const kept = runs.flatMap(({ inner, outer, length }): Run[] => {
    const [start, end] = [Math.max(from, inner), Math.min(to, inner + length)];
    return start < end ? [{ inner: start - from, outer: outer + start - inner, length: end - start }] : [];
  });
  const begin = kept[0]?.outer ?? runs[0]?.outer ?? 0;
  return { text: text.slice(from, to), runs: kept.length > 0 ? kept : [{ inner: 0, outer: begin, length: 0 }] };
}

/** Decodes the escape at `position` and returns where it ends. */
function readEscape(source: string, position: number, start: number, builder: TextBuilder): number {
  const char = source[position + 1] ?? '';
  if (char === '\n' || char === '\r') {
    let next = position + (char === '\r' && source[position + 2] === '\n' ? 3 : 2);
    while (source[next] === ' ' || source[next] === '\t') next++;
    return next;
  }
  const digits = char === 'x' ? 2 : char === 'u' ? 4 : char === 'U' ? 8 : 0;
  if (digits > 0) {
    const code = Number.parseInt(source.slice(position + 2, position + 2 + digits), 16);
    const decoded = Number.isNaN(code) || code > 0x10ffff ? '' : String.fromCodePoint(code);
    builder.insert(decoded, start + position + 1 + digits);
    return position + 2 + digits;
  }
  builder.insert(simpleEscapes[char] ?? char, start + position + 1);
  return position + 2;
}

const simpleEscapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};

class TextBuilder {
  private readonly parts: string[] = [];
  private readonly runs: Run[] = [];
  private length = 0;

  copy(source: string, from: number, to: number, start: number): void {
    if (to > from) this.add(source.slice(from, to), start + from);
  }

  /** Adds the line break that begins at `at`, if one does, as a single line feed. */
  lineBreak(source: string, at: number, start: number): void {
    if (source[at] === '\n') this.add('\n', start + at);
    else if (source[at] === '\r' && source[at + 1] === '\n') this.add('\n', start + at + 1);
  }

  /** Adds a decoded character; it maps to the last character of its escape. */
  insert(text: string, outer: number): void {
    if (text.length > 0) this.add(text, outer);
  }

  finish(): ScalarText {
    return { text: this.parts.join(''), runs: this.runs.length > 0 ? this.runs : [{ inner: 0, outer: 0, length: 0 }] };
  }

  private add(text: string, outer: number): void {
    const last = this.runs.at(-1);
    if (last !== undefined && last.outer + last.length === outer) {
      this.runs[this.runs.length - 1] = { ...last, length: last.length + text.length };
    } else {
      this.runs.push({ inner: this.length, outer, length: text.length });
    }
    this.parts.push(text);
    this.length += text.length;
  }
}

interface Line {
  readonly start: number;
  /** Where the line's break begins. */
  readonly end: number;
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start < text.length) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    lines.push({ start, end: feed > start && text.charCodeAt(feed - 1) === 13 ? feed - 1 : end });
    start = feed < 0 ? text.length : feed + 1;
  }
  return lines;
}

function detectIndent(body: string, lines: readonly Line[]): number {
  for (const line of lines) {
    const spaces = leadingSpaces(body, line.start, line.end);
    if (line.start + spaces < line.end) return spaces;
  }
  return 0;
}

function leadingSpaces(text: string, start: number, end: number): number {
  let position = start;
  while (position < end && text.charCodeAt(position) === 32) position++;
  return position - start;
}

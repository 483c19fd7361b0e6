import type { Span } from './span.ts';

/** Zero-based line and UTF-16 character, as editors count them. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Converts between offsets and positions of one text. Lines end at `\n`, `\r\n` or a lone `\r`. */
export class LineIndex {
  private readonly text: string;
  private found: readonly number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Offset of the first character of each line; most documents have no finding, and nobody asks for their lines. */
  private get starts(): readonly number[] {
    this.found ??= lineStarts(this.text);
    return this.found;
  }

  get lineCount(): number {
    return this.starts.length;
  }

  /** The position of an offset; offsets outside the text are clamped. */
  position(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: clamped - (this.starts[low] ?? 0) };
  }

  /** The offset of a position; characters past the end of the line are clamped to it. */
  offset(position: Position): number {
    const line = this.lineSpan(position.line);
    return Math.min(line.start + position.character, line.end);
  }

  /** The offset of the first character of a line that is no space or tab; its end where there is none. */
  firstCharacter(line: number): number {
    const { start, end } = this.lineSpan(line);
    let at = start;
    while (at < end && (this.text.charCodeAt(at) === 32 || this.text.charCodeAt(at) === 9)) at++;
    return at;
  }

  /** The line without its line break; lines outside the text are clamped. */
  lineSpan(line: number): Span {
    const index = Math.max(0, Math.min(line, this.starts.length - 1));
    const start = this.starts[index] ?? 0;
    let end = this.starts[index + 1] ?? this.text.length;
    while (end > start && isBreak(this.text.charCodeAt(end - 1))) end--;
    return { start, end };
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  if (!text.includes('\r')) {
    // Several times faster than looking at each character.
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}

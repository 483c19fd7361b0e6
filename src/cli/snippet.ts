import { glyphAt } from './display-width.ts';

/** A line of a file as shown under a finding, and the line that underlines a part of it. */
export interface Snippet {
  readonly line: string;
  readonly underline: string;
}

/** The cells that a shown line may take; of longer lines the part around the underline is shown. */
const maxWidth = 100;
const contextBefore = 30;

/**
 * The snippet for the UTF-16 units `[start, end)` of a line. An empty place gets one caret. Works in time of what is
 * shown, however long the line is.
 */
export function makeSnippet(text: string, start: number, end: number): Snippet {
  const isLong = text.length > maxWidth;
  const from = isLong && start > contextBefore * 2 ? boundary(text, start - contextBefore) : 0;
  let line = from > 0 ? '…' : '';
  let cell = line.length;
  let before = cell;
  let marked = 0;
  let position = from;
  for (; position < text.length && cell < maxWidth; ) {
    const character = String.fromCodePoint(text.codePointAt(position) ?? 0);
    const glyph = glyphAt(character, cell);
    if (position + character.length <= start) before += glyph.width;
    else if (position < end) marked += glyph.width;
    line += glyph.shown;
    cell += glyph.width;
    position += character.length;
  }
  if (position < text.length) line += '…';
  return { line: line.trimEnd(), underline: ' '.repeat(before) + '^'.repeat(Math.max(1, marked)) };
}

/** The offset, moved out of the middle of a surrogate pair. */
function boundary(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset;
}

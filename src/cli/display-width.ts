/** One character as a terminal shows it. */
export interface Glyph {
  readonly shown: string;
  /** Terminal cells that it takes. */
  readonly width: number;
}

const tabStop = 4;
const invisible = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const control = /^[\p{Cc}\p{Zl}\p{Zp}\u{61C}\u{200E}\u{200F}\u{202A}-\u{202E}\u{2066}-\u{2069}]$/u;
const wide = new RegExp(
  '^[\\p{Emoji_Presentation}\\u{1100}-\\u{115F}\\u{2E80}-\\u{303E}\\u{3041}-\\u{A4CF}\\u{AC00}-\\u{D7A3}' +
    '\\u{F900}-\\u{FAFF}\\u{FE30}-\\u{FE6F}\\u{FF01}-\\u{FF60}\\u{FFE0}-\\u{FFE6}\\u{1F300}-\\u{1F64F}' +
    '\\u{1F900}-\\u{1F9FF}\\u{20000}-\\u{3FFFD}]$',
  'u',
);

/**
 * How a terminal shows a character that stands at a cell: tabs reach to the next stop, East Asian wide characters and
 * emoji take two cells, combining marks none. Control and direction characters, which would act on the terminal, are
 * shown as a substitute.
 */
export function glyphAt(character: string, cell: number): Glyph {
  if (character === '\t') {
    const width = tabStop - (cell % tabStop);
    return { shown: ' '.repeat(width), width };
  }
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code < 0x7f) return { shown: character, width: 1 };
  if (control.test(character) || (code >= 0xd800 && code <= 0xdfff)) return { shown: '\uFFFD', width: 1 };
  if (invisible.test(character)) return { shown: character, width: 0 };
  return { shown: character, width: wide.test(character) ? 2 : 1 };
}

/** Text without the characters that would act on a terminal. */
export function harmless(text: string): string {
  return Array.from(text, (character) => (character === '\n' ? '\n' : glyphAt(character, 0).shown)).join('');
}

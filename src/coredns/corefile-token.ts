import { OffsetMap } from '../base/offset-map.ts';
import type { Location, Span } from '../base/span.ts';
import type { PluginProperty, Word } from '../model/dns.ts';

/** Where the text of a Corefile stands: in a file of its own, or in a scalar of a ConfigMap. */
export interface CorefilePlace {
  readonly uri: string;
  readonly map: OffsetMap;
}

/** For text that stands in no file. */
const nowhere: CorefilePlace = { uri: '', map: OffsetMap.identity(0, Number.MAX_SAFE_INTEGER) };

/**
 * A word of a Corefile. The model takes it as it is: a block of hosts has a hundred thousand of them, and where they
 * stand is asked of hardly one.
 */
export class Token implements Word {
  /** The word after quotes and `\"` are taken away. */
  readonly text: string;
  /** One-based line of the first character, as CoreDNS counts it. */
  readonly line: number;
  /** Offset in the text of the Corefile, as written: quotes are part of the word. */
  readonly start: number;
  readonly end: number;
  readonly isQuoted: boolean;
  /** Whether the word is the first of its line. */
  readonly startsLine: boolean;
  private readonly place: CorefilePlace;

  constructor(
    text: string,
    line: number,
    start: number,
    end: number,
    isQuoted = false,
    startsLine = true,
    place = nowhere,
  ) {
    this.text = text;
    this.line = line;
    this.start = start;
    this.end = end;
    this.isQuoted = isQuoted;
    this.startsLine = startsLine;
    this.place = place;
  }

  /** In the text of the Corefile. */
  get span(): Span {
    return { start: this.start, end: this.end };
  }

  /** In the file. */
  get location(): Location {
    return { uri: this.place.uri, span: this.place.map.spanToOuter(this.span) };
  }

  /** The same word at its place, read as another text. */
  as(text: string): Token {
    return new Token(text, this.line, this.start, this.end, this.isQuoted, this.startsLine, this.place);
  }

  /** The word without its last `count` characters. */
  shortened(count: number): Token {
    const text = this.text.slice(0, -count);
    return new Token(text, this.line, this.start, this.end - count, this.isQuoted, this.startsLine, this.place);
  }

  /** The word some lines further down. */
  movedDown(lines: number): Token {
    const { text, line, start, end, isQuoted, startsLine, place } = this;
    return new Token(text, line + lines, start, end, isQuoted, startsLine, place);
  }
}

/** One line of a plugin's block: some tokens of the text, which are counted out only when somebody asks. */
export class PropertySyntax implements PluginProperty {
  readonly name: Token;
  private readonly tokens: readonly Token[];
  private readonly from: number;
  private readonly to: number;

  constructor(tokens: readonly Token[], from: number, to: number) {
    this.name = tokens[from] as Token;
    this.tokens = tokens;
    this.from = from;
    this.to = to;
  }

  get args(): readonly Token[] {
    return this.tokens.slice(this.from + 1, this.to);
  }

  get location(): Location {
    const { uri, span } = this.name.location;
    const last = this.tokens[this.to - 1] ?? this.name;
    return { uri, span: { start: span.start, end: last.location.span.end } };
  }
}

import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import { isExpression, type NewValue, type SpelledExpression } from '../model/change.ts';
import type { ObjectProperty } from '../template/expression.ts';
import { lexBicep, type Tokens } from './lexer.ts';
import { escapeSingleLine } from './string-content.ts';
import type { BicepFile } from './syntax.ts';
import { Kind } from './token.ts';
import type { ExpressionNode } from './walk.ts';

/** How new text is laid out: on one line, or in lines that begin with `indent` and step by `unit`. */
export interface Layout {
  readonly isOneLine: boolean;
  readonly indent: string;
  readonly unit: string;
  readonly eol: string;
}

/** An object or array as written, with the whole text of each of its elements. */
export interface Brackets {
  /** Place of the opening bracket. */
  readonly open: number;
  /** Place of the closing bracket. */
  readonly close: number;
  /** Elements in the order of the tree, nested resources left out. */
  readonly elements: readonly Span[];
}

/** A token as edits need to see it. */
export interface TokenView {
  readonly start: number;
  readonly end: number;
  readonly isNewLine: boolean;
  readonly isComma: boolean;
}

/** A file opened for editing: its tokens, line endings and indentation. */
export interface Source {
  readonly file: BicepFile;
  readonly eol: string;
  readonly unit: string;
  hasLineBreak(span: Span): boolean;
  /** The first token that starts at `offset` or after it. */
  nextToken(offset: number): TokenView;
  /** The brackets of an object or array; undefined where the closing one is missing. */
  brackets(node: ExpressionNode): Brackets | undefined;
  /** The whole text of a property's value, with quotes and parentheses; undefined where there is no colon. */
  valueSpan(property: ObjectProperty): Span | undefined;
  /** The layout for a value on the line that holds `offset`. */
  layoutAt(offset: number, isOneLine: boolean): Layout;
  /** The layout for an element next to the one at `sibling`, or for the first one after the bracket at `open`. */
  layoutOfElement(sibling: number | undefined, open: number): Layout;
  /** The edit that removes an element, with a comma that separates it and with its line if nothing else is there. */
  removal(element: Span, brackets: Brackets): TextEdit;
}

/** Opens the file for editing. */
export function openSource(file: BicepFile): Source {
  return new TokenSource(file);
}

/** A key as Bicep spells it: quoted only where it has to be. */
export function renderKey(key: string): string {
  const isPlain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !/^(?:true|false|null)$/.test(key);
  return isPlain ? key : `'${escapeSingleLine(key)}'`;
}

/** A value as Bicep spells it; the first line carries no indentation. */
export function renderValue(value: NewValue<SpelledExpression>, layout: Layout): string {
  if (typeof value === 'string') return `'${escapeSingleLine(value)}'`;
  if (typeof value === 'boolean') return String(value);
  // Bicep has no literal for a number with a fraction.
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value).toString() : `json('${value}')`;
  if (isExpression(value)) return value.text;
  const inner: Layout = { ...layout, indent: layout.indent + layout.unit };
  if (isArray(value)) {
    const items = value.map((item) => renderValue(item, inner));
    return bracket('[', items, ']', layout);
  }
  const entries = Object.entries(value).map(([key, item]) => `${renderKey(key)}: ${renderValue(item, inner)}`);
  return bracket('{', entries, '}', layout);
}

function isArray(value: NewValue<SpelledExpression>): value is readonly NewValue<SpelledExpression>[] {
  return Array.isArray(value);
}

function bracket(open: string, elements: readonly string[], close: string, layout: Layout): string {
  if (elements.length === 0) return open + close;
  if (layout.isOneLine) {
    const padding = open === '{' ? ' ' : '';
    return open + padding + elements.join(', ') + padding + close;
  }
  const { indent, unit, eol } = layout;
  const lines = elements.map((element) => eol + indent + unit + element);
  return open + lines.join('') + eol + indent + close;
}

class TokenSource implements Source {
  readonly file: BicepFile;
  readonly eol: string;
  readonly unit: string;
  readonly #tokens: Tokens;

  constructor(file: BicepFile) {
    this.file = file;
    this.#tokens = lexBicep(file.text);
    this.eol = /\r?\n/.exec(file.text)?.[0] ?? '\n';
    this.unit = findUnit(file.text);
  }

  hasLineBreak({ start, end }: Span): boolean {
    return /[\r\n]/.test(this.file.text.slice(start, end));
  }

  nextToken(offset: number): TokenView {
    return this.#view(this.#indexFrom(offset));
  }

  brackets(node: ExpressionNode): Brackets | undefined {
    const { start, end } = node.span;
    const closer = node.kind === 'object' ? '}' : ']';
    if (this.file.text[end - 1] !== closer || end - start < 2) return undefined;
    const brackets = { open: start, close: end - 1 };
    if (node.kind === 'object') return { ...brackets, elements: node.properties.map((property) => property.span) };
    if (node.kind === 'array') return { ...brackets, elements: node.items.map((item) => this.#wholeItem(item.span)) };
    return undefined;
  }

  valueSpan(property: ObjectProperty): Span | undefined {
    let index = this.#indexFrom(property.keySpan.end);
    const { kinds, starts, ends, count } = this.#tokens;
    // The key may be a string that ends behind its content.
    while (index < count && kinds[index] !== Kind.Colon && (starts[index] ?? 0) < property.span.end) index++;
    if (kinds[index] !== Kind.Colon) return undefined;
    const end = Math.max(property.span.end, ends[index] ?? 0);
    return { start: Math.min(starts[index + 1] ?? end, end), end };
  }

  layoutAt(offset: number, isOneLine: boolean): Layout {
    return { isOneLine, indent: this.#indentAt(offset), unit: this.unit, eol: this.eol };
  }

  layoutOfElement(sibling: number | undefined, open: number): Layout {
    const isOwnLine = sibling !== undefined && this.#isFirstOnLine(sibling);
    const indent = isOwnLine ? this.#indentAt(sibling) : this.#indentAt(open) + this.unit;
    return { isOneLine: false, indent, unit: this.unit, eol: this.eol };
  }

  removal(element: Span, { open, close }: Brackets): TextEdit {
    const next = this.nextToken(element.end);
    const previous = this.#view(this.#indexFrom(element.start) - 1);
    const span = this.#removalSpan(element, previous, next);
    // An emptied pair of brackets on one line closes up.
    const rest = this.file.text.slice(open + 1, span.start) + this.file.text.slice(span.end, close);
    return { span: /^[ \t]*$/.test(rest) ? { start: open + 1, end: close } : span, newText: '' };
  }

  #removalSpan(element: Span, previous: TokenView, next: TokenView): Span {
    if (next.isComma) {
      const after = this.nextToken(next.end);
      if (after.isNewLine) return this.#lineSpan(element.start, after.start);
      const isLast = this.file.text[after.start] === ']' || this.file.text[after.start] === '}';
      if (!isLast) return { start: element.start, end: after.start };
      if (previous.isComma) return { start: previous.start, end: element.end };
      return { start: element.start, end: next.end };
    }
    if (previous.isComma) return { start: previous.start, end: element.end };
    return next.isNewLine ? this.#lineSpan(element.start, next.start) : element;
  }

  /** From `start` to the line break at `end`; with that line break if nothing stands before `start` on its line. */
  #lineSpan(start: number, end: number): Span {
    if (!this.#isFirstOnLine(start)) return { start, end };
    const { text } = this.file;
    const after = text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
    return { start: this.#lineStart(start), end: after };
  }

  /** The text of an item with its quotes, parentheses and the marks behind it, of which its node knows nothing. */
  #wholeItem({ start, end }: Span): Span {
    const { kinds, starts, ends } = this.#tokens;
    const isMissing = start === end && !this.#hasQuoteAt(end);
    if (isMissing) return { start, end };
    let first = this.#indexFrom(start + 1) - 1;
    while (first > 0 && kinds[first - 1] === Kind.OpenParen) first--;
    let last = Math.max(first, this.#indexFrom(end) - 1);
    while (!this.#isSeparator(last + 1)) last++;
    return { start: Math.min(start, starts[first] ?? start), end: Math.max(end, ends[last] ?? end) };
  }

  /** Whether an empty string ends at `offset`, whose node is as empty as one that is missing. */
  #hasQuoteAt(offset: number): boolean {
    return this.file.text[offset] === "'";
  }

  #isSeparator(index: number): boolean {
    const kind = this.#tokens.kinds[index] ?? Kind.EndOfFile;
    return kind === Kind.EndOfFile || kind === Kind.NewLine || kind === Kind.Comma || kind === Kind.CloseSquare;
  }

  #view(index: number): TokenView {
    const { kinds, starts, ends } = this.#tokens;
    const kind = kinds[index];
    const isNewLine = kind === Kind.NewLine;
    return { start: starts[index] ?? 0, end: ends[index] ?? 0, isNewLine, isComma: kind === Kind.Comma };
  }

  /** Position of the first token that starts at `offset` or after it. */
  #indexFrom(offset: number): number {
    const { starts, count } = this.#tokens;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #lineStart(offset: number): number {
    const { text } = this.file;
    let start = offset;
    while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
    return start;
  }

  #indentAt(offset: number): string {
    return /^[ \t]*/.exec(this.file.text.slice(this.#lineStart(offset), offset))?.[0] ?? '';
  }

  #isFirstOnLine(offset: number): boolean {
    return /^[ \t]*$/.test(this.file.text.slice(this.#lineStart(offset), offset));
  }
}

/** The first step of indentation in the file, two spaces where there is none. */
function findUnit(text: string): string {
  const match = /(?:^|[\r\n])([ \t]*)[^\s].*[[{(][ \t]*(?:\/\/.*)?\r?\n(?:[ \t]*\r?\n)*([ \t]+)\S/.exec(text);
  const [, outer = '', inner = ''] = match ?? [];
  return inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : '  ';
}

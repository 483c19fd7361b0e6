import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair, parseDocument, type Scalar } from 'yaml';
import type { Comment } from '../base/parse-error.ts';
import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import { commentsOf, compose } from './yaml-document.ts';

/** A file of plain values in YAML. */
export interface YamlData {
  /** What its first document holds; undefined where that is malformed, empty or beyond all bounds. */
  readonly value: YamlValue | undefined;
  readonly comments: readonly Comment[];
  /** The edit that sets the scalar at `span`, as {@link value} gives it; undefined where it cannot be written. */
  setScalar(span: Span, to: string | number | boolean): TextEdit | undefined;
}

/** A value at its place. The span of a string is its content without quotes, that of an alias is that of its anchor. */
export type YamlValue =
  | { readonly kind: 'literal'; readonly span: Span; readonly value: string | number | boolean | null }
  | { readonly kind: 'array'; readonly span: Span; readonly items: readonly YamlValue[] }
  | { readonly kind: 'object'; readonly span: Span; readonly properties: readonly (YamlProperty | YamlMerge)[] };

export interface YamlProperty {
  readonly kind: 'property';
  readonly span: Span;
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlValue;
}

/** `<<: *other`, of which readers of YAML make different things. */
export interface YamlMerge {
  readonly kind: 'spread';
  readonly span: Span;
  readonly value: { readonly kind: 'invalid'; readonly span: Span };
}

/** Reads YAML text as plain values. */
export function readYamlData(text: string): YamlData {
  const reader = new Reader(text);
  try {
    const composed = compose(text, 'core');
    const root = composed?.document.errors.length === 0 ? composed.document.contents : undefined;
    return {
      value: isNode(root) ? reader.read(root, 0) : undefined,
      comments: commentsOf(composed?.tokens ?? [], (offset) => offset),
      setScalar: (span, to) => reader.setScalar(span, to),
    };
  } catch {
    // The library follows nesting by recursion; of its own it throws nothing that is not an error of the text.
    return { value: undefined, comments: [], setScalar: () => undefined };
  }
}

/** Deeper nesting is no configuration. */
const maxDepth = 100;

/** Values that are read through aliases: a few lines of aliases of aliases can stand for billions. */
const maxAliased = 10_000;

class Reader {
  private readonly text: string;
  private readonly anchors = new Map<string, Node>();
  private readonly scalars = new Map<number, Scalar>();
  private aliased = 0;
  private isInAlias = false;
  private isInAnchor = false;

  constructor(text: string) {
    this.text = text;
  }

  /** Undefined where some part of the node cannot be read. */
  read(node: Node, depth: number): YamlValue | undefined {
    if (depth > maxDepth || (this.isInAlias && ++this.aliased > maxAliased)) return undefined;
    if (isAlias(node)) return this.readAnchored(node.source, depth);
    if (!('anchor' in node) || node.anchor === undefined || this.isInAlias) return this.readContent(node, depth);
    this.anchors.set(node.anchor, node);
    const wasInAnchor = this.isInAnchor;
    this.isInAnchor = true;
    const value = this.readContent(node, depth);
    this.isInAnchor = wasInAnchor;
    return value;
  }

  setScalar(span: Span, to: string | number | boolean): TextEdit | undefined {
    const scalar = this.scalars.get(span.start);
    if (scalar === undefined) return undefined;
    const whole = spanOf(scalar);
    if (scalar.type === 'PLAIN') return replacement(whole, [String(to), inSingleQuotes(to)], to);
    if (typeof to !== 'string') return replacement(whole, [String(to)], to);
    return replacement(whole, scalar.type === 'QUOTE_DOUBLE' ? [JSON.stringify(to)] : [inSingleQuotes(to)], to);
  }

  private readContent(node: Node, depth: number): YamlValue | undefined {
    if (isScalar(node)) return this.readScalar(node);
    const span = spanOf(node);
    if (isSeq(node)) {
      const items = allOf(node.items, (item) => (isNode(item) ? this.read(item, depth + 1) : undefined));
      return items === undefined ? undefined : { kind: 'array', span, items };
    }
    if (!isMap(node)) return undefined;
    const names = new Set<string>();
    const properties = allOf(node.items, (pair) => this.readPair(pair, names, depth));
    return properties === undefined ? undefined : { kind: 'object', span, properties };
  }

  private readAnchored(name: string, depth: number): YamlValue | undefined {
    const node = this.anchors.get(name);
    if (node === undefined) return undefined;
    const wasInAlias = this.isInAlias;
    this.isInAlias = true;
    const value = this.read(node, depth + 1);
    this.isInAlias = wasInAlias;
    return value;
  }

  private readPair({ key, value }: Pair, names: Set<string>, depth: number): YamlProperty | YamlMerge | undefined {
    if (!isScalar(key)) return undefined;
    const keySpan = spanOf(key);
    if (key.value === '<<' && key.type === 'PLAIN') {
      if (isNode(value)) this.read(value, depth + 1);
      return { kind: 'spread', span: keySpan, value: { kind: 'invalid', span: keySpan } };
    }
    const name = String(key.value ?? '');
    if (names.has(name)) return undefined;
    names.add(name);
    // A key alone, as in `{ key }`.
    if (!isNode(value)) {
      return {
        kind: 'property',
        span: keySpan,
        key: name,
        keySpan,
        value: { kind: 'literal', span: keySpan, value: null },
      };
    }
    const read = this.read(value, depth + 1);
    if (read === undefined) return undefined;
    return {
      kind: 'property',
      span: { start: keySpan.start, end: spanOf(value).end },
      key: name,
      keySpan,
      value: read,
    };
  }

  private readScalar(scalar: Scalar): YamlValue {
    const { value } = scalar;
    const span = this.contentSpan(scalar);
    const source = this.text.slice(span.start, span.end);
    // Others may mean the same value by its anchor, and a tag may forbid what another value would be.
    const isFree = !this.isInAnchor && !this.isInAlias && scalar.tag === undefined;
    if (isFree && source !== '' && !/[\r\n]/.test(source) && /^(?:PLAIN|QUOTE)/.test(scalar.type ?? '')) {
      this.scalars.set(span.start, scalar);
    }
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return { kind: 'literal', span, value: isPlain || value === null ? value : String(value) };
  }

  private contentSpan(scalar: Scalar): Span {
    const { start, end } = spanOf(scalar);
    if (scalar.type?.startsWith('QUOTE') === true) return { start: start + 1, end: Math.max(start + 1, end - 1) };
    if (scalar.type?.startsWith('BLOCK') !== true) return { start, end };
    const body = this.text.indexOf('\n', start) + 1;
    if (body === 0 || body >= end) return { start, end: start };
    const lines = this.text.slice(body, end);
    return { start: body + lines.length - lines.trimStart().length, end: body + lines.trimEnd().length };
  }
}

function spanOf({ range }: Node): Span {
  const [start = 0, end = start] = range ?? [];
  return { start, end };
}

/** The parts of all items; undefined where one has none. */
function allOf<T, Part>(items: readonly T[], partOf: (item: T) => Part | undefined): readonly Part[] | undefined {
  const parts: Part[] = [];
  for (const item of items) {
    const part = partOf(item);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return parts;
}

function inSingleQuotes(value: string | number | boolean): string {
  return `'${String(value).replaceAll("'", "''")}'`;
}

/** The first spelling that reads as the value wherever a scalar may stand. */
function replacement(span: Span, spellings: readonly string[], to: string | number | boolean): TextEdit | undefined {
  const newText = spellings.find((spelling) => !/\p{C}/u.test(spelling) && readsAs(spelling, to));
  return newText === undefined ? undefined : { span, newText };
}

function readsAs(spelling: string, to: string | number | boolean): boolean {
  // Inside of brackets the fewest characters are allowed.
  const { contents, errors } = parseDocument(`[${spelling}]`, { logLevel: 'silent' });
  const [item, ...others] = isSeq(contents) ? contents.items : [];
  return errors.length === 0 && others.length === 0 && isScalar(item) && item.value === to;
}

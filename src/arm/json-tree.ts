import { type ParseError as JsonError, type Node, type NodeType, visit } from 'jsonc-parser';
import type { Comment } from '../base/parse-error.ts';
import type { Span } from '../base/span.ts';

/** Deeper JSON is refused: jsonc-parser and everything behind it recurse. Resource Manager itself allows far less. */
export const maximumDepth = 500;

/** What jsonc-parser reads in a text. */
export interface JsonTree {
  /** Undefined if there is no value, or it is nested too deeply. */
  readonly root: Node | undefined;
  readonly errors: readonly JsonError[];
  /** Those in the part that jsonc-parser reads: all of them, unless there are errors. */
  readonly comments: readonly Comment[];
  /** The bracket that goes below {@link maximumDepth}. */
  readonly tooDeep: Span | undefined;
}

/**
 * The tree that jsonc-parser's `parseTree` builds, made of its visitor's calls: they tell comments and depth as well, and
 * nodes that all have the same members are faster to read. Trailing commas are allowed.
 */
export function readJsonTree(text: string): JsonTree {
  return new TreeBuilder(text).read();
}

/** A node that is not finished. All have the members of a node of jsonc-parser, whether they are set or not. */
interface OpenNode {
  readonly type: NodeType;
  readonly offset: number;
  length: number;
  readonly parent: OpenNode | undefined;
  children: readonly OpenNode[] | undefined;
  readonly value: unknown;
  colonOffset: number | undefined;
}

class TreeBuilder {
  readonly #text: string;
  readonly #errors: JsonError[] = [];
  readonly #comments: Comment[] = [];
  #root: OpenNode | undefined;
  /** The object, property or array that the next value belongs to. */
  #parent: OpenNode | undefined;
  /** Children of all objects and arrays that are open, one behind the other: arrays that grow would take up several times the room. */
  readonly #children: OpenNode[] = [];
  #childCount = 0;
  /** For each open object and array, where its children begin. */
  readonly #begins: number[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  read(): JsonTree {
    const text = this.#text;
    const errors = this.#errors;
    const comments = this.#comments;
    try {
      visit(
        text,
        {
          onObjectBegin: (offset) => this.#open('object', offset),
          onObjectProperty: (name, offset, length) => {
            const property = this.#add('property', offset, -1, undefined);
            const key = newNode('string', offset, length, property, name);
            property.children = [key];
            this.#parent = property;
          },
          onObjectEnd: (offset, length) => {
            // A property whose value is missing is still open.
            this.#closeProperty(offset + length);
            this.#close(offset + length);
          },
          onArrayBegin: (offset) => this.#open('array', offset),
          onArrayEnd: (offset, length) => this.#close(offset + length),
          onLiteralValue: (value, offset, length) => {
            this.#add(typeOf(value), offset, length, value);
            this.#closeProperty(offset + length);
          },
          onSeparator: (sign, offset) => {
            if (sign === ',') this.#closeProperty(offset);
            else if (this.#parent?.type === 'property') this.#parent.colonOffset = offset;
          },
          onComment: (offset, length) => comments.push(commentAt(text, offset, length)),
          onError: (error, offset, length) => errors.push({ error, offset, length }),
        },
        { allowTrailingComma: true },
      );
    } catch (error) {
      // Throwing is the only way to make the visitor go no deeper.
      if (!(error instanceof TooDeep)) throw error;
      return { root: undefined, errors, comments, tooDeep: { start: error.offset, end: error.offset + 1 } };
    }
    // Where the text ends too early, objects and arrays are still open.
    for (let open = this.#parent; open !== undefined; open = open.parent) this.#takeChildren(open);
    return { root: this.#root as Node | undefined, errors, comments, tooDeep: undefined };
  }

  #add(type: NodeType, offset: number, length: number, value: unknown): OpenNode {
    const parent = this.#parent;
    const node = newNode(type, offset, length, parent, value);
    if (parent === undefined) this.#root = node;
    else if (parent.type === 'property') parent.children = withValue(parent.children, node);
    else this.#children[this.#childCount++] = node;
    return node;
  }

  #open(type: 'object' | 'array', offset: number): void {
    if (this.#begins.length >= maximumDepth) throw new TooDeep(offset);
    this.#parent = this.#add(type, offset, -1, undefined);
    this.#begins.push(this.#childCount);
  }

  #close(end: number): void {
    const parent = this.#parent;
    if (parent === undefined) return;
    this.#takeChildren(parent);
    parent.length = end - parent.offset;
    this.#parent = parent.parent;
    this.#closeProperty(end);
  }

  #closeProperty(end: number): void {
    const parent = this.#parent;
    if (parent?.type !== 'property') return;
    parent.length = end - parent.offset;
    this.#parent = parent.parent;
  }

  /** Gives an object or array its children, which are the last; a property has its own. */
  #takeChildren(node: OpenNode): void {
    if (node.type === 'property') return;
    const begin = this.#begins.pop() ?? 0;
    node.children = this.#children.slice(begin, this.#childCount);
    this.#childCount = begin;
  }
}

function newNode(
  type: NodeType,
  offset: number,
  length: number,
  parent: OpenNode | undefined,
  value: unknown,
): OpenNode {
  return { type, offset, length, parent, children: undefined, value, colonOffset: undefined };
}

/** The key of a property with its value. */
function withValue([key]: readonly OpenNode[] = [], value: OpenNode): readonly OpenNode[] {
  return key === undefined ? [value] : [key, value];
}

class TooDeep extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super();
    this.offset = offset;
  }
}

function typeOf(value: unknown): NodeType {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'null';
}

function commentAt(text: string, start: number, length: number): Comment {
  const end = start + length;
  const isClosedBlock = text.startsWith('/*', start) && length >= 4 && text.startsWith('*/', end - 2);
  return { span: { start, end }, text: text.slice(start + 2, isClosedBlock ? end - 2 : end) };
}

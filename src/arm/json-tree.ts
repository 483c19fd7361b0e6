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
  readonly children: OpenNode[] | undefined;
  readonly value: unknown;
  colonOffset: number | undefined;
}

class TreeBuilder {
  private readonly text: string;
  private readonly errors: JsonError[] = [];
  private readonly comments: Comment[] = [];
  private root: OpenNode | undefined;
  /** The object, property or array that the next value belongs to. */
  private parent: OpenNode | undefined;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  read(): JsonTree {
    const { text, errors, comments } = this;
    try {
      visit(
        text,
        {
          onObjectBegin: (offset) => this.open('object', offset),
          onObjectProperty: (name, offset, length) => {
            this.parent = this.add('property', offset, -1, [], undefined);
            this.add('string', offset, length, undefined, name);
          },
          onObjectEnd: (offset, length) => {
            // A property whose value is missing is still open.
            this.closeProperty(offset + length);
            this.close(offset + length);
          },
          onArrayBegin: (offset) => this.open('array', offset),
          onArrayEnd: (offset, length) => this.close(offset + length),
          onLiteralValue: (value, offset, length) => {
            this.add(typeOf(value), offset, length, undefined, value);
            this.closeProperty(offset + length);
          },
          onSeparator: (sign, offset) => {
            if (sign === ',') this.closeProperty(offset);
            else if (this.parent?.type === 'property') this.parent.colonOffset = offset;
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
    return { root: this.root as Node | undefined, errors, comments, tooDeep: undefined };
  }

  private add(
    type: NodeType,
    offset: number,
    length: number,
    children: OpenNode[] | undefined,
    value: unknown,
  ): OpenNode {
    const { parent } = this;
    const node: OpenNode = { type, offset, length, parent, children, value, colonOffset: undefined };
    if (parent === undefined) this.root = node;
    else parent.children?.push(node);
    return node;
  }

  private open(type: NodeType, offset: number): void {
    if (++this.depth > maximumDepth) throw new TooDeep(offset);
    this.parent = this.add(type, offset, -1, [], undefined);
  }

  private close(end: number): void {
    const { parent } = this;
    if (parent === undefined) return;
    this.depth--;
    parent.length = end - parent.offset;
    this.parent = parent.parent;
    this.closeProperty(end);
  }

  private closeProperty(end: number): void {
    const { parent } = this;
    if (parent?.type !== 'property') return;
    parent.length = end - parent.offset;
    this.parent = parent.parent;
  }
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

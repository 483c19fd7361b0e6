import type { Node } from 'jsonc-parser';
import type { Comment, ParseError } from '../base/parse-error.ts';
import type { Span } from '../base/span.ts';
import { contentSpan, nodeSpan } from './node.ts';
import { parseArm } from './parse.ts';

/** A value of a JSON text that is no template, with its place. */
export type JsonValue =
  | { readonly kind: 'object'; readonly span: Span; readonly members: readonly JsonMember[] }
  | { readonly kind: 'list'; readonly span: Span; readonly items: readonly JsonValue[] }
  /** The span is that of the characters between the quotes. */
  | { readonly kind: 'text'; readonly span: Span; readonly value: string }
  | { readonly kind: 'number' | 'boolean' | 'null'; readonly span: Span };

/** A property of an object. Names may repeat. */
export interface JsonMember {
  readonly name: string;
  /** The characters between the quotes. */
  readonly nameSpan: Span;
  readonly value: JsonValue;
}

/** A JSON text with comments. */
export interface JsoncFile {
  /** Undefined where there is none, or where it is nested too deeply. */
  readonly root: JsonValue | undefined;
  readonly errors: readonly ParseError[];
  readonly comments: readonly Comment[];
}

/** Parses JSON with comments and trailing commas, for files of ours. Never throws; what can be read is in the tree. */
export function parseJsonc(text: string): JsoncFile {
  const { root, errors, tokens, comments } = parseArm(text);
  const bare = tokens.map((span) => ({ span, message: 'This is no JSON. Text stands in double quotes.' }));
  return { root: root === undefined ? undefined : readValue(root, text), errors: [...errors, ...bare], comments };
}

function readValue(node: Node, text: string): JsonValue {
  const span = nodeSpan(node);
  switch (node.type) {
    case 'object':
      return { kind: 'object', span, members: (node.children ?? []).flatMap((child) => readMember(child, text)) };
    case 'array':
      return { kind: 'list', span, items: (node.children ?? []).map((child) => readValue(child, text)) };
    case 'string':
      return { kind: 'text', span: contentSpan(node, text), value: String(node.value) };
    case 'number':
    case 'boolean':
      return { kind: node.type, span };
    default:
      return { kind: 'null', span };
  }
}

/** A property whose value is still to be written is a syntax error, and left out. */
function readMember(property: Node, text: string): JsonMember[] {
  const [key, value] = property.children ?? [];
  if (key === undefined || value === undefined) return [];
  return [{ name: String(key.value), nameSpan: contentSpan(key, text), value: readValue(value, text) }];
}

import type { Node } from 'jsonc-parser';
import type { Span } from '../base/span.ts';
import type {
  ArrayExpression,
  Expression,
  ForExpression,
  ObjectExpression,
  ObjectProperty,
} from '../template/expression.ts';
import {
  contentSpan,
  isClosedString,
  isNamed,
  type JsonProperty,
  memberOf,
  nodeSpan,
  propertiesOf,
  textOf,
} from './node.ts';
import { type ArmFile, expressionOf, parseExpressionNode } from './parse.ts';
import { isExpressionText, literalText } from './template-string.ts';

/** How the values of a file are read: those of a template are evaluated, those of a parameter file stand as they are. */
export interface ValueContext {
  readonly file: ArmFile;
  readonly evaluates: boolean;
}

/** The expression of a JSON value. */
export function lowerValue(context: ValueContext, node: Node): Expression {
  switch (node.type) {
    case 'string':
      return lowerString(context, node);
    case 'object':
      return lowerObject(context, node);
    case 'array':
      return new LazyArray(context, node);
    case 'number':
    case 'boolean':
    case 'null':
      return { kind: 'literal', span: nodeSpan(node), value: node.value };
    default:
      return { kind: 'invalid', span: nodeSpan(node) };
  }
}

/** A value that has to be there; where it is not, an invalid expression at `place`. */
export function lowerRequired(context: ValueContext, node: Node | undefined, place: Span): Expression {
  return node === undefined ? { kind: 'invalid', span: place } : lowerValue(context, node);
}

/** An object whose properties are `properties`, with `copy` arrays replaced by what they declare. */
export function lowerProperties(
  context: ValueContext,
  node: Node,
  properties: () => readonly JsonProperty[],
): ObjectExpression {
  return new LazyObject(context, node, properties);
}

/** An object whose properties are lowered when somebody asks: most of a template is of no interest to the network. */
class LazyObject implements ObjectExpression {
  readonly kind = 'object';
  readonly span: Span;
  readonly #context: ValueContext;
  readonly #select: () => readonly JsonProperty[];
  #properties: readonly ObjectProperty[] | undefined;

  constructor(context: ValueContext, node: Node, select: () => readonly JsonProperty[]) {
    this.span = nodeSpan(node);
    this.#context = context;
    this.#select = select;
  }

  get properties(): readonly ObjectProperty[] {
    if (this.#properties !== undefined) return this.#properties;
    const context = this.#context;
    const properties = this.#select();
    this.#properties =
      context.evaluates && properties.some(({ name }) => isNamed(name, 'copy'))
        ? properties.flatMap((property) => lowerWithLoops(context, property))
        : properties.map((property) => lowerProperty(context, property));
    return this.#properties;
  }
}

/** An array whose items are lowered when somebody asks. */
class LazyArray implements ArrayExpression {
  readonly kind = 'array';
  readonly span: Span;
  readonly #context: ValueContext;
  readonly #node: Node;
  #items: readonly Expression[] | undefined;

  constructor(context: ValueContext, node: Node) {
    this.span = nodeSpan(node);
    this.#context = context;
    this.#node = node;
  }

  get items(): readonly Expression[] {
    this.#items ??= (this.#node.children ?? []).map((child) => lowerValue(this.#context, child));
    return this.#items;
  }
}

/** The items of a `copy` array that declare properties or variables; undefined if it is an ordinary value. */
export function copyItems(node: Node): readonly Node[] | undefined {
  const items = node.type === 'array' ? node.children : undefined;
  if (items === undefined || items.length === 0) return undefined;
  return items.every((item) => memberOf(item, 'name') !== undefined && memberOf(item, 'count') !== undefined)
    ? items
    : undefined;
}

/** The loop that an object with `count` and `input` describes. */
export function lowerCopy(context: ValueContext, node: Node, copyName: string): ForExpression {
  const place = nodeSpan(node);
  return {
    kind: 'for',
    span: place,
    copyName,
    collection: lowerRequired(context, memberOf(node, 'count'), place),
    body: lowerRequired(context, memberOf(node, 'input'), place),
  };
}

function lowerObject(context: ValueContext, node: Node): Expression {
  return lowerProperties(context, node, () => propertiesOf(node));
}

function lowerProperty(context: ValueContext, property: JsonProperty): ObjectProperty {
  return {
    kind: 'property',
    span: nodeSpan(property.node),
    key: lowerKey(context, property.key),
    keySpan: contentSpan(property.key, context.file.text),
    value: lowerValue(context, property.value),
  };
}

/** A property, or those that a `copy` array declares. */
function lowerWithLoops(context: ValueContext, property: JsonProperty): ObjectProperty[] {
  const loops = isNamed(property.name, 'copy') ? copyItems(property.value) : undefined;
  return loops === undefined
    ? [lowerProperty(context, property)]
    : loops.map((loop) => lowerCopyProperty(context, loop));
}

function lowerCopyProperty(context: ValueContext, item: Node): ObjectProperty {
  const name = memberOf(item, 'name') ?? item;
  return {
    kind: 'property',
    span: nodeSpan(item),
    key: name.type === 'string' ? lowerKey(context, name) : lowerValue(context, name),
    keySpan: contentSpan(name, context.file.text),
    value: lowerCopy(context, item, textOf(name) ?? ''),
  };
}

function lowerKey(context: ValueContext, node: Node): string | Expression {
  const value: string = node.value;
  const { file, evaluates } = context;
  if (file.tokens.length > 0 && isToken(node, file.text)) return lowerString(context, node);
  if (!evaluates) return value;
  return isExpressionText(value) ? lowerString(context, node) : literalText(value);
}

function lowerString({ file, evaluates }: ValueContext, node: Node): Expression {
  const value: string = node.value;
  if (file.tokens.length > 0 && isToken(node, file.text))
    return { kind: 'invalid', span: nodeSpan(node), token: value };
  if (file.errors.length > 0 && !isClosedString(node, file.text)) return { kind: 'invalid', span: nodeSpan(node) };
  if (!evaluates) return { kind: 'literal', span: contentSpan(node, file.text), value };
  if (!isExpressionText(value))
    return { kind: 'literal', span: contentSpan(node, file.text), value: literalText(value) };
  return expressionOf(file, node) ?? parseExpressionNode(node, value, file.text).expression;
}

function isToken(node: Node, text: string): boolean {
  return contentSpan(node, text).start === node.offset;
}

import type { Span } from '../base/span.ts';

/**
 * The expression form that Bicep and ARM template expressions share.
 * Spans are UTF-16 offsets of the document that holds the expression.
 */
export type Expression =
  | LiteralExpression
  | InterpolationExpression
  | ArrayExpression
  | ObjectExpression
  | NameExpression
  | CallExpression
  | AccessExpression
  | NestedResourceExpression
  | ConditionalExpression
  | BinaryExpression
  | UnaryExpression
  | LambdaExpression
  | ForExpression
  | InvalidExpression;

/** A literal. For strings `span` is the content without the quotes, `value` is unescaped. */
export interface LiteralExpression {
  readonly kind: 'literal';
  readonly span: Span;
  readonly value: string | number | boolean | null;
}

/** `'a${b}c'`: text pieces and holes in order. `span` is the content without the quotes. */
export interface InterpolationExpression {
  readonly kind: 'interpolation';
  readonly span: Span;
  readonly parts: readonly (string | Expression)[];
}

export interface ArrayExpression {
  readonly kind: 'array';
  readonly span: Span;
  readonly items: readonly (Expression | SpreadElement)[];
}

export interface ObjectExpression {
  readonly kind: 'object';
  readonly span: Span;
  readonly properties: readonly (ObjectProperty | SpreadElement)[];
}

/** `key` is a string where it is plain, an expression where it has to be evaluated. */
export interface ObjectProperty {
  readonly kind: 'property';
  readonly span: Span;
  readonly key: string | Expression;
  readonly keySpan: Span;
  readonly value: Expression;
}

export interface SpreadElement {
  readonly kind: 'spread';
  readonly span: Span;
  readonly value: Expression;
}

/** A lambda or loop local, parameter, variable, resource, module or import, found by name. */
export interface NameExpression {
  readonly kind: 'name';
  readonly span: Span;
  readonly name: string;
}

/** `name(args)`, `namespace.name(args)` (`sys`, `az`, an ARM function namespace) or `base.name(args)`. */
export interface CallExpression {
  readonly kind: 'call';
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  /** What stands before the dot: a namespace name or an object. */
  readonly base?: Expression | undefined;
  readonly args: readonly Expression[];
}

/** `base.key`, `base[key]` and their safe (`.?`, `[?]`) and from-the-end (`[^]`) forms. */
export interface AccessExpression {
  readonly kind: 'access';
  readonly span: Span;
  readonly base: Expression;
  readonly key: Expression;
  readonly isSafe: boolean;
  readonly isFromEnd: boolean;
}

/** `base::name`, a resource declared inside the body of another. */
export interface NestedResourceExpression {
  readonly kind: 'nested-resource';
  readonly span: Span;
  readonly base: Expression;
  readonly name: string;
}

export interface ConditionalExpression {
  readonly kind: 'conditional';
  readonly span: Span;
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

export type BinaryOperator =
  | '??'
  | '||'
  | '&&'
  | '=='
  | '!='
  | '=~'
  | '!~'
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | '%';

export interface BinaryExpression {
  readonly kind: 'binary';
  readonly span: Span;
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface UnaryExpression {
  readonly kind: 'unary';
  readonly span: Span;
  readonly operator: '!' | '-';
  readonly operand: Expression;
}

export interface LambdaExpression {
  readonly kind: 'lambda';
  readonly span: Span;
  readonly parameters: readonly string[];
  readonly body: Expression;
}

/**
 * `[for item in collection: body]`, or an ARM `copy`: then `collection` is the count, `copyName` the name that
 * `copyIndex()` may use, and there is no `item`.
 */
export interface ForExpression {
  readonly kind: 'for';
  readonly span: Span;
  readonly item?: string;
  readonly index?: string;
  readonly copyName?: string;
  readonly collection: Expression;
  readonly body: Expression;
}

/**
 * Text that did not parse; the parser has reported it. It evaluates to unknown. `token` is what a pipeline replaces there
 * before the file is deployed.
 */
export interface InvalidExpression {
  readonly kind: 'invalid';
  readonly span: Span;
  readonly token?: string;
}

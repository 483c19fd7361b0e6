import { encloses, type Span } from '../base/span.ts';
import type { Expression, ObjectProperty, SpreadElement } from '../template/expression.ts';
import type { BicepFile, DeclarationBody, Statement } from './syntax.ts';

/** A node of an expression tree. */
export type ExpressionNode = Expression | ObjectProperty | SpreadElement;

/** The nodes that enclose `span`, the outermost first. Equal spans count, so the last one may be the span itself. */
export function findPath(file: BicepFile, span: Span): readonly ExpressionNode[] {
  const path: ExpressionNode[] = [];
  const statement = file.statements.find((candidate) => encloses(candidate.span, span));
  let nodes: readonly ExpressionNode[] = statement === undefined ? [] : statementExpressions(statement);
  for (;;) {
    const node = nodes.find((candidate) => encloses(candidate.span, span));
    if (node === undefined) return path;
    path.push(node);
    nodes = childNodes(node);
  }
}

/** The expressions that stand directly in a statement, those of its decorators and nested resources included. */
export function statementExpressions(statement: Statement): readonly Expression[] {
  return [...statement.decorators.flatMap((decorator) => decorator.args), ...ownExpressions(statement)];
}

/** Whether the expression stands where the language allows nothing but a string: a path or a type of resource. */
export function mustBeString(statement: Statement, expression: ExpressionNode): boolean {
  switch (statement.kind) {
    case 'resource':
      return statement.type === expression || statement.body.resources.some((inner) => mustBeString(inner, expression));
    case 'module':
    case 'test':
    case 'import':
    case 'extends':
    case 'using':
      return statement.path === expression;
    case 'extension':
      return statement.specification === expression;
    default:
      return false;
  }
}

function ownExpressions(statement: Statement): readonly Expression[] {
  switch (statement.kind) {
    case 'target-scope':
    case 'metadata':
    case 'parameter-assignment':
    case 'variable':
    case 'output':
    case 'assert':
      return [statement.value];
    case 'parameter':
      return statement.defaultValue === undefined ? [] : [statement.defaultValue];
    case 'function':
      return [statement.body];
    case 'resource':
      return [statement.type, ...bodyExpressions(statement.body)];
    case 'module':
      return [statement.path, ...bodyExpressions(statement.body)];
    case 'test':
      return [statement.path, statement.body];
    case 'import':
    case 'extends':
      return [statement.path];
    case 'extension':
      return [statement.specification, ...(statement.config === undefined ? [] : [statement.config])];
    case 'extension-config':
      return [statement.config];
    case 'using':
      return [statement.path, statement.config].filter((expression) => expression !== undefined);
    case 'type':
    case 'invalid':
      return [];
  }
}

/** Nested resources come before the object they stand in, because it encloses them. */
function bodyExpressions({ loop, condition, value, resources }: DeclarationBody): readonly Expression[] {
  return [
    ...(loop === undefined ? [] : [loop.collection]),
    ...(condition === undefined ? [] : [condition]),
    ...resources.flatMap(statementExpressions),
    value,
  ];
}

/** The nodes directly below a node. */
export function childNodes(node: ExpressionNode): readonly ExpressionNode[] {
  switch (node.kind) {
    case 'literal':
    case 'name':
    case 'invalid':
      return [];
    case 'interpolation':
      return node.parts.filter((part) => typeof part !== 'string');
    case 'array':
      return node.items;
    case 'object':
      return node.properties;
    case 'property':
      return typeof node.key === 'string' ? [node.value] : [node.key, node.value];
    case 'spread':
      return [node.value];
    case 'call':
      return node.base === undefined ? node.args : [node.base, ...node.args];
    case 'access':
      return [node.base, node.key];
    case 'nested-resource':
      return [node.base];
    case 'conditional':
      return [node.condition, node.whenTrue, node.whenFalse];
    case 'binary':
      return [node.left, node.right];
    case 'unary':
      return [node.operand];
    case 'lambda':
      return [node.body];
    case 'for':
      return [node.collection, node.body];
  }
}

import type { Node } from 'jsonc-parser';
import type { Span } from '../base/span.ts';
import type { CallExpression, Expression, ObjectProperty } from '../template/expression.ts';
import type { LoopDeclaration, ModuleDeclaration, ResourceDeclaration, Template } from '../template/template.ts';
import { linkedPath } from './lower-link.ts';
import { lowerParameterValue } from './lower-parameters.ts';
import { copyItems, lowerCopy, lowerProperties, lowerRequired, lowerValue, type ValueContext } from './lower-value.ts';
import { contentSpan, isNamed, memberOf, nodeSpan, propertiesOf, propertyOf, stringOf, textOf } from './node.ts';
import { isExpressionText } from './template-string.ts';

/** Where the resources of one template go. */
export interface ResourceSink {
  readonly resources: ResourceDeclaration[];
  readonly modules: ModuleDeclaration[];
  /** The template, for what links name in it. */
  readonly root: Node | undefined;
  /** Lowers a template that is written inside a deployment. */
  readonly lowerTemplate: (node: Node) => Template;
}

interface Parent {
  readonly index: number;
  readonly type: string;
}

/** Lowers `resources`: an array, or from language version 2.0 on an object by symbolic name. */
export function lowerResources(
  context: ValueContext,
  node: Node | undefined,
  sink: ResourceSink,
  parent?: Parent,
): void {
  if (node?.type === 'array') {
    for (const item of node.children ?? []) lowerResource(context, item, undefined, sink, parent);
  } else {
    for (const { key, value } of propertiesOf(node)) lowerResource(context, value, key, sink, parent);
  }
}

function lowerResource(
  context: ValueContext,
  node: Node,
  symbol: Node | undefined,
  sink: ResourceSink,
  parent: Parent | undefined,
): void {
  if (node.type !== 'object') return;
  const type = fullType(stringOf(node, 'type') ?? '', parent);
  if (type.toLowerCase() === 'microsoft.resources/deployments' && memberOf(node, 'existing')?.value !== true) {
    sink.modules.push(lowerModule(context, node, symbol, sink));
    return;
  }
  const index = sink.resources.length;
  const common = lowerCommon(context, node, symbol);
  const apiVersion = stringOf(node, 'apiVersion');
  sink.resources.push({
    ...common,
    type,
    ...(apiVersion === undefined || isExpressionText(apiVersion) ? {} : { apiVersion }),
    isExisting: memberOf(node, 'existing')?.value === true,
    name: lowerRequired(context, memberOf(node, 'name'), common.nameSpan),
    ...(parent === undefined ? {} : { enclosing: parent.index }),
    body: lowerBody(context, node),
  });
  lowerResources(context, memberOf(node, 'resources'), sink, { index, type });
}

/** A child that is written inside its parent names the last part of its type only, or the whole type. */
function fullType(type: string, parent: Parent | undefined): string {
  if (parent === undefined || type === '' || isExpressionText(type)) return type;
  const isWhole = /^[^/]*\./.test(type) || type.toLowerCase().startsWith(`${parent.type.toLowerCase()}/`);
  return isWhole ? type : `${parent.type}/${type}`;
}

/** What resources and deployments have in common. */
function lowerCommon(context: ValueContext, node: Node, symbol: Node | undefined) {
  const condition = memberOf(node, 'condition');
  const loop = lowerLoop(context, node);
  const scope = lowerScope(context, node);
  return {
    ...(symbol === undefined ? {} : { symbol: textOf(symbol) ?? '' }),
    nameSpan: findNameSpan(context, node, symbol),
    // The symbol belongs to the declaration, as it does in Bicep.
    span: nodeSpan(symbol?.parent ?? node),
    ...(scope === undefined ? {} : { scope }),
    ...(condition === undefined ? {} : { condition: lowerValue(context, condition) }),
    ...(loop === undefined ? {} : { loop }),
  };
}

function findNameSpan(context: ValueContext, node: Node, symbol: Node | undefined): Span {
  const place = memberOf(node, 'name') ?? symbol ?? memberOf(node, 'type');
  if (place !== undefined && place.type === 'string') return contentSpan(place, context.file.text);
  return { start: node.offset, end: node.offset + 1 };
}

function lowerLoop(context: ValueContext, node: Node): LoopDeclaration | undefined {
  const copy = memberOf(node, 'copy');
  if (copy?.type !== 'object') return undefined;
  const copyName = stringOf(copy, 'name');
  return {
    ...(copyName === undefined ? {} : { copyName }),
    over: lowerRequired(context, memberOf(copy, 'count'), nodeSpan(copy)),
    kind: 'count',
  };
}

/**
 * The scope that a resource or deployment names: its `scope`, or the call that Bicep would write for its
 * `subscriptionId` and `resourceGroup`.
 */
function lowerScope(context: ValueContext, node: Node): Expression | undefined {
  const scope = memberOf(node, 'scope');
  if (scope !== undefined) return lowerValue(context, scope);
  const group = propertyOf(node, 'resourceGroup');
  const subscription = propertyOf(node, 'subscriptionId');
  const key = group?.key ?? subscription?.key;
  if (key === undefined) return undefined;
  const args = [subscription, group].flatMap((part) => (part === undefined ? [] : [lowerValue(context, part.value)]));
  const nameSpan = contentSpan(key, context.file.text);
  const call: CallExpression = {
    kind: 'call',
    span: nodeSpan((group ?? subscription)?.node ?? key),
    name: group === undefined ? 'subscription' : 'resourceGroup',
    nameSpan,
    args,
  };
  return call;
}

/** The resource without what is lowered elsewhere: its children, its loop and its order. */
function lowerBody(context: ValueContext, node: Node): Expression {
  return lowerProperties(context, node, () =>
    propertiesOf(node).filter(
      ({ name, value }) =>
        !isNamed(name, 'resources') &&
        !isNamed(name, 'dependsOn') &&
        !(isNamed(name, 'copy') && value.type === 'object'),
    ),
  );
}

function lowerModule(
  context: ValueContext,
  node: Node,
  symbol: Node | undefined,
  sink: ResourceSink,
): ModuleDeclaration {
  const name = memberOf(node, 'name');
  const properties = memberOf(node, 'properties');
  const parameters = lowerModuleParameters(context, properties);
  return {
    ...lowerCommon(context, node, symbol),
    ...(name === undefined ? {} : { name: lowerValue(context, name) }),
    source: lowerSource(context, properties, sink),
    ...(parameters === undefined ? {} : { parameters }),
  };
}

function lowerSource(
  context: ValueContext,
  properties: Node | undefined,
  sink: ResourceSink,
): ModuleDeclaration['source'] {
  const template = memberOf(properties, 'template');
  if (template?.type === 'object') {
    const scope = stringOf(memberOf(properties, 'expressionEvaluationOptions'), 'scope');
    return {
      kind: 'inline',
      template: sink.lowerTemplate(template),
      scope: scope?.toLowerCase() === 'inner' ? 'inner' : 'outer',
    };
  }
  const found = linkedPath(context, sink.root, memberOf(properties, 'templateLink'));
  if (found === undefined) return { kind: 'unknown' };
  const { path, span, isAssumed } = found;
  return { kind: 'path', path, pathSpan: span, ...(isAssumed ? { isAssumed } : {}) };
}

/** The arguments of a deployment as one object of plain values; unknown where they come from a linked file. */
function lowerModuleParameters(context: ValueContext, properties: Node | undefined): Expression | undefined {
  const link = memberOf(properties, 'parametersLink');
  if (link !== undefined) {
    const span = nodeSpan(link);
    return { kind: 'call', span, name: 'parametersLink', nameSpan: span, args: [] };
  }
  const parameters = memberOf(properties, 'parameters');
  if (parameters === undefined) return undefined;
  if (parameters.type !== 'object') return argumentValues(lowerValue(context, parameters));
  return {
    kind: 'object',
    span: nodeSpan(parameters),
    properties: propertiesOf(parameters).map(
      ({ node, key, name, value }): ObjectProperty => ({
        kind: 'property',
        span: nodeSpan(node),
        key: name,
        keySpan: contentSpan(key, context.file.text),
        value: lowerArgument(context, value, key),
      }),
    ),
  };
}

/** Bicep writes a loop as a `copy` that makes the property `value`. */
function lowerArgument(context: ValueContext, node: Node, key: Node): Expression {
  const copy = memberOf(node, 'copy');
  const loop =
    copy === undefined ? undefined : copyItems(copy)?.find((item) => isNamed(stringOf(item, 'name'), 'value'));
  if (loop !== undefined) return lowerCopy(context, loop, 'value');
  // Bicep writes a condition as an expression that makes the whole `{ "value": ... }`.
  return node.type === 'string' ? argumentValue(lowerValue(context, node)) : lowerParameterValue(context, node, key);
}

/** The `value` of an argument that an expression computes. */
function argumentValue(base: Expression): Expression {
  const { span } = base;
  return {
    kind: 'access',
    span,
    base,
    key: { kind: 'literal', span, value: 'value' },
    isSafe: false,
    isFromEnd: false,
  };
}

/** The values of arguments that one expression computes together. */
function argumentValues(all: Expression): Expression {
  const { span } = all;
  const body = argumentValue({ kind: 'name', span, name: 'argument' });
  const args: readonly Expression[] = [all, { kind: 'lambda', span, parameters: ['argument'], body }];
  return { kind: 'call', span, name: 'mapValues', nameSpan: span, args };
}

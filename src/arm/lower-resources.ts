import type { Node } from 'jsonc-parser';
import type { Span } from '../base/span.ts';
import type { CallExpression, Expression, ObjectProperty } from '../template/expression.ts';
import type { LoopDeclaration, ModuleDeclaration, ResourceDeclaration, Template } from '../template/template.ts';
import { linkedPath } from './lower-link.ts';
import { lowerParameterValue } from './lower-parameters.ts';
import { copyItems, lowerCopy, lowerProperties, lowerRequired, lowerValue, type ValueContext } from './lower-value.ts';
import { contentSpan, isNamed, memberOf, nodeSpan, propertiesOf, stringOf, textOf } from './node.ts';
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
  const fields = readFields(node);
  const type = fullType(textOf(fields.type?.value) ?? '', parent);
  const isExisting = fields.existing?.value.value === true;
  if (!isExisting && type.toLowerCase() === 'microsoft.resources/deployments') {
    sink.modules.push(lowerModule(context, node, fields, symbol, sink));
    return;
  }
  const index = sink.resources.length;
  const common = lowerCommon(context, node, fields, symbol);
  const apiVersion = textOf(fields.apiversion?.value);
  // Objects made at once, of one shape, are made and read faster than those that others are spread into.
  sink.resources.push({
    symbol: common.symbol,
    nameSpan: common.nameSpan,
    span: common.span,
    type,
    apiVersion: apiVersion === undefined || isExpressionText(apiVersion) ? undefined : apiVersion,
    isExisting,
    name: lowerRequired(context, fields.name?.value, common.nameSpan),
    enclosing: parent?.index,
    parent: undefined,
    scope: common.scope,
    condition: common.condition,
    loop: common.loop,
    body: lowerBody(context, node),
  });
  if (fields.resources !== undefined) lowerResources(context, fields.resources.value, sink, { index, type });
}

/** The elements of a resource that are lowered one by one, found in one pass; of those that repeat the last. */
type Fields = Partial<Record<FieldName, { readonly node: Node; readonly key: Node; readonly value: Node }>>;

const fieldNames = [
  'type',
  'name',
  'existing',
  'apiversion',
  'condition',
  'copy',
  'scope',
  'resourcegroup',
  'subscriptionid',
  'properties',
  'resources',
] as const;
type FieldName = (typeof fieldNames)[number];

const fieldByName: ReadonlyMap<string, FieldName> = new Map([
  ...fieldNames.map((name) => [name, name] as const),
  ['apiVersion', 'apiversion'],
  ['resourceGroup', 'resourcegroup'],
  ['subscriptionId', 'subscriptionid'],
]);

function readFields(node: Node): Fields {
  const fields: Fields = {};
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key === undefined || value === undefined) continue;
    const name: string = key.value;
    const field = fieldByName.get(name) ?? fieldByName.get(name.toLowerCase());
    if (field !== undefined) fields[field] = { node: property, key, value };
  }
  return fields;
}

/** A child that is written inside its parent names the last part of its type only, or the whole type. */
function fullType(type: string, parent: Parent | undefined): string {
  if (parent === undefined || type === '' || isExpressionText(type)) return type;
  const isWhole = /^[^/]*\./.test(type) || type.toLowerCase().startsWith(`${parent.type.toLowerCase()}/`);
  return isWhole ? type : `${parent.type}/${type}`;
}

/** What resources and deployments have in common. */
function lowerCommon(context: ValueContext, node: Node, fields: Fields, symbol: Node | undefined) {
  const condition = fields.condition?.value;
  return {
    symbol: symbol === undefined ? undefined : (textOf(symbol) ?? ''),
    nameSpan: findNameSpan(context, node, fields, symbol),
    // The symbol belongs to the declaration, as it does in Bicep.
    span: nodeSpan(symbol?.parent ?? node),
    scope: lowerScope(context, fields),
    condition: condition === undefined ? undefined : lowerValue(context, condition),
    loop: lowerLoop(context, fields.copy?.value),
  };
}

function findNameSpan(context: ValueContext, node: Node, fields: Fields, symbol: Node | undefined): Span {
  const place = fields.name?.value ?? symbol ?? fields.type?.value;
  if (place !== undefined && place.type === 'string') return contentSpan(place, context.file.text);
  return { start: node.offset, end: node.offset + 1 };
}

function lowerLoop(context: ValueContext, copy: Node | undefined): LoopDeclaration | undefined {
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
function lowerScope(context: ValueContext, fields: Fields): Expression | undefined {
  if (fields.scope !== undefined) return lowerValue(context, fields.scope.value);
  const { resourcegroup: group, subscriptionid: subscription } = fields;
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
  fields: Fields,
  symbol: Node | undefined,
  sink: ResourceSink,
): ModuleDeclaration {
  const name = fields.name?.value;
  const properties = fields.properties?.value;
  return {
    ...lowerCommon(context, node, fields, symbol),
    name: name === undefined ? undefined : lowerValue(context, name),
    source: lowerSource(context, properties, sink),
    parameters: lowerModuleParameters(context, properties),
  };
}

function lowerSource(
  context: ValueContext,
  properties: Node | undefined,
  sink: ResourceSink,
): ModuleDeclaration['source'] {
  const template = memberOf(properties, 'template');
  if (template?.type === 'object') {
    return { kind: 'inline', template: sink.lowerTemplate(template), scope: evaluationScope(properties, sink) };
  }
  const found = linkedPath(context, sink.root, memberOf(properties, 'templateLink'));
  if (found === undefined) return { kind: 'unknown' };
  const { path, span, isAssumed } = found;
  return { kind: 'path', path, pathSpan: span, ...(isAssumed ? { isAssumed } : {}) };
}

/** Whose parameters and variables a nested template sees: its own, or those around it. */
function evaluationScope(properties: Node | undefined, { root }: ResourceSink): 'inner' | 'outer' {
  const scope = stringOf(memberOf(properties, 'expressionEvaluationOptions'), 'scope')?.toLowerCase();
  if (scope === 'inner' || scope === 'outer') return scope;
  // https://learn.microsoft.com/azure/azure-resource-manager/templates/syntax
  return stringOf(root, 'languageVersion')?.startsWith('2.') === true ? 'inner' : 'outer';
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

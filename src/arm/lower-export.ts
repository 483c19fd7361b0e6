import type { Node } from 'jsonc-parser';
import type { Span } from '../base/span.ts';
import type { CallExpression, Expression, LiteralExpression, ObjectProperty } from '../template/expression.ts';
import type { ModuleDeclaration, ResourceDeclaration, Template } from '../template/template.ts';
import { lowerValue, type ValueContext } from './lower-value.ts';
import { contentSpan, memberOf, nodeSpan, propertiesOf, stringOf, textOf } from './node.ts';
import type { ArmFile } from './parse.ts';
import { exportedId } from './recognise.ts';

/**
 * The resources that the Azure CLI or the REST API printed, as a template of literal values: one resource, an array of
 * them, or the `{ "value": [] }` of a REST list.
 */
export function lowerExport(file: ArmFile, uri: string): Template {
  const context: ValueContext = { file, evaluates: false };
  const resources: ResourceDeclaration[] = [];
  const modules: ModuleDeclaration[] = [];
  for (const node of exportedNodes(file.root)) {
    const resource = lowerExported(context, node);
    if (resource !== undefined) resources.push(resource);
    // What is only listed, as by `az resource list`, says nothing of its properties.
    else modules.push({ span: nodeSpan(node), nameSpan: nameOf(context, node).span, source: { kind: 'unknown' } });
  }
  const nothing = { parameters: [], variables: [], functions: [], outputs: [], imports: [], mayHaveProblems: false };
  return { uri, language: 'arm', targetScope: 'resourceGroup', ...nothing, resources, modules };
}

function exportedNodes(root: Node | undefined): readonly Node[] {
  if (root?.type === 'array') return root.children ?? [];
  if (root === undefined || stringOf(root, 'id') !== undefined) return root === undefined ? [] : [root];
  const list = memberOf(root, 'value');
  return list?.type === 'array' ? (list.children ?? []) : [];
}

function lowerExported(context: ValueContext, node: Node): ResourceDeclaration | undefined {
  const idNode = memberOf(node, 'id');
  const [, subscription, group, provider, path] = exportedId.exec(textOf(idNode) ?? '') ?? [];
  const properties = memberOf(node, 'properties');
  if (idNode === undefined || provider === undefined || path === undefined || isEmpty(properties)) return undefined;
  const segments = path.split('/');
  const kinds = segments.filter((_, index) => index % 2 === 0);
  const names = segments.filter((_, index) => index % 2 === 1);
  if (kinds.length !== names.length || kinds.includes('providers')) return undefined;
  const { span } = nameOf(context, node);
  const idSpan = contentSpan(idNode, context.file.text);
  const scope: CallExpression = {
    kind: 'call',
    span: idSpan,
    name: 'resourceGroup',
    nameSpan: idSpan,
    args: [literal(subscription ?? '', idSpan), literal(group ?? '', idSpan)],
  };
  return {
    nameSpan: span,
    span: nodeSpan(node),
    type: [provider, ...kinds].join('/'),
    isExisting: false,
    name: literal(names.join('/'), span),
    scope,
    body: lowerPrinted(context, node),
  };
}

/** `properties` that were not asked for are printed as null. */
function isEmpty(properties: Node | undefined): boolean {
  return properties !== undefined && properties.type !== 'object';
}

function nameOf({ file }: ValueContext, node: Node): { readonly span: Span } {
  const place = memberOf(node, 'name') ?? memberOf(node, 'id');
  return { span: place === undefined ? nodeSpan(node) : contentSpan(place, file.text) };
}

/**
 * A printed value. The Azure CLI prints the properties of a resource, and of the resources inside it, beside its name
 * instead of in `properties`; there they stand in both places.
 */
function lowerPrinted(context: ValueContext, node: Node): Expression {
  if (node.type === 'array') {
    const items = (node.children ?? []).map((child) => lowerPrinted(context, child));
    return { kind: 'array', span: nodeSpan(node), items };
  }
  if (node.type !== 'object') return lowerValue(context, node);
  const span = nodeSpan(node);
  const properties = propertiesOf(node).map(
    (property): ObjectProperty => ({
      kind: 'property',
      span: nodeSpan(property.node),
      key: property.name,
      keySpan: contentSpan(property.key, context.file.text),
      value: lowerPrinted(context, property.value),
    }),
  );
  if (!isFlat(node)) return { kind: 'object', span, properties };
  const wrapped: ObjectProperty = {
    kind: 'property',
    span,
    key: 'properties',
    keySpan: { start: span.start, end: span.start + 1 },
    value: { kind: 'object', span, properties },
  };
  return { kind: 'object', span, properties: [...properties, wrapped] };
}

function isFlat(node: Node): boolean {
  const isResource = stringOf(node, 'name') !== undefined && /\/providers\//i.test(stringOf(node, 'id') ?? '');
  return isResource && memberOf(node, 'properties') === undefined;
}

function literal(value: string, span: Span): LiteralExpression {
  return { kind: 'literal', span, value };
}

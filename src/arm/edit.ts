import type { Node } from 'jsonc-parser';
import { type Location, type Span, sameSpan } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import {
  isExpression,
  type NewResource,
  type NewValue,
  type SpelledExpression,
  spellValue,
  type TemplateChange,
} from '../model/change.ts';
import type { Expression, LiteralExpression } from '../template/expression.ts';
import { appendElement, type RenderElement, removeElement } from './edit-list.ts';
import { encodeString } from './json-string.ts';
import { findStyle, indentAt, type JsonStyle, renderProperty, renderString, renderValue } from './json-style.ts';
import { type DeclaredResource, dependencyOf, findResource, ownerOf, spellFor } from './new-expression.ts';
import { contentSpan, isNamed, memberOf, nodeSpan, propertyOf, stringOf } from './node.ts';
import { type ArmFile, expressionOf } from './parse.ts';

/**
 * The edits that write the changes of a fix into a file, in the way the file is written; undefined where one of them
 * cannot be written, because what it speaks about is not there or is computed by an expression.
 */
export function renderArmChanges(file: ArmFile, changes: readonly TemplateChange[]): TextEdit[] | undefined {
  // Printed resources record what is deployed: changing the record would change nothing.
  if (file.kind === 'resources') return undefined;
  const writing: Writing = { file, style: findStyle(file), appended: new Map(), waits: new Map() };
  const edits: TextEdit[] = [];
  for (const change of changes) {
    const rendered = renderChange(writing, change);
    if (rendered === undefined) return undefined;
    edits.push(...rendered);
  }
  for (const [node, names] of writing.waits) if (!waitFor(writing, node, [...names])) return undefined;
  for (const [container, elements] of writing.appended) edits.push(...appendAll(writing, container, elements));
  return edits;
}

/** Changes that are being written. What several of them put into one place is gathered and written there at once. */
interface Writing {
  readonly file: ArmFile;
  readonly style: JsonStyle;
  /** What is put behind the last element of each object or array. */
  readonly appended: Map<Node, RenderElement[]>;
  /** What each resource is made to wait for. */
  readonly waits: Map<Node, Set<string>>;
}

function renderChange(writing: Writing, change: TemplateChange): TextEdit[] | undefined {
  const { file } = writing;
  switch (change.kind) {
    case 'set-value':
      return change.target.from === undefined ? undefined : setValue(writing, change.target.from.span, change.to);
    case 'set-property': {
      const object = findContainer(file, change.object.span, 'object');
      if (object === undefined) return undefined;
      return writeValue(writing, change.object.span, change.to, (to) => setProperty(writing, object, change.path, to));
    }
    case 'remove-property': {
      const object = findContainer(file, change.object.span, 'object');
      const property = propertyOf(object, change.key);
      return object === undefined || property === undefined
        ? undefined
        : removeElement(file.text, object, property.node);
    }
    case 'append-item': {
      const array = findContainer(file, change.array.span, 'array');
      if (array === undefined) return undefined;
      return writeValue(writing, change.array.span, change.item, (item) => appendItem(writing, array, item));
    }
    case 'remove-item': {
      const item = findNode(file, change.item.span);
      return item?.parent?.type === 'array' ? removeElement(file.text, item.parent, item) : undefined;
    }
    case 'append-resources':
      return appendResources(writing, change.beside, change.resources);
  }
}

function setValue({ file, style }: Writing, span: Span, to: string | number | boolean): TextEdit[] | undefined {
  const node = findInnermost(file.root, span);
  if (node === undefined || node.children !== undefined || isKey(node)) return undefined;
  const expression = expressionOf(file, node);
  if (expression !== undefined) return setInExpression(file, node, expression, span, to);
  if (!isSpanOf(file, node, span)) return undefined;
  const newText = typeof to === 'string' ? renderString(to, style) : String(to);
  const isContent = typeof to === 'string' && file.text.charAt(node.offset) === '"';
  return isContent
    ? [{ span: contentSpan(node, file.text), newText: newText.slice(1, -1) }]
    : [{ span: nodeSpan(node), newText }];
}

/** Sets a literal inside an expression: a quoted text, or a number. */
function setInExpression(
  file: ArmFile,
  node: Node,
  expression: Expression,
  span: Span,
  to: string | number | boolean,
): TextEdit[] | undefined {
  const { text } = file;
  const literal = findLiteral(expression, span);
  const isSingleQuoted = text.charAt(node.offset) !== '"';
  if (literal === undefined || isSingleQuoted || (typeof to === 'number' && !Number.isSafeInteger(to)))
    return undefined;
  const isQuoted = typeof literal.value === 'string';
  // A name behind a dot is a literal too, but cannot hold any text.
  if (isQuoted && (text.charAt(span.start - 1) !== "'" || text.charAt(span.end) !== "'")) return undefined;
  if (typeof to === 'string') {
    const content = encodeString(to.replaceAll("'", "''"));
    return [{ span, newText: isQuoted ? content : `'${content}'` }];
  }
  const whole = isQuoted ? { start: span.start - 1, end: span.end + 1 } : span;
  return [{ span: whole, newText: typeof to === 'number' ? String(to) : `${to}()` }];
}

/** A value with its expressions spelled, and the resources that they speak about. */
interface SpelledValue {
  readonly value: NewValue<SpelledExpression>;
  readonly resources: readonly DeclaredResource[];
}

function spell(file: ArmFile, owner: DeclaredResource | undefined, value: NewValue): SpelledValue | undefined {
  const resources = new Map<Node, DeclaredResource>();
  const spelled = spellValue(value, (expression) => {
    const found = owner === undefined ? undefined : spellFor(file, owner, expression);
    for (const resource of found?.resources ?? []) resources.set(resource.node, resource);
    return found?.text;
  });
  return spelled === undefined ? undefined : { value: spelled, resources: [...resources.values()] };
}

/** Writes a value, and makes the resource around it wait for those that the value speaks about. */
function writeValue(
  writing: Writing,
  place: Span,
  value: NewValue,
  write: (value: NewValue<SpelledExpression>) => TextEdit[] | undefined,
): TextEdit[] | undefined {
  const owner = ownerOf(writing.file, place);
  const spelled = spell(writing.file, owner, value);
  if (spelled === undefined) return undefined;
  if (owner !== undefined) {
    const needed = dependencies(spelled.resources);
    if (needed === undefined) return undefined;
    noteWaits(
      writing,
      owner,
      needed.map(({ text }) => text),
    );
  }
  return write(spelled.value);
}

/** What `dependsOn` holds for resources; undefined where one of them cannot be named. */
function dependencies(resources: readonly DeclaredResource[]): SpelledExpression[] | undefined {
  const names = resources.flatMap((resource) => dependencyOf(resource) ?? []);
  return names.length === resources.length ? names.map((text) => ({ isExpression: true, text })) : undefined;
}

function noteWaits({ waits }: Writing, { node }: DeclaredResource, names: readonly string[]): void {
  if (names.length > 0) waits.set(node, new Set([...(waits.get(node) ?? []), ...names]));
}

/** Adds to the resources that one waits for, as far as they are not there yet; false where that cannot be written. */
function waitFor(writing: Writing, node: Node, names: readonly string[]): boolean {
  const waits = memberOf(node, 'dependsOn');
  const written = (waits?.children ?? []).map((child) => child.value);
  const missing = names.flatMap((text) => (written.includes(text) ? [] : [{ isExpression: true, text } as const]));
  if (missing.length === 0) return true;
  if (waits === undefined) return setProperty(writing, node, ['dependsOn'], missing) !== undefined;
  if (waits.type !== 'array') return false;
  for (const name of missing) appendItem(writing, waits, name);
  return true;
}

/** Declares resources behind the others of their template, and makes the one beside them wait for them. */
function appendResources(
  writing: Writing,
  beside: Location,
  resources: readonly NewResource[],
): TextEdit[] | undefined {
  const { file, style } = writing;
  const waiting = findResource(file, beside.span);
  if (waiting === undefined) return undefined;
  const { list } = waiting;
  const names: string[] = [];
  const values: NewValue<SpelledExpression>[] = [];
  for (const { symbol, type, apiVersion, body } of resources) {
    const spelled = spell(file, waiting, body);
    const name =
      spelled === undefined
        ? undefined
        : list.type === 'object'
          ? freeKey(list, symbol, names)
          : idOfNew(type, spelled.value);
    const needed = dependencies(spelled?.resources ?? []);
    if (spelled === undefined || name === undefined || needed === undefined) return undefined;
    names.push(name);
    values.push(Object.assign({ type, apiVersion }, spelled.value, needed.length === 0 ? {} : { dependsOn: needed }));
  }
  noteWaits(writing, waiting, names);
  const isKeyed = list.type === 'object';
  values.forEach((value, index) => {
    append(writing, list, (indent) =>
      isKeyed ? renderProperty(names[index] ?? '', value, style, indent) : renderValue(value, style, indent),
    );
  });
  return [];
}

/** The id of a resource that is added, as `dependsOn` takes it. */
function idOfNew(type: string, body: NewValue<SpelledExpression>): string | undefined {
  const { name, scope } = body as { readonly [key: string]: NewValue<SpelledExpression> | undefined };
  const [inner, around] = [name, scope].map((part) =>
    typeof part === 'object' && isExpression(part) ? part.text.slice(1, -1) : undefined,
  );
  if (inner === undefined || (scope !== undefined && around === undefined)) return undefined;
  return around === undefined
    ? `[resourceId('${type}', ${inner})]`
    : `[extensionResourceId(${around}, '${type}', ${inner})]`;
}

/** A key that the object does not have, nor any of `others`: the wanted one, or one with a number behind it. */
function freeKey(object: Node, wanted: string, others: readonly string[]): string {
  for (let number = 1; ; number++) {
    const key = number === 1 ? wanted : `${wanted}${number}`;
    if (propertyOf(object, key) === undefined && !others.includes(key)) return key;
  }
}

function appendItem(writing: Writing, array: Node, item: NewValue<SpelledExpression>): TextEdit[] {
  append(writing, array, (indent) => renderValue(item, writing.style, indent));
  return [];
}

/** Notes what is to be put behind the last element of an object or array, and behind what was noted before. */
function append({ appended }: Writing, container: Node, render: RenderElement): void {
  const before = appended.get(container);
  if (before === undefined) appended.set(container, [render]);
  else before.push(render);
}

function appendAll({ file, style }: Writing, container: Node, elements: readonly RenderElement[]): TextEdit[] {
  return appendElement(file.text, container, style, (indent) => {
    const separator = indent === undefined ? `,${style.gap}` : `,${style.lineBreak}${indent}`;
    return elements.map((render) => render(indent)).join(separator);
  });
}

function setProperty(
  writing: Writing,
  object: Node,
  path: readonly string[],
  to: NewValue<SpelledExpression>,
): TextEdit[] | undefined {
  const { file, style } = writing;
  const [first, ...others] = path;
  if (first === undefined) return undefined;
  // Arguments and parameter values stand in an object of their own.
  const rest = isArguments(object) && others[0] !== 'value' ? ['value', ...others] : others;
  const property = propertyOf(object, first);
  if (property === undefined) {
    const value = nest(rest, to);
    append(writing, object, (indent) => renderProperty(first, value, style, indent));
    return [];
  }
  const { value } = property;
  if (rest.length > 0 && value.type === 'object') return setProperty(writing, value, rest, to);
  if (rest.length > 0 && value.type !== 'null') return undefined;
  const isOneLine = !/[\r\n]/.test(file.text.slice(object.offset, object.offset + object.length));
  const indent = isOneLine ? undefined : indentAt(file.text, property.node.offset);
  return [{ span: nodeSpan(value), newText: renderValue(nest(rest, to), style, indent) }];
}

/** The value inside objects for each step of the path. */
function nest(path: readonly string[], value: NewValue<SpelledExpression>): NewValue<SpelledExpression> {
  return path.reduceRight<NewValue<SpelledExpression>>((inner, key) => ({ [key]: inner }), value);
}

/** Whether an object holds the parameters of a deployment or of a parameter file, each with a `value` inside. */
function isArguments(object: Node): boolean {
  const property = object.parent;
  const owner = property?.parent;
  if (property?.type !== 'property' || !isNamed(property.children?.[0]?.value, 'parameters')) return false;
  if (owner?.parent === undefined) return !isTemplateRoot(owner);
  if (owner.parent.type !== 'property' || !isNamed(owner.parent.children?.[0]?.value, 'properties')) return false;
  return isNamed(stringOf(owner.parent.parent, 'type'), 'Microsoft.Resources/deployments');
}

function isTemplateRoot(root: Node | undefined): boolean {
  return memberOf(root, 'resources') !== undefined || /deploymentTemplate/i.test(stringOf(root, '$schema') ?? '');
}

function findContainer(file: ArmFile, span: Span, type: 'object' | 'array'): Node | undefined {
  const node = findNode(file, span);
  return node?.type === type ? node : undefined;
}

/** The value whose span, or whose content for a string, is exactly `span`. */
function findNode(file: ArmFile, span: Span): Node | undefined {
  const node = findInnermost(file.root, span);
  return node !== undefined && !isKey(node) && isSpanOf(file, node, span) ? node : undefined;
}

function isSpanOf(file: ArmFile, node: Node, span: Span): boolean {
  return sameSpan(nodeSpan(node), span) || sameSpan(contentSpan(node, file.text), span);
}

function isKey(node: Node): boolean {
  return node.parent?.type === 'property' && node.parent.children?.[0] === node;
}

/** The smallest node that encloses the span. */
function findInnermost(root: Node | undefined, span: Span): Node | undefined {
  let found = root;
  if (found === undefined || !holds(found, span)) return undefined;
  for (;;) {
    const inner: Node | undefined = found.children?.find((child) => holds(child, span));
    if (inner === undefined) return found;
    found = inner;
  }
}

function holds(node: Node, span: Span): boolean {
  return node.offset <= span.start && span.end <= node.offset + node.length;
}

/** The literal of an expression with exactly that span. */
function findLiteral(expression: Expression, span: Span): LiteralExpression | undefined {
  if (span.start < expression.span.start - 1 || span.end > expression.span.end + 1) return undefined;
  switch (expression.kind) {
    case 'literal':
      return sameSpan(expression.span, span) ? expression : undefined;
    case 'call':
      for (const argument of expression.args) {
        const found = findLiteral(argument, span);
        if (found !== undefined) return found;
      }
      return undefined;
    case 'access':
      return findLiteral(expression.base, span) ?? findLiteral(expression.key, span);
    default:
      return undefined;
  }
}

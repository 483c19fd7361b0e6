import { type Location, type Span, sameSpan } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import {
  type NewResource,
  type NewValue,
  type SpelledExpression,
  spellValue,
  type TemplateChange,
} from '../model/change.ts';
import type { LiteralExpression, ObjectExpression, ObjectProperty } from '../template/expression.ts';
import { type Brackets, type Layout, openSource, renderKey, renderValue, type Source } from './edit-layout.ts';
import { findResource, freeSymbol, spellerAt } from './new-expression.ts';
import { escapeContent, escapeSingleLine, type StringForm, stringForm } from './string-content.ts';
import type { BicepFile } from './syntax.ts';
import { type ExpressionNode, findPath, mustBeString } from './walk.ts';

/**
 * The edits that make the changes of a fix in the file; undefined where one of them cannot be written there: the target is
 * not in the file, is computed, or has another shape than the change needs.
 */
export function renderBicepChanges(file: BicepFile, changes: readonly TemplateChange[]): TextEdit[] | undefined {
  const writing: Writing = { source: openSource(file), insertions: new Map() };
  const edits: TextEdit[] = [];
  for (const change of changes) {
    const rendered = renderChange(writing, change);
    if (rendered === undefined) return undefined;
    edits.push(...rendered);
  }
  for (const insertion of writing.insertions.values()) {
    const inserted = insert(writing.source, insertion);
    if (inserted === undefined) return undefined;
    edits.push(...inserted);
  }
  return edits;
}

/** Changes that are being written. What several of them put into one place is gathered and written there at once. */
interface Writing {
  readonly source: Source;
  readonly insertions: Map<ExpressionNode, Insertion>;
}

/** What is put behind the last element of an object or array. */
interface Insertion {
  readonly node: ExpressionNode;
  readonly ancestors: readonly ExpressionNode[];
  readonly elements: RenderElement[];
}

type RenderElement = (layout: Layout) => string;

function renderChange(writing: Writing, change: TemplateChange): readonly TextEdit[] | undefined {
  const { source } = writing;
  switch (change.kind) {
    case 'set-value':
      return change.target.from === undefined ? undefined : setValue(source.file, change.target.from.span, change.to);
    case 'set-property':
      return setProperty(writing, change.object.span, change.path, change.to);
    case 'remove-property':
      return removeProperty(source, change.object.span, change.key);
    case 'append-item':
      return appendItem(writing, change.array.span, change.item);
    case 'remove-item':
      return removeItem(source, change.item.span);
    case 'append-resources':
      return appendResources(writing, change.beside, change.resources);
  }
}

function setValue(file: BicepFile, span: Span, to: string | number | boolean): readonly TextEdit[] | undefined {
  const path = findPath(file, span);
  const literal = path.at(-1);
  if (literal?.kind !== 'literal' || !sameSpan(literal.span, span)) return undefined;
  // The sign before a number is not part of the literal, so the literal does not spell the value.
  if (path.at(-2)?.kind === 'unary') return undefined;
  if (typeof literal.value !== 'string') return [{ span, newText: renderScalar(to) }];
  const written = writtenString(file.text, literal);
  if (written === undefined) return undefined;
  const content = typeof to === 'string' ? fitContent(file.text, span, to, written.form) : undefined;
  if (content !== undefined) return [{ span, newText: content }];
  if (typeof to !== 'string' && file.statements.some((statement) => mustBeString(statement, literal))) return undefined;
  return [{ span: written.span, newText: renderScalar(to) }];
}

function renderScalar(value: string | number | boolean): string {
  return typeof value === 'string' ? `'${escapeSingleLine(value)}'` : String(value);
}

/** The value as new content of the string at `span`; undefined where the form of the string cannot hold it. */
function fitContent(text: string, span: Span, value: string, form: StringForm): string | undefined {
  // The first line break of a multi-line string is dropped unless one was dropped already.
  if (form.isRaw && /^\r?\n/.test(value) && text.charCodeAt(span.start - 1) !== 10) return undefined;
  return escapeContent(value, form);
}

/** The whole string with its quotes; undefined for the name of a property, which is a literal without them. */
function writtenString(text: string, literal: LiteralExpression): { span: Span; form: StringForm } | undefined {
  const { start, end } = literal.span;
  if (text[end] !== "'") return undefined;
  const quotes = text.slice(0, start).replace(/\r?\n$/, '').length;
  if (text.endsWith("'''", quotes) || text.slice(quotes - 3, quotes) === "'''") {
    let open = quotes - 3;
    while (text[open - 1] === '$') open--;
    return { span: { start: open, end: end + 3 }, form: stringForm(text, open) };
  }
  if (text[start - 1] !== "'") return undefined;
  return { span: { start: start - 1, end: end + 1 }, form: stringForm(text, start - 1) };
}

function setProperty(
  writing: Writing,
  span: Span,
  path: readonly string[],
  to: NewValue,
): readonly TextEdit[] | undefined {
  const { file } = writing.source;
  const ancestors = findPath(file, span);
  const object = ancestors.at(-1);
  const value = spellValue(to, spellerAt(file, span));
  if (object?.kind !== 'object' || !sameSpan(object.span, span) || value === undefined) return undefined;
  return setInObject(writing, object, ancestors.slice(0, -1), path, value);
}

function setInObject(
  writing: Writing,
  object: ObjectExpression,
  ancestors: readonly ExpressionNode[],
  path: readonly string[],
  to: NewValue<SpelledExpression>,
): readonly TextEdit[] | undefined {
  const { source } = writing;
  const [key, ...rest] = path;
  if (key === undefined) return undefined;
  const property = findProperty(object, key);
  if (property === undefined) {
    const value = rest.reduceRight<NewValue<SpelledExpression>>((inner, name) => ({ [name]: inner }), to);
    append(writing, object, ancestors, (layout) => `${renderKey(key)}: ${renderValue(value, layout)}`);
    return [];
  }
  if (rest.length > 0) {
    if (property.value.kind !== 'object') return undefined;
    return setInObject(writing, property.value, [...ancestors, object, property], rest, to);
  }
  const place = source.valueSpan(property);
  if (place === undefined) return undefined;
  const layout = source.layoutAt(property.span.start, isOneLine(source, object, ancestors));
  const isEmpty = place.start === place.end;
  return [{ span: place, newText: `${isEmpty ? ' ' : ''}${renderValue(to, layout)}` }];
}

/** The property of that name; one that differs only in case stands for it, as it does for Azure. */
function findProperty(object: ObjectExpression, key: string): ObjectProperty | undefined {
  const named = object.properties.filter((property) => property.kind === 'property');
  const lower = key.toLowerCase();
  return (
    named.find((property) => property.key === key) ??
    named.find((property) => typeof property.key === 'string' && property.key.toLowerCase() === lower)
  );
}

/** Whether what is written into the node must not contain a line break, or would look odd with one. */
function isOneLine(source: Source, node: ExpressionNode, ancestors: readonly ExpressionNode[]): boolean {
  if (ancestors.some((ancestor) => ancestor.kind === 'interpolation')) return true;
  return isBracketed(node) && node.span.end - node.span.start > 2 && !source.hasLineBreak(node.span);
}

function isBracketed(node: ExpressionNode): boolean {
  return node.kind === 'object' || node.kind === 'array';
}

/** Notes what is to be put behind the last element of an object or array, and behind what was noted before. */
function append(
  { insertions }: Writing,
  node: ExpressionNode,
  ancestors: readonly ExpressionNode[],
  element: RenderElement,
): void {
  const before = insertions.get(node);
  if (before === undefined) insertions.set(node, { node, ancestors, elements: [element] });
  else before.elements.push(element);
}

/** Inserts elements behind the last one of an object or array. */
function insert(source: Source, { node, ancestors, elements }: Insertion): readonly TextEdit[] | undefined {
  const render: RenderElement = (layout) =>
    elements.map((element) => element(layout)).join(layout.isOneLine ? ', ' : layout.eol + layout.indent);
  const brackets = source.brackets(node);
  if (brackets === undefined) return undefined;
  const last = brackets.elements.at(-1);
  if (last === undefined) return insertFirst(source, node, ancestors, brackets, render);
  const next = source.nextToken(last.end);
  if (next.isNewLine) {
    const layout = source.layoutOfElement(last.start, brackets.open);
    return [{ span: { start: next.start, end: next.start }, newText: source.eol + layout.indent + render(layout) }];
  }
  // A trailing comma separates already.
  const at = next.isComma ? next.end : last.end;
  const after = source.nextToken(at);
  const layout = source.layoutAt(last.start, true);
  if (next.isComma && after.isNewLine) return undefined;
  return [{ span: { start: at, end: at }, newText: `${next.isComma ? ' ' : ', '}${render(layout)}` }];
}

function insertFirst(
  source: Source,
  node: ExpressionNode,
  ancestors: readonly ExpressionNode[],
  { open, close }: Brackets,
  render: RenderElement,
): readonly TextEdit[] {
  const outer = ancestors.findLast((ancestor) => isBracketed(ancestor) || ancestor.kind === 'interpolation');
  const next = source.nextToken(open + 1);
  if (next.isNewLine) {
    const layout = source.layoutOfElement(undefined, open);
    return [{ span: { start: next.start, end: next.start }, newText: source.eol + layout.indent + render(layout) }];
  }
  const isInLine = outer !== undefined && !source.hasLineBreak(outer.span);
  const hasComment = source.file.text.slice(open + 1, close).trim() !== '';
  if (isInLine || hasComment) {
    const text = render(source.layoutAt(open, true));
    if (hasComment) return [{ span: { start: open + 1, end: open + 1 }, newText: ` ${text}` }];
    const padding = node.kind === 'object' ? ' ' : '';
    return [{ span: { start: open + 1, end: close }, newText: padding + text + padding }];
  }
  const layout = source.layoutOfElement(undefined, open);
  const outside = layout.indent.slice(0, layout.indent.length - source.unit.length);
  const newText = `${source.eol}${layout.indent}${render(layout)}${source.eol}${outside}`;
  return [{ span: { start: open + 1, end: close }, newText }];
}

function removeProperty(source: Source, span: Span, key: string): readonly TextEdit[] | undefined {
  const object = findPath(source.file, span).at(-1);
  if (object?.kind !== 'object' || !sameSpan(object.span, span)) return undefined;
  const property = findProperty(object, key);
  const brackets = source.brackets(object);
  if (property === undefined || brackets === undefined) return undefined;
  return [source.removal(property.span, brackets)];
}

function appendItem(writing: Writing, span: Span, item: NewValue): readonly TextEdit[] | undefined {
  const { file } = writing.source;
  const ancestors = findPath(file, span);
  const array = ancestors.at(-1);
  const value = spellValue(item, spellerAt(file, span));
  if (array?.kind !== 'array' || !sameSpan(array.span, span) || value === undefined) return undefined;
  append(writing, array, ancestors.slice(0, -1), (layout) => renderValue(value, layout));
  return [];
}

/** Declares resources before the one that is to wait for them. */
function appendResources(
  writing: Writing,
  beside: Location,
  resources: readonly NewResource[],
): readonly TextEdit[] | undefined {
  const { source } = writing;
  const { file } = source;
  const waiting = findResource(file, beside);
  const body = waiting?.body.value;
  if (waiting === undefined || body?.kind !== 'object') return undefined;
  const { start } = waiting.span;
  const symbols: string[] = [];
  let newText = '';
  for (const { symbol: wanted, type, apiVersion, body: members } of resources) {
    // What a new resource refers to must not depend on the one that waits, or each would wait for the other.
    const value = spellValue(members, spellerAt(file, waiting.name.span));
    if (value === undefined) return undefined;
    const symbol = freeSymbol(file, wanted, symbols);
    const text = renderValue(value, source.layoutAt(start, false));
    newText += `resource ${symbol} '${type}@${apiVersion}' = ${text}${source.eol}${source.eol}`;
    symbols.push(symbol);
  }
  return waitFor(writing, body, symbols) ? [{ span: { start, end: start }, newText }] : undefined;
}

/** Adds to the resources that the body waits for; false where that cannot be written. */
function waitFor(writing: Writing, body: ObjectExpression, symbols: readonly string[]): boolean {
  const waits = findProperty(body, 'dependsOn')?.value;
  if (waits === undefined) {
    const names = symbols.map((text) => ({ isExpression: true, text }) as const);
    return setInObject(writing, body, [], ['dependsOn'], names) !== undefined;
  }
  if (waits.kind !== 'array') return false;
  for (const symbol of symbols) append(writing, waits, [body], () => symbol);
  return true;
}

function removeItem(source: Source, span: Span): readonly TextEdit[] | undefined {
  const path = findPath(source.file, span);
  const at = path.findLastIndex((node, i) => node.kind === 'array' && isItem(path[i + 1], span));
  const array = path[at];
  const item = path[at + 1];
  if (array?.kind !== 'array' || item === undefined) return undefined;
  const brackets = source.brackets(array);
  const element = brackets?.elements[array.items.findIndex((candidate) => candidate.span === item.span)];
  return brackets === undefined || element === undefined ? undefined : [source.removal(element, brackets)];
}

function isItem(node: ExpressionNode | undefined, span: Span): boolean {
  if (node === undefined) return false;
  return sameSpan(node.span, span) || (node.kind === 'spread' && sameSpan(node.value.span, span));
}

import type { Node } from 'jsonc-parser';
import type { TextEdit } from '../base/text-edit.ts';
import { indentAt, isFirstOnLine, isLineBreak, type JsonStyle, lineStartOf } from './json-style.ts';

/** Writes an element for a container: in one line, or with its further lines indented by `indent`. */
export type RenderElement = (indent: string | undefined) => string;

/** The edits that put an element behind the last one of an object or array. */
export function appendElement(text: string, container: Node, style: JsonStyle, render: RenderElement): TextEdit[] {
  const last = container.children?.at(-1);
  return last === undefined
    ? [fillEmpty(text, container, style, render)]
    : appendBehind(text, container, last, style, render);
}

/** The edits that take an element out of its object or array, with its comma and the line that it leaves empty. */
export function removeElement(text: string, container: Node, element: Node): TextEdit[] {
  const elements = container.children ?? [];
  const index = elements.indexOf(element);
  const previous = elements[index - 1];
  const limit = elements[index + 1]?.offset ?? endOf(container) - 1;
  const interior = { start: container.offset + 1, end: endOf(container) - 1 };
  if (elements.length === 1 && isTrivial(text, interior.start, element.offset, endOf(element), interior.end)) {
    return [{ span: interior, newText: '' }];
  }
  const comma = findComma(text, endOf(element), limit);
  if (comma !== undefined || previous === undefined) {
    return [removeSpan(text, element.offset, comma === undefined ? endOf(element) : comma + 1, limit)];
  }
  const before = findComma(text, endOf(previous), element.offset);
  if (before === undefined) return [removeSpan(text, element.offset, endOf(element), limit)];
  if (text.slice(before + 1, element.offset).trim() === '') {
    return [{ span: { start: before, end: endOfOwnComments(text, endOf(element), limit) }, newText: '' }];
  }
  return [
    { span: { start: before, end: before + 1 }, newText: '' },
    removeSpan(text, element.offset, endOf(element), limit),
  ];
}

function fillEmpty(text: string, container: Node, style: JsonStyle, render: RenderElement): TextEdit {
  const end = endOf(container) - 1;
  const content = text.slice(container.offset + 1, end);
  const start = container.offset + 1 + content.trimEnd().length;
  if (style.isOneLine) {
    const padding = container.type === 'object' ? style.gap : '';
    return { span: { start, end }, newText: padding + render(undefined) + padding };
  }
  const outer = indentAt(text, container.offset);
  const inner = outer + style.unit;
  return {
    span: { start, end },
    newText: style.lineBreak + inner + render(inner) + style.lineBreak + outer,
  };
}

function appendBehind(text: string, container: Node, last: Node, style: JsonStyle, render: RenderElement): TextEdit[] {
  const lastEnd = endOf(last);
  const limit = endOf(container) - 1;
  const comma = findComma(text, lastEnd, limit);
  const edits: TextEdit[] = comma === undefined ? [{ span: { start: lastEnd, end: lastEnd }, newText: ',' }] : [];
  const behind = comma === undefined ? lastEnd : comma + 1;
  if (isFirstOnLine(text, last.offset)) {
    const indent = indentAt(text, last.offset);
    const at = endOfOwnComments(text, behind, limit);
    edits.push({ span: { start: at, end: at }, newText: style.lineBreak + indent + render(indent) });
    // A closing bracket in the line of the last element stays in the line of the new one.
    return edits;
  }
  const at = endOfBlockComments(text, behind, limit);
  const isOneLine = !hasLineBreak(text, container.offset, limit);
  const gap = isOneLine ? style.gap || gapBefore(text, last) : ' ';
  edits.push({
    span: { start: at, end: at },
    newText: gap + render(isOneLine ? undefined : indentAt(text, last.offset)),
  });
  return edits;
}

/** What the element is separated by from its comma or bracket, when that is a space. */
function gapBefore(text: string, element: Node): string {
  return text.charAt(element.offset - 1) === ' ' ? ' ' : '';
}

/** Removes `[start, end)` with the comments that follow in its line, and with the line where nothing else stands there. */
function removeSpan(text: string, start: number, end: number, limit: number): TextEdit {
  const ownEnd = endOfOwnComments(text, end, limit);
  if (isEndOfLine(text, ownEnd)) {
    if (isFirstOnLine(text, start)) {
      return { span: { start: lineStartOf(text, start), end: endOfLineBreak(text, ownEnd) }, newText: '' };
    }
    return { span: { start: startOfSpace(text, start), end: ownEnd }, newText: '' };
  }
  let next = end;
  while (next < limit && (text.charAt(next) === ' ' || text.charAt(next) === '\t')) next++;
  return { span: { start, end: next }, newText: '' };
}

/** The offset of the comma between two offsets, comments left out. */
function findComma(text: string, from: number, to: number): number | undefined {
  for (let i = from; i < to; i++) {
    if (text.charCodeAt(i) === 44) return i;
    i = skipComment(text, i, to) - 1;
  }
  return undefined;
}

/** The offset behind the comment at `at`, or behind the one character there. */
function skipComment(text: string, at: number, limit: number): number {
  if (text.charCodeAt(at) !== 47) return at + 1;
  if (text.charCodeAt(at + 1) === 47) {
    let end = at;
    while (end < limit && !isLineBreak(text.charCodeAt(end))) end++;
    return end;
  }
  const end = text.indexOf('*/', at + 2);
  return end < 0 ? limit : end + 2;
}

/** The end of the comments that follow in the same line and end it; `from` itself where other text follows. */
function endOfOwnComments(text: string, from: number, limit: number): number {
  let end = from;
  for (;;) {
    let next = end;
    while (next < limit && (text.charAt(next) === ' ' || text.charAt(next) === '\t')) next++;
    if (next >= limit || text.charCodeAt(next) !== 47) return isEndOfLine(text, next) ? end : from;
    end = skipComment(text, next, limit);
  }
}

/** The end of the block comments that follow directly. */
function endOfBlockComments(text: string, from: number, limit: number): number {
  let end = from;
  for (;;) {
    const next = end + (/^[ \t]*/.exec(text.slice(end, limit))?.[0].length ?? 0);
    if (!text.startsWith('/*', next)) return end;
    end = skipComment(text, next, limit);
  }
}

function isEndOfLine(text: string, offset: number): boolean {
  let i = offset;
  while (text.charAt(i) === ' ' || text.charAt(i) === '\t') i++;
  return i >= text.length || isLineBreak(text.charCodeAt(i));
}

function endOfLineBreak(text: string, offset: number): number {
  let i = offset;
  while (i < text.length && !isLineBreak(text.charCodeAt(i))) i++;
  return text.startsWith('\r\n', i) ? i + 2 : Math.min(i + 1, text.length);
}

function startOfSpace(text: string, offset: number): number {
  let i = offset;
  while (i > 0 && (text.charAt(i - 1) === ' ' || text.charAt(i - 1) === '\t')) i--;
  return i;
}

function hasLineBreak(text: string, start: number, end: number): boolean {
  return /[\r\n]/.test(text.slice(start, end));
}

/** Whether nothing but white space and one comma stands around an element. */
function isTrivial(text: string, start: number, before: number, after: number, end: number): boolean {
  return text.slice(start, before).trim() === '' && /^\s*,?\s*$/.test(text.slice(after, end));
}

function endOf(node: Node): number {
  return node.offset + node.length;
}

import type { Node } from 'jsonc-parser';
import { isExpression, type NewValue, type SpelledExpression } from '../model/change.ts';
import { encodeString } from './json-string.ts';
import type { ArmFile } from './parse.ts';
import { escapeLiteral } from './template-string.ts';

/** How a file is written, so that what is added to it looks the same. */
export interface JsonStyle {
  /** One level of indentation. */
  readonly unit: string;
  readonly lineBreak: string;
  /** Whether the whole file stands on one line. */
  readonly isOneLine: boolean;
  /** What stands behind a colon or comma in one line: a space or nothing. */
  readonly gap: string;
  /** Whether texts in square brackets would be evaluated and have to be escaped. */
  readonly escapesLiterals: boolean;
}

/** Finds out how a file is written, from its outermost object. */
export function findStyle(file: ArmFile): JsonStyle {
  const { text, root } = file;
  const lineBreak = /\r\n|\n|\r/.exec(text)?.[0];
  return {
    unit: findUnit(text, root),
    lineBreak: lineBreak ?? '\n',
    isOneLine: lineBreak === undefined || !/[\r\n]/.test(text.slice(root?.offset, endOf(root))),
    gap: hasGap(text, root) ? ' ' : '',
    escapesLiterals: file.kind === 'template',
  };
}

/** A value as JSON. Its further lines are indented by `indent`; without one it stands in one line. */
export function renderValue(value: NewValue<SpelledExpression>, style: JsonStyle, indent: string | undefined): string {
  if (typeof value === 'string') return renderString(value, style);
  if (typeof value !== 'object') return String(value);
  if (isExpression(value)) return `"${encodeString(value.text)}"`;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const inner = indent === undefined ? undefined : indent + style.unit;
  const parts = Array.isArray(value)
    ? value.map((item: NewValue<SpelledExpression>) => renderValue(item, style, inner))
    : Object.entries(value).map(([key, item]) => renderProperty(key, item, style, inner));
  if (parts.length === 0) return open + close;
  if (indent === undefined) {
    const padding = open === '{' ? style.gap : '';
    return open + padding + parts.join(`,${style.gap}`) + padding + close;
  }
  const lineStart = style.lineBreak + inner;
  return open + lineStart + parts.join(`,${lineStart}`) + style.lineBreak + indent + close;
}

/** A property as JSON, see {@link renderValue}. */
export function renderProperty(
  key: string,
  value: NewValue<SpelledExpression>,
  style: JsonStyle,
  indent: string | undefined,
): string {
  const gap = indent === undefined ? style.gap : ' ';
  return `"${encodeString(key)}":${gap}${renderValue(value, style, indent)}`;
}

/** A string as JSON, escaped where a template would take it for an expression. */
export function renderString(value: string, style: JsonStyle): string {
  return `"${encodeString(style.escapesLiterals ? escapeLiteral(value) : value)}"`;
}

/** Where the line of an offset begins. */
export function lineStartOf(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isLineBreak(text.charCodeAt(start - 1))) start--;
  return start;
}

/** The white space at the beginning of the line that holds the offset. */
export function indentAt(text: string, offset: number): string {
  const start = lineStartOf(text, offset);
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? '';
}

/** Whether nothing but white space stands before the offset in its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  return text.slice(lineStartOf(text, offset), offset).trim() === '';
}

/** Whether a character ends a line. */
export function isLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}

function findUnit(text: string, root: Node | undefined): string {
  const first = root?.children?.[0];
  if (root === undefined || first === undefined || !isFirstOnLine(text, first.offset)) return '  ';
  const outer = indentAt(text, root.offset);
  const inner = indentAt(text, first.offset);
  return inner.length > outer.length && inner.startsWith(outer) ? inner.slice(outer.length) : '  ';
}

/** Whether white space follows the first colon or comma of a tree. */
function hasGap(text: string, root: Node | undefined): boolean {
  const first = root?.children?.[0];
  if (first === undefined) return true;
  const colon = first.colonOffset;
  return colon === undefined || /\s/.test(text.charAt(colon + 1));
}

function endOf(node: Node | undefined): number | undefined {
  return node === undefined ? undefined : node.offset + node.length;
}

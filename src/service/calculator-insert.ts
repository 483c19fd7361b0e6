import { LineIndex } from '../base/line-index.ts';
import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';

/** How a prefix is written into a file: by itself, or as a subnet for a list of subnets. */
export type InsertForm = 'prefix' | 'bicep-subnet' | 'arm-subnet';

/** The name that a new subnet starts with. */
const subnetName = 'aks-nodes';

/**
 * The edits that write a prefix at a selection. A prefix replaces the selection; a subnet gets lines of its own where the
 * selection starts, indented like its surroundings, and in JSON the commas to its neighbours.
 */
export function insertionEdits(text: string, selection: Span, prefix: string, form: InsertForm): TextEdit[] {
  if (form === 'prefix') return [{ span: selection, newText: prefix }];
  const { span, indent, head, tail } = placeFor(text, selection.start);
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const subnet = subnetLines(prefix, form, indent).join(lineBreak);
  const isFollowed = form === 'arm-subnet' && /^\s*[{["]/.test(text.slice(span.end));
  const body = `${subnet}${isFollowed ? ',' : ''}`;
  const edit = { span, newText: `${head ? lineBreak : ''}${body}${tail === undefined ? '' : `${lineBreak}${tail}`}` };
  const neighbour = form === 'arm-subnet' ? /[}\]"](?=\s*$)/.exec(text.slice(0, span.start)) : null;
  if (neighbour === null) return [edit];
  const end = neighbour.index + 1;
  // Two edits at one place could end up in either order.
  if (end === span.start) return [{ ...edit, newText: `,${edit.newText}` }];
  return [{ span: { start: end, end }, newText: ',' }, edit];
}

/** Where lines go: what they replace, how they are indented, and whether the line is broken before and after them. */
interface Place {
  readonly span: Span;
  readonly indent: string;
  readonly head: boolean;
  /** The indentation of what follows; undefined where a line ends there already. */
  readonly tail: string | undefined;
}

function placeFor(text: string, offset: number): Place {
  const lines = new LineIndex(text);
  const { line } = lines.position(offset);
  const { start, end } = lines.lineSpan(line);
  const before = text.slice(start, offset);
  if (text.slice(start, end).trim() === '') {
    const indent = end > start ? text.slice(start, end) : indentBelow(text, lines, line - 1);
    return { span: { start, end }, indent, head: false, tail: undefined };
  }
  if (before.trim() === '') {
    return { span: { start, end: start }, indent: indentBelow(text, lines, line - 1), head: false, tail: '' };
  }
  if (text.slice(offset, end).trim() === '') {
    return { span: { start: end, end }, indent: indentAfter(before), head: true, tail: undefined };
  }
  return { span: { start: offset, end: offset }, indent: indentAfter(before), head: true, tail: indentOf(before) };
}

function subnetLines(prefix: string, form: InsertForm, indent: string): string[] {
  const unit = indent.includes('\t') ? '\t' : '  ';
  const lines = form === 'arm-subnet' ? armSubnet(prefix, unit) : bicepSubnet(prefix, unit);
  return lines.map((line) => `${indent}${line}`);
}

function bicepSubnet(prefix: string, unit: string): string[] {
  return [
    '{',
    `${unit}name: '${subnetName}'`,
    `${unit}properties: {`,
    `${unit}${unit}addressPrefix: '${prefix}'`,
    `${unit}}`,
    '}',
  ];
}

function armSubnet(prefix: string, unit: string): string[] {
  return [
    '{',
    `${unit}"name": "${subnetName}",`,
    `${unit}"properties": {`,
    `${unit}${unit}"addressPrefix": "${prefix}"`,
    `${unit}}`,
    '}',
  ];
}

/** The indentation of an item below `line`, which may be blank as the ones above it. */
function indentBelow(text: string, lines: LineIndex, line: number): string {
  for (let at = line; at >= 0; at--) {
    const { start, end } = lines.lineSpan(at);
    const content = text.slice(start, end);
    if (content.trim() !== '') return indentAfter(content);
  }
  return '';
}

/** The indentation of an item that follows on the next line: one step more where this line opens a list. */
function indentAfter(line: string): string {
  const indent = indentOf(line);
  return /[[{(]\s*$/.test(line) ? `${indent}${indent.includes('\t') ? '\t' : '  '}` : indent;
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

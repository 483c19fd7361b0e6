import { LineIndex } from '../base/line-index.ts';
import type { OffsetMap } from '../base/offset-map.ts';
import { encloses, type Location, type Span } from '../base/span.ts';
import { applyEdits, type TextEdit } from '../base/text-edit.ts';
import type { KeyChange, TextChange } from '../model/change.ts';
import { renderTextChange } from '../model/text-change.ts';
import type { EntrySyntax } from './config-map-syntax.ts';
import type { CorednsFile } from './parse.ts';

/** The edits that make a change to a file with Corefile text; undefined where it cannot be written. */
export function renderCorednsChange(
  file: CorednsFile,
  change: TextChange | KeyChange,
): readonly TextEdit[] | undefined {
  if (change.kind === 'move-to-key') return moveToKey(file, change);
  const place = placeOf(change).span;
  const entries = file.tree.configMaps.flatMap((configMap) => configMap.entries);
  const quoted = entries.find(
    ({ span, key, style }) => /quoted/.test(style) && encloses(span, place) && place.start > key.span.end,
  );
  if (quoted !== undefined) return insideQuotes(file.text, quoted, change);
  // An item of a list has one line, of which only words can be exchanged.
  const isItem = entries.some(({ span, style }) => style === 'list-item' && encloses(span, place));
  if (isItem && (change.kind !== 'replace-text' || /["'\\\n]/.test(change.to))) return undefined;
  // In JSON, lines mean nothing: only words can be exchanged.
  if (isJson(file) && (change.kind !== 'replace-text' || /["\\\n]/.test(change.to))) return undefined;
  return renderTextChange(file.text, change);
}

/** Whether the file is JSON, in which ConfigMaps are written as YAML would write them on one line. */
export function isJson({ kind, text }: CorednsFile): boolean {
  return kind === 'yaml' && /^\s*[{[]/.test(text.slice(0, 1000));
}

function placeOf(change: TextChange): Location {
  return change.kind === 'insert-lines' ? change.at : change.target;
}

/** Makes the change to the text between the quotes and writes all of it anew, since lines are escapes there. */
function insideQuotes(text: string, entry: EntrySyntax, change: TextChange): readonly TextEdit[] | undefined {
  const { corefile, style, span, key } = entry;
  if (corefile === undefined) return undefined;
  if (change.kind === 'replace-text' && !/["'\\\n]/.test(change.to)) return renderTextChange(text, change);
  const opening = /^["']?\s*:\s*"/.exec(text.slice(key.span.end, span.end))?.[0];
  if (style !== 'double-quoted' || opening === undefined) return undefined;
  const inner = innerChange(change, corefile.map);
  if (inner === undefined) return undefined;
  const changed = applyEdits(corefile.syntax.text, renderTextChange(corefile.syntax.text, inner));
  return [{ span: { start: key.span.end + opening.length - 1, end: span.end }, newText: JSON.stringify(changed) }];
}

function innerChange(change: TextChange, map: OffsetMap): TextChange | undefined {
  const inside = ({ uri, span }: Location): Location | undefined => {
    const [start, end] = [map.toInner(span.start), map.toInner(span.end)];
    return start === undefined || end === undefined ? undefined : { uri, span: { start, end } };
  };
  if (change.kind === 'insert-lines') {
    const [at, like] = [inside(change.at), inside(change.like)];
    return at === undefined || like === undefined ? undefined : { ...change, at, like };
  }
  const target = inside(change.target);
  if (target === undefined) return undefined;
  if (change.kind !== 'replace-lines') return { ...change, target };
  const like = inside(change.like);
  return like === undefined ? undefined : { ...change, target, like };
}

function moveToKey(file: CorednsFile, change: KeyChange): readonly TextEdit[] | undefined {
  const { text } = file;
  const entries = file.tree.configMaps.flatMap((configMap) => configMap.entries);
  const entry = entries.find(({ span }) => span.start === change.entry.span.start);
  if (entry?.style !== 'literal') return undefined;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const margin = indentAt(text, entry.span.start);
  const lines = [
    ...(change.before ?? []),
    ...dedented(text, change.content.span, change.prefix ?? ''),
    ...(change.after ?? []),
  ].map((line) => (line === '' ? '' : `${margin}  ${line}`));
  const added = [`${margin}${change.key}: |`, ...lines].map((line) => lineBreak + line).join('');
  // A key without any text would be left behind for nothing.
  const target = isAllOf(text, entry, change.target.span) ? { ...change.entry, span: entry.span } : change.target;
  const [removal] = renderTextChange(text, { kind: 'remove-text', target });
  if (removal === undefined) return undefined;
  const index = new LineIndex(text);
  const end = endOfText(text, entry.span);
  const insertAt = index.lineSpan(index.position(end).line).end;
  if (removal.span.start > insertAt || removal.span.end < insertAt) {
    return [removal, { span: { start: insertAt, end: insertAt }, newText: added }];
  }
  const begins = removal.span.start === 0 || text[removal.span.start - 1] === '\n';
  const newText = begins ? added.slice(lineBreak.length) + (removal.span.end > insertAt ? lineBreak : '') : added;
  return [{ span: removal.span, newText }];
}

/** The last character of the entry that is no white space. */
function endOfText(text: string, span: Span): number {
  return span.start + text.slice(span.start, span.end).trimEnd().length;
}

function isAllOf(text: string, { key, span }: EntrySyntax, target: Span): boolean {
  const header = text.indexOf('\n', key.span.end);
  return text.slice(header, target.start).trim() === '' && text.slice(target.end, span.end).trim() === '';
}

/** The lines of a span without the indentation of its first; `prefix` goes before them. */
function dedented(text: string, { start, end }: Span, prefix: string): readonly string[] {
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  const depth = Math.min(column, indentAt(text, start).length);
  const indent = /^ */.exec(prefix)?.[0] ?? '';
  return text
    .slice(start, end)
    .split(/\r?\n/)
    .map((line, index) => {
      if (index === 0) return prefix + line;
      const cut = Math.min(depth, line.length - line.trimStart().length);
      return line.trim() === '' ? '' : indent + line.slice(cut);
    });
}

function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return /^ */.exec(text.slice(start))?.[0] ?? '';
}

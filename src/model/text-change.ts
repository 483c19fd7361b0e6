import { LineIndex } from '../base/line-index.ts';
import type { TextEdit } from '../base/text-edit.ts';
import type { TextChange } from './change.ts';

/** The edits that make a change to a text, whatever its language. */
export function renderTextChange(text: string, change: TextChange): readonly TextEdit[] {
  const lines = new LineIndex(text);
  const lineOf = (offset: number): number => lines.position(offset).line;
  const marginOf = (line: number): string => {
    const { start, end } = lines.lineSpan(line);
    // Behind the dash of a YAML list, the line begins where its first key stands.
    return (/^[ \t]*(?:- +(?=\S))*/.exec(text.slice(start, end))?.[0] ?? '').replaceAll('-', ' ');
  };
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  switch (change.kind) {
    case 'replace-text':
      return [{ span: change.target.span, newText: change.to }];
    case 'insert-lines': {
      const margin = marginOf(lineOf(change.like.span.start));
      const inserted = change.lines.map((line) => margin + line);
      const line = lineOf(change.where === 'before' ? change.at.span.start : Math.max(change.at.span.end - 1, 0));
      if (change.where === 'before') {
        const { start } = lines.lineSpan(line);
        return [{ span: { start, end: start }, newText: inserted.map((each) => each + lineBreak).join('') }];
      }
      const { end } = lines.lineSpan(line);
      return [{ span: { start: end, end }, newText: inserted.map((each) => lineBreak + each).join('') }];
    }
    case 'replace-lines': {
      const { target, like } = change;
      const margin = marginOf(lineOf(like.span.start));
      const { start } = lines.lineSpan(lineOf(target.span.start));
      const { end } = lines.lineSpan(lineOf(Math.max(target.span.start, target.span.end - 1)));
      return [{ span: { start, end }, newText: change.lines.map((line) => margin + line).join(lineBreak) }];
    }
    case 'remove-text': {
      const { start, end } = change.target.span;
      const first = lines.lineSpan(lineOf(start));
      const last = lines.lineSpan(lineOf(Math.max(start, end - 1)));
      const before = text.slice(first.start, start);
      if (before.trim() !== '' || text.slice(end, last.end).trim() !== '') {
        // A comment that stays behind alone takes the place of the code.
        const gap = before.trim() === '' ? leadingSpaces(text.slice(end, last.end)) : 0;
        if (gap > 0) return [{ span: { start, end: end + gap }, newText: '' }];
        const isAtEnd = text.slice(end, last.end).trim() === '';
        return [{ span: { start: isAtEnd ? start - trailingSpaces(before) : start, end }, newText: '' }];
      }
      const next = lineOf(last.start) + 1;
      if (next < lines.lineCount)
        return [{ span: { start: first.start, end: lines.lineSpan(next).start }, newText: '' }];
      // The last line has no break of its own: take the one before it.
      const previous = first.start > 0 ? lines.lineSpan(lineOf(first.start) - 1).end : 0;
      return [{ span: { start: previous, end: last.end }, newText: '' }];
    }
    case 'indent-lines': {
      const { span } = change.target;
      const step = indentStep(text);
      const edits: TextEdit[] = [];
      const last = lineOf(Math.max(span.start, span.end - 1));
      for (let line = lineOf(span.start); line <= last; line++) {
        const { start, end } = lines.lineSpan(line);
        if (end > start) edits.push({ span: { start, end: start }, newText: step.repeat(change.levels) });
      }
      return edits;
    }
  }
}

function leadingSpaces(text: string): number {
  return text.length - text.trimStart().length;
}

function trailingSpaces(text: string): number {
  return text.length - text.trimEnd().length;
}

/** The indentation of the first indented line, which is what the file uses. */
function indentStep(text: string): string {
  return /^( +)\S/m.exec(text)?.[1] ?? '  ';
}

import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import type { EmbeddedCorefile } from './config-map-syntax.ts';
import { countLineFeeds, lexCorefile } from './corefile-lexer.ts';
import type { Token } from './corefile-token.ts';
import type { CorednsFile } from './parse.ts';

/**
 * The edits that indent the Corefiles of a file by their braces and take away space at the ends of lines, as far as they
 * touch `range`. Words, comments and the order of lines stay; text whose braces do not match, or that a tool fills in,
 * is left alone. In YAML only block scalars that keep their lines are touched, and never the indentation of the YAML.
 */
export function formatCorefiles(file: CorednsFile, step: string, range: Span): readonly TextEdit[] {
  const literal = file.tree.configMaps.flatMap(({ entries }) =>
    entries.flatMap(({ style, corefile }) => (style === 'literal' && corefile !== undefined ? [corefile] : [])),
  );
  return [...literal, ...file.tree.corefiles]
    .filter(
      ({ syntax, isTemplated }) => !isTemplated && syntax.braceProblems.length === 0 && syntax.errors.length === 0,
    )
    .flatMap((corefile) => formatCorefile(corefile, step))
    .filter(({ span }) => span.end >= range.start && span.start <= range.end);
}

function formatCorefile({ syntax: { text }, map }: EmbeddedCorefile, step: string): readonly TextEdit[] {
  const { tokens } = lexCorefile(text);
  const kept = linesInsideWords(text, tokens);
  const byLine = new Map<number, Token[]>();
  for (const token of tokens) {
    const list = byLine.get(token.line) ?? [];
    list.push(token);
    byLine.set(token.line, list);
  }
  const edits: TextEdit[] = [];
  let depth = 0;
  let start = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const own = byLine.get(index + 1) ?? [];
    const closes = own[0]?.text === '}';
    const level = Math.max(0, depth - (closes ? 1 : 0));
    for (const { text: word } of own) depth += word === '{' ? 1 : word === '}' ? -1 : 0;
    if (!kept.has(index + 1)) {
      const content = line.trim();
      const indent = content === '' ? '' : step.repeat(level);
      const before = line.length - line.trimStart().length;
      if (content === '') replace(start, start + line.replace(/\r$/, '').length, '');
      else {
        replace(start, start + before, indent);
        // A line that ends inside a quoted word has no end of its own.
        if (!kept.has(index + 2)) replace(start + line.trimEnd().length, start + line.replace(/\r$/, '').length, '');
      }
    }
    start += line.length + 1;
  }
  return edits;

  function replace(from: number, to: number, newText: string): void {
    if (text.slice(from, to) === newText) return;
    // Between two lines of YAML, the place is that of the later one: behind the indentation of the block.
    const begin = map.toOuter(from, 'start');
    edits.push({ span: { start: begin, end: begin + (to - from) }, newText });
  }
}

/** One-based lines that begin inside a quoted word. */
function linesInsideWords(text: string, tokens: readonly Token[]): ReadonlySet<number> {
  const lines = new Set<number>();
  for (const { span, line, isQuoted } of tokens) {
    if (!isQuoted) continue;
    const breaks = countLineFeeds(text.slice(span.start, span.end));
    for (let each = 1; each <= breaks; each++) lines.add(line + each);
  }
  return lines;
}

import { Composer, type CST, type Document, Parser } from 'yaml';
import type { Comment } from '../base/parse-error.ts';
import { type Insertion, type RepairStep, repairConfigMap } from './repair.ts';

/** One YAML document of a file, read as far as it can be. Offsets of its nodes count in `text`. */
export interface YamlDocument {
  /** The text that was parsed: that of the file, or its repaired form. */
  readonly text: string;
  readonly document: Document.Parsed;
  /** What was inserted to be able to read it. */
  readonly insertions: readonly Insertion[];
  readonly comments: readonly Comment[];
  /** The offset in the file of an offset in `text`. */
  toFile(offset: number): number;
}

/** A stretch of a file that holds one document. */
export interface Chunk {
  readonly start: number;
  readonly text: string;
}

/** Cuts a file into its documents. A line of `---` or `...` ends a document wherever it stands. */
export function splitDocuments(text: string): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  for (const match of text.matchAll(/^(?:---|\.\.\.)(?=[ \t\r\n]|$)/gm)) {
    const cut = match[0] === '---' ? match.index : match.index + 3;
    if (cut > start) chunks.push({ start, text: text.slice(start, cut) });
    start = cut;
  }
  chunks.push({ start, text: text.slice(start) });
  return chunks;
}

/** Reads one document, repairing a ConfigMap's usual mistakes so that the rest can be judged. Undefined if it has none. */
export function readYamlDocument(chunk: Chunk): YamlDocument | undefined {
  let best = compose(chunk.text);
  if (best === undefined) return undefined;
  let insertions: readonly Insertion[] = [];
  let text = chunk.text;
  for (const step of ['keys', 'indicators'] satisfies readonly RepairStep[]) {
    if (best.document.errors.length === 0) break;
    const more = repairConfigMap(chunk.text, step, insertions);
    if (more.length === insertions.length) continue;
    const repairedText = insert(chunk.text, more);
    const repaired = compose(repairedText);
    if (repaired === undefined || repaired.document.errors.length >= best.document.errors.length) continue;
    best = repaired;
    insertions = more;
    text = repairedText;
  }
  const original = originalOffsets(insertions);
  const toFile = (offset: number): number => chunk.start + original(offset);
  return {
    text,
    document: best.document,
    insertions,
    comments: text.includes('#') ? commentsOf(best.tokens, toFile) : [],
    toFile,
  };
}

/** The first document of a text, and the tokens of all of it. In the schema `failsafe` every scalar is a string. */
export function compose(
  text: string,
  schema: 'failsafe' | 'core' = 'failsafe',
): { document: Document.Parsed; tokens: readonly CST.Token[] } | undefined {
  const tokens = [...new Parser().parse(text)];
  const composer = new Composer({
    keepSourceTokens: true,
    logLevel: 'silent',
    prettyErrors: false,
    schema,
    // The library compares every key with every other; the maps that matter are compared by their reader.
    uniqueKeys: false,
  });
  for (const document of composer.compose(tokens, true, text.length))
    return { document: document as Document.Parsed, tokens };
  return undefined;
}

function insert(text: string, insertions: readonly Insertion[]): string {
  let result = '';
  let position = 0;
  for (const { offset, text: inserted } of insertions) {
    result += text.slice(position, offset) + inserted;
    position = offset;
  }
  return result + text.slice(position);
}

/** Carries offsets of the repaired text back to the original; an offset inside an insertion becomes its place. */
function originalOffsets(insertions: readonly Insertion[]): (offset: number) => number {
  if (insertions.length === 0) return (offset) => offset;
  const ends: number[] = [];
  const shifts: number[] = [];
  let shift = 0;
  for (const { offset, text } of insertions) {
    shift += text.length;
    ends.push(offset + shift);
    shifts.push(shift);
  }
  return (offset) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    const original = offset - (shifts[low - 1] ?? 0);
    const next = insertions[low]?.offset;
    return next === undefined ? original : Math.min(original, next);
  };
}

/** Every comment of a document, in order. Walks without recursion: documents nest as deep as their authors like. */
export function commentsOf(tokens: readonly CST.Token[], toFile: (offset: number) => number): readonly Comment[] {
  const comments: Comment[] = [];
  const stack: unknown[] = [...tokens].reverse();
  while (stack.length > 0) {
    const item = stack.pop();
    if (Array.isArray(item)) {
      for (let i = item.length - 1; i >= 0; i--) stack.push(item[i]);
    } else if (isToken(item)) {
      if (item.type === 'comment' && typeof item.source === 'string') {
        const start = toFile(item.offset);
        comments.push({ span: { start, end: start + item.source.length }, text: item.source.slice(1) });
      }
      // Parts of one token in reverse, since the stack turns them round again.
      for (const part of [item.end, item.items, item.value, item.sep, item.key, item.props, item.start]) {
        if (part !== undefined) stack.push(part);
      }
    }
  }
  return comments;
}

interface LooseToken {
  readonly type?: string;
  readonly offset: number;
  readonly source?: unknown;
  readonly start?: unknown;
  readonly props?: unknown;
  readonly key?: unknown;
  readonly sep?: unknown;
  readonly value?: unknown;
  readonly items?: unknown;
  readonly end?: unknown;
}

function isToken(item: unknown): item is LooseToken {
  return typeof item === 'object' && item !== null;
}

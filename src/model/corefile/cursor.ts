import type { Word } from '../dns.ts';

/** Walks over the words of a directive as CoreDNS's own reader does, brace by brace and line by line. */
export class DirectiveCursor {
  private position = -1;
  private depth = 0;
  private readonly words: readonly Word[];
  /** For each word which text it came from, where there are several: words of different texts never share a line. */
  private readonly sources: readonly number[] | undefined;

  constructor(words: readonly Word[], sources?: readonly number[]) {
    this.words = words;
    this.sources = sources;
  }

  /** The word that the cursor stands on. */
  get word(): Word {
    return this.words[Math.max(0, this.position)] ?? noWord;
  }

  /** Whether words follow that were not read. */
  get hasMore(): boolean {
    return this.position < this.words.length - 1;
  }

  get index(): number {
    return this.position;
  }

  /** Goes back to a place that `index` gave. */
  rewind(index: number): void {
    this.position = index;
  }

  next(): boolean {
    if (this.position >= this.words.length - 1) return false;
    this.position++;
    return true;
  }

  /** Goes on to the next word if it stands on the same line; a `{` counts. */
  nextArg(): boolean {
    if (this.position >= this.words.length - 1 || this.startsLine(this.position + 1)) return false;
    this.position++;
    return true;
  }

  /** The words up to the end of the line or to a `{`. */
  remainingArgs(): readonly Word[] {
    const args: Word[] = [];
    while (this.nextArg()) {
      if (this.word.text === '{') {
        this.position--;
        break;
      }
      args.push(this.word);
    }
    return args;
  }

  /** Goes on to the next word of the block; the first call opens it, which takes a `{` on this line. */
  nextBlock(): boolean {
    if (this.depth > 0) {
      if (!this.next() || this.word.text === '}') {
        this.depth--;
        return false;
      }
      return true;
    }
    if (!this.nextArg()) return false;
    if (!this.isAt('{')) {
      this.position--;
      return false;
    }
    if (!this.next() || this.isAt('}')) return false;
    this.depth++;
    return true;
  }

  private isAt(text: string): boolean {
    return this.word.text === text;
  }

  /** Whether the word that the cursor stands on is the first of its line. */
  get isFirstOfLine(): boolean {
    return this.startsLine(this.position);
  }

  private startsLine(index: number): boolean {
    const before = this.words[index - 1];
    const word = this.words[index];
    if (before === undefined || word === undefined || this.sources?.[index - 1] !== this.sources?.[index]) return true;
    if (before.line === word.line) return before.text.includes('\n');
    return !before.text.includes('\n') || before.line + lineBreaks(before.text) !== word.line;
  }
}

const noWord: Word = { text: '', location: { uri: '', span: { start: 0, end: 0 } }, line: 0 };

function lineBreaks(text: string): number {
  let count = 0;
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) count++;
  return count;
}

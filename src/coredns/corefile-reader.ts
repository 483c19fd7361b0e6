import { countLineFeeds } from './corefile-lexer.ts';
import { Token } from './corefile-token.ts';

/** A server block as CoreDNS hands it to its plugins. */
export interface ReadBlock {
  readonly keys: readonly string[];
  /** The tokens of each directive, its name first; repeated directives are joined. */
  readonly directives: ReadonlyMap<string, readonly ReadToken[]>;
}

/** A token after environment references are replaced. */
export interface ReadToken {
  readonly text: string;
  readonly token: Token;
}

/** Why CoreDNS would refuse a Corefile before any plugin sees it. */
export interface Refusal {
  /** CoreDNS's own words, without file and line. */
  readonly message: string;
  /** Where CoreDNS stands when it gives up. */
  readonly token: Token;
}

export interface ReadResult {
  readonly blocks: readonly ReadBlock[];
  readonly refusal: Refusal | undefined;
  /** The arguments of `import` that name no snippet: files that the text alone does not hold. */
  readonly fileImports: readonly Token[];
}

/** More snippet expansions than this are a cycle. CoreDNS allows more, only to refuse later. */
const maxImports = 2000;
/** Snippets that import each other can grow without a cycle; this bounds how many tokens are moved for them. */
const maxWork = 20_000_000;

/**
 * Reads tokens exactly as CoreDNS does and stops where it would stop. Snippets are expanded, imported files count as
 * empty, any directive name is accepted.
 */
export function readAsCoredns(
  tokens: readonly Token[],
  environment: Readonly<Record<string, string>> = {},
): ReadResult {
  return new Reader(tokens, environment).read();
}

interface Snippet {
  readonly tokens: readonly Token[];
  readonly close: Token;
}

class RefusedError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

class Reader {
  private tokens: Token[];
  private cursor = 0;
  private imports = 0;
  private work = 0;
  private readonly snippets = new Map<string, Snippet>();
  private readonly fileImports: Token[] = [];
  private readonly environment: Readonly<Record<string, string>>;

  constructor(tokens: readonly Token[], environment: Readonly<Record<string, string>>) {
    this.tokens = [...tokens];
    this.environment = environment;
  }

  read(): ReadResult {
    const blocks: ReadBlock[] = [];
    let refusal: Refusal | undefined;
    try {
      while (this.cursor < this.tokens.length) {
        const block = this.block();
        if (block !== undefined && block.keys.length > 0) blocks.push(block);
      }
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      refusal = error.refusal;
    }
    return { blocks: refusal === undefined ? blocks : [], refusal, fileImports: this.fileImports };
  }

  private block(): ReadBlock | undefined {
    const keys = this.keys();
    const name = keys[0] ?? '';
    if (keys.length === 1 && name.startsWith('(') && name.endsWith(')')) {
      if (this.peek() !== undefined) this.snippet(name.slice(1, -1));
      return undefined;
    }
    const directives = new Map<string, ReadToken[]>();
    const hasBrace = this.peek()?.text === '{';
    if (hasBrace) this.cursor++;
    const isClosed = this.directives(directives);
    // CoreDNS looks at the token it stands on, which is also right when a directive's brace is the last of the file.
    const last = this.tokens[this.cursor - 1];
    if (hasBrace && !isClosed && last?.text !== '}') this.refuse(unexpected(last?.text, '}'), last);
    return { keys, directives };
  }

  private keys(): string[] {
    const keys: string[] = [];
    let expectsAnother = false;
    let wasImported = false;
    for (;;) {
      const token = this.peek();
      if (token === undefined) {
        if (expectsAnother) this.refuse('Unexpected EOF');
        return keys;
      }
      const text = this.expand(token.text);
      if (text === 'import' && (wasImported || this.startsLine(this.cursor))) {
        this.import();
        wasImported = true;
        continue;
      }
      if (text === '{') {
        if (expectsAnother) this.refuse("Expected another address but had '{' - check for extra comma", token);
        return keys;
      }
      if (text !== '') {
        expectsAnother = text.endsWith(',');
        keys.push(expectsAnother ? text.slice(0, -1) : text);
      }
      this.cursor++;
      if (!expectsAnother && this.peek() !== undefined && this.startsLine(this.cursor)) return keys;
    }
  }

  private snippet(name: string): void {
    const open = this.peek();
    if (this.snippets.has(name)) this.refuse(`redeclaration of previously declared snippet ${name}`, open);
    if (open?.text !== '{') this.refuse(unexpected(open?.text, '{'), open);
    this.cursor++;
    const begin = this.cursor;
    let depth = 1;
    while (this.cursor < this.tokens.length) {
      const text = this.tokens[this.cursor]?.text;
      if (text === '}' && --depth === 0) break;
      if (text === '{') depth++;
      this.cursor++;
    }
    const close = this.tokens[this.cursor];
    if (close === undefined) this.refuse(unexpected(this.tokens.at(-1)?.text, '}'));
    this.snippets.set(name, { tokens: this.tokens.slice(begin, this.cursor), close });
    this.cursor++;
  }

  /** Reads directives up to the closing brace, which it consumes; false where the file ends first. */
  private directives(into: Map<string, ReadToken[]>): boolean {
    for (;;) {
      const token = this.peek();
      if (token === undefined) return false;
      if (token.text === '}') {
        this.cursor++;
        return true;
      }
      if (token.text === 'import') this.import();
      else this.directive(token, into);
    }
  }

  private directive(name: Token, into: Map<string, ReadToken[]>): void {
    const key = this.expand(name.text);
    const list = into.get(key) ?? [];
    into.set(key, list);
    list.push({ text: name.text, token: name });
    this.cursor++;
    let depth = 0;
    for (;;) {
      const token = this.peek();
      if (token === undefined) {
        if (depth > 0) this.refuse('Unexpected EOF');
        return;
      }
      const isNewLine = this.startsLine(this.cursor);
      if (token.text === '{') {
        depth++;
      } else if (isNewLine && depth === 0) {
        return;
      } else if (token.text === '}') {
        if (depth === 0) this.refuse("Unexpected '}' because no matching opening brace", token);
        depth--;
      } else if (token.text === 'import' && isNewLine) {
        this.import();
        continue;
      }
      list.push({ text: this.expand(token.text), token });
      this.cursor++;
    }
  }

  private import(): void {
    const word = this.tokens[this.cursor];
    const argument = this.tokens[this.cursor + 1];
    if (argument === undefined || this.startsLine(this.cursor + 1)) {
      this.refuse("Wrong argument count or unexpected line ending after 'import'", word);
    }
    const pattern = this.expand(argument.text);
    if (pattern === '') this.refuse('Import requires a non-empty filepath', argument);
    if (this.tokens[this.cursor + 2] !== undefined && !this.startsLine(this.cursor + 2)) {
      this.refuse('Import takes only one argument (glob pattern or file)', this.tokens[this.cursor + 2]);
    }
    const snippet = this.snippets.get(pattern);
    if (snippet === undefined) {
      if (hasSeveralWildcards(pattern)) {
        this.refuse(`Glob pattern may only contain one wildcard (*), but has others: ${pattern}`, argument);
      }
      this.fileImports.push(argument);
    } else if (++this.imports > maxImports || this.work > maxWork) {
      this.refuse('maximum snippet import depth (10000) exceeded', snippet.close);
    }
    if (snippet === undefined) {
      this.cursor += 2;
      return;
    }
    this.work += this.tokens.length;
    const before = this.tokens.slice(0, this.cursor);
    this.tokens = before.concat(snippet.tokens, this.tokens.slice(this.cursor + 2));
  }

  private peek(): Token | undefined {
    return this.tokens[this.cursor];
  }

  /** After snippets are expanded, only line numbers tell where a line begins. */
  private startsLine(index: number): boolean {
    const before = this.tokens[index - 1];
    const token = this.tokens[index];
    if (before === undefined || token === undefined) return true;
    return before.line + (before.isQuoted ? countLineFeeds(before.text) : 0) < token.line;
  }

  private refuse(message: string, token: Token | undefined = this.tokens.at(-1)): never {
    throw new RefusedError({ message, token: token ?? emptyToken });
  }

  private expand(text: string): string {
    if (!text.includes('{')) return text;
    const withPercent = replaceReferences(text, '{%', '%}', this.environment);
    return replaceReferences(withPercent, '{$', '}', this.environment);
  }
}

const emptyToken = new Token('', 1, 0, 0);

function unexpected(text: string | undefined, wanted: string): string {
  return `Unexpected token '${text ?? ''}', expecting '${wanted}'`;
}

/** Whether an import pattern has more wildcards than CoreDNS takes. */
export function hasSeveralWildcards(pattern: string): boolean {
  const wildcards = pattern.match(/[*?]/g)?.length ?? 0;
  return wildcards > 1 || /\[.*\]/.test(pattern);
}

function replaceReferences(
  text: string,
  open: string,
  close: string,
  environment: Readonly<Record<string, string>>,
): string {
  let result = text;
  let from = 0;
  // Every round removes a reference or moves on, but a value may hold a reference to itself.
  for (let rounds = 0; rounds < 100; rounds++) {
    const start = result.indexOf(open, from);
    if (start < 0) break;
    const end = result.indexOf(close, start);
    if (end < 0) break;
    if (end <= start + open.length) {
      from = start + open.length;
      continue;
    }
    const name = result.slice(start + open.length, end);
    result = result.slice(0, start) + (environment[name] ?? '') + result.slice(end + close.length);
  }
  return result;
}

import type { ParseError } from '../base/parse-error.ts';
import type { Span } from '../base/span.ts';
import type { CorefileRole } from '../model/dns.ts';
import { pluginFacts } from '../model/dns-queries.ts';
import { isGluedClose, isGluedOpen, lineIndent, opensServerBlock, withoutBrace } from './corefile-shape.ts';
import type { BraceProblemSyntax, DirectiveSyntax, ServerBlockSyntax } from './corefile-syntax.ts';
import { PropertySyntax, type Token } from './corefile-token.ts';

/** The tree of one text before CoreDNS's verdict on its braces is known. */
export interface BuiltTree {
  readonly blocks: readonly ServerBlockSyntax[];
  readonly directives: readonly DirectiveSyntax[];
  readonly problems: readonly BraceProblemSyntax[];
  readonly errors: readonly ParseError[];
  /** How many imports stand inside snippets, where they can form a cycle. */
  readonly snippetImports: number;
}

const maxProblems = 1000;
const openBrace = 123;
const closeBrace = 125;

/** The server block around a directive. */
interface Outer {
  readonly keys: readonly Token[];
  readonly open: Token | undefined;
  readonly isSnippet: boolean;
}

/**
 * Builds the tree from tokens. Without `recovers`, braces nest as CoreDNS counts them. With it, a line that is indented
 * too little to belong to an open block ends the block: a plugin's name at or left of the opening line, or the first
 * line of a server block.
 */
export class TreeBuilder {
  private cursor = 0;
  private snippetImports = 0;
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private readonly role: CorefileRole;
  private readonly recovers: boolean;
  private readonly blocks: ServerBlockSyntax[] = [];
  private readonly directives: DirectiveSyntax[] = [];
  private readonly problems: BraceProblemSyntax[] = [];
  private readonly errors: ParseError[] = [];
  private readonly hasSurplusClose: boolean;

  constructor(text: string, tokens: readonly Token[], role: CorefileRole, recovers: boolean) {
    this.text = text;
    this.tokens = tokens;
    this.role = role;
    this.recovers = recovers;
    let balance = 0;
    for (let index = 0; index < tokens.length; index++) {
      const token = tokens[index] as Token;
      const { text: word } = token;
      if (word === '}') balance--;
      else if (word.charCodeAt(word.length - 1) === openBrace) {
        const isGlued = isGluedOpen(token) && word !== '{}' && tokens[index + 1]?.startsLine === true;
        if (word === '{' || isGlued) balance++;
      }
    }
    this.hasSurplusClose = balance < 0;
  }

  build(): BuiltTree {
    if (this.role === 'override') {
      this.body(undefined, this.directives);
    } else {
      while (this.peek() !== undefined) this.topLevel();
    }
    const { blocks, directives, problems, errors, snippetImports } = this;
    // A text of nothing but braces needs no more findings to be called broken.
    problems.splice(maxProblems);
    problems.sort((a, b) => a.token.start - b.token.start);
    return { blocks, directives, problems, errors, snippetImports };
  }

  private topLevel(): void {
    const token = this.peek();
    if (token === undefined) return;
    if (token.text === '}') {
      this.cursor++;
      // CoreDNS reads the brace as a zone, and what follows as its plugins.
      const next = this.peek();
      this.problem('unopened', token, undefined, next !== undefined && pluginFacts(next.text) === undefined);
    } else if (token.text === '{') {
      this.problem('ownerless', token);
      this.cursor++;
      this.body(undefined, this.directives, token);
    } else if (token.text === 'import' && token.startsLine) {
      this.directives.push(this.directive(undefined));
    } else {
      this.blocks.push(this.serverBlock());
    }
  }

  private serverBlock(): ServerBlockSyntax {
    const start = this.cursor;
    const keys: Token[] = [];
    let expectsAnother = false;
    let open: Token | undefined;
    for (;;) {
      const token = this.peek();
      if (token === undefined) {
        if (expectsAnother) this.commaError(this.tokens[this.cursor - 1]);
        break;
      }
      if (token.text === '{') {
        if (expectsAnother) this.commaError(this.tokens[this.cursor - 1]);
        open = token;
        this.cursor++;
        break;
      }
      if (this.cursor > start && !expectsAnother && token.startsLine) break;
      this.cursor++;
      expectsAnother = token.text.endsWith(',') && !token.isQuoted;
      if (isGluedOpen(token) && this.peek()?.startsLine !== false) {
        this.problem('glued', token, keys[0] ?? token);
        const key = withoutBrace(token);
        if (key.text !== '') keys.push(key);
        open = token;
        break;
      }
      if (isGluedClose(token) && keys.length === 0) this.problem('glued', token);
      else if (token.text !== '') keys.push(expectsAnother ? token.shortened(1) : token);
    }
    const isSnippet = keys.length === 1 && /^\(.*\)$/.test(keys[0]?.text ?? '');
    const directives: DirectiveSyntax[] = [];
    const isEmptyGlue = open !== undefined && open.text === '{}';
    const close = isEmptyGlue ? open : this.body({ keys, open, isSnippet }, directives);
    return { keys, open, close, directives, isSnippet, span: this.spanFrom(start) };
  }

  /**
   * Reads directives up to the brace that closes them, which it consumes and returns. `ownerless` is a `{` already read
   * whose `}` only ends this list.
   */
  private body(outer: Outer | undefined, into: DirectiveSyntax[], ownerless?: Token): Token | undefined {
    // Braces that belong to nothing are looked through: what they hold is judged as if they were not there.
    const loose: Token[] = ownerless === undefined ? [] : [ownerless];
    const owner = outer?.keys[0];
    const indent = owner === undefined ? -1 : this.indent(owner);
    for (;;) {
      const token = this.peek();
      if (token === undefined) {
        if (outer?.open !== undefined) this.unclosed(outer.open, owner);
        return undefined;
      }
      if (token.text === '}' || (isGluedClose(token) && token.startsLine)) {
        this.cursor++;
        if (token.text !== '}') this.problem('glued', token, owner);
        if (loose.length > 0) {
          loose.pop();
          if (ownerless !== undefined && loose.length === 0) return token;
        } else if (outer !== undefined) {
          return token;
        } else if (token.text === '}') {
          this.problem('unopened', token, undefined, true);
        }
        continue;
      }
      if (token.text === '{') {
        this.cursor++;
        this.problem('ownerless', token, undefined, true);
        loose.push(token);
        continue;
      }
      if (this.opensBlockHere(outer, indent)) {
        if (outer === undefined) {
          this.blocks.push(this.serverBlock());
          continue;
        }
        if (outer.open !== undefined) this.unclosed(outer.open, owner);
        else if (owner !== undefined) this.problem('braceless', owner, owner, true);
        return undefined;
      }
      const directive = this.directive(outer);
      into.push(directive);
      const closing = this.peek();
      // `forward . 10.0.0.1 }`: the brace was meant to close the server block, unless there are too many.
      if (closing !== undefined && closing.text === '}' && !closing.startsLine) {
        this.cursor++;
        if (outer?.isSnippet === true) return closing;
        const isOneLine = outer?.open !== undefined && outer.open.line === closing.line;
        if (isOneLine) this.problem('one-line', outer.open ?? closing, owner, true);
        else this.problem('trailing', closing, owner ?? directive.name, true);
        if (outer !== undefined && (isOneLine || !this.hasSurplusClose)) return closing;
      }
    }
  }

  /** A server block begins here although no block is closed: always in an override, else only when recovering. */
  private opensBlockHere(outer: Outer | undefined, indent: number): boolean {
    const token = this.peek();
    if (token === undefined || !token.startsLine) return false;
    if (outer === undefined) return this.role === 'override' && opensServerBlock(this.tokens, this.cursor);
    if (outer.open === undefined) return opensServerBlock(this.tokens, this.cursor);
    if (!this.recovers) return false;
    return opensServerBlock(this.tokens, this.cursor) && this.indent(token) <= indent;
  }

  private directive(outer: Outer | undefined): DirectiveSyntax {
    const start = this.cursor;
    let name = this.tokens[this.cursor++] as Token;
    const args: Token[] = [];
    let open: Token | undefined;
    if (name.text === 'import' && outer?.isSnippet === true) this.snippetImports++;
    if (isGluedOpen(name) && this.peek()?.startsLine !== false) {
      this.problem('glued', name, name, true);
      open = name;
      name = withoutBrace(name);
    }
    while (open === undefined) {
      const token = this.peek();
      if (token === undefined) break;
      if (token.text === '{') {
        open = token;
        this.cursor++;
        if (token.startsLine) {
          const insertAfter = (args.at(-1) ?? name).span;
          const isRefused = pluginFacts(name.text)?.isOnceOnly === true;
          this.problems.push({ ...problem('next-line', token, name, isRefused), insertAfter });
        }
        break;
      }
      if (token.startsLine || token.text === '}') break;
      this.cursor++;
      if (isGluedOpen(token) && this.peek()?.startsLine !== false) {
        this.problem('glued', token, name);
        open = token;
        const arg = withoutBrace(token);
        if (arg.text !== '') args.push(arg);
      } else {
        args.push(token);
      }
    }
    const isGlued = open !== undefined && open.text !== '{';
    if (open === undefined || open.text === '{}') {
      const block = open === undefined ? undefined : [];
      const words = open === undefined ? this.tokens.slice(start, this.cursor) : [name, ...args, open];
      return { name, args, block, open, close: open, trailing: [], words, span: this.spanFrom(start) };
    }
    const blockStart = this.cursor;
    const { properties, close } = this.pluginBlock(name, open, outer);
    const trailing: Token[] = [];
    for (;;) {
      const token = this.peek();
      if (close === undefined || token === undefined || token.startsLine || token.text === '}') break;
      trailing.push(token);
      this.cursor++;
    }
    const [surplus] = trailing;
    if (surplus !== undefined && pluginFacts(name.text)?.isOnceOnly === true) {
      this.errors.push({
        span: surplus.span,
        message: `"${surplus.text}" stands behind the "}", where CoreDNS reads it as a second "${name.text}". Put it inside the block.`,
      });
    }
    let words = this.tokens.slice(start, this.cursor);
    if (isGlued || (close !== undefined && close.text !== '}')) {
      const behind = this.tokens
        .slice(blockStart, this.cursor)
        .map((token) => (token === close ? token.as('}') : token));
      words = [name, ...args, open.as('{'), ...behind];
    }
    return { name, args, block: properties, open, close, trailing, words, span: this.spanFrom(start) };
  }

  private pluginBlock(
    name: Token,
    open: Token,
    outer: Outer | undefined,
  ): { readonly properties: readonly PropertySyntax[]; readonly close: Token | undefined } {
    const properties: PropertySyntax[] = [];
    const indent = this.recovers ? this.indent(name) : 0;
    /** Where the current line begins; -1 before the first. */
    let lineStart = -1;
    let depth = 1;
    let close: Token | undefined;
    for (;;) {
      const token = this.peek();
      if (token === undefined || (this.recovers && token.startsLine && this.endsBlock(token, indent, outer))) {
        this.finishLine(properties, lineStart);
        this.unclosed(open, name);
        break;
      }
      const isClosing =
        token.text.charCodeAt(0) === closeBrace && (token.text === '}' || (isGluedClose(token) && token.startsLine));
      if (isClosing && --depth === 0) {
        this.finishLine(properties, lineStart);
        this.cursor++;
        close = token;
        if (token.text !== '}') this.problem('glued', token, name);
        else if (!token.startsLine && token.line === open.line && lineStart >= 0) this.problem('one-line', open, name);
        else if (!token.startsLine && lineStart >= 0) this.problem('trailing', token, name);
        break;
      }
      if (token.text === '{') depth++;
      if (lineStart < 0 || token.startsLine) {
        this.finishLine(properties, lineStart);
        lineStart = this.cursor;
        if (token.text === 'import' && token.startsLine && outer?.isSnippet === true) this.snippetImports++;
      }
      this.cursor++;
    }
    return { properties, close };
  }

  /** Adds the line that begins at `start` and ends before the cursor, if there is one. */
  private finishLine(properties: PropertySyntax[], start: number): void {
    if (start >= 0) properties.push(new PropertySyntax(this.tokens, start, this.cursor));
  }

  /** Whether a line's first token shows that the open plugin block should have ended before it. */
  private endsBlock(token: Token, indent: number, outer: Outer | undefined): boolean {
    const own = this.indent(token);
    if (token.text === '}') return outer?.open !== undefined && own < indent;
    if (own > indent) return false;
    return pluginFacts(token.text) !== undefined || opensServerBlock(this.tokens, this.cursor);
  }

  private unclosed(open: Token, owner: Token | undefined): void {
    const insertAfter = this.tokens[this.cursor - 1]?.span;
    this.problems.push({ ...problem('unclosed', open, owner, false), insertAfter });
  }

  private problem(kind: BraceProblemSyntax['kind'], token: Token, owner?: Token, isRefused = false): void {
    this.problems.push(problem(kind, token, owner, isRefused));
  }

  private commaError(token: Token | undefined): void {
    if (token === undefined) return;
    this.errors.push({
      span: { start: token.end - 1, end: token.end },
      message: 'A comma announces another zone, but none follows. Remove the comma.',
    });
  }

  private indent(token: Token): number {
    return lineIndent(this.text, token);
  }

  private peek(): Token | undefined {
    return this.tokens[this.cursor];
  }

  private spanFrom(start: number): Span {
    const last = this.tokens[Math.max(start, this.cursor - 1)];
    return { start: this.tokens[start]?.start ?? 0, end: last?.end ?? 0 };
  }
}

function problem(
  kind: BraceProblemSyntax['kind'],
  token: Token,
  owner: Token | undefined,
  isRefused: boolean,
): BraceProblemSyntax {
  return { kind, token, owner, insertAfter: undefined, isRefused, refusal: undefined };
}

import type { Comment, ParseError } from '../base/parse-error.ts';
import type { Span } from '../base/span.ts';
import type { BraceProblem, CorefileRole } from '../model/dns.ts';
import type { PropertySyntax, Token } from './corefile-token.ts';

/** The tree of one Corefile text. All spans count in that text. */
export interface CorefileSyntax {
  readonly text: string;
  readonly role: CorefileRole;
  readonly blocks: readonly ServerBlockSyntax[];
  /** Directives outside any server block. */
  readonly directives: readonly DirectiveSyntax[];
  readonly braceProblems: readonly BraceProblemSyntax[];
  /** What CoreDNS refuses and no brace explains. */
  readonly errors: readonly ParseError[];
  readonly comments: readonly Comment[];
}

export interface ServerBlockSyntax {
  readonly keys: readonly Token[];
  readonly open: Token | undefined;
  readonly close: Token | undefined;
  readonly directives: readonly DirectiveSyntax[];
  readonly isSnippet: boolean;
  readonly span: Span;
}

export interface DirectiveSyntax {
  readonly name: Token;
  readonly args: readonly Token[];
  readonly block: readonly PropertySyntax[] | undefined;
  readonly open: Token | undefined;
  readonly close: Token | undefined;
  /** Words behind the closing brace, which CoreDNS reads as part of the directive. */
  readonly trailing: readonly Token[];
  /** All words as CoreDNS reads them, braces included; one that is stuck to a word is read as the brace that was meant. */
  readonly words: readonly Token[];
  readonly span: Span;
}

export interface BraceProblemSyntax {
  readonly kind: BraceProblem['kind'];
  readonly token: Token;
  readonly owner: Token | undefined;
  readonly insertAfter: Span | undefined;
  readonly isRefused: boolean;
  readonly refusal: { readonly message: string; readonly span: Span } | undefined;
}

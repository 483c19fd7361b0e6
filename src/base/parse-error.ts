import type { Span } from './span.ts';

/** A syntax error of one document. `message` is one or two plain sentences, ready to show. */
export interface ParseError {
  readonly span: Span;
  readonly message: string;
  /** The code of the language's own compiler for it, such as BCP018, where there is one. */
  readonly code?: string;
}

/** A comment as a front end found it; `text` is what stands between its markers. */
export interface Comment {
  readonly span: Span;
  readonly text: string;
}

import type { Span } from '../base/span.ts';
import type { Analysis } from './analysis.ts';

/** Markdown to show for a span of the document. */
export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

/** What to show at an offset: the findings there, and what is known about the address or prefix there. */
export function hoverAt(_analysis: Analysis, _offset: number): Hover | undefined {
  return undefined;
}
